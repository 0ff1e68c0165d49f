from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import stcsim
from stcsim.api.results import OUR_FILES, RUN_FILES, ComparisonResult
from stcsim.mechanisms import MECHANISMS
from stcsim.outcomes.registry import INFOS
from stcsim.scenario.arms import ResolvedArm
from stcsim.study import comparing
from stcsim.study.block import Block, run_block
from stcsim.study.runner import Finished
from stcsim.study.table_files import read_tables
from tests.study.studies import raw_study, study_scenario, write_study
from tests.study.trouble import Failing

ROOT = Path(__file__).resolve().parents[2]
DIFFERENCE = {"mean", "low", "high", "p_better", "variance_removed", "worlds"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study(tmp_path_factory.mktemp("scenario"))


@pytest.fixture(scope="module")
def result(path: Path) -> ComparisonResult:
    return stcsim.compare(path, replications=3, worlds=2, jobs=1)


def test_the_document_has_the_promised_shape(result: ComparisonResult) -> None:
    document = json.loads(result.to_json())
    assert set(document["outcomes"]) == set(INFOS)
    for name, entry in document["outcomes"].items():
        assert {"unit", "better", "headline", "arms", "differences"} <= set(entry)
        assert set(entry["arms"]) == {"baseline", "channel", "late_group"}
        assert all({"mean", "low", "high", "sd"} <= set(arm) for arm in entry["arms"].values())
        assert set(entry["differences"]) == {"channel", "late_group"}
        assert all(set(found) >= DIFFERENCE for found in entry["differences"].values())
        assert entry["headline"] == (name in study_scenario().headline)
    worlds = document["outcomes"]["coordination_hours"]["differences"]["channel"]["worlds"]
    assert {"mean", "low", "high", "share_better", "pairs_per_world"} <= set(worlds)
    assert worlds["pairs_per_world"] == 2
    assert document["provenance"]["complete"] is True


def test_without_worlds_there_is_no_second_uncertainty(path: Path) -> None:
    found = stcsim.compare(path, ["channel"], replications=2, jobs=1).to_dict()
    differences = found["outcomes"]["diversions"]["differences"]
    assert list(differences) == ["channel"]
    assert differences["channel"]["worlds"] is None


def test_levels_are_means_of_the_runs(result: ComparisonResult) -> None:
    own = result.runs.query("arm == 'channel' and world == 0")["coordination_hours"]
    level = result.to_dict()["outcomes"]["coordination_hours"]["arms"]["channel"]
    assert level["mean"] == pytest.approx(own.mean())
    assert level["sd"] == pytest.approx(own.std())


def test_the_order_of_arms_changes_nothing_but_the_order(path: Path, result: ComparisonResult) -> None:
    other = stcsim.compare(path, ["late_group", "channel"], replications=3, worlds=2, jobs=1)
    keys = ["arm", "world", "replication"]
    pd.testing.assert_frame_equal(
        other.runs.sort_values(keys, ignore_index=True),
        result.runs.sort_values(keys, ignore_index=True),
        check_exact=True,
    )
    assert list(other.runs["arm"][:3]) == ["baseline", "late_group", "channel"]
    assert other.comparison.arms == ("baseline", "late_group", "channel")
    assert other.to_dict()["outcomes"] == result.to_dict()["outcomes"]


def test_everything_is_written_beside_what_is_there(result: ComparisonResult, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "report.html").write_text("old", encoding="utf-8")
    report = result.save(tmp_path)
    assert report == tmp_path / "report.html"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*OUR_FILES, "notes.txt"])
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    tables = read_tables(tmp_path)
    pd.testing.assert_frame_equal(tables.runs, result.runs, check_exact=True)
    pd.testing.assert_frame_equal(tables.series, result.series, check_exact=True)
    pd.testing.assert_frame_equal(tables.bodies, result.bodies, check_exact=True)
    page = report.read_text(encoding="utf-8")
    assert result.provenance["scenario_hash"] in page
    assert "(lead time 0, mean delay days 1)" in page


def test_the_resolved_scenario_gives_the_same_runs(result: ComparisonResult, tmp_path: Path) -> None:
    result.save(tmp_path)
    again = stcsim.compare(tmp_path / "scenario.resolved.yaml", replications=3, worlds=2, jobs=1)
    pd.testing.assert_frame_equal(again.runs, result.runs, check_exact=True)
    assert again.provenance["scenario_hash"] == result.provenance["scenario_hash"]


