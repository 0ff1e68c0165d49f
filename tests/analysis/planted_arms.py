"""Studies of arms whose true gains are known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stcsim.analysis.cube import Cube
from stcsim.draws import F8

OUTCOME, COST = "diversions", "total_cost"
BASE = 100.0


def planted_gains(
    generator: np.random.Generator,
    truth: F8,
    *,
    worlds: int,
    pairs: int = 2,
    between: F8 | float = 1.0,
    noise: F8 | float = 1.5,
) -> tuple[F8, F8]:
    """Gains of arms over the first, which is the baseline, shape (arms, worlds, pairs), and what they are in
    expectation in each world, shape (arms, worlds)."""
    arms = len(truth)
    apart = np.broadcast_to(between, arms)[:, None] * generator.standard_normal((arms, worlds))
    own = np.asarray(truth)[:, None] + apart
    chance = np.broadcast_to(noise, arms)[:, None, None] * generator.standard_normal((arms, worlds, pairs))
    gains = own[:, :, None] + chance
    return gains - gains[:1], own - own[:1]


def cube_with(gains: F8, inputs: pd.DataFrame | None = None, cost: F8 | None = None) -> Cube:
    """A study in which an arm has fewer diversions by its gain, and costs what is said, beside a baseline."""
    _, worlds, pairs = gains.shape
    generator = np.random.default_rng(7)
    base = BASE + generator.standard_normal((worlds, pairs))
    values = {OUTCOME: base - gains}
    if cost is not None:
        values[COST] = np.broadcast_to(1000.0 + cost, gains.shape).copy()
    arms = ("baseline", *(f"arm_{i}" for i in range(1, len(gains))))
    numbers = np.arange(1, worlds + 1)
    return Cube(arms, numbers, pd.DataFrame(index=range(worlds)) if inputs is None else inputs, values)
