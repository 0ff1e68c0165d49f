"""How far a study is: planned, running, stopped, failed, complete, not to be read."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stcsim.analysis.study_points import open_study
from stcsim.api.study_analyses import analyses_of
from stcsim.api.study_state import StudyState, StudyWatch, time_words
from stcsim.cli import main
from stcsim.errors import InputError
from stcsim.study.study_reading import read_study
from tests.study.studies import write_study

STUDY = """format: 1
name: little
question: Which of two arms?
scenario: small_region.yaml
uncertainties: [parameters.trust]
design: {kind: worlds, points: 4}
replications: 3
equal_cost: true
outcomes: [diversions, total_cost]
"""
RUNS = 3 * (3 + 4 * 2)
"""Of the study, rivals aside."""


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a study that has been run."""
    folder = tmp_path_factory.mktemp("study")
    write_study(folder)
    (folder / "little.yaml").write_text(STUDY, encoding="utf-8")
    assert (
        main(["study", "run", str(folder / "little.yaml"), "--out", str(folder / "out"), "--jobs", "1"]) == 0
    )
    return folder / "out"


@pytest.fixture
def copied(studied: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may change."""
    return Path(shutil.copytree(studied, tmp_path / "copy"))


def execution(folder: Path, **changes: Any) -> None:
    """Change what the manifest says of the last execution."""
    path = folder / "manifest.json"
    told = json.loads(path.read_text())
    told["executions"][-1] |= changes
    path.write_text(json.dumps(told))


def test_complete(studied: Path) -> None:
    state = StudyWatch(studied).look()
    assert (state.kind, state.done, state.total, state.failed) == ("complete", RUNS, RUNS, 0)
    assert (state.share, state.words) == (
        1.0,
        f"complete: {RUNS} runs and {state.rivals} with the same money on staff",
    )


def test_complete_without_knowing_how_many_are_wanted(studied: Path) -> None:
    assert StudyWatch(studied).look(wanted=False).words.startswith(f"complete: {RUNS} runs and ")


def test_stopped_where_a_shard_is_missing(copied: Path) -> None:
    min((copied / "runs").iterdir()).unlink()  # the earliest; rivals, which are not counted, come last
    state = StudyWatch(copied).look()
    assert state.kind in ("stopped", "planned")
    assert state.done < RUNS == state.total


def test_planned_where_nothing_was_run(copied: Path) -> None:
    shutil.rmtree(copied / "runs")
    (copied / "runs").mkdir()
    execution(copied, end="stopped")
    assert StudyWatch(copied).look().words == "planned: nothing was run yet"


def test_running_as_long_as_the_process_lives(copied: Path) -> None:
    begun = (datetime.now(UTC) - timedelta(seconds=60)).isoformat(timespec="seconds")
    mine = {"end": "under way", "host": platform.node(), "started": begun, "runs_before": 0}
    study = (copied / "study.yaml").read_text().replace("replications: 3", "replications: 25")
    (copied / "study.yaml").write_text(study)
    execution(copied, pid=os.getpid(), **mine)
    state = StudyWatch(copied).look()
    assert state.kind == "running"
    assert 0 < (state.share or 0) < 1
    assert state.left is not None
    assert re.fullmatch(
        rf"running: {RUNS} of 99 runs and \d+ with the same money on staff, about 2 min left", state.words
    )
    # Numbers of processes are reused; the largest that may be given is nobody's here.
    execution(copied, pid=2**22 - 1, **mine)
    assert StudyWatch(copied).look().kind == "stopped"


def test_another_machine_is_believed_while_files_come(copied: Path) -> None:
    execution(copied, end="under way", host="elsewhere")
    assert StudyWatch(copied).look().kind == "running"
    for path in (copied / "runs").iterdir():
        os.utime(path, (1, 1))
    assert StudyWatch(copied).look().kind != "running"


def test_failed_runs(copied: Path) -> None:
    (copied / "failures" / "abc.json").write_text("{}")
    state = StudyWatch(copied).look()
    assert (state.kind, state.failed) == ("failed", 1)
    assert state.words.startswith("1 run failed")


def test_a_damaged_manifest_is_told(copied: Path) -> None:
    (copied / "manifest.json").write_text("{")
    state = StudyWatch(copied).look()
    assert state.kind == "unreadable"
    assert "damaged" in state.why


def test_a_wrong_byte_anywhere_in_a_file_of_runs_is_told_with_its_repair(copied: Path) -> None:
    torn = min((copied / "runs").iterdir())
    content = bytearray(torn.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 100] = bytes(100)
    torn.write_bytes(content)
    for wanted in (True, False):
        state = StudyWatch(copied).look(wanted=wanted)
        assert state.kind == "damaged"
        assert state.words.startswith("damaged: ")
        assert f"runs/{torn.name} cannot be read" in state.why
        assert f"stcsim study run {copied}/study.yaml --out {copied}" in state.why


def test_runs_that_are_lost_are_not_taken_for_a_plan(copied: Path) -> None:
    shutil.rmtree(copied / "runs")
    for wanted in (True, False):
        state = StudyWatch(copied).look(wanted=wanted)
        assert (state.kind, state.done) == ("damaged", 0)
        assert "runs/ holds no file of runs any more" in state.why


def test_a_lost_file_is_seen_without_reading_the_plan(copied: Path) -> None:
    min((copied / "runs").iterdir()).unlink()
    assert StudyWatch(copied).look(wanted=False).kind != "complete"


def test_a_study_file_that_is_none_is_told_wherever_it_is_looked_at(copied: Path) -> None:
    path = copied / "study.yaml"
    path.write_text("]garbage[")
    for wanted in (True, False):
        state = StudyWatch(copied).look(wanted=wanted)
        assert (state.kind, state.done) == ("unreadable", 0)
        assert "not valid YAML" in state.why
    path.unlink()
    os.mkfifo(path)
    for wanted in (True, False):
        assert "is a pipe" in StudyWatch(copied).look(wanted=wanted).why


def test_what_is_wrong_in_a_study_file_is_known_from_then_on(copied: Path) -> None:
    path = copied / "study.yaml"
    path.write_text(path.read_text() + "nonsense: 1\n")
    watch = StudyWatch(copied)
    assert watch.look().kind == "unreadable"
    assert watch.look(wanted=False).kind == "unreadable"


def test_before_the_manifest_it_is_being_prepared_and_without_its_folder_it_is_gone(copied: Path) -> None:
    (copied / "manifest.json").unlink()
    mine = {"pid": os.getpid(), "host": platform.node(), "started": ""}
    (copied / "lock").write_text(json.dumps({**mine, "pid": 2**22 - 1}))
    assert StudyWatch(copied).look().why == "it has no manifest"
    (copied / "lock").write_text(json.dumps(mine))
    assert StudyWatch(copied).look().words == "being prepared: nothing was run yet"
    shutil.rmtree(copied)
    assert StudyWatch(copied).look().why == "it is not there any more"


def test_what_was_read_is_not_read_again(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = StudyWatch(copied)
    first = watch.look()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("stcsim.api.study_state.pq.ParquetFile", never)
    monkeypatch.setattr("stcsim.api.study_state.read_study", never)
    assert watch.look() == first


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "less than a minute"), (130, "about 2 min"), (7300, "about 2 h"), (3e5, "about 3 days")],
)
def test_times_for_people(seconds: float, words: str) -> None:
    assert time_words(seconds) == words


def test_a_share_is_never_more_than_all() -> None:
    assert StudyState("running", 12, 10).share == 1.0
    assert StudyState("running", 12).share is None


def test_what_a_design_allows(studied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {a.name: a for a in analyses_of(open_study(studied), "results/little")}
    allowed = {name for name, a in found.items() if a.allowed}
    assert allowed == {"ranking", "regret", "pareto", "robustness"}
    assert "40 points" in found["discovery"].why
    assert "morris" in found["sensitivity"].why
    assert found["ranking"].command == "stcsim study ranking results/little"
    assert found["pareto"].command == "stcsim study report results/little --figure pareto"


def test_a_design_that_needs_what_is_not_installed_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(tmp_path)
    morris = STUDY.replace("{kind: worlds, points: 4}", "{kind: morris, trajectories: 4}")
    (tmp_path / "little.yaml").write_text(morris, encoding="utf-8")

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(InputError, match=r"need SALib, which is not installed. Run: pip install"):
        read_study(tmp_path / "little.yaml")