def test_pictures_can_be_drawn(result: ComparisonResult) -> None:
    pictures = (result.plot(), result.plot("cost"), result.plot("statistics"), result.plot_series("attempts"))
    for picture in pictures:
        assert picture.svg().startswith("<svg")


def test_arms_may_be_put_together_by_a_program() -> None:
    arm = ResolvedArm("mine", "Mine", (MECHANISMS["capacity_capture"](lead_time=0),))
    found = stcsim.compare(study_scenario(), ["channel", arm], replications=2, jobs=1)
    assert found.comparison.arms == ("baseline", "channel", "mine")
    assert found.provenance["command"].startswith("stcsim compare scenario.resolved.yaml --arms channel,mine")


def test_the_command_repeats_what_was_asked(path: Path) -> None:
    found = stcsim.compare(
        path, ["channel"], 2, 2, 3, seed=7, overrides=["countries[A].will=0.7"], equal_cost=True, jobs=1
    )
    assert found.provenance["command"] == (
        f"stcsim compare {path} --arms channel --replications 2 --worlds 2 --pairs 3 --seed 7 "
        "--set 'countries[A].will=0.7' --equal-cost"
    )
    assert found.to_dict()["equal_cost"][0]["share"] == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"replications": 1}, "replications has to be a whole number of at least 2, not 1"),
        ({"worlds": -1}, "worlds has to be a whole number of at least 0"),
        ({"worlds": 1}, "one sampled set of assumptions says nothing of their spread"),
        ({"replications": "20"}, "replications has to be a whole number, not"),
        ({"replications": 2.0}, "replications has to be a whole number, not"),
        ({"worlds": None}, "worlds has to be a whole number, not"),
        ({"pairs": [2]}, "pairs has to be a whole number, not"),
        ({"seed": "x"}, "seed has to be a whole number, not"),
        ({"jobs": "two"}, "jobs has to be a whole number, not"),
        ({"jobs": True}, "jobs has to be a whole number, not"),
        ({"arms": [3]}, "arms have to be names or arms, not"),
        ({"arms": 3}, "arms have to be names or arms, not"),
        ({"pairs": 1}, "pairs has to be a whole number of at least 2"),
        ({"seed": -1}, "seed has to be a whole number from 0"),
        ({"jobs": 0}, "jobs has to be a whole number of at least 1"),
        ({"arms": ["chanel"]}, "Did you mean 'channel'?"),
        ({"arms": ["baseline"]}, "nothing to compare"),
    ],
)
def test_what_cannot_be_run_is_refused(path: Path, options: dict[str, object], said: str) -> None:
    with pytest.raises(stcsim.InputError, match=said.replace("?", r"\?")):
        stcsim.compare(path, **{"replications": 2, "jobs": 1, **options})


def test_arms_in_one_text(path: Path) -> None:
    one = stcsim.compare(path, "channel", replications=np.int64(2), jobs=1)
    assert one.comparison.arms == ("baseline", "channel")
    two = stcsim.compare(path, "channel, late_group", replications=2, jobs=1)
    assert two.comparison.arms == ("baseline", "channel", "late_group")
    assert two.request.arms == ("channel", "late_group")


def test_results_are_shown_in_a_few_lines(path: Path, result: ComparisonResult) -> None:
    shown = repr(result)
    assert len(shown.splitlines()) < 10
    assert max(map(len, shown.splitlines())) < 300
    assert "'small_region': channel, late_group, against baseline" in shown
    assert f"{len(result.runs)} runs" in shown
    assert repr(stcsim.run(path, "channel", seed=5)) == "<run of arm 'channel', seed 5>"
    idle = repr(stcsim.run(path, "legal_clearance"))
    assert "would take effect in week 78" in idle


def test_a_scenario_of_a_program_is_checked_like_a_file() -> None:
    spec = study_scenario()
    lost = spec.networks[0].model_copy(update={"home": "nowhere"})
    with pytest.raises(stcsim.InputError, match="nowhere"):
        stcsim.run(spec.model_copy(update={"networks": (lost,)}))


