"""The command and the folder of a calibration, on planted trials: nothing is run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from stcsim import cli
from stcsim.api import calibrating
from stcsim.scenario.loading import load
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.calibration.patterns import PATTERNS
from stcsim.study.calibration.prior import draw, free_quantities, path_of, place
from stcsim.study.calibration.trials import Trials

LOAD, CAPTURE = "parameters.licensing.load", "parameters.capacity.capture_rate"


def planted(scenario: ScenarioSpec, points: int, seed: int) -> Trials:
    """Trials in which load makes congestion and days, capture makes retention, and nothing makes the rest."""
    quantities = free_quantities(scenario)
    generator = np.random.default_rng(seed)
    drawn = [dict(draw(scenario, seed, k)) for k in range(1, points + 1)]
    values = np.array([[row[path_of(q)] for q in quantities] for row in drawn])
    places = np.array([[place(q, v) for q, v in zip(quantities, row, strict=True)] for row in values])
    at = {path_of(q): places[:, i] for i, q in enumerate(quantities)}
    chance = generator.normal(1.0, 0.02, (points, 4))
    shown = {name: generator.uniform(0.7, 1.3, points) * p.value * 0.7 for name, p in PATTERNS.items()}
    shown["congestion"] = (1 + 1.5 * at[LOAD]) * chance[:, 0]
    shown["licence_days"] = (16 + 20 * at[LOAD]) * chance[:, 1]
    shown["retention_6_months"] = (0.4 + 0.5 * at[CAPTURE]) * chance[:, 2]
    shown["retention_12_months"] = (0.3 + 0.4 * at[CAPTURE]) * chance[:, 3]
    shown["trainers_still_active"] = generator.uniform(0.1, 0.2, points)
    shown["unfavourable_checks"] = np.full(points, np.nan)
    numbers = np.arange(1, points + 1)
    return Trials(quantities, numbers, values, places, shown, dict.fromkeys(PATTERNS, 0.5), failed=1)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_trials(scenario: ScenarioSpec, points: int, seed: int, **_: object) -> Trials:
        return planted(scenario, points, seed)

    monkeypatch.setattr(calibrating, "run_trials", run_trials)


COMMAND = ["calibrate", "small_region", "--runs", "603"]


@pytest.mark.usefixtures("quick")
def test_the_folder_holds_all_and_the_overrides_make_a_scenario(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"
    assert cli.main([*COMMAND, "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert sorted(p.name for p in out.iterdir()) == sorted(calibrating.OUR_FILES)

    parameters = pd.read_csv(out / "parameters.csv").set_index("path")
    assert set(parameters.index[parameters["identified"]]) == {LOAD, CAPTURE}
    other = parameters[~parameters["identified"]]
    assert other["words"].str.startswith("not identified by these patterns").all()
    assert (other["low"] == other["prior_low"]).all()
    assert (other["high"] == other["prior_high"]).all()

    patterns = pd.read_csv(out / "patterns.csv").set_index("name")
    assert patterns.at["trainers_still_active", "role"] == "out of reach"
    assert patterns.at["unfavourable_checks", "role"] == "undefined"
    assert (patterns["role"] == "held out").sum() >= 3
    assert patterns.at["retention_12_months", "words"] == "shown"
    for words in ("licensing.load", "patterns held out", "not identified by these patterns", "Recovery"):
        assert words in said

    points = pd.read_parquet(out / "points.parquet")
    assert {"point", LOAD, "pattern.congestion"} <= set(points.columns)
    assert (out / "calibration.svg").read_text(encoding="utf-8").startswith("<svg")
    assert json.loads((out / "calibration.json").read_text(encoding="utf-8"))["points"] == 200

    changed = load(out / "calibrated.yaml").spec
    before = load("small_region").spec
    assert changed.parameters.licensing.load == pytest.approx(parameters.at[LOAD, "median"], rel=1e-3)
    assert changed.parameters.licensing.load != before.parameters.licensing.load
    assert changed.parameters.firms == before.parameters.firms
    ranges = yaml.safe_load((out / "uncertainties.yaml").read_text(encoding="utf-8"))["uncertainties"]
    assert set(ranges) == {LOAD, CAPTURE}
    assert ranges[LOAD]["low"] < ranges[LOAD]["high"]


@pytest.mark.usefixtures("quick")
def test_a_file_of_ones_own_is_told_where_to_put_the_overrides(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("format: 1\nname: own\nextends: small_region\n", encoding="utf-8")
    found = calibrating.calibrate(own, 303).overrides()
    assert "extends: FILE.yaml" in found
    (tmp_path / "calibrated.yaml").write_text(f"extends: own.yaml\n{found}", encoding="utf-8")
    assert load(tmp_path / "calibrated.yaml").spec.name == "own_calibrated"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--runs", "100"], "at least 123 are needed"),
        (["--runs", "many"], "not a whole number"),
        (["--set", "nothing=1"], "unknown"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_runs(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["calibrate", "small_region", *words]) == 2
    assert said in capsys.readouterr().err


def test_an_interrupt_keeps_what_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(scenario: ScenarioSpec, points: int, seed: int, **_: object) -> Trials:
        return replace(planted(scenario, 60, seed), interrupted=True)

    monkeypatch.setattr(calibrating, "run_trials", stopped)
    assert cli.main([*COMMAND, "--out", str(tmp_path)]) == 130
    assert "60 points were finished" in capsys.readouterr().err
    assert (tmp_path / "parameters.csv").is_file()


def test_an_interrupt_before_that_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(scenario: ScenarioSpec, points: int, seed: int, **_: object) -> Trials:
        return replace(planted(scenario, 10, seed), interrupted=True)

    monkeypatch.setattr(calibrating, "run_trials", stopped)
    assert cli.main([*COMMAND, "--out", str(tmp_path)]) == 130
    assert not list(tmp_path.iterdir())
