"""`compare_arms` as a whole: both uncertainties, degenerate tables, invariances."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.analysis.export import to_json
from stcsim.errors import InputError
from tests.analysis.samples import info, runs_of, simulated_runs

Seed = Callable[[str], int]
INFOS = [info("outcome_0"), info("outcome_1", "higher"), info("outcome_2", "none"), info("outcome_3")]
NAMES = [i.name for i in INFOS]
HEADLINE = ["outcome_0", "outcome_1"]
TABLES = ("levels", "differences", "worlds", "verdicts")


def compare(runs: pd.DataFrame, **options: object) -> Comparison:
    return compare_arms(runs, INFOS, HEADLINE, bootstrap=400, **options)


def same(one: Comparison, other: Comparison) -> None:
    for name in TABLES:
        mine, theirs = (
            getattr(c, name).sort_values(["outcome", "arm"], ignore_index=True) for c in (one, other)
        )
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
    assert one.cell_level == other.cell_level
    assert one.worlds_cell_level == other.worlds_cell_level


def test_the_two_uncertainties_stand_apart(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("two uncertainties"), worlds=6)
    both, alone = compare(runs), compare(runs[runs["world"] == 0])
    # Sampled worlds change nothing of what runs under the default assumptions say, and the other way round.
    for name in ("levels", "differences"):
        pd.testing.assert_frame_equal(getattr(both, name), getattr(alone, name), check_exact=True)
    more = simulated_runs(seed_of("two uncertainties"), worlds=6)
    more.loc[more["world"] == 0, "outcome_0"] *= 2
    pd.testing.assert_frame_equal(compare(more).worlds, both.worlds, check_exact=True)
    assert both.assumptions_varied
    assert not alone.assumptions_varied
    assert set(both.verdicts["basis"]) == {"assumptions"}
    assert set(alone.verdicts["basis"]) == {"runs only: assumptions not varied"}
    assert alone.notes == ("assumptions were not varied: the intervals show chance alone",)


def test_headlines_are_simultaneous_and_the_others_exploratory(seed_of: Seed) -> None:
    found = compare(simulated_runs(seed_of("kinds of interval"))).differences
    headline = found["outcome"].isin(HEADLINE)
    assert set(found.loc[headline, "interval"]) == {"simultaneous"}
    assert set(found.loc[~headline, "interval"]) == {"exploratory"}
    width, plain = found["high"] - found["low"], found["plain_high"] - found["plain_low"]
    assert (width[headline] > 1.1 * plain[headline]).all()
    assert (width[~headline] == plain[~headline]).all()


def test_order_of_rows_arms_outcomes_and_headlines_changes_nothing(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("order"), arms=4)
    reference = compare(runs)
    shuffled = runs.sample(frac=1.0, random_state=3)
    same(reference, compare(shuffled))
    same(reference, compare(shuffled, arms=["arm_2", "arm_0", "arm_3", "arm_1"]))
    other = compare_arms(shuffled, INFOS[::-1], HEADLINE[::-1], bootstrap=400)
    same(reference, other)
    assert reference.arms == ("baseline", "arm_0", "arm_1", "arm_2", "arm_3")
    assert compare(runs, arms=["arm_3", "arm_1"]).arms == ("baseline", "arm_3", "arm_1")


def test_an_arm_more_changes_only_what_is_simultaneous(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("arm more"), arms=4)
    whole, part = compare(runs), compare(runs, arms=["arm_0", "arm_1"])
    columns = ["outcome", "arm", "mean", "plain_low", "plain_high", "p_better", "variance_removed"]
    kept = whole.differences[whole.differences["arm"].isin(["arm_0", "arm_1"])]
    pd.testing.assert_frame_equal(kept[columns].reset_index(drop=True), part.differences[columns])
    assert whole.cell_level > part.cell_level > 0.95


def test_identical_arms_do_nothing_at_all(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("identical"), arms=1)
    twin = runs[runs["arm"] == "baseline"].assign(arm="twin")
    found = compare(pd.concat([runs, twin]))
    row = found.differences.query("arm == 'twin' and outcome == 'outcome_0'").iloc[0]
    assert (row["mean"], row["low"], row["high"], row["p_better"]) == (0, 0, 0, 0.5)
    assert (row["variance_removed"], row["relative"], row["relative_low"]) == (1, 0, 0)
    world = found.worlds.query("arm == 'twin' and outcome == 'outcome_0'").iloc[0]
    assert (world["mean"], world["low"], world["high"], world["share_better"]) == (0, 0, 0, 0.5)
    verdict = found.verdicts.query("arm == 'twin'")
    assert set(verdict["verdict"]) == {"no change"}
    assert set(verdict["wanted"]) == {""}


def test_values_that_never_vary_give_points() -> None:
    still = np.full((4, 4), 5.0)
    runs = runs_of({("baseline", 0): still, ("arm", 0): still - 2, ("same", 0): still}, NAMES)
    found = compare(runs)
    row = found.differences.query("arm == 'arm'").set_index("outcome")
    assert row.loc["outcome_0", ["low", "high", "p_better", "variance_removed"]].tolist() == [-2, -2, 1, 0]
    assert row.loc["outcome_1", "p_better"] == 0
    assert np.isnan(row.loc["outcome_2", "p_better"])
    assert row.loc["outcome_0", ["relative", "relative_low", "relative_high"]].tolist() == [-40, -40, -40]
    assert found.differences.query("arm == 'same'")["variance_removed"].eq(0).all()
    assert found.cell_level == 0.95


def test_a_baseline_of_zero_has_no_relative_change() -> None:
    runs = runs_of({("baseline", 0): np.zeros((5, 4)), ("arm", 0): np.arange(20.0).reshape(5, 4)}, NAMES)
    found = compare(runs).differences
    assert found[["relative", "relative_low", "relative_high"]].isna().all(axis=None)
    assert found[["mean", "low", "high"]].notna().all(axis=None)


def test_missing_runs_cost_their_pair_and_are_told(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("missing"), arms=2, replications=8)
    gone = (runs["arm"] == "arm_0") & (runs["world"] == 0) & (runs["replication"] < 3)
    part = runs[~gone].copy()
    last = (part["arm"] == "arm_1") & (part["world"] == 0) & (part["replication"] == 7)
    part.loc[last, "outcome_3"] = np.inf
    found = compare(part)
    count = found.differences.set_index(["outcome", "arm"])["pairs"]
    assert count["outcome_0", "arm_0"] == 5
    assert count["outcome_0", "arm_1"] == 8
    assert count["outcome_3", "arm_1"] == 7
    assert "arm_0: 3 of 18 pairs are missing" in found.notes
    alone = compare(runs[~((runs["world"] == 0) & (runs["replication"] < 3))], arms=["arm_0"])
    keys = ["mean", "sd", "plain_low", "plain_high", "p_better", "variance_removed"]
    mine = found.differences.query("arm == 'arm_0'")[keys].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, alone.differences[keys])


def test_one_pair_has_a_mean_and_nothing_else(seed_of: Seed) -> None:
    found = compare(simulated_runs(seed_of("one pair"), replications=1, worlds=0))
    unknown = found.differences[["low", "high", "p_better", "sd"]].drop(index=[])
    assert found.differences["mean"].notna().all()
    assert unknown.isna().all(axis=None)
    assert set(found.verdicts["verdict"]) == {"unclear"}


def test_worlds_of_one_pair_are_left_out_and_told(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("short worlds"), worlds=4)
    short = runs[~((runs["world"] == 2) & (runs["replication"] == 1))]
    found = compare(short)
    assert set(found.worlds["worlds"]) == {3}
    assert set(found.worlds["pairs_per_world"]) == {2}
    assert "1 of 4 worlds have fewer than two pairs and are left out" in found.notes
    single = compare(runs[(runs["world"] == 0) | (runs["replication"] == 0)])
    assert not single.assumptions_varied
    one = compare(runs[runs["world"] <= 1])
    assert not one.assumptions_varied
    assert set(one.verdicts["basis"]) == {"runs only: assumptions not varied"}


def test_worlds_that_share_chance_are_told(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("shared chance"), worlds=10)
    assert compare(runs).notes == ()
    assert "share seeds" in compare(runs.assign(seed=runs["replication"])).notes[0]


def test_change_in_percent_has_one_scale_also_where_some_worlds_have_next_to_nothing(seed_of: Seed) -> None:
    """Percent are of the baseline's mean over worlds, be it 0 in one of them and tiny in others."""
    generator = np.random.default_rng(seed_of("percent"))
    values = {}
    for world in range(9):
        base = generator.gamma(100.0, 0.01, (4, 4)) * (0.0, 0.001, 1.0)[world % 3]
        values["baseline", world], values["arm", world] = base, base + generator.gamma(4.0, 0.02, (4, 4))
    found = compare(runs_of(values, NAMES)).worlds
    scale = 100.0 / np.mean([values["baseline", world].mean(axis=0) for world in range(1, 9)], axis=0)
    kinds = ("mean", "mean_low", "mean_high", "mean_plain_low", "mean_plain_high", "low", "high")
    assert len(found) == len(scale)
    for kind in kinds:
        assert found[f"relative_{kind}"].to_numpy() == pytest.approx(scale * found[kind].to_numpy())
    assert (found["relative_mean"] > 0).all()


