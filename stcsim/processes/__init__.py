"""What happens in a step: one file per process, functions on columns, equation and source in the docstring."""
