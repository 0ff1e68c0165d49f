"""A scenario by its name in the library, by its file or as it was loaded, and by what it can be had again."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stcsim.errors import InputError, Problem
from stcsim.scenario.crosscheck import crosscheck
from stcsim.scenario.loading import load as load_file
from stcsim.scenario.size import refusal, size
from stcsim.scenario.spec import ScenarioSpec

Source = str | os.PathLike[str] | ScenarioSpec
"""A scenario by the name it has in the library, by its file, or as it was loaded."""


@dataclass(frozen=True)
class Named:
    """A scenario, and by what it can be had again."""

    spec: ScenarioSpec
    source: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[str, ...] = ()


def named_scenario(scenario: Source, overrides: Sequence[str]) -> Named:
    """Return a scenario that has passed every check, whether it is loaded or was made by a program.

    Raises
    ------
    InputError
        it has not
    """
    if not isinstance(scenario, ScenarioSpec):
        loaded = load_file(scenario, tuple(overrides))
        files = {file.name: file.sha256 for file in loaded.files}
        return Named(loaded.spec, os.fspath(scenario), files, loaded.overrides)
    if overrides:
        raise InputError("settings are laid on a file: load the scenario with them")
    refused = refusal(size(scenario))
    if refused:
        raise InputError([Problem("", 0, 0, "", *refused)])
    problems = [Problem("", 0, 0, f.path, f.words(), f.repair) for f in crosscheck(scenario)]
    if problems:
        raise InputError(problems)
    return Named(scenario)
