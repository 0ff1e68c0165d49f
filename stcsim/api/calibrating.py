"""Calibrate a scenario: run points of the prior, say what the patterns identify, and keep it in a folder."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from stcsim.analysis.calibration import Calibration
from stcsim.analysis.calibration import calibrate as analyse
from stcsim.errors import InputError, Interrupted
from stcsim.scenario.library import is_name
from stcsim.scenario.loading import Loaded
from stcsim.scenario.loading import load as load_file
from stcsim.scenario.spec import FORMAT_VERSION
from stcsim.study.calibration.episodes import RUNS_OF_A_POINT
from stcsim.study.calibration.prior import path_of
from stcsim.study.calibration.trials import FEWEST_POINTS, Trials, points_within, run_trials
from stcsim.study.comparing import Progress
from stcsim.study.design import check_seed
from stcsim.study.environment import PACKAGES, package_version, platform_words, versions
from stcsim.study.keys import MODEL_VERSION, scenario_hash
from stcsim.study.table_files import write_table

PARAMETERS, PATTERNS, POINTS = "parameters.csv", "patterns.csv", "points.parquet"
PICTURE, SUMMARY, MANIFEST = "calibration.svg", "calibration.txt", "calibration.json"
OVERRIDES, RANGES = "calibrated.yaml", "uncertainties.yaml"
OUR_FILES = (PARAMETERS, PATTERNS, POINTS, PICTURE, SUMMARY, MANIFEST, OVERRIDES, RANGES)
"""Files that a calibration writes into its folder."""


@dataclass(frozen=True, eq=False)
class CalibrationResult:
    """A calibration with all that it rests on.

    Parameters
    ----------
    loaded : the scenario, and where it comes from
    source : its name or file as it was given
    runs, seed : as they were asked for
    trials : points and what they show
    found : what they say
    """

    loaded: Loaded
    source: str
    runs: int
    seed: int
    trials: Trials
    found: Calibration

    def command(self) -> str:
        """Return the line that gives these numbers again."""
        words = ["stcsim", "calibrate", self.source, "--runs", str(self.runs), "--seed", str(self.seed)]
        for setting in self.loaded.overrides:
            words += ["--set", setting]
        return shlex.join(words)

    def text(self) -> str:
        """Return the result as plain text."""
        from stcsim.report.calibration import calibration_text

        return calibration_text(self.found)

    def points(self) -> pd.DataFrame:
        """Return one row a point: its number, the value of each free parameter, and of each pattern."""
        paths = [path_of(q) for q in self.trials.quantities]
        values = pd.DataFrame(self.trials.values, columns=paths)
        shown = pd.DataFrame({f"pattern.{name}": v for name, v in self.trials.patterns.items()})
        return pd.concat([pd.Series(self.trials.numbers, name="point"), values, shown], axis=1)

    def overrides(self) -> str:
        """Return a scenario file with the posterior's medians in place of the defaults of what is identified.

        A scenario may extend it. Whatever is not identified stays as it was.
        """
        groups: dict[str, dict[str, float]] = {}
        for p in self.found.identified:
            _, group, name = p.path.split(".")
            groups.setdefault(group, {})[name] = _short(p.median)
        head: dict[str, Any] = {"format": FORMAT_VERSION, "name": f"{self.loaded.spec.name}_calibrated"[:60]}
        if is_name(self.source):
            head["extends"] = self.source
        body = {**head, "parameters": groups} if groups else head
        says = [
            "# Medians of the posterior of what the patterns identify; all else keeps its default.",
            f"# {self.command()}",
        ]
        if not is_name(self.source):
            says.append("# Put this beside the scenario's file, and say here: extends: FILE.yaml")
        return "\n".join(says) + "\n" + yaml.safe_dump(body, sort_keys=False)

    def ranges(self) -> str:
        """Return the posterior's 90% intervals as the ``uncertainties`` of a study file."""
        held = {p.path: {"low": _short(p.low), "high": _short(p.high)} for p in self.found.identified}
        says = "# 90% of the posterior of what the patterns identify, for a study file.\n"
        return f"{says}# {self.command()}\n" + yaml.safe_dump({"uncertainties": held}, sort_keys=False)

    def manifest(self) -> dict[str, Any]:
        """Return where these numbers come from, as JSON values."""
        r = self.found.recovery
        return {
            "command": self.command(),
            "version": package_version(),
            "model_version": MODEL_VERSION,
            "scenario": self.loaded.spec.name,
            "scenario_hash": scenario_hash(self.loaded.spec),
            "files": {file.name: file.sha256 for file in self.loaded.files},
            "points": self.found.points,
            "runs_of_a_point": RUNS_OF_A_POINT,
            "kept": self.found.kept,
            "effective": self.found.size,
            "failed_points": self.trials.failed,
            "interrupted": self.trials.interrupted,
            "recovery": {
                "truths": r.truths,
                "coverage": r.coverage if r.coverage == r.coverage else None,
                "closer": r.closer if r.closer == r.closer else None,
            },
            "notes": list(self.found.notes),
            "platform": platform_words(),
            "packages": versions(PACKAGES),
        }

    def save(self, folder: Path) -> Path:
        """Write tables, picture, overrides and where all comes from into a folder, and return it."""
        from stcsim.pictures.calibration import calibration_picture
        from stcsim.report.calibration import parameter_table, pattern_table

        folder.mkdir(parents=True, exist_ok=True)
        parameter_table(self.found).to_csv(folder / PARAMETERS, index=False, lineterminator="\n")
        pattern_table(self.found).to_csv(folder / PATTERNS, index=False, lineterminator="\n")
        write_table(folder / POINTS, self.points())
        calibration_picture(self.found).save(folder / PICTURE)
        texts = {
            SUMMARY: self.text(),
            MANIFEST: json.dumps(self.manifest(), indent=2, ensure_ascii=False) + "\n",
            OVERRIDES: self.overrides(),
            RANGES: self.ranges(),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder


def calibrate(
    scenario: str | os.PathLike[str],
    runs: int = 1200,
    seed: int = 1,
    overrides: Sequence[str] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
    *,
    warn: Callable[[str], None] | None = None,
) -> CalibrationResult:
    """Calibrate what a scenario leaves at its assumed defaults against the patterns of public figures.

    Parameters
    ----------
    scenario : name in the library, or path of a file
    runs : budget; three runs give a point
    seed : of the draws and of the chance of the runs
    overrides : settings laid on the file
    jobs : processes; as many as there are processors when not given. Results do not depend on it
    progress : told how many runs are finished, and of how many
    warn : told what went wrong on the way

    Returns
    -------
    CalibrationResult
        after an interrupt, of the points that were finished before it

    Raises
    ------
    InputError
        the scenario is none, or the budget or what the scenario shows is too little
    Interrupted
        the user stopped it before enough points were finished
    """
    check_seed(seed)
    points = points_within(runs)
    loaded = load_file(scenario, tuple(overrides))
    trials = run_trials(loaded.spec, points, seed, jobs=jobs, progress=progress, warn=warn)
    try:
        found = analyse(trials, seed)
    except InputError:
        if trials.interrupted:
            far = f"stopped after {len(trials.numbers)} of {points} points"
            raise Interrupted(f"{far}; a result takes {FEWEST_POINTS}, so nothing is kept") from None
        raise
    return CalibrationResult(loaded, os.fspath(scenario), runs, seed, trials, found)


def _short(value: float) -> float:
    """Return a value to four significant digits: no more are known."""
    return float(f"{value:.4g}")
