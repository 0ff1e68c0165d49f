"""Quarters in words: when something stood or happened, counted from where arms branch."""

from __future__ import annotations

from collections.abc import Sequence

YEAR_DAYS, QUARTER_DAYS = 364, 91
"""A year of the model has 52 weeks."""


def quarter_name(quarter: int, days: Sequence[int], *, short: bool = False) -> str:
    """Return what a quarter is called, such as ``year 2, quarter 1``, short ``2/1``; ``start`` for quarter 0.

    Parameters
    ----------
    quarter : counted from 1
    days : on which quarters end, that of quarter 0 first
    short : for an axis
    """
    if quarter == 0:
        return "start"
    year, within = divmod(days[quarter - 1], YEAR_DAYS)
    place = 1 + within // QUARTER_DAYS
    return f"{year + 1}/{place}" if short else f"year {year + 1}, quarter {place}"