def test_an_interrupt_keeps_what_is_finished(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(blocks: list[object]) -> Finished:
        yield 0, run_block(blocks[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(comparing, "run_all", stopped)
    with pytest.raises(stcsim.ComparisonInterrupted, match="stopped after 9 runs") as error:
        stcsim.compare(path, replications=3, worlds=2, jobs=1)
    kept = error.value.result
    assert kept is not None
    assert len(kept.runs) == 9
    assert kept.provenance["complete"] is False
    assert any("not complete" in note for note in kept.comparison.notes)


def test_an_interrupt_before_anything_is_finished(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(blocks: list[object]) -> Finished:
        raise KeyboardInterrupt

    monkeypatch.setattr(comparing, "run_all", stopped)
    with pytest.raises(stcsim.ComparisonInterrupted, match="nothing was written") as error:
        stcsim.compare(path, replications=2, jobs=1)
    assert error.value.result is None


def test_an_interrupt_before_two_pairs_says_how_many_there_are(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(blocks: list[Block]) -> Finished:
        block = blocks[0]
        yield 0, run_block(replace(block, units=block.units[:1]))
        raise KeyboardInterrupt

    monkeypatch.setattr(comparing, "run_all", stopped)
    with pytest.raises(stcsim.ComparisonInterrupted) as error:
        stcsim.compare(path, replications=2, jobs=1)
    assert str(error.value) == (
        "stopped after 3 runs: 1 pair of an arm and the baseline under the default assumptions, and a "
        "comparison needs 2; nothing was written"
    )


def test_a_baseline_alone_is_no_comparison() -> None:
    failing = ResolvedArm("failing", "", (Failing(),))
    with pytest.raises(stcsim.ModelError, match="too few runs came to their end to be compared"):
        stcsim.compare(study_scenario(), [failing], replications=2, jobs=1)


def test_an_arm_that_fails_is_left_out_and_told() -> None:
    failing = ResolvedArm("failing", "", (Failing(),))
    found = stcsim.compare(study_scenario(), ["channel", failing], replications=2, jobs=1)
    assert found.comparison.arms == ("baseline", "channel")
    assert len(found.failures) == 2
    assert any("2 runs failed, such as failing" in note for note in found.comparison.notes)


@pytest.mark.slow
def test_a_script_without_a_guard_goes_on_in_one_process(path: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import stcsim\n"
        f"found = stcsim.compare({str(path)!r}, ['channel'], replications=2, jobs=2)\n"
        "print(len(found.runs))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "4\n"
    assert "has to do so under: if __name__" in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------ one run


def test_one_run_in_tables(path: Path, tmp_path: Path) -> None:
    run = stcsim.run(path, "channel", seed=5, profile=True)
    values = run.outcomes.set_index("outcome")["value"]
    assert set(values.index) == set(INFOS)
    assert run["attempts"] == values["attempts"]
    counted = run.cases.query("day > 0")
    networks = counted[counted["origin"] == "adversary"]
    assert (networks["way"] != "wait").sum() == run["attempts"]
    arrived = counted[counted["fate"].isin(["completed", "released_clock"])]
    assert len(arrived.query("origin == 'adversary' and way != 'intangible'")) <= run["diversions"]
    assert run.bodies["hours"].sum() * 14 / 52 == pytest.approx(run["coordination_hours"])
    assert set(run.series["name"]) >= {"diversions", "captured_capacity"}
    assert run.plot().svg().startswith("<svg")
    assert {"information", "screening"} <= set(run.seconds)
    run.save(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(RUN_FILES)


def test_a_run_is_that_of_the_comparison_with_its_seed(path: Path, result: ComparisonResult) -> None:
    row = result.runs.query("arm == 'channel' and world == 0").iloc[1]
    run = stcsim.run(path, "channel", seed=int(row["seed"]))
    for name, value in zip(run.outcomes["outcome"], run.outcomes["value"], strict=True):
        assert value == row[name] or (math.isnan(value) and np.isnan(row[name])), name


@pytest.mark.slow
def test_hash_seeds_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps(raw_study()), encoding="utf-8")
    program = (
        "import stcsim, hashlib; from stcsim.scenario.spec import ScenarioSpec;"
        f"s = ScenarioSpec.model_validate_json(open({str(tmp_path / 's.json')!r}).read());"
        "r = stcsim.compare(s, ['channel+donor_coordination'], replications=2, worlds=2, jobs=1);"
        "print(hashlib.sha256((r.to_json() + r.runs.to_csv() + r.series.to_csv()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