def test_nothing_is_in_percent_of_what_can_be_negative(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("sign"))
    values = {}
    for world in range(5):
        base = generator.normal(2.0 - world, 0.1, (4, 4))
        values["baseline", world], values["arm", world] = base, base + generator.normal(1.0, 0.1, (4, 4))
    found = compare(runs_of(values, NAMES)).worlds
    assert found["relative_low"].isna().all()
    assert found["mean"].notna().all()


def test_baseline_alone_gives_levels_only(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("alone"))
    found = compare(runs[runs["arm"] == "baseline"])
    assert found.arms == ("baseline",)
    assert len(found.levels) == 4
    assert found.differences.empty
    assert found.verdicts.empty
    assert to_json(found, {})["outcomes"]["outcome_0"]["differences"] == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda runs: runs.drop(columns="outcome_1"), "no column outcome_1"),
        (lambda runs: runs.drop(columns="replication"), "no column replication"),
        (lambda runs: runs[runs["arm"] != "baseline"], "no arm baseline"),
        (lambda runs: runs[runs["world"] > 0], "no run under the default assumptions"),
        (lambda runs: pd.concat([runs, runs.head(1)]), "two runs of one arm"),
        (lambda runs: runs.assign(outcome_2="many"), "does not hold numbers"),
    ],
)
def test_tables_that_cannot_be_compared_are_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        compare(change(simulated_runs(1)))


