"""Comparisons that lie among the results: what each is, its answer, and how it was asked."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from stcsim.api.provenance import RESOLVED
from stcsim.api.results import JSON
from stcsim.dashboard.comparing.asking import MOST_RUNS, MOST_WORLDS, Asked
from stcsim.dashboard.comparing.opened import Shown, shown
from stcsim.dashboard.parts import Repeat
from stcsim.dashboard.running import this_server
from stcsim.dashboard.sources import SAVED, ScenarioSource, source_of, title_in
from stcsim.dashboard.studies.folders import folder_named, found_in, shown_name
from stcsim.dashboard.studies.reading import problems_of, without_place
from stcsim.errors import InputError
from stcsim.pictures.style import is_rival
from stcsim.pictures.words import capital_words, clean, counted
from stcsim.study.keys import scenario_hash

UNREADABLE = "This folder holds files that cannot be read."
_WRONG = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a file raises that is not what we have written."""


@dataclass(frozen=True)
class Saved:
    """What a saved comparison says of itself.

    Parameters
    ----------
    name : of its folder, from the folder of results, with slashes
    title : of the scenario
    scenario : its name
    hash : of the scenario as it was run
    arms : names of those that were compared, without rivals
    asked : the comparison
    command : that gave it, as it was typed
    complete : whether it was run to its end
    changed : seconds since 1970 when it was written
    """

    name: str
    title: str
    scenario: str
    hash: str
    arms: tuple[str, ...]
    asked: Asked
    command: str
    complete: bool
    changed: float

    @property
    def date(self) -> str:
        """When it was written, for people."""
        return datetime.fromtimestamp(self.changed, UTC).strftime("%d %b %Y, %H:%M UTC")

    @property
    def label(self) -> str:
        """What tells it from others: scenario, arms, runs, date, and where it lies."""
        arms, runs = counted(len(self.arms), "arm"), counted(self.asked.replications, "run")
        sets = f", {counted(self.asked.worlds, 'set')}" if self.asked.worlds else ""
        day = self.date.partition(",")[0]
        return f"{self.title} · {arms} · {runs}{sets} · {day} ({self.name})"


def saved_in(results: Path) -> tuple[Saved, ...]:
    """Return the comparisons among the results, the newest first; what says nothing of itself is left out."""
    found = [one for one in found_in(results) if one.kind == "comparison"]
    told = (read_saved(results / one.name, one.name, one.changed) for one in found)
    return tuple(saved for saved in told if saved is not None)


@lru_cache(maxsize=500)
def read_saved(folder: Path, name: str, changed: float) -> Saved | None:
    """Return what a folder says of itself; None where that cannot be read.

    Parameters
    ----------
    name : as in `Saved`
    changed : when it was written; another time is another comparison
    """
    try:
        document: Any = json.loads((folder / JSON).read_bytes())
        facts = document["provenance"]
        scenario = clean(str(facts["scenario"]))
        told = next(iter(document["outcomes"].values()))["differences"]
        return Saved(
            name,
            clean(title_in(folder / RESOLVED)) or capital_words(scenario),
            scenario,
            str(facts["scenario_hash"]),
            tuple(str(arm) for arm in told if not is_rival(str(arm))),
            _asked(facts),
            clean(str(facts["command"])),
            bool(facts.get("complete", True)),
            changed,
        )
    except (*_WRONG, StopIteration):
        return None


def saved_named(name: str) -> Saved | None:
    """Return what the saved comparison of a name says of itself; None where it cannot be read."""
    folder = _folder(name)
    if folder is None:
        return None
    try:
        return read_saved(folder, name, (folder / JSON).lstat().st_mtime)
    except OSError:
        return None


def open_saved(name: str) -> Shown:
    """Return the answer that a saved comparison holds.

    Raises
    ------
    InputError
        it cannot be read; said without a path of this machine
    """
    folder, results = _folder(name), this_server().results
    if folder is None or results is None:
        raise InputError(UNREADABLE)
    try:
        return shown(folder)
    except InputError as error:
        raise InputError(" ".join(problems_of(error, folder, shown_name(results, name)))) from None
    except _WRONG:
        raise InputError(UNREADABLE) from None


def scenario_of(saved: Saved) -> ScenarioSource | None:
    """Return the scenario that it was run on: of the library where that has it still, else its own file."""
    known = source_of(saved.scenario)
    try:
        if known is not None and known.in_library and scenario_hash(known.spec) == saved.hash:
            return known
    except InputError:
        pass
    return source_of(f"{SAVED}{saved.name}")


def repeat_of(saved: Saved, source: ScenarioSource | None) -> Repeat:
    """Return the command that gave a saved comparison, with the file that it needs.

    Parameters
    ----------
    source : the scenario that it was run on, None where that cannot be had
    """
    folder, results = _folder(saved.name), this_server().results
    command = saved.command
    if folder is not None and results is not None:
        command = without_place(command, folder, shown_name(results, saved.name))
    if source is None or source.in_library:
        return Repeat(command)
    words = shlex.split(command) if command.count("'") % 2 == 0 else []
    said = words[2] if len(words) > 2 else "its scenario"
    note = (
        f"{RESOLVED} is the scenario as it was run, with every default and setting filled in: it stands in "
        f"for {said} where that has changed or is not at hand."
    )
    return Repeat(command, ((RESOLVED, source.text),), "" if said == RESOLVED else note)


def _folder(name: str) -> Path | None:
    found = folder_named(this_server().results, name)
    return found[0] if found is not None and found[1] == "comparison" else None


def _asked(facts: Mapping[str, Any]) -> Asked:
    """Return how a comparison was asked, as far as a page may ask so much."""
    named = facts.get("arms")
    worlds = min(int(facts.get("worlds") or 0), MOST_WORLDS)
    return Asked(
        tuple(str(arm) for arm in named) if named else (),
        max(2, min(int(facts["replications"]), MOST_RUNS)),
        worlds if worlds != 1 else 0,
        int(facts["seed"]),
        bool(facts.get("equal_cost")),
    )
