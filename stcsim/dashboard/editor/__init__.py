"""What the page *Scenario* is made of: outline, form, text, mechanisms to choose from, what differs."""
