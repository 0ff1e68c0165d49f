"""What happens in a step: one file a process, functions on columns, equation and source in the docstring."""
