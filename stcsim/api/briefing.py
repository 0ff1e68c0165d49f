"""The brief of a folder: what each option needs, how far the order holds, and what is still to be run."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from stcsim.analysis.cube import cube_of
from stcsim.analysis.moments import moments
from stcsim.analysis.verdict import FEWEST_WORLDS
from stcsim.api.describing import assumptions, scenario_info
from stcsim.api.opening import Kept, open_comparison, wrong_folder
from stcsim.api.provenance import RESOLVED
from stcsim.api.results import JSON
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.effects import effects_of
from stcsim.pictures.style import BASELINE
from stcsim.report.brief import BriefInputs, Need, Robust, write_brief
from stcsim.report.brief.options import first_outcome
from stcsim.report.brief.page import NAME
from stcsim.report.inputs import Provenance
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.idle import idle_reasons

ENOUGH_WORLDS = 10


def brief(folder: str | os.PathLike[str], path: str | os.PathLike[str] | None = None) -> Path:
    """Write the brief of a folder and return its path.

    Parameters
    ----------
    folder : of ``stcsim compare --out`` or of a study
    path : file to write; ``brief.html`` in the folder when not given

    Raises
    ------
    InputError
        the folder is none of these, or cannot be read or written
    """
    where = Path(folder)
    inputs = brief_inputs(where)
    target = where / NAME if path is None else Path(path)
    try:
        return write_brief(target, inputs)
    except OSError as error:
        raise wrong_folder(target, f"cannot be written: {error.strerror or error}") from None


def brief_inputs(folder: Path) -> BriefInputs:
    """Return what the brief of a folder tells.

    Raises
    ------
    InputError
        the folder is of no kind that is known, or cannot be read
    """
    kind = kind_of(folder)
    assert kind == "comparison"
    return _of_comparison(open_comparison(folder))


def kind_of(folder: Path) -> str:
    """Return whether a folder holds a ``comparison`` or a ``study``.

    Raises
    ------
    InputError
        neither
    """
    try:
        if not folder.exists():
            raise wrong_folder(folder, "is not there", _FORMS)
        if not folder.is_dir():
            raise wrong_folder(folder, "is a file, not a folder", _FORMS)
        if (folder / JSON).is_file():
            return "comparison"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "no name that a folder can have"
        raise wrong_folder(folder, f"cannot be read: {reason}", _FORMS) from None
    raise wrong_folder(folder, f"holds neither a comparison ({JSON}) nor a study", _FORMS)


_FORMS = "Name a folder of stcsim compare --out or of stcsim study run."


def _of_comparison(kept: Kept) -> BriefInputs:
    spec, facts = kept.scenario, kept.provenance
    info = scenario_info(spec, kept.arms)
    effects = effects_of(kept.comparison, info.arm_labels)
    register = assumptions(spec, kept.arms)
    lacking, command = _lacking(kept)
    outcome = first_outcome(effects)
    return BriefInputs(
        info=info,
        effects=effects,
        runs=kept.tables.runs,
        series=kept.tables.series,
        bodies=kept.tables.bodies,
        needs=needs_of(spec, kept.arms),
        provenance=Provenance(
            str(facts["version"]), int(facts["seed"]), str(facts["scenario_hash"]), str(facts["command"])
        ),
        assumed=sum(a.assumed for a in register),
        parameters=len(register),
        robust=_robust(kept.tables.runs, [a.name for a in kept.arms], outcome),
        command=command,
        lacking=lacking,
        counted_weeks=spec.time.counted_weeks,
    )


def _robust(runs: pd.DataFrame, arms: Sequence[str], outcome: str) -> Robust | None:
    """Return in how many sampled worlds each arm is first; None with too few to say so."""
    sampled = runs[runs["world"] > 0]
    if sampled["world"].nunique() < FEWEST_WORLDS or INFOS[outcome].better == "none":
        return None
    gain = moments(np.moveaxis(cube_of(sampled, None, [outcome], arms=arms).gain(outcome), 2, 0)).mean
    whole = gain[:, np.isfinite(gain).all(axis=0)]
    if whole.shape[1] < FEWEST_WORLDS:
        return None
    names = (BASELINE, *(a for a in arms if a != BASELINE))
    first = np.bincount(whole.argmax(axis=0), minlength=len(names))
    return Robust(dict(zip(names, first.tolist(), strict=True)), whole.shape[1])


def needs_of(scenario: ScenarioSpec, arms: Sequence[ResolvedArm]) -> dict[str, tuple[Need, ...]]:
    """Return what the mechanisms of each arm need, and what of it is missing at the start."""
    missing = {(arm.name, m): reason for arm, m, reason in idle_reasons(scenario, arms)}
    return {
        arm.name: tuple(
            Need(m.title, m.prerequisites, m.start, m.lead_time, missing.get((arm.name, m), ""))
            for m in arm.mechanisms
        )
        for arm in arms
    }


def _lacking(kept: Kept) -> tuple[str, str]:
    """Return what is still to be run before a decision, in words and as a command; empty where nothing is."""
    facts = kept.provenance
    staff = bool(facts.get("equal_cost"))
    worlds = int(facts.get("worlds") or 0)
    missing = []
    if worlds < ENOUGH_WORLDS:
        missing.append(
            "repeat it over more sets of assumptions" if worlds else "repeat it with assumptions varied"
        )
    if not staff:
        missing.append("set each option against the same money on staff")
    if not missing:
        return "", ""
    named = facts.get("arms")
    words = ["stcsim", "compare", RESOLVED]
    words += ["--arms", ",".join(named)] if named else []
    words += [
        "--replications",
        str(facts.get("replications", 20)),
        "--worlds",
        str(max(worlds, ENOUGH_WORLDS)),
    ]
    words += ["--seed", str(facts["seed"]), "--equal-cost"]
    return " and ".join(missing), shlex.join(words)
