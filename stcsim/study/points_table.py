"""Points of a study as a table: what each number of a point stands for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stcsim.study.designs.cube import default_of
from stcsim.study.factors import STRUCTURE, Factor
from stcsim.study.plan import StudyPlan
from stcsim.study.points import Point
from stcsim.study.study_file import Scalar


def points_table(plan: StudyPlan, numbers: Sequence[int] | None = None) -> pd.DataFrame:
    """Return one row a point: `world` (its number), `scenario`, and a column for each varied path.

    What a point leaves at its default stands there as the default, so that no cell is empty, except for a
    lever whose default differs between arms. Numbers are floats, words are text.

    Parameters
    ----------
    plan : of the study
    numbers : of points; all when not given
    """
    chosen = [plan.points[i] for i in (range(len(plan.points)) if numbers is None else numbers)]
    columns: dict[str, object] = {
        "world": np.array([p.number for p in chosen], dtype=np.int64),
        "scenario": pd.Series([p.scenario for p in chosen], dtype="str"),
    }
    defaults = {
        name: {f.path: _default(plan, f, place) for f in plan.points.factors}
        for place, name in enumerate(plan.names)
    }
    for factor in plan.points.factors:
        columns[factor.path] = _column([_value(p, factor, defaults[p.scenario]) for p in chosen])
    return pd.DataFrame(columns)


def _value(point: Point, factor: Factor, defaults: dict[str, Scalar | None]) -> Scalar | None:
    return point.values.get(factor.path, defaults[factor.path])


def _default(plan: StudyPlan, factor: Factor, place: int) -> Scalar | None:
    """Return what a factor is where nothing is varied; None where arms differ in it."""
    name = factor.path.rpartition(".")[2]
    if factor.role == "uncertainty":
        found: Scalar = default_of(factor.path, plan.scenarios[place])
        return found
    if factor.role == STRUCTURE:
        return str(getattr(plan.scenarios[place].structure, name))
    mechanism = factor.path.split(".")[1]
    given = {
        getattr(m, name)
        for arm in plan.arms_by_scenario[place]
        for m in arm.mechanisms
        if m.name == mechanism
    }
    return given.pop() if len(given) == 1 else None


def _column(values: list[Scalar | None]) -> object:
    if all(v is None or isinstance(v, (int, float)) for v in values):
        return np.array([np.nan if v is None else float(v) for v in values])
    return pd.Series(["" if v is None else str(v) for v in values], dtype="str")
