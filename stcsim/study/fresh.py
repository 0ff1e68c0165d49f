"""Fresh seeds: the same study with other chance and other sampled assumptions.

What was chosen as the best of several on some runs looks better on them than it is. On runs that had no part
in choosing it is as good as it is. A fresh seed is a hash of the old one, so that nobody chooses it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from stcsim.errors import InputError
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.study.design import Design
from stcsim.study.keys import SEED_BITS
from stcsim.study.plan import StudyPlan
from stcsim.study.point_design_reading import design_of
from stcsim.study.points import Points

_WRITTEN = ("list", "grid")
"""Designs whose points hang on no seed."""


def fresh_seed(seed: int, number: int = 1) -> int:
    """Return the seed that stands in for `seed` where results are estimated again.

    Parameters
    ----------
    seed : of the study that has chosen
    number : counted up for a further estimation
    """
    raw = hashlib.blake2b(f"fresh:{seed}:{number}".encode(), digest_size=8).digest()
    return int.from_bytes(raw, "little") >> (64 - SEED_BITS)


def fresh_design(design: Design, arms: Sequence[str], number: int = 1) -> Design:
    """Return a design that estimates some of its arms again, with other chance and other worlds.

    Parameters
    ----------
    design : that has chosen
    arms : names of what was chosen; the baseline is run with them
    number : as for `fresh_seed`

    Raises
    ------
    InputError
        one of them is no arm of it
    """
    return replace(design, arms=_chosen(design.arms, arms), seed=fresh_seed(design.seed, number))


def fresh_plan(plan: StudyPlan, arms: Sequence[str], number: int = 1) -> StudyPlan:
    """Return the plan of a study that estimates some arms again, with other chance and other sampled points.

    Points that are written down, or stand on a grid, stay as they are, with other chance. Parameters and
    errors as for `fresh_design`.
    """
    spec = plan.spec.model_copy(
        update={
            "design": plan.spec.design.model_copy(update={"seed": fresh_seed(plan.spec.design.seed, number)})
        }
    )
    own = tuple(_chosen(own, arms) for own in plan.arms_by_scenario)
    design = plan.points.design
    if spec.design.kind not in _WRITTEN:
        drawn = design_of(
            spec, design.factors, plan.scenarios, [arm for some in own for arm in some], _no_problem
        )
        assert drawn is not None
        design = drawn
    names = [arm.name for arm in own[0][1:]]
    spec = spec.model_copy(
        update={"arms": (*(a for a in spec.arms if not isinstance(a, str)), *_without_own(spec.arms, names))}
    )
    return StudyPlan(spec, plan.names, plan.scenarios, own, Points(plan.names, plan.scenarios, design))


def check_fresh(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Make sure that no run of `after` had the chance of one that has chosen.

    Parameters
    ----------
    before, after : tables of runs with a column `seed`

    Raises
    ------
    InputError
        they share a seed
    """
    shared = set(before["seed"]) & set(after["seed"])
    if shared:
        raise InputError(f"these runs are not fresh: {len(shared)} of their seeds have chosen")


def _chosen(arms: Sequence[ResolvedArm], names: Sequence[str]) -> tuple[ResolvedArm, ...]:
    known = {arm.name for arm in arms}
    strange = [name for name in names if name not in known]
    if strange:
        raise InputError(f"the study has no arm {strange[0]}")
    return tuple(arm for arm in arms if arm.name in {BASELINE, *names})


def _without_own(entries: Sequence[object], names: Sequence[str]) -> list[str]:
    """Return the names that no entry of its own stands for."""
    own = {getattr(entry, "name", "") for entry in entries if not isinstance(entry, str)}
    return [name for name in names if name not in own]


def _no_problem(*said: object) -> None:
    raise AssertionError(f"what was right with another seed is wrong: {said}")
