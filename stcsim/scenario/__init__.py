"""Scenario files: their format, loading with places, inheritance, cross-checks, origin."""
