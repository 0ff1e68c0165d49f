"""Recovery: from the strike to where a series stays back, or to the end."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.outcomes.recovery import weeks_to_recover
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from tests.regions import at_once, small_region
from tests.shocks.struck import struck

Seed = Callable[[str], int]


def series(*values: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)[:, None]


@pytest.mark.parametrize(
    ("values", "day", "weeks"),
    [
        ((1, 1, 0.95, 0.92, 1), 56, 0),
        ((1, 1, 0.5, 0.6, 0.95), 56, 12),
        ((1, 1, 0.5, 0.91, 1), 56, 8),
        ((1, 1, 0.5, 0.95, 0.8), 56, 12),
        ((1, 1, 0.5, 0.6, 0.7), 56, 12),
        ((1, 1, 0.5, 0.91, 1), 63, 7),
        ((1, 0.5, 0.5, 0.5, 1), 0, np.nan),
        ((0, 0, 1, 1, 1), 56, np.nan),
    ],
)
def test_weeks_to_where_it_stays_back(values: tuple[float, ...], day: float, weeks: float) -> None:
    assert weeks_to_recover(series(*values), day)[0] == pytest.approx(weeks, nan_ok=True)


def test_a_breakdown_takes_longer_the_slower_staff_comes_back(seed_of: Seed) -> None:
    spec = small_region(counted=104)
    seeds = [seed_of(f"recovery/{i}") for i in range(4)]
    found = {}
    for rate in (1.0, 4.0):
        staff_alone = {"skill_lost": 0.0, "tools_lost": 0.0, "recovery": rate}
        shock = {"system_breakdown": {"at_week": 26, "weeks": 78, "country": "A", **staff_alone}}
        engine = struck(shock, seeds, [(at_once("frontline_channel"),)], spec).finish()
        found[rate] = compute(Tables.of(engine.spec, engine.state))
    for name in ("recovery_weeks_answers", "recovery_weeks_detection"):
        assert (found[4.0][name] <= found[1.0][name]).all()
        assert found[4.0][name].mean() < found[1.0][name].mean()
        assert (found[4.0][name] > 0).all()
    calm = struck({}, seeds, [()], spec).finish()
    assert np.isnan(compute(Tables.of(calm.spec, calm.state))["recovery_weeks_answers"]).all()
