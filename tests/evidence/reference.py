"""The reference region, thinned for tests: a tenth of its firms, shorter, without its shock; paired arms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stcsim import load
from stcsim.engine.engine import Arm, Engine
from stcsim.mechanisms import Mechanism
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.spec import ScenarioSpec, ShockSet
from stcsim.structure.arrangements import Arrangement
from stcsim.structure.view import View
from tests.regions import changed, warmed

F8 = NDArray[np.float64]
Seed = Callable[[str], int]
FILE = Path(__file__).parents[2] / "scenarios" / "reference_region.yaml"
FIRMS = 10
"""One firm stands for so many of the scenario's."""
SURE = 2.6
"""Standard errors of a one-sided bound at 99.5%."""


@lru_cache(maxsize=1)
def _whole() -> ScenarioSpec:
    return load(FILE)


def reference(
    counted: int, warm_up: int = 26, parameters: Mapping[str, float] | None = None, **parts: Any
) -> ScenarioSpec:
    """Return the thinned region with some of its parts and parameters (by path) replaced."""
    spec = _whole()
    countries = tuple(
        c.model_copy(
            update={"firms": tuple(f.model_copy(update={"count": max(1, f.count // FIRMS)}) for f in c.firms)}
        )
        for c in spec.countries
    )
    return spec.model_copy(
        update={
            "countries": countries,
            "shocks": ShockSet(),
            "arms": (),
            "parameters": changed(spec.parameters, **(parameters or {})),
            "time": spec.time.model_copy(update={"warm_up_weeks": warm_up, "counted_weeks": counted}),
            **parts,
        }
    )


class Arranged(Mechanism):
    """Arranges what a test says, at no cost: to move one thing alone."""

    wanted: tuple[Any, ...]

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """What was given."""
        return list(self.wanted)


@dataclass(frozen=True)
class Stack:
    """Finished arms of the same seeds.

    Parameters
    ----------
    engine : run ``a * seeds + s`` is arm `a` under seed `s`
    seeds : how many
    """

    engine: Engine
    seeds: int

    def by_arm(self, values: F8) -> F8:
        """Return values of runs as (arms, seeds)."""
        return np.asarray(values, dtype=np.float64).reshape(-1, self.seeds)

    def outcomes(self) -> Mapping[str, F8]:
        """Every outcome, (arms, seeds) each."""
        engine = self.engine
        found = compute(Tables.of(engine.spec, engine.state, engine.day))
        return {name: self.by_arm(values) for name, values in found.items()}


def begun(spec: ScenarioSpec, seeds: Sequence[int], arms: Sequence[Arm]) -> Stack:
    """Return arms branched from the same warmed-up runs, at their first week."""
    engine = warmed(spec, tuple(seeds))
    blocks = list(range(len(seeds))) * len(arms)
    return Stack(engine.branch(blocks, [a for a in arms for _ in seeds]), len(seeds))


def finished(spec: ScenarioSpec, seeds: Sequence[int], arms: Sequence[Arm]) -> Stack:
    """Return arms at the horizon."""
    stack = begun(spec, seeds, arms)
    stack.engine.finish()
    return stack


def bounds(differences: F8) -> tuple[float, float]:
    """Return the interval of a paired mean difference at 99%; seeds without a value are left out."""
    d = differences[~np.isnan(differences)]
    error = SURE * d.std(ddof=1) / np.sqrt(len(d))
    return float(d.mean() - error), float(d.mean() + error)


def rises(differences: F8, margin: float = 0.0) -> bool:
    """Whether a paired difference is above a margin, its whole interval."""
    return bounds(differences)[0] > margin


def falls(differences: F8, margin: float = 0.0) -> bool:
    """Whether a paired difference is below minus a margin, its whole interval."""
    return bounds(differences)[1] < -margin
