"""What the tables of runs say: paired comparison under two uncertainties, cost-effectiveness, words.

Reads tables only.

::

    runs ─> pairs ─> chance      (moments, simultaneous, ratios) ┐
                  └> assumptions (random_effects)                ┴> verdict ─> comparison ─> export, headlines
                  └> cost_effectiveness

Beside it, `ecosystem_map` (with `network_measures`) reads what bodies report of their ties.
"""
