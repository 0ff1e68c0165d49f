"""What an arm costs in the first year and in one after it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.yearly_cost import cost_by_year

MONTHS = 39


def _tables(months: int = MONTHS) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An arm that costs 100 once, 10 a month to donors, and 26 h a month from month 13 at 2 an hour."""
    runs, series = [], []
    for replication in range(3):
        noise = 5.0 * replication
        for arm in ("baseline", "channel"):
            own = arm == "channel"
            national = np.full(months, noise)
            national[0] += 100.0 * own
            donor = np.full(months, 3.0 + 10.0 * own)
            hours = np.where(np.arange(months) >= 13, 26.0, 0.0) * own
            for name, values in (
                ("cost_national", national),
                ("cost_donor", donor),
                ("coordination_hours", hours),
                ("diversions", hours),
            ):
                series += [
                    {
                        "arm": arm,
                        "world": 0,
                        "replication": replication,
                        "month": m,
                        "name": name,
                        "value": float(v),
                    }
                    for m, v in enumerate(values)
                ]
            runs.append(
                {
                    "arm": arm,
                    "world": 0,
                    "replication": replication,
                    "hours_value": 2.0 * hours.sum(),
                    "cost_industry": float(months) * own,
                }
            )
    return pd.DataFrame(runs), pd.DataFrame(series)


def test_the_first_year_and_those_after() -> None:
    runs, series = _tables()
    found = cost_by_year(runs, series.sample(frac=1.0, random_state=1))
    assert found is not None
    assert found.loc["channel", "first"] == pytest.approx(100 + 13 * 11)
    assert found.loc["channel", "after"] == pytest.approx(13 * (11 + 52))
    assert found.loc["baseline"].tolist() == [0, 0]


def test_a_year_that_is_not_reached_is_not_told() -> None:
    found = cost_by_year(*_tables(12))
    assert found is not None
    assert np.isnan(found.loc["channel", "after"])
    assert found.loc["channel", "first"] == pytest.approx(100 + 12 * 11)


def test_without_the_split_nothing_is_told() -> None:
    runs, series = _tables(5)
    assert cost_by_year(runs.drop(columns="hours_value"), series) is None
    assert cost_by_year(runs, series[series["name"] != "cost_donor"]) is None
