"""Building a state from a scenario, branching it into arms, and taking steps."""
