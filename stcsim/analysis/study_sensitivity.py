"""Sensitivity of a study: Morris or Sobol', whichever its design is made for, of every target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.findings import FEWEST_SETS
from stcsim.analysis.replicates import FEWEST_RUNS
from stcsim.analysis.screening import REMAIN, Screening, remaining, screen
from stcsim.analysis.set_means import Estimates
from stcsim.analysis.sobol_indices import SobolIndices, sobol_indices
from stcsim.analysis.study_points import StudyFolder
from stcsim.analysis.targets import Kind, Target, targets
from stcsim.errors import InputError
from stcsim.study.designs.cube import CubeDesign

ASKED: tuple[Kind, ...] = ("difference", "lead", "order")
"""What is asked about when nothing else is said; levels follow from what no arm changes."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What one target of one scenario hangs on.

    Parameters
    ----------
    scenario : its name in the study
    target : what was asked about
    found : by Morris' or Sobol's design
    """

    scenario: str
    target: Target
    found: Screening | SobolIndices

    def table(self) -> pd.DataFrame:
        """Return one row a quantity: estimates with their intervals, and what may be said."""
        found = self.found
        parts: dict[str, Estimates] = (
            {"effect": found.effect, "square": found.square}
            if isinstance(found, Screening)
            else {"first": found.first, "total": found.total}
        )
        head = {
            "scenario": self.scenario,
            "outcome": self.target.outcome,
            "of": self.target.kind,
            "arm": self.target.arm,
            "quantity": list(found.paths),
        }
        columns = {
            f"{name}{end}": values
            for name, e in parts.items()
            for end, values in (("", e.value), ("_low", e.low), ("_high", e.high))
        }
        if isinstance(found, Screening):
            columns |= {"mu_star": found.mu_star, "sigma": found.sigma, "share": found.shares}
        rest = {
            "noise": found.noise.value[0],
            "noise_low": found.noise.low[0],
            "noise_high": found.noise.high[0],
        }
        return pd.DataFrame({**head, **columns, **rest, "finding": list(found.findings)})


@dataclass(frozen=True, eq=False)
class StudySensitivity:
    """Everything that a study says about sensitivity.

    Parameters
    ----------
    kind : of its design, ``morris`` or ``sobol``
    parts : by scenario and target
    notes : what a reader has to know
    """

    kind: str
    parts: tuple[Sensitivity, ...]
    notes: tuple[str, ...]

    def table(self) -> pd.DataFrame:
        """Return one row a scenario, target and quantity."""
        return pd.concat([part.table() for part in self.parts], ignore_index=True)

    def remaining(self, count: int = REMAIN) -> tuple[str, ...]:
        """Return the quantities that go on to Sobol's indices, the largest first; of Morris' design only."""
        found = {
            f"{p.scenario} {p.target.name}": p.found for p in self.parts if isinstance(p.found, Screening)
        }
        return remaining(found, count)

    def left_out(self, kept: Sequence[str]) -> dict[str, float]:
        """Return the share of the squared changes of each target that goes with quantities not kept."""
        return {
            f"{p.scenario}: {p.target.name}": float(
                p.found.shares[[i for i, path in enumerate(p.found.paths) if path not in set(kept)]].sum()
            )
            for p in self.parts
            if isinstance(p.found, Screening)
        }


def sensitivity(
    study: StudyFolder,
    outcomes: Sequence[str] | None = None,
    kinds: Sequence[Kind] = ASKED,
    *,
    level: float = 0.95,
) -> StudySensitivity:
    """Analyse a study of design `morris` or `sobol`.

    Parameters
    ----------
    study : its folder
    outcomes : names; those of the study when not given
    kinds : what is asked about
    level : coverage of the intervals of all quantities of a target together

    Raises
    ------
    InputError
        its design is another, or a run failed or is missing
    """
    spec, design = study.plan.spec, study.plan.points.design
    if spec.design.kind not in ("morris", "sobol") or not isinstance(design, CubeDesign):
        raise InputError(
            f"{spec.name} has design {spec.design.kind}; sensitivity is read from a design morris "
            "(all quantities) or sobol (the few that remain)"
        )
    names = tuple(outcomes or study.plan.outcomes)
    paths = tuple(factor.path for factor in design.factors)
    seed = spec.design.seed
    parts = []
    for scenario, cube in study.cubes(names):
        for target in (t for name in names for t in targets(cube, name, kinds)):
            found = (
                screen(target.values, design.sample.places, paths, scale=target.scale, level=level, seed=seed)
                if spec.design.kind == "morris"
                else sobol_indices(
                    target.values,
                    paths,
                    second_order=spec.design.second_order,
                    scale=target.scale,
                    level=level,
                    seed=seed,
                )
            )
            parts.append(Sensitivity(scenario, target, found))
    sets = int(design.sample.chance.max()) + 1
    return StudySensitivity(spec.design.kind, tuple(parts), _notes(study, sets))


def _notes(study: StudyFolder, sets: int) -> tuple[str, ...]:
    spec = study.plan.spec
    notes = []
    if spec.runs_at_points < FEWEST_RUNS:
        notes.append("one run a point: noise cannot be told from effects; take pairs: 2 or more")
    if spec.design.kind == "sobol" and sets < FEWEST_SETS:
        notes.append(f"{sets} rows are few: intervals may be too short below {FEWEST_SETS}")
    if spec.design.common_seeds:
        notes.append("all points share their seeds: intervals hold for these seeds alone")
    return tuple(notes)


def largest(part: Sensitivity, count: int) -> list[int]:
    """Return the places of the quantities that weigh most, the first the heaviest."""
    found = part.found
    weight = found.shares if isinstance(found, Screening) else np.nan_to_num(found.total.value)
    return [int(i) for i in np.argsort(-weight, kind="stable")[:count]]
