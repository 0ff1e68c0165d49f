"""Where the numbers of a comparison come from, and the line that gives them again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.environment import package_version, platform_words, versions
from stcsim.study.keys import MODEL_VERSION, scenario_hash

RESOLVED = "scenario.resolved.yaml"


MORE_WORLDS = 10
"""Sampled sets of assumptions to take where there were none or too few."""


def twice(replications: int, worlds: int) -> tuple[int, int]:
    """Return how many runs and sampled sets to take for narrower intervals, wherever more is advised."""
    return 2 * replications, max(2 * worlds, MORE_WORLDS)


@dataclass(frozen=True)
class Request:
    """What was asked for.

    Parameters
    ----------
    source : file or name of the scenario, empty for one that was made by a program
    scenario : resolved
    files : hashes of the texts that it was read from, by name
    settings : laid on these
    arms : names as they were asked for; None stands for all of the file
    replications, worlds, pairs, seed, equal_cost : of the comparison
    """

    source: str
    scenario: ScenarioSpec
    files: Mapping[str, str]
    settings: tuple[str, ...]
    arms: tuple[str, ...] | None
    replications: int
    worlds: int
    pairs: int
    seed: int
    equal_cost: bool

    def command(self) -> str:
        """Return the line that repeats the comparison, beside the report where there is no source."""
        words = ["stcsim", "compare", self.source or RESOLVED]
        if self.arms is not None:
            words += ["--arms", ",".join(self.arms)]
        words += ["--replications", str(self.replications), "--worlds", str(self.worlds)]
        if self.worlds and self.pairs != 2:
            words += ["--pairs", str(self.pairs)]
        words += ["--seed", str(self.seed)]
        for setting in self.settings:
            words += ["--set", setting]
        if self.equal_cost:
            words.append("--equal-cost")
        return shlex.join(words)

    def larger(self) -> Request:
        """Return the request for narrower intervals: twice the runs, and assumptions varied."""
        runs, worlds = twice(self.replications, self.worlds)
        return replace(self, replications=runs, worlds=worlds)

    def provenance(self) -> dict[str, Any]:
        """Return everything that names these numbers, as JSON values; always the same on one machine."""
        return {
            "version": package_version(),
            "model_version": MODEL_VERSION,
            "scenario": self.scenario.name,
            "scenario_hash": scenario_hash(self.scenario),
            "files": dict(self.files),
            "settings": list(self.settings),
            "arms": None if self.arms is None else list(self.arms),
            "replications": self.replications,
            "worlds": self.worlds,
            "pairs_per_world": self.pairs if self.worlds else None,
            "seed": self.seed,
            "equal_cost": self.equal_cost,
            "command": self.command(),
            "platform": platform_words(),
            "packages": versions(),
        }
