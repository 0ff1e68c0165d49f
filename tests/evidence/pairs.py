"""Paired runs of the small region: outcomes of arms and of the baseline that they share, seed by seed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from stcsim.engine.engine import Arm
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from tests.regions import small_region, warmed

F8 = NDArray[np.float64]
Seed = Callable[[str], int]
SPEC = small_region()
PAIRS = 24
CLEARLY = 3.0
"""Standard errors that a difference has to be away from none: by chance alone one row in 740 is."""


def seeds(seed_of: Seed) -> tuple[int, ...]:
    """The seeds that all rows share, so that they share their baseline."""
    return tuple(seed_of(f"evidence/{i}") for i in range(PAIRS))


@lru_cache(maxsize=64)
def outcomes(arm: Arm, chosen: tuple[int, ...]) -> Mapping[str, F8]:
    """Every outcome of an arm, one number a seed."""
    engine = warmed(SPEC, chosen)
    state = engine.branch(range(len(chosen)), [arm] * len(chosen)).finish().state
    return compute(Tables.of(SPEC, state))


def standard_errors_away(differences: F8) -> float:
    """How many standard errors a mean difference is away from none; seeds without a value are left out."""
    d = differences[~np.isnan(differences)]
    error = d.std(ddof=1) / math.sqrt(len(d))
    if error < 1e-12:
        return 0.0 if abs(d.mean()) < 1e-12 else math.copysign(math.inf, d.mean())
    return float(d.mean() / error)


def effect(arm: Arm, name: str, chosen: tuple[int, ...], without: Arm = ()) -> F8:
    """Paired differences of an outcome between two arms (the baseline when not given)."""
    return np.asarray(outcomes(arm, chosen)[name] - outcomes(without, chosen)[name])
