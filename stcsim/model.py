"""The ecosystem as a Mesa model: the same engine, the same numbers, one run."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np

from stcsim.agents import Handle, handles
from stcsim.engine.engine import Engine
from stcsim.errors import InputError
from stcsim.outcomes.registry import OUTCOMES, compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.arms import ResolvedArm, resolve_arms
from stcsim.scenario.loading import load
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.state import State

SEEDS = 2**31
"""Seeds drawn where none is given."""
ALSO_COLLECTED = ("attempts", "interdictions", "coordination_hours", "total_cost")
"""Outcomes that are collected beside the headlines."""


class EcosystemModel(mesa.Model):
    """A strategic trade control ecosystem under one arm.

    The constructor runs the warm-up, so `steps` is 0 where arms branch, and every figure that is collected
    counts from there. Agents are handles on columns, made when they are first asked for.

    Parameters
    ----------
    spec : name in the library, path of a file, or scenario
    arm : of the file, mechanisms with their defaults joined by ``+``, ``baseline``, or what a caller has put
        together
    rng : seed of the run: an integer names the potential world, as in `stcsim.run`; anything else that NumPy
        takes draws one; without it the run is a random one

    Attributes
    ----------
    spec : the scenario
    arm : what is chosen
    run_seed : integer that repeats this run
    datacollector : a row for each step of what was counted until then: the headlines, and `ALSO_COLLECTED`
    """

    def __init__(
        self,
        spec: str | os.PathLike[str] | ScenarioSpec = "reference_region",
        arm: str | ResolvedArm = "baseline",
        rng: Any = None,
    ) -> None:
        super().__init__(rng=rng)
        whole = isinstance(rng, (int, np.integer)) and not isinstance(rng, bool)
        self.run_seed = int(rng) if whole else int(self.rng.integers(SEEDS))
        self.spec = spec if isinstance(spec, ScenarioSpec) else load(spec).spec
        self.arm = arm if isinstance(arm, ResolvedArm) else resolve_arms([arm], self.spec)[0]
        warm = Engine.begin(self.spec, [self.run_seed]).warm()
        self.engine = warm.handed_over([self.arm.mechanisms])
        self._end = self.engine.warm_up + 7 * self.spec.time.counted_weeks
        self._made = False
        names = dict.fromkeys((*self.spec.headline, *ALSO_COLLECTED))
        reporters = {name: _outcome(name) for name in names}
        # Mesa's collector has no types
        self.datacollector = mesa.DataCollector(model_reporters=reporters)  # type: ignore[no-untyped-call]

    @property
    def state(self) -> State:
        """Columns of everybody."""
        return self.engine.state

    @property
    def week(self) -> int:
        """Weeks since arms branched."""
        return self.engine.counted_week

    def step(self) -> None:
        """Take one step and collect; at the horizon the model stops running."""
        self.engine.step()
        # Mesa's collector has no types
        self.datacollector.collect(self)  # type: ignore[no-untyped-call]
        self.running = self.engine.day < self._end

    def outcomes(self) -> dict[str, float]:
        """Return every outcome by name, over the time counted so far; NaN where one is not defined.

        Raises
        ------
        InputError
            no step has been taken yet
        """
        if not self.week:
            raise InputError("outcomes count from the first step on")
        return {name: float(values[0]) for name, values in compute(self.tables).items()}

    @property
    def tables(self) -> Tables:
        """What outcomes are computed from, up to now."""
        return Tables.of(self.spec, self.state, self.engine.day)

    # Mesa's registers of agents are filled when first read: two thousand firms cost nothing until then.
    # Mesa's own `agents` can be assigned to (to say that it must not be), and this one on purpose cannot.

    @property  # type: ignore[misc]
    def agents(self) -> Any:
        """Every agent."""
        self._make_agents()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Sets of agents by their type."""
        self._make_agents()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type[Handle]]:
        """Types of which there are agents."""
        self._make_agents()
        return list(super().agent_types)

    def _make_agents(self) -> None:
        # Mesa's own constructor may ask before there is a state.
        if self.__dict__.get("_made", True):
            return
        self._made = True
        for kind, row, identity in handles(self.state):
            kind(self, row, identity)


def _outcome(name: str) -> Callable[[EcosystemModel], float]:
    """Return the function that reads one outcome of a model."""
    return lambda model: float(OUTCOMES[name].compute(model.tables)[0])
