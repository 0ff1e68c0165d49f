"""What the pages that compare arms know without a browser: what to offer, to ask, and to say of an answer."""
