"""Regions under shocks: the same warmed-up runs, gone on with under other shocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stcsim.engine.engine import Arm, Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.spec import ScenarioSpec, ShockSet
from stcsim.shocks import SHOCKS
from tests.regions import small_region, warmed

F8 = NDArray[np.float64]
SPEC = small_region(counted=52)
Shocks = Mapping[str, Mapping[str, Any]]


def with_shocks(spec: ScenarioSpec, shocks: Shocks) -> ScenarioSpec:
    """Return the scenario befallen by other shocks, each by its name and fields."""
    chosen = {name: (SHOCKS[name](**fields),) for name, fields in shocks.items()}
    return spec.model_copy(update={"shocks": ShockSet.model_construct(**chosen)})


def struck(
    shocks: Shocks, seeds: Sequence[int], arms: Sequence[Arm] = ((),), spec: ScenarioSpec = SPEC
) -> Engine:
    """Return runs under shocks, not yet gone on: run ``a * len(seeds) + s`` is arm `a` under seed `s`."""
    befallen = with_shocks(spec, shocks)
    # what emerges is known to the state from its first day; all else is asked for when it strikes
    emerging = any(list(s.emergences()) for s in befallen.all_shocks())
    engine = warmed(befallen if emerging else spec, tuple(seeds))
    state = engine.state.take(list(range(len(seeds))) * len(arms))
    return Engine(befallen, state, [a for a in arms for _ in seeds], engine.day)


def weeks(engine: Engine, number: int) -> Engine:
    """Go on for so many weeks."""
    for _ in range(number):
        engine.step()
    return engine


def outcomes(shocks: Shocks, seeds: Sequence[int], arm: Arm = ()) -> Mapping[str, F8]:
    """Every outcome of an arm under shocks, one number a seed."""
    engine = struck(shocks, seeds, [arm]).finish()
    return compute(Tables.of(engine.spec, engine.state))
