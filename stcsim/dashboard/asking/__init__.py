"""What pages share that put a question to a scenario: its inputs, its job, and the card above the answer."""
