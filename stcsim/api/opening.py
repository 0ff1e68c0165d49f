"""A folder that ``stcsim compare --out`` has written, read back: tables, scenario, comparison, origin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow.lib import ArrowException

from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.api.analysed import read_analysis
from stcsim.api.provenance import RESOLVED
from stcsim.api.results import JSON
from stcsim.errors import InputError, Problem, quote
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.style import BASELINE, is_rival, rival_of
from stcsim.pictures.words import capital_words
from stcsim.scenario.arms import ResolvedArm, arm_names, resolve_arms
from stcsim.scenario.loading import load
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.table_files import FILES, read_tables
from stcsim.study.tables import RunTables


@dataclass(frozen=True, eq=False)
class Kept:
    """What a folder holds.

    Parameters
    ----------
    folder : where it was read
    scenario : resolved
    arms : every arm that was run, the baseline first, a rival behind its arm
    tables : what is kept of the runs
    comparison : of every outcome that was kept
    provenance : as it was written
    """

    folder: Path
    scenario: ScenarioSpec
    arms: tuple[ResolvedArm, ...]
    tables: RunTables
    comparison: Comparison
    provenance: Mapping[str, Any]


def wrong_folder(folder: Path, said: str, repair: str = "") -> InputError:
    """Return the one error that is said of a folder that cannot be used."""
    return InputError([Problem("", 0, 0, "", f"{quote(folder)} {said}", repair)])


def open_comparison(folder: Path) -> Kept:
    """Return what ``stcsim compare --out`` has left in a folder.

    Raises
    ------
    InputError
        it is no such folder, lacks a file, or one of them cannot be read
    """
    again = "Run the comparison again with --out."
    lacking = [name for name in (JSON, RESOLVED, *FILES) if not (folder / name).is_file()]
    if lacking:
        raise wrong_folder(folder, f"lacks {', '.join(lacking)}", again)
    try:
        document = json.loads((folder / JSON).read_text(encoding="utf-8"))
        provenance, notes = document["provenance"], tuple(str(note) for note in document["notes"])
        seed, level = int(provenance["seed"]), float(document["level"])
        provenance["command"], provenance["scenario_hash"], provenance["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise wrong_folder(folder, f"holds a {JSON} that cannot be read ({_reason(error)})", again) from None
    try:
        tables = read_tables(folder)
        tables.runs[["arm", "world", "replication"]]
    except (OSError, ValueError, KeyError, ArrowException) as error:
        raise wrong_folder(folder, f"holds tables that cannot be read ({_reason(error)})", again) from None
    scenario = load(folder / RESOLVED).spec
    arms = arms_of(scenario, tables.runs, provenance.get("arms"))
    known = [info for name, info in INFOS.items() if name in tables.runs.columns]
    headline = [name for name in scenario.headline if name in tables.runs.columns]
    if not headline:
        raise wrong_folder(folder, "holds none of the scenario's main outcomes", again)
    named = [a.name for a in arms[1:]]
    found = read_analysis(folder, known, headline, named, level, seed)
    if found is None:
        found = compare_arms(tables.runs, known, headline, arms=named, level=level, seed=seed)
    own = set(found.notes)
    more = tuple(note for note in notes if note not in own)
    return Kept(folder, scenario, arms, tables, replace(found, notes=(*found.notes, *more)), provenance)


def arms_of(
    scenario: ScenarioSpec, runs: pd.DataFrame, named: list[str] | None = None
) -> tuple[ResolvedArm, ...]:
    """Return the arms of a table of runs, the baseline first, a rival behind its arm.

    An arm that a program made is known by its name alone.

    Parameters
    ----------
    named : in the order in which they were asked for; those of the scenario where None
    """
    present = {str(name) for name in runs["arm"].unique()}
    order = list(named) if named is not None else [n for n in arm_names(scenario) if n != BASELINE]
    own = [n for n in dict.fromkeys([*order, *sorted(present)]) if n in present and n != BASELINE]
    own = [n for n in own if not is_rival(n)]
    found = [ResolvedArm(BASELINE, "Baseline")]
    for name in own:
        arm = named_arm(name, scenario)
        found.append(arm)
        found += [
            ResolvedArm(n, f"The same money on staff: {arm.label}")
            for n in sorted(present)
            if is_rival(n) and rival_of(n) == name
        ]
    return tuple(found)


def named_arm(name: str, scenario: ScenarioSpec) -> ResolvedArm:
    """Return an arm by its name; one that a program made is known by its name alone."""
    try:
        return resolve_arms([name], scenario)[0]
    except InputError:
        return ResolvedArm(name, capital_words(name))


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is missing"
    said = getattr(error, "strerror", "") or str(error)
    return " ".join(said.split())[:120] or type(error).__name__
