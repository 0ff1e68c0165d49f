"""The second stage of a screening: the same study with Sobol's design over the quantities that remain."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from stcsim.study.factors import Factor
from stcsim.study.plan import StudyPlan
from stcsim.study.study_writing import SCENARIOS

ROWS = 64
_ROLE_KEYS = {"uncertainty": "uncertainties", "lever": "levers", "structure": "structure"}


def sobol_study(plan: StudyPlan, folder: Path, target: Path, kept: Sequence[str], rows: int = ROWS) -> str:
    """Return the text of a study file that varies some of the quantities of another by Sobol's design.

    What is not varied stands at its default. Ranges are those of the first study.

    Parameters
    ----------
    plan : of the first study
    folder : in which it lies
    target : file that will hold the text: paths of scenarios are told from there
    kept : paths of the quantities
    rows : of the design, a power of 2
    """
    spec = plan.spec
    data: dict[str, Any] = spec.model_dump(mode="json", exclude_unset=True)
    data["format"] = spec.format
    data["name"] = target.stem
    where = Path(os.path.relpath(folder, target.parent))
    data["scenario"] = [
        {"name": name, "scenario": str(where / SCENARIOS / f"{name}.yaml")} for name in plan.names
    ]
    data.pop("settings", None)
    for key in _ROLE_KEYS.values():
        data.pop(key, None)
    factor = {f.path: f for f in plan.points.factors}
    for path in kept:
        data.setdefault(_ROLE_KEYS[factor[path].role], {})[path] = _varied(factor[path])
    data["design"] = {"kind": "sobol", "points": rows, "seed": spec.design.seed}
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def _varied(factor: Factor) -> dict[str, float] | list[Any]:
    """Return the range of a factor, or its values, as a study file says them."""
    if factor.quantity is None or factor.quantity.sweep is None:
        return list(factor.values)
    low, high = factor.quantity.sweep
    return {"low": low, "high": high}
