"""Which points a study runs, from the key ``design``, or what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from stcsim.errors import InputError, quote
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.designs.cube import CubeDesign
from stcsim.study.designs.design import PointDesign
from stcsim.study.designs.hypercube import hypercube_sample
from stcsim.study.designs.listed import GridDesign, ListDesign
from stcsim.study.designs.morris import LEVELS, morris_sample
from stcsim.study.designs.sampled_worlds import WorldsDesign
from stcsim.study.designs.sobol import sobol_sample
from stcsim.study.factor_reading import (
    Say,
    lever_problem,
    lever_value_problem,
    near_path,
    switch_problem,
)
from stcsim.study.factors import STRUCTURE, Factor, Role, known_quantities, validated_together
from stcsim.study.study_file import DesignSpec, Kind, StudySpec
from stcsim.study.worlds import MECHANISM, fit_together

_OWN: dict[Kind, tuple[str, ...]] = {
    "list": ("values",),
    "grid": ("levels",),
    "latin_hypercube": ("points",),
    "sobol": ("points", "second_order"),
    "morris": ("trajectories", "levels"),
    "worlds": ("points",),
}
"""Keys of a design beside those that all have."""
_OFTEN = ("kind", "seed", "common_seeds")
GRID_LEVELS = 3
MOST_POINTS = 10_000_000
MOST_NUMBERS = 200_000_000
"""Numbers of a sample, which is in memory as a whole: 1.6 GB."""
_HELD: frozenset[Kind] = frozenset({"latin_hypercube", "morris", "sobol"})
"""Designs that are drawn as a whole."""
_MOST_COMBINED = 10_000
"""Combinations of values of one group that are looked at."""


def design_of(
    spec: StudySpec,
    factors: tuple[Factor, ...],
    scenarios: Sequence[ScenarioSpec],
    arms: Sequence[ResolvedArm],
    say: Say,
    *,
    kept: bool = False,
) -> PointDesign | None:
    """Return the design of a study; None where a problem was noted.

    Parameters
    ----------
    factors : what is varied
    arms : of all scenarios
    say : told what is wrong
    kept : whether its runs are only read, so that what draws its points need not be installed
    """
    d = spec.design
    if not (_keys_fit(d, say) and _few_enough(d, factors, say)):
        return None
    if d.kind == "list":
        if factors:
            key = "levers" if spec.levers else "structure" if spec.structure else "uncertainties"
            said = "nothing is varied here: the design is a list, whose points say themselves what they have"
            if "design" not in spec.model_fields_set:
                said = "'design' is missing, which says at which points this is varied"
            say((key,), said, "Write design: {kind: worlds, points: 20}, or another kind.")
            return None
        return _listed(d, scenarios, arms, say)
    if not factors:
        if spec.levers or spec.structure or spec.uncertainties != "none":
            return None
        said = f"a design of kind {d.kind} needs something to vary"
        say(("design",), said, "Give levers, uncertainties (such as 'all') or structure.")
        return None
    if d.kind == "grid":
        return _grid(GridDesign(factors, d.levels or GRID_LEVELS), scenarios, say)
    try:
        design = _drawn(d, factors)
        if isinstance(design, CubeDesign) and not kept:
            _ = design.sample.places
        return design
    except InputError as error:
        for problem in error.problems:
            steps = tuple(problem.path.split(".")) if problem.path else ("design", "kind")
            say(steps, problem.message, problem.repair)
        return None


def _drawn(d: DesignSpec, factors: tuple[Factor, ...]) -> PointDesign:
    points, n = d.points or 0, len(factors)
    if d.kind == "worlds":
        return WorldsDesign(factors, points, d.seed)
    if d.kind == "morris":
        sample = morris_sample(n, d.trajectories or 0, d.seed, d.levels or LEVELS)
    elif d.kind == "sobol":
        sample = sobol_sample(n, points, d.seed, d.second_order)
    else:
        sample = hypercube_sample(n, points, d.seed)
    return CubeDesign(factors, sample)


def _keys_fit(d: DesignSpec, say: Say) -> bool:
    """Note keys of other kinds of designs, and those that this kind needs."""
    known = (*_OFTEN, *_OWN[d.kind])
    strange = [name for name in d.model_fields_set if name not in known]
    for name in strange:
        say(
            ("design", name), f"a design of kind {d.kind} has no such key", f"Known here: {', '.join(known)}."
        )
    needed = [name for name in ("points", "trajectories") if name in known and getattr(d, name) is None]
    for name in needed:
        say(("design", name), "this is required and missing", f"Write how many, as {name}: 64.")
    return not strange and not needed


def _few_enough(d: DesignSpec, factors: Sequence[Factor], say: Say) -> bool:
    """Note that there would be more points than can be held."""
    rows = {
        "sobol": (d.points or 0) * (len(factors) * (2 if d.second_order else 1) + 2),
        "morris": (d.trajectories or 0) * (len(factors) + 1),
    }.get(d.kind, d.points or 0)
    if rows > MOST_POINTS:
        say(("design",), f"{rows:,} points are more than {MOST_POINTS:,}", "Vary less, or take fewer points.")
        return False
    if d.kind in _HELD and rows * len(factors) > MOST_NUMBERS:
        said = f"{rows:,} points of {len(factors)} numbers each are more than {MOST_NUMBERS:,} numbers"
        say(("design",), said, "Vary less, take fewer points, or worlds, which are drawn one by one.")
        return False
    return True


def _grid(design: GridDesign, scenarios: Sequence[ScenarioSpec], say: Say) -> PointDesign | None:
    if design.combinations > MOST_POINTS:
        said = f"{_power(design.combinations)} points are more than {MOST_POINTS:,}"
        say(("design",), said, "Name fewer things to vary, fewer levels, or draw points: latin_hypercube.")
        return None
    for group in validated_together(design.factors):
        every = product(*(f.levels(design.levels) for f in group))
        for _, values in zip(range(_MOST_COMBINED), every, strict=False):
            row: dict[str, Any] = {f.path: v for f, v in zip(group, values, strict=True)}
            if not all(fit_together(s, group[0].group, row) for s in scenarios):
                say(("uncertainties", group[0].path), f"{_worded(row)} do not go together", "Narrow a range.")
                return None
    return design


def _power(number: int) -> str:
    """Return a number in full, or its power of ten where nobody can read it."""
    return f"{number:,}" if number < 10**12 else f"some 10^{len(str(number)) - 1}"


def _worded(row: dict[str, Any]) -> str:
    return ", ".join(f"{path.rpartition('.')[2]} {value:g}" for path, value in row.items())


def _listed(
    d: DesignSpec, scenarios: Sequence[ScenarioSpec], arms: Sequence[ResolvedArm], say: Say
) -> PointDesign | None:
    """Return the points that are written down."""
    factors: dict[str, Factor] = {}
    right = True
    for i, row in enumerate(d.values):
        for path, value in row.items():
            if wrong := _entry_problem(path, value, scenarios, arms):
                say(("design", "values", i, path), *wrong)
                right = False
            factors.setdefault(path, _listed_factor(path, d.values))
        groups = validated_together([factors[path] for path in row]) if right else []
        for group in groups:
            own = {f.path: row[f.path] for f in group}
            if not all(fit_together(s, group[0].group, own) for s in scenarios):
                say(("design", "values", i), f"values of {group[0].group} do not go together")
                right = False
    return ListDesign(tuple(factors.values()), d.values) if right else None


def _listed_factor(path: str, rows: Sequence[Mapping[str, Any]]) -> Factor:
    """Return the factor of a path, with the values that rows give it."""
    role: Role = {MECHANISM: "lever", STRUCTURE: STRUCTURE}.get(path.split(".")[0], "uncertainty")
    return Factor(path, role, values=tuple(row[path] for row in rows if path in row))


def _entry_problem(
    path: str, value: Any, scenarios: Sequence[ScenarioSpec], arms: Sequence[ResolvedArm]
) -> tuple[str, str] | None:
    head = path.split(".")[0]
    if not isinstance(value, (bool, int, float, str)):
        return "a number or a word has to stand here", ""
    if head == MECHANISM:
        wrong = lever_problem(path, arms)
        said = "" if wrong else lever_value_problem(path, value, arms)
        return wrong or ((said, "") if said else None)
    if head == STRUCTURE:
        return switch_problem(path, value)
    if path not in known_quantities():
        return f"{quote(path)} is no assumption, lever or switch", near_path(path)
    if isinstance(value, (bool, str)) or not all(
        fit_together(s, path.rpartition(".")[0], {path: value}) for s in scenarios
    ):
        return f"{quote(value)} is not allowed here", ""
    return None
