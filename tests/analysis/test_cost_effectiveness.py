"""The plane of effect and cost: a ratio only where there is an effect."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.comparison import compare_arms
from stcsim.analysis.cost_effectiveness import _reading, cost_effectiveness
from stcsim.errors import InputError
from stcsim.outcomes.info import OutcomeInfo
from tests.analysis.samples import info, runs_of

Seed = Callable[[str], int]
NAMES = ["diversions", "cost"]
EFFECT, COST = info("diversions"), info("cost", "lower", "thousand USD")


def table(seed: int, replications: int = 12) -> pd.DataFrame:
    """Arms that avert 10, none and -10 of 50 transfers, for 200, 200 and -50 thousand USD."""
    generator = np.random.default_rng(seed)
    base = np.column_stack([generator.poisson(50.0, replications), np.full(replications, 1_000.0)])
    values = {("baseline", 0): base}
    for arm, averted, cost in (("good", 10.0, 200.0), ("idle", 0.0, 200.0), ("harmful", -10.0, -50.0)):
        noise = generator.standard_normal((replications, 2)) * [2.0, 5.0]
        noise -= noise.mean(axis=0)
        values[arm, 0] = base + np.array([-averted, cost]) + noise
    return runs_of(values, NAMES)


def priced(runs: pd.DataFrame, effect: OutcomeInfo = EFFECT, level: float = 0.98) -> pd.DataFrame:
    return cost_effectiveness(runs, effect, COST, effect_level=level).set_index("arm")


def test_a_ratio_stands_only_where_the_effect_excludes_zero(seed_of: Seed) -> None:
    rows = priced(table(seed_of("plane")))
    assert rows["ratio"].to_dict() == pytest.approx(
        {"good": 20.0, "idle": np.nan, "harmful": np.nan}, nan_ok=True
    )
    good = rows.loc["good"]
    assert 10 < good["ratio_low"] < 20 < good["ratio_high"] < 40
    assert (good["effect"], good["cost"]) == pytest.approx((10.0, 200.0))
    assert rows["reading"].to_dict() == {
        "good": "gains, costs more",
        "idle": "effect may be none, costs more",
        "harmful": "does worse, costs less",
    }


def test_more_is_a_gain_where_higher_is_better(seed_of: Seed) -> None:
    runs = table(seed_of("plane"))
    rows = priced(runs, info("diversions", "higher"))
    assert np.isnan(rows.loc["good", "ratio"])
    assert rows.loc["harmful", "ratio"] == pytest.approx(-5.0)
    with pytest.raises(InputError, match="neither direction"):
        priced(runs, info("diversions", "none"))


def test_the_level_of_the_comparison_gives_its_interval(seed_of: Seed) -> None:
    runs = table(seed_of("plane"))
    comparison = compare_arms(runs, [EFFECT, COST], ["diversions"], bootstrap=300)
    found = priced(runs, level=comparison.cell_level)
    theirs = comparison.differences.query("outcome == 'diversions'").set_index("arm").loc[found.index]
    assert found["effect_low"].to_numpy() == pytest.approx(-theirs["high"].to_numpy())
    assert found["effect_high"].to_numpy() == pytest.approx(-theirs["low"].to_numpy())


def test_the_ratio_interval_covers(seed_of: Seed) -> None:
    """One arm, 120 repetitions of 6 pairs: standard error of coverage 0.02."""
    generator = np.random.default_rng(seed_of("ratio coverage"))
    covered = 0
    for _ in range(120):
        averted = generator.poisson(30.0, 6).astype(np.float64)
        cost = 100.0 + 3.0 * averted + generator.normal(0.0, 10.0, 6)
        base = np.full((6, 2), 100.0)
        runs = runs_of({("baseline", 0): base, ("arm", 0): base + np.column_stack([-averted, cost])}, NAMES)
        row = priced(runs, level=0.95).iloc[0]
        covered += bool(row["ratio_low"] <= 190.0 / 30.0 <= row["ratio_high"])
    assert covered / 120 >= 0.87


def test_order_of_rows_and_arms_moves_nothing(seed_of: Seed) -> None:
    runs = table(seed_of("plane"))
    order = ["idle", "harmful", "good"]
    other = cost_effectiveness(
        runs.sample(frac=1, random_state=1), EFFECT, COST, arms=order, effect_level=0.98
    )
    assert other["arm"].tolist() == order
    pd.testing.assert_frame_equal(priced(runs).loc[order], other.set_index("arm"), check_exact=True)


def test_identical_arms_and_single_pairs_have_no_ratio(seed_of: Seed) -> None:
    runs = table(seed_of("plane"))
    twin = runs[runs["arm"] == "baseline"].assign(arm="twin")
    row = priced(pd.concat([runs, twin])).loc["twin"]
    assert row[["effect", "effect_low", "effect_high", "cost", "cost_low", "cost_high"]].tolist() == [0.0] * 6
    assert np.isnan(row["ratio"])
    assert str(row["effect"]) == "0.0"
    single = priced(runs[runs["replication"] == 0])
    assert single["effect"].notna().all()
    assert single[["effect_low", "ratio"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("pairs", "verdict", "reading"),
    [
        (3, "probably lower", "probably gains, not clearly among all arms, costs more"),
        (4, "clearly lower", "gains, costs more"),
    ],
)
def test_what_may_be_coincidence_is_no_gain_for_certain(pairs: int, verdict: str, reading: str) -> None:
    """The same change in each of a few pairs: the table of ratios says what the verdict says."""
    base = np.tile([3.0, 0.0], (pairs, 1))
    runs = runs_of({("baseline", 0): base, ("arm", 0): base + np.array([-1.0, 5.0])}, NAMES)
    comparison = compare_arms(runs, [EFFECT, COST], ["diversions"], bootstrap=100)
    assert comparison.verdicts["verdict"].iloc[0] == verdict
    row = priced(runs, level=comparison.cell_level).loc["arm"]
    assert row["reading"] == reading
    assert np.isfinite(row["ratio"]) == (verdict == "clearly lower")


def test_a_gain_that_is_not_clear_among_all_arms_is_called_probable() -> None:
    assert _reading(0, 1, 1) == "probably gains, not clearly among all arms, costs more"
    assert _reading(0, -1, 0) == "probably does worse, not clearly among all arms, cost may be none"
    assert _reading(1, 1, -1) == "gains, costs less"
    assert _reading(0, 0, 1) == "effect may be none, costs more"
