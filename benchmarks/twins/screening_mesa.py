"""A week of screening in plain Mesa: checkpoints are agents, consignments are objects.

Tuned as one would tune such a model: consignments with slots and no agents, `heapq.nlargest` in place of
sorting, bound methods in local names, Poisson numbers from NumPy, checkpoints in order, which does
not matter. `BatchCheckpoint` goes a step further and draws the scores of a week from NumPy at once.
"""

from __future__ import annotations

import heapq
import math
from operator import attrgetter

import mesa

from benchmarks.twins.screening_law import MISTAKEN, RECOGNISED, SEPARATION, VIOLATIONS, screening_law
from benchmarks.worker import Block


class Consignment:
    """A declared consignment and its risk score."""

    __slots__ = ("score", "violation")

    def __init__(self, score: float, violation: bool) -> None:
        self.score = score
        self.violation = violation


class Checkpoint(mesa.Agent):
    """Ranks what arrives in a week and inspects the best scores while its capacity lasts."""

    def __init__(self, model: mesa.Model, trade: float, capacity: float) -> None:
        super().__init__(model)
        self.trade = trade
        self.capacity = capacity
        self.declarations = self.inspections = 0
        self.inspected_violations = self.recognised = self.mistakes = 0

    def arrivals(self, number: int) -> list[Consignment]:
        """Return ordinary consignments."""
        gauss = self.random.gauss
        return [Consignment(gauss(0.0, 1.0), False) for _ in range(number)]

    def step(self) -> None:
        """Screen one week."""
        gauss, chance, poisson = self.random.gauss, self.random.random, self.model.rng.poisson
        number = int(poisson(self.trade))
        queue = self.arrivals(number)
        queue += [Consignment(gauss(SEPARATION, 1.0), True) for _ in range(VIOLATIONS)]
        slots = math.floor(self.capacity + chance())
        honest = 0
        inspected = heapq.nlargest(slots, queue, key=attrgetter("score"))
        for consignment in inspected:
            if consignment.violation:
                self.inspected_violations += 1
                self.recognised += chance() < RECOGNISED
            else:
                honest += 1
        self.declarations += number
        self.inspections += len(inspected)
        self.mistakes += min(int(poisson(MISTAKEN * honest)), honest)


class BatchCheckpoint(Checkpoint):
    """Draws the scores of a week at once."""

    def arrivals(self, number: int) -> list[Consignment]:
        """Return ordinary consignments."""
        return [Consignment(score, False) for score in self.model.rng.standard_normal(number).tolist()]


class Border(mesa.Model):
    """All checkpoints."""

    def __init__(self, consignments: float, checkpoints: int, seed: int, batch: bool = False) -> None:
        super().__init__(rng=seed)
        law = screening_law(consignments, checkpoints)
        kind = BatchCheckpoint if batch else Checkpoint
        for trade, capacity in zip(law.trade, law.capacity, strict=True):
            kind(self, trade, capacity)

    def step(self) -> None:
        """Take one week."""
        self.agents.do("step")


TOTALS = ("declarations", "inspections", "inspected_violations", "recognised", "mistakes")


def build(consignments: float, checkpoints: int, weeks: int = 1, seed: int = 1, batch: bool = False) -> Block:
    """Return a block of some weeks, with scores drawn one by one or a week's at once."""
    model = Border(consignments, checkpoints, seed, batch)

    def block() -> dict[str, float]:
        before = {name: sum(getattr(c, name) for c in model.agents) for name in TOTALS}
        for _ in range(weeks):
            model.step()
        return {name: float(sum(getattr(c, name) for c in model.agents) - before[name]) for name in TOTALS}

    return block
