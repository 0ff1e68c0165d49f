"""Pages of studies say what their results say; smaller runs of the studies show the same main figures."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from stcsim.study.carrying_out import Means, carry_out
from stcsim.study.planned import PlannedStudy
from stcsim.study.store.manifest import Identity, new_manifest, write_manifest
from stcsim.study.store.reading import read_runs
from stcsim.study.study_reading import read_study
from tests.docs.pages import ROOT

EXPERIMENTS = ROOT / "experiments"


def _program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("experiments_figures", EXPERIMENTS / "figures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its types are looked up
    spec.loader.exec_module(module)
    return module


PROGRAM = _program()
NAMES = sorted(p.stem for p in PROGRAM.RESULTS.glob("*.json"))


@pytest.mark.parametrize("study", NAMES)
def test_a_page_says_what_the_results_say(study: str) -> None:
    text = PROGRAM.page_of(study).read_text(encoding="utf-8")
    assert PROGRAM.with_figures(text, PROGRAM.read(study)) == text
    assert PROGRAM.BEGIN in text


@pytest.mark.parametrize("study", NAMES)
def test_results_are_those_of_the_study(study: str) -> None:
    plan = read_study(EXPERIMENTS / f"{study}.yaml").plan
    assert PROGRAM.read(study).runs == plan.runs


def test_what_is_no_folder_of_that_study_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {p: p.read_bytes() for p in PROGRAM.RESULTS.glob("*.json")}
    for name, called in (("mine", "mine"), ("named", "legal_limits")):
        (tmp_path / name).mkdir()
        identity = Identity(called, "", "", {"other": "1"}, {"baseline": "1"}, (1,))
        write_manifest(tmp_path / name, new_manifest(identity))
    for arguments, words in (
        (["legal_limits", "nowhere"], "is not there"),
        (["legal_limits", "mine"], "holds the study 'mine', not 'legal_limits'"),
        (["legal_limits", "named"], "holds runs of other arms"),
        (["legal_limit", "mine"], "there is no study 'legal_limit' here; there are rank_robustness"),
        (["legal_limits"], "Usage"),
    ):
        line = [*arguments[:1], *(str(tmp_path / a) for a in arguments[1:])]
        assert PROGRAM.program(line) == 2
        said = capsys.readouterr()
        assert words in said.err
        assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert before == {p: p.read_bytes() for p in PROGRAM.RESULTS.glob("*.json")}


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., Any]:
    """Give a function that runs a study with fewer points and returns its figures."""

    def run(study: str, points: int, **changed: Any) -> Any:
        data = yaml.safe_load((EXPERIMENTS / f"{study}.yaml").read_text(encoding="utf-8"))
        data["design"]["points"] = points
        path = tmp_path / f"{study}.yaml"
        path.write_text(yaml.safe_dump({**data, "replications": 2, **changed}), encoding="utf-8")
        folder = tmp_path / study
        ended = carry_out(PlannedStudy(read_study(path).plan), folder, Means(), warn=pytest.fail)
        assert not ended.failed
        return PROGRAM.STUDIES[study](read_runs(folder))

    return run


@pytest.mark.slow
def test_follow_up_wins_where_much_is_taught_and_training_where_little(ran: Callable[..., Any]) -> None:
    found = ran("capture_or_training", 12)
    little, much = found.row(scenario="little_aid"), found.row(scenario="much_aid")
    assert little["capacity_high"] < 0 < much["capacity"]
    assert little["capacity"] < found.row(scenario="usual_aid")["capacity"] < much["capacity"]
    for row in found.numbers:
        # at equal hours and money
        assert abs(row["hours"]) < 3
        assert abs(row["cost"]) < 1


@pytest.mark.slow
def test_clearing_the_law_stops_transfers_and_vetting_spares_honest_trade(ran: Callable[..., Any]) -> None:
    found = ran("legal_limits", 16)
    for kind in ("vetted", "unvetted"):
        cleared = found.row(arm=f"cleared_{kind}", beside=kind)
        assert cleared["blocked"] < -40
        assert cleared["transfers"] < 0
        assert found.row(arm=kind, beside="baseline")["transfers"] < 0
    vetting = found.row(arm="cleared_vetted", beside="cleared_unvetted")
    assert vetting["false_hits"] < -5
    assert abs(vetting["transfers"]) < 1
    assert 0 < vetting["cost"] < 3


@pytest.mark.slow
def test_duplication_grows_with_donors_and_coordination_ends_most_of_it(ran: Callable[..., Any]) -> None:
    found = ran("number_of_donors", 4)
    rows = [row for row in found.numbers if row["arm"] == "donor_coordination"]
    twice = [row["twice"] for row in rows]
    assert twice == sorted(twice)
    assert twice[-1] > 1.5 * twice[0]
    hours = [row["hours"] for row in rows]
    assert hours == sorted(hours)
    for row in rows:
        assert row["less"] < -75
        # what is freed buys little
        assert abs(row["capacity"]) < 8
    assert rows[-1]["capacity"] > rows[0]["capacity"]


@pytest.mark.slow
def test_the_same_two_ways_lead_and_staff_is_not_among_them(ran: Callable[..., Any]) -> None:
    found = ran("rank_robustness", 6)
    order = [row["arm"] for row in found.numbers]
    assert set(order[:2]) == {"checks_and_sharing", "frontline_and_working_groups"}
    assert all(row["transfers"] < -4 for row in found.numbers[:2])
    assert abs(found.row(arm="additional_staff")["transfers"]) < 3
    assert sum(row["best_in_sets"] for row in found.numbers[:2]) > 0.5
    assert "sampled assumption sets" in found.said[0]
