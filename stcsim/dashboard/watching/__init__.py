"""Pages that show a few runs quarter by quarter: what they ask for, its job, and what was seen."""
