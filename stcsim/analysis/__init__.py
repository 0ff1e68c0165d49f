"""What the tables of runs say: paired comparison under two uncertainties, cost-effectiveness, words.

Reads tables only.

::

    runs ─> pairs ─> chance      (moments, simultaneous, ratios) ┐
                  └> assumptions (random_effects)                ┴> verdict ─> comparison ─> export, headlines
                  └> cost_effectiveness, yearly_cost;  series ─> onset

    cube ─> targets ─> screening, sobol_indices  (set_means, replicates, findings)
         └> discovery (prim, boxes)
    cube ─> bootstrap ─> ranking, pareto, again;  halving ─> portfolio
         └> expected_gains ─> regret, robustness (measures, turning);  over_values

The second part reads points of a study: `study_points` opens a folder, `study_sensitivity`,
`study_discovery` and `study_ranking` put the question, `ema_workbench` writes it for another tool. Beside
it, `ecosystem_map` (with `network_measures`) reads what bodies report of their ties.
"""
