"""The hottest processes of stcsim alone, from the start of a run: what their Mesa twin is compared with.

Only for the totals of both: the row times whole runs, in which all other processes act as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import stcsim
from benchmarks.worker import Block
from stcsim.actors.vocabulary import FATES, ORIGINS, WAYS
from stcsim.draws import F8
from stcsim.engine.engine import Engine
from stcsim.engine.phases import PHASES
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.events import STAGES
from stcsim.state.state import When

HOT = ("exports", "attempts", "screening", "intelligence", "information", "staleness")
"""Names of their phases; ``staleness`` throws out what information has gone stale."""
COUNTED = (
    "controlled_exports",
    "leaks_by_firms",
    "disclosures",
    "declarations",
    "inspections",
    "list_hits",
    "seizures",
    "licit_detained",
    "false_hits",
    "items_born",
)
"""Totals that the ledger keeps."""


def build(scenario: str, weeks: int, seed: int = 1) -> Block:
    """Return a block of some weeks of a scenario of the library; each takes the weeks after the last."""
    return block_of(stcsim.load(scenario), weeks, seed)


def block_of(spec: ScenarioSpec, weeks: int, seed: int = 1) -> Block:
    """Return a block of some weeks of a scenario."""
    going = Hot(spec, [seed])

    def block() -> dict[str, float]:
        before = going.totals()
        going.take(weeks)
        return {name: float((now - before[name])[0]) for name, now in going.totals().items()}

    return block


class Hot:
    """Stacked runs of a scenario in which only the hottest processes act, from their start on.

    Parameters
    ----------
    seeds : of the runs
    """

    def __init__(self, spec: ScenarioSpec, seeds: Sequence[int]) -> None:
        engine = Engine.begin(spec, seeds)
        self.state, self.draws, self.day = engine.state, engine.draws, 0
        self.readings = np.zeros(len(seeds))

    def take(self, weeks: int) -> None:
        """Take some weeks."""
        phases = [p for p in PHASES if p.name in HOT]
        for _ in range(weeks):
            when, known = When(self.day, 7, 0), self._known()
            for phase in phases:
                if phase.name == "staleness":
                    self.readings += self._known() - known
                phase.function(self.state, self.draws, when)
            self.day += 7

    def totals(self) -> dict[str, F8]:
        """Return what has happened so far, shape (runs,) each."""
        state, c = self.state, self.state.cases
        way, origin, fate, stage, run = (c.col(n) for n in ("way", "origin", "fate", "stage", "run"))
        ours, done = origin == ORIGINS.index("adversary"), {n: fate == i for i, n in enumerate(FATES)}
        which = {
            "attempts": ours & (way != WAYS.index("wait")),
            "forgone": done["forgone"],
            "reported": done["stopped_report"],
            "violations_of_firms": ~ours,
            "knowing": origin == ORIGINS.index("evasion"),
            "held": stage == STAGES.index("detained"),
            "inspected_violations": c.col("inspected"),
            "passed": done["completed"],
        }
        counted = {n: np.bincount(run, weights=w, minlength=state.runs) for n, w in which.items()}
        applied = state.countries.arrived.reshape(state.runs, -1).sum(axis=1)
        kept = {name: state.ledger.total(name) for name in COUNTED}
        return {**kept, **counted, "applications": applied, "readings": self.readings.copy()}

    def _known(self) -> F8:
        """Return how many items alive have been read, once for each reader, shape (runs,)."""
        return np.asarray(np.isfinite(self.state.items.read).sum(axis=(1, 2)), dtype=np.float64)
