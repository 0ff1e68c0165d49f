"""JSON of the promised shape, one long table, the headlines in words."""

from __future__ import annotations

import datetime
import enum
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.analysis.export import long_table, plain_json, to_json
from stcsim.analysis.headlines import headline_table
from stcsim.errors import ModelError
from tests.analysis.samples import info, runs_of, simulated_runs

Seed = Callable[[str], int]
INFOS = [info("outcome_0"), info("outcome_1", "higher", "share"), info("outcome_2", "none")]
HEADLINE = ["outcome_1", "outcome_0"]


@pytest.fixture
def comparison(seed_of: Seed) -> Comparison:
    return compare_arms(simulated_runs(seed_of("export")), INFOS, HEADLINE, bootstrap=300)


def strict(document: Any) -> Any:
    return json.loads(json.dumps(document, allow_nan=False))


def test_json_has_the_promised_shape(comparison: Comparison) -> None:
    document = strict(to_json(comparison, {"seed": 7, "version": "0.1"}))
    assert document["provenance"] == {"seed": 7, "version": "0.1"}
    assert list(document["outcomes"]) == ["outcome_0", "outcome_1", "outcome_2"]
    first = document["outcomes"]["outcome_0"]
    assert (first["unit"], first["better"], first["headline"]) == ("transfers", "lower", True)
    assert document["outcomes"]["outcome_2"]["headline"] is False
    assert set(first["arms"]) == {"baseline", "arm_0", "arm_1", "arm_2"}
    assert set(first["differences"]) == {"arm_0", "arm_1", "arm_2"}
    for arm in first["arms"].values():
        assert set(arm) == {"mean", "low", "high", "sd"}
        assert arm["low"] <= arm["mean"] <= arm["high"]
    for difference in first["differences"].values():
        assert {"mean", "low", "high", "p_better", "variance_removed", "worlds"} <= set(difference)
        worlds = difference["worlds"]
        assert {"mean", "low", "high", "share_better", "pairs_per_world"} <= set(worlds)
        assert worlds["pairs_per_world"] == 2
        assert isinstance(worlds["pairs_per_world"], int)
        assert worlds["low"] <= worlds["mean"] <= worlds["high"]
        assert worlds["mean_low"] <= worlds["mean_plain_low"] <= worlds["mean"] <= worlds["mean_plain_high"]
        share = worlds["relative_mean"] / worlds["mean"]
        assert worlds["relative_mean_high"] == pytest.approx(share * worlds["mean_high"])
        assert worlds["relative_mean_plain_low"] == pytest.approx(share * worlds["mean_plain_low"])
    assert document["outcomes"]["outcome_2"]["differences"]["arm_0"]["p_better"] is None


def test_json_repeats_the_tables(comparison: Comparison) -> None:
    document = to_json(comparison, {})
    for row in comparison.differences.to_dict("records"):
        mine = document["outcomes"][row["outcome"]]["differences"][row["arm"]]
        assert (mine["mean"], mine["low"], mine["high"]) == (row["mean"], row["low"], row["high"])
    for row in comparison.worlds.to_dict("records"):
        mine = document["outcomes"][row["outcome"]]["differences"][row["arm"]]["worlds"]
        assert (mine["low"], mine["high"], mine["worlds"]) == (row["low"], row["high"], row["worlds"])


def test_what_is_unknown_is_null() -> None:
    values = {("baseline", 0): np.zeros((1, 3)), ("arm", 0): np.array([[1.0, np.nan, np.inf]])}
    runs = runs_of(values, [i.name for i in INFOS])
    document = strict(to_json(compare_arms(runs, INFOS, HEADLINE, bootstrap=100), {"load": math.nan}))
    first = document["outcomes"]["outcome_0"]["differences"]["arm"]
    assert first["mean"] == 1.0
    assert first["low"] is first["high"] is first["p_better"] is first["relative"] is first["worlds"] is None
    assert document["outcomes"]["outcome_1"]["differences"]["arm"]["mean"] is None
    assert document["outcomes"]["outcome_2"]["arms"]["arm"]["mean"] is None
    assert document["provenance"]["load"] is None


leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())


@settings(max_examples=50)
@given(st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_provenance_of_plain_values_becomes_strict_json(value: Any) -> None:
    assert strict(plain_json(value)) == plain_json(value)


def test_paths_dates_and_numpy_become_json() -> None:
    class Colour(enum.Enum):
        RED = "red"

    given_ = {
        "path": Path("a") / "b",
        "day": datetime.date(2026, 1, 2),
        "array": np.array([1.0, np.nan]),
        "count": np.int64(3),
        "flag": np.bool_(True),
        "set": {"b", "a"},
        "enum": Colour.RED,
        "missing": pd.NA,
        5: "number as key",
    }
    assert strict(plain_json(given_)) == {
        "path": str(Path("a") / "b"),
        "day": "2026-01-02",
        "array": [1.0, None],
        "count": 3,
        "flag": True,
        "set": ["a", "b"],
        "enum": "red",
        "missing": None,
        "5": "number as key",
    }
    with pytest.raises(ModelError, match="object"):
        plain_json({"thing": object()})


def test_long_table_has_every_outcome_and_arm_once(comparison: Comparison) -> None:
    found = long_table(comparison)
    assert len(found) == 3 * 4
    assert not found.duplicated(["outcome", "arm"]).any()
    base = found[found["arm"] == "baseline"]
    assert base["level_mean"].notna().all()
    assert base["runs_mean"].isna().all()
    others = found[found["arm"] != "baseline"]
    assert others[["runs_mean", "assumptions_low", "basis"]].notna().all(axis=None)
    assert found.drop_duplicates("outcome")["outcome"].tolist() == [i.name for i in INFOS]


def test_table_lists_headlines_in_their_order(comparison: Comparison) -> None:
    found = headline_table(comparison)
    assert found["outcome"].drop_duplicates().tolist() == HEADLINE
    assert found["arm"].tolist() == ["arm_0", "arm_1", "arm_2"] * 2
    assert set(found["unit"]) == {"%"}
    row = found.query("outcome == 'outcome_0' and arm == 'arm_2'").iloc[0]
    assert row["change"] == pytest.approx(-30.0, abs=12.0)
    assert row["runs_low"] <= row["change"] <= row["runs_high"]


def test_headlines_use_own_units_where_percent_is_undefined() -> None:
    values = {("baseline", 0): np.zeros((6, 3)), ("arm", 0): np.full((6, 3), 2.0)}
    runs = runs_of(values, [i.name for i in INFOS])
    infos = [info("outcome_0", unit="thousand_usd/yr"), *INFOS[1:]]
    (row,) = headline_table(compare_arms(runs, infos, ["outcome_0"], bootstrap=100)).to_dict("records")
    assert (row["verdict"], row["unit"]) == ("clearly higher", "thousand US dollars a year")
    assert (row["change"], row["runs_low"], row["runs_high"]) == (2.0, 2.0, 2.0)
    assert math.isnan(row["assumptions_low"])
