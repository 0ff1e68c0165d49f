"""Every outcome is described, finite or said to be undefined, and known by name without any computing."""

from __future__ import annotations

import pickle
import subprocess
import sys

import numpy as np
import pytest

from stcsim.outcomes.info import OutcomeInfo
from stcsim.outcomes.outcome import FAMILIES
from stcsim.outcomes.registry import INFOS, OUTCOMES, compute
from stcsim.outcomes.series import SERIES, series
from stcsim.scenario.outcome_names import OUTCOME_NAMES
from stcsim.scenario.spec import ScenarioSpec
from tests.outcomes.hand_made import blank, tables


def test_names_are_current() -> None:
    assert tuple(OUTCOMES) == OUTCOME_NAMES


def test_the_order_does_not_hang_on_what_is_imported_first() -> None:
    code = "import stcsim.outcomes.trade; from stcsim.outcomes.registry import OUTCOMES; print(*OUTCOMES)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert tuple(done.stdout.split()) == OUTCOME_NAMES


def test_names_load_no_numerical_package() -> None:
    code = "import sys; import stcsim.scenario.outcome_names as names; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_default_headline_exists() -> None:
    assert set(ScenarioSpec.model_fields["headline"].get_default()) <= set(OUTCOMES)


@pytest.mark.parametrize("info", INFOS.values(), ids=INFOS)
def test_every_outcome_is_described(info: OutcomeInfo) -> None:
    assert info.name.isidentifier()
    assert info.name == info.name.lower()
    assert info.label
    assert "{" not in info.label
    assert not info.label.endswith(".")
    assert info.unit
    assert info.family in FAMILIES.values()
    assert info.text[0].isupper()
    assert info.text.endswith(".")
    assert "{" not in info.text
    assert 20 < len(info.text) < 330
    assert "compliance" not in f"{info.name} {info.label} {info.text}", "no score is called compliance"


def test_labels_are_distinct() -> None:
    labels = [i.label for i in INFOS.values()]
    assert len(set(labels)) == len(labels)


def test_statistics_take_no_side() -> None:
    for info in INFOS.values():
        own = info.family == FAMILIES["statistics"]
        assert (info.view == "statistics") == own == info.name.startswith("stat_")
        assert not own or info.better == "none"


def test_series_are_described() -> None:
    assert all(s.label and s.unit for s in SERIES.values())
    assert {"diversions", "captured_capacity", "licit_delay_mean", "coordination_hours"} <= set(SERIES)


def test_nothing_has_happened() -> None:
    """Counts are zero and means of nothing undefined, said so in the definition; nothing is infinite."""
    found = compute(tables(blank()))
    for name, values in found.items():
        assert values.shape == (2,)
        assert values.dtype == np.float64
        if np.isnan(values).any():
            assert "Undefined" in INFOS[name].text, name
    for name in ("diversions", "attempts", "total_cost", "coordination_hours", "stat_seizures", "list_hits"):
        assert (found[name] == 0).all()
    for name in (
        "licit_delay_mean",
        "licit_delay_p95",
        "detection_share",
        "front_life_days",
        "duplication_share",
    ):
        assert np.isnan(found[name]).all()
    for values in series(tables(blank())).values():
        assert values.shape == (26, 2)
        assert not np.isinf(values).any()


def test_computing_changes_nothing() -> None:
    state = blank()
    before = pickle.dumps(state)
    compute(tables(state))
    series(tables(state))
    assert pickle.dumps(state) == before


def test_columns_are_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        tables(blank()).case("fate")[...] = 0
