"""Calibration: what is free, the episodes that are simulated, and the patterns that they are held against.

::

    prior ────> points ─┐
    episodes ───────────┴> blocks ─> runner ─> trials ─> analysis.calibration
    patterns (how a number is read from the runs, and what was observed)
"""
