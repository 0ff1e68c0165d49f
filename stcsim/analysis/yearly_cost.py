"""What an arm costs in its first year and in a year after it, hours of coordination at wage included."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stcsim.outcomes.series import YEAR_MONTHS

MONEY = ("cost_national", "cost_donor")
"""Series of money that are told month by month."""
EVEN = "cost_industry"
"""Outcome that is told in total alone: it is spread evenly."""
HOURS, VALUE = "coordination_hours", "hours_value"
"""Series by whose hours the outcome that values them is spread over months."""
_UNIT = ["arm", "replication"]


def cost_by_year(runs: pd.DataFrame, series: pd.DataFrame, baseline: str = "baseline") -> pd.DataFrame | None:
    """Return the mean paired difference in cost to the baseline under default assumptions, by year.

    Parameters
    ----------
    runs : one row a run
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`

    Returns
    -------
    DataFrame or None
        one row an arm, columns `first` (the first year) and `after` (a year of those that follow, NaN where
        none does), in thousand US dollars; None where the tables do not tell
    """
    if not {*MONEY, HOURS} <= set(series["name"]) or not {VALUE, EVEN} <= set(runs.columns):
        return None
    own = series[(series["world"] == 0) & series["name"].isin([*MONEY, HOURS])]
    monthly = own.pivot_table(index=[*_UNIT, "month"], columns="name", values="value", aggfunc="sum")
    months = int(own["month"].max()) + 1
    totals = runs[runs["world"] == 0].set_index(_UNIT)
    hours = monthly[HOURS].to_numpy(dtype=np.float64)
    whole = monthly[HOURS].groupby(level=_UNIT).transform("sum").to_numpy(dtype=np.float64)
    share = np.divide(hours, whole, out=np.full(len(hours), 1.0 / months), where=whole > 0)
    unit = monthly.reset_index()[_UNIT]
    beside = unit.merge(totals[[VALUE, EVEN]].reset_index(), how="left", on=_UNIT)
    cost = (
        monthly[list(MONEY)].sum(axis=1).to_numpy()
        + share * beside[VALUE].to_numpy(dtype=np.float64)
        + beside[EVEN].to_numpy(dtype=np.float64) / months
    )
    flat = pd.Series(cost, index=monthly.index)
    early = flat.index.get_level_values("month") < YEAR_MONTHS
    years = pd.DataFrame(
        {"first": flat[early].groupby(level=_UNIT).sum(), "after": flat[~early].groupby(level=_UNIT).sum()}
    )
    later = months - YEAR_MONTHS
    years["after"] = years["after"] * (YEAR_MONTHS / later) if later > 0 else np.nan
    base = years.xs(baseline, level="arm")
    apart = years - base.reindex(years.index.get_level_values("replication")).to_numpy()
    return apart.groupby(level="arm").mean()