def test_requests_that_make_no_sense_are_refused() -> None:
    runs = simulated_runs(1)
    with pytest.raises(InputError, match="no arm other"):
        compare(runs, arms=["other"])
    with pytest.raises(InputError, match="not among the outcomes"):
        compare_arms(runs, INFOS[:1], ["outcome_3"])
    with pytest.raises(InputError, match="between 0 and 1"):
        compare(runs, level=95.0)
    with pytest.raises(InputError, match="named twice"):
        compare_arms(runs, [INFOS[0], INFOS[0]], [])


def test_categories_from_a_file_compare_like_text(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("categories"))
    same(compare(runs), compare(runs.assign(arm=runs["arm"].astype("category"))))


@settings(max_examples=40)
@given(st.data())
def test_any_table_gives_ordered_finite_or_missing_numbers(data: st.DataObject) -> None:
    value = st.one_of(
        st.floats(-1e12, 1e12), st.integers(-3, 3).map(float), st.sampled_from([np.nan, np.inf, 0.0])
    )
    values = {}
    for world in range(data.draw(st.integers(1, 4))):
        for arm in ("baseline", "a", "b"):
            count = data.draw(st.integers(1 if world == 0 else 0, 4))
            block = data.draw(st.lists(value, min_size=2 * count, max_size=2 * count))
            values[arm, world] = np.array(block, dtype=np.float64).reshape(count, 2)
    found = compare_arms(runs_of(values, ["x", "y"]), [info("x"), info("y", "higher")], ["x"], bootstrap=100)
    bounded = found.differences.dropna(subset=["low"])
    assert (bounded["low"] <= bounded["mean"]).all()
    assert (bounded["mean"] <= bounded["high"]).all()
    slack = 1e-9 * bounded["mean"].abs()
    assert (bounded["low"] <= bounded["plain_low"] + slack).all()
    assert bounded["p_better"].between(0, 1).all()
    assert (bounded["variance_removed"] <= 1).all()
    assert found.worlds["share_better"].between(0, 1).all()
    assert (found.worlds["low"] <= found.worlds["mean"]).all()
    assert not np.isinf(found.differences.select_dtypes("number")).any(axis=None)
    assert not np.isinf(found.worlds.select_dtypes("number")).any(axis=None)


def test_the_largest_comparison_takes_seconds(seed_of: Seed) -> None:
    runs = simulated_runs(seed_of("large"), arms=15, outcomes=60, replications=20, worlds=12)
    infos = [info(f"outcome_{i}") for i in range(60)]
    start = time.process_time()
    compare_arms(runs, infos, [f"outcome_{i}" for i in range(4)])
    # 1.5 s of one core where it was written; the margin is for slower machines.
    assert time.process_time() - start < 10.0
