"""How long it takes after a shock until what it hit is back."""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome
from stcsim.outcomes.tables import Tables
from stcsim.state.state import MONTH_DAYS

BACK = 0.9
"""Share of its level before the shock at which something counts as back."""


def weeks_to_recover(level: F8, struck: float) -> F8:
    """Return the weeks from the strike to the end of the month from which on a series stays back.

    Back is within a tenth of its mean over the whole months before the strike. What never left is back at
    once; what is not back at the end counts to the end.

    Parameters
    ----------
    level : at the end of each month, shape (months, R)
    struck : days from the first counted day to the strike

    Returns
    -------
    shape (R,); NaN where no whole month lies before the strike, or nothing was there
    """
    before = int(struck // MONTH_DAYS)
    months = len(level)
    if not 0 < before < months:
        return np.full(level.shape[1], np.nan)
    usual = np.add.accumulate(level[:before], axis=0)[-1] / before
    below = level[before:] < BACK * usual
    ends = (np.arange(before, months) + 1) * float(MONTH_DAYS) - struck
    # the month after the last one in which it was below
    back = np.append(ends[1:], ends[-1])
    weeks = np.where(below, back[:, None], 0.0).max(axis=0) / 7
    return np.where(usual > 0, weeks, np.nan)


def _recovery(tables: Tables, stock: str) -> F8:
    """Weeks to recover of the mean of a stock over the countries that the first shock befell."""
    if tables.struck is None or not tables.befallen:
        return np.full(tables.runs, np.nan)
    by_country = tables.stock(stock)
    if by_country.ndim < 3:
        return np.full(tables.runs, np.nan)
    total = np.zeros(by_country.shape[:2])
    for c in tables.befallen:
        total += by_country[:, :, c]
    return weeks_to_recover(total / len(tables.befallen), tables.struck - tables.first)


@outcome(
    label="weeks until doubts are answered in time again",
    unit="weeks",
    better="lower",
    undefined="without a shock after the first month",
)
def recovery_weeks_answers(tables: Tables) -> F8:
    """Weeks from the first shock until the share of doubts answered in time stays back, where it struck.

    Back is within a tenth of the level before; what is not back at the end counts to the end.
    """
    return _recovery(tables, "answered_at")


@outcome(
    label="weeks until detection is back",
    unit="weeks",
    better="lower",
    undefined="without a shock after the first month",
)
def recovery_weeks_detection(tables: Tables) -> F8:
    """Weeks from the first shock until checkpoints detect smuggling nearly as before, where it struck.

    Back is within a tenth of the level before; what is not back at the end counts to the end.
    """
    return _recovery(tables, "detection_at")
