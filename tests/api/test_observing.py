"""Observations are kept in a folder, opened again, and say where they come from."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pandas as pd
import pytest

import stcsim
from stcsim.api.observing import JSON, OUR_FILES, Observed, observe, open_observation
from stcsim.errors import InputError
from stcsim.study.observation import TABLES
from tests.study.studies import write_study


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_study(tmp_path_factory.mktemp("scenario"))


@pytest.fixture(scope="module")
def found(path: Path) -> Observed:
    return observe(path, "channel", replications=2, seed=3)


def test_what_is_kept_is_what_is_opened(found: Observed, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("left alone")
    folder = found.save(tmp_path)
    assert sorted(p.name for p in folder.iterdir()) == sorted([*OUR_FILES, "mine.txt"])
    again, seen = open_observation(folder), found.observation
    for name in TABLES:
        pd.testing.assert_frame_equal(again.table(name), seen.table(name))
    assert dict(again.arms) == dict(seen.arms) == {"baseline": "Baseline", "channel": "Channel"}
    assert again.days == seen.days == (0, 91, 98)
    assert again.replications == 2
    assert again.notes == seen.notes
    assert again.provenance == json.loads(json.dumps(seen.provenance))
    assert stcsim.load(folder / "scenario.resolved.yaml") == found.scenario


def test_the_command_names_what_was_asked(found: Observed, path: Path) -> None:
    words = shlex.split(str(found.observation.provenance["command"]))
    assert words[:3] == ["stcsim", "observe", str(path)]
    assert words[3:] == ["--arms", "channel", "--replications", "2", "--seed", "3"]
    other = observe(path, "baseline", 1, overrides=["parameters.screening.hours_per_inspection=3"])
    words = shlex.split(str(other.observation.provenance["command"]))
    assert words[3:5] == ["--arms", "baseline"]
    assert words[-2] == "--set"
    assert list(other.observation.arms) == ["baseline"]


def test_runs_are_those_of_a_comparison(found: Observed, path: Path) -> None:
    compared = stcsim.compare(path, ["channel"], replications=2, seed=3, jobs=1).runs
    last = found.observation.region.query("quarter == 2").set_index(["arm", "replication"])
    for row in compared.itertuples():
        assert last.loc[(row.arm, row.replication), "captured"] == row.captured_capacity
        assert last.loc[(row.arm, row.replication), "trust"] == row.trust
    own = found.observation.flows.query("origin == 'adversary' and way != 'wait'")
    tried = own.groupby(["arm", "replication"])["cases"].sum()
    for row in compared.itertuples():
        assert tried[(row.arm, row.replication)] == row.attempts


def test_what_is_no_such_folder(found: Observed, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"lacks actors\.parquet"):
        open_observation(tmp_path)
    folder = found.save(tmp_path)
    for broken, said in (
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ('{"form": 0}', "another version"),
        ('{"form": 1}', "cannot be read"),
    ):
        (folder / JSON).write_text(broken)
        with pytest.raises(InputError, match=said):
            open_observation(folder)
    found.save(folder)
    (folder / "ties.parquet").write_bytes(b"none")
    with pytest.raises(InputError, match="holds tables that cannot be read"):
        open_observation(folder)


def test_what_cannot_be_watched(path: Path) -> None:
    for call, said in (
        (lambda: observe(path, replications=0), "from 1 to 48, not 0"),
        (lambda: observe(path, replications=49), "from 1 to 48, not 49"),
        (lambda: observe(path, seed=-1), "seed has to be"),
        (lambda: observe(path, ["chanel"]), "Did you mean 'channel'"),
        (lambda: observe(path, replications=True), "whole number"),
        (lambda: observe("no_such_region"), "no_such_region"),
    ):
        with pytest.raises(InputError, match=said):
            call()
