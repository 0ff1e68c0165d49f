"""Watch a few paired runs of each arm, keep what was seen in a folder, and open it again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow.lib import ArrowException

from stcsim.api.asking import check_numbers, chosen_arms
from stcsim.api.naming import Source, named_scenario
from stcsim.api.opening import wrong_folder
from stcsim.api.provenance import RESOLVED
from stcsim.api.telling import told
from stcsim.errors import InputError
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.design import check_seed
from stcsim.study.environment import package_version, platform_words, versions
from stcsim.study.keys import MODEL_VERSION, scenario_hash
from stcsim.study.observation import TABLES, Observation
from stcsim.study.observing import Progress
from stcsim.study.observing import observe as watch_runs
from stcsim.study.observing_plan import Watch
from stcsim.study.table_files import write_table

JSON = "observation.json"
FORM = 1
"""Counted up whenever folders written before can no longer be read as those of today."""
MOST_REPLICATIONS = 48
OUR_FILES: tuple[str, ...] = (*(f"{name}.parquet" for name in TABLES), JSON, RESOLVED)
"""What is written; whatever else is in a folder is left alone."""


@dataclass(frozen=True, eq=False, repr=False)
class Observed:
    """What was watched, with the scenario that it came from.

    Parameters
    ----------
    observation : its tables
    scenario : resolved
    """

    observation: Observation
    scenario: ScenarioSpec

    def __repr__(self) -> str:
        return repr(self.observation)

    def save(self, folder: Path | str) -> Path:
        """Write everything into a folder, made where it is missing, and return it.

        Only files of the names in `OUR_FILES` are replaced.
        """
        from stcsim.scenario.writing import spec_text

        folder, seen = Path(folder), self.observation
        folder.mkdir(parents=True, exist_ok=True)
        # without this file a folder is none of ours: it goes first and comes last
        (folder / JSON).unlink(missing_ok=True)
        for name in TABLES:
            write_table(folder / f"{name}.parquet", seen.table(name))
        (folder / RESOLVED).write_text(spec_text(self.scenario), encoding="utf-8", newline="\n")
        document = {
            "form": FORM,
            "arms": dict(seen.arms),
            "replications": seen.replications,
            "days": list(seen.days),
            "tables": dict(TABLES),
            "notes": list(seen.notes),
            "provenance": dict(seen.provenance),
        }
        text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
        (folder / JSON).write_text(f"{text}\n", encoding="utf-8", newline="\n")
        return folder


def observe(
    scenario: Source,
    arms: str | ResolvedArm | Sequence[str | ResolvedArm] | None = None,
    replications: int = 4,
    seed: int = 1,
    overrides: Sequence[str] = (),
    *,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> Observed:
    """Watch a few paired runs of each arm, quarter by quarter.

    Parameters
    ----------
    scenario : name in the library, path of a file, or scenario
    arms : as in `stcsim.compare`; all of the file when not given. The baseline is always among them
    replications : runs of each arm under the default assumptions: the first ones of a comparison of this seed
    seed : of the study
    overrides : settings laid on the file, such as ``countries[A].will=0.6``
    progress : told how many quarters are watched, and of how many
    warn : told before the runs which mechanisms and shocks will do nothing; `notes` say it in any case

    Raises
    ------
    InputError
        the scenario, an arm or a number is none
    """
    check_numbers(replications=replications, seed=seed)
    if not 1 <= replications <= MOST_REPLICATIONS:
        raise InputError(f"replications has to be from 1 to {MOST_REPLICATIONS}, not {replications}")
    check_seed(seed)
    named = named_scenario(scenario, overrides)
    spec = named.spec
    chosen, asked = chosen_arms(arms, spec)
    notes = told(spec, chosen, seed, warn)
    seen = watch_runs(Watch(spec, chosen, replications, seed), progress)
    words = ["stcsim", "observe", named.source or RESOLVED]
    if asked is not None:
        words += ["--arms", ",".join(asked) or chosen[0].name]
    words += ["--replications", str(replications), "--seed", str(seed)]
    for setting in named.settings:
        words += ["--set", setting]
    provenance = {
        "version": package_version(),
        "model_version": MODEL_VERSION,
        "scenario": spec.name,
        "scenario_hash": scenario_hash(spec),
        "files": dict(named.files),
        "settings": list(named.settings),
        "arms": None if asked is None else list(asked),
        "replications": replications,
        "seed": seed,
        "command": shlex.join(words),
        "platform": platform_words(),
        "packages": dict(versions()),
    }
    return Observed(replace(seen, notes=(*notes, *seen.notes), provenance=provenance), spec)


def open_observation(folder: Path | str) -> Observation:
    """Return what ``stcsim observe --out`` has left in a folder.

    Raises
    ------
    InputError
        it is no such folder, lacks a file, or one of them cannot be read
    """
    folder = Path(folder)
    again = "Run stcsim observe again with --out."
    lacking = [name for name in OUR_FILES if not (folder / name).is_file()]
    if lacking:
        raise wrong_folder(folder, f"lacks {', '.join(lacking)}", again)
    try:
        document: Mapping[str, Any] = json.loads((folder / JSON).read_text(encoding="utf-8"))
        if document["form"] != FORM:
            raise wrong_folder(folder, "was written by another version of this program", again)
        arms = {str(k): str(v) for k, v in document["arms"].items()}
        replications, days = int(document["replications"]), tuple(int(day) for day in document["days"])
        notes, provenance = tuple(str(n) for n in document["notes"]), dict(document["provenance"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = " ".join(str(error).split())[:120]
        raise wrong_folder(folder, f"holds a {JSON} that cannot be read ({said})", again) from None
    try:
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    except (OSError, ValueError, ArrowException) as error:
        said = " ".join(str(error).split())[:120]
        raise wrong_folder(folder, f"holds tables that cannot be read ({said})", again) from None
    return Observation(arms, replications, days, **tables, notes=notes, provenance=provenance)
