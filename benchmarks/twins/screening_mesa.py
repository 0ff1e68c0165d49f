"""A week of screening in plain Mesa: checkpoints are agents, consignments are objects.

Tuned as one would tune such a model: consignments with slots and no agents, `heapq.nlargest` in place of
sorting, bound methods in local names, Poisson numbers from NumPy.
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

    def step(self) -> None:
        """Screen one week."""
        gauss, chance, poisson = self.random.gauss, self.random.random, self.model.rng.poisson
        number = int(poisson(self.trade))
        queue = [Consignment(gauss(0.0, 1.0), False) for _ in range(number)]
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


class Border(mesa.Model):
    """All checkpoints."""

    def __init__(self, consignments: float, checkpoints: int, seed: int) -> None:
        super().__init__(rng=seed)
        law = screening_law(consignments, checkpoints)
        for trade, capacity in zip(law.trade, law.capacity, strict=True):
            Checkpoint(self, trade, capacity)

    def step(self) -> None:
        """Take one week."""
        self.agents.do("step")


TOTALS = ("declarations", "inspections", "inspected_violations", "recognised", "mistakes")


def build(consignments: float, checkpoints: int, weeks: int = 1, seed: int = 1) -> Block:
    """Return a block of some weeks."""
    model = Border(consignments, checkpoints, seed)

    def block() -> dict[str, float]:
        before = {name: sum(getattr(c, name) for c in model.agents) for name in TOTALS}
        for _ in range(weeks):
            model.step()
        return {name: float(sum(getattr(c, name) for c in model.agents) - before[name]) for name in TOTALS}

    return block
