"""Awareness in plain Mesa: firms are agents that hold references to their peers.

Tuned as one would tune such a model: two passes by name instead of a scheduler, peers in a tuple.
"""

from __future__ import annotations

import math

import mesa
import numpy as np

from benchmarks.worker import Block


class Firm(mesa.Agent):
    """A firm that hears from its peers."""

    def __init__(self, model: Region, awareness: float, outreach: float) -> None:
        super().__init__(model)
        self.law = model
        self.awareness = self.next = awareness
        self.outreach = outreach
        self.peers: tuple[Firm, ...] = ()

    def listen(self) -> None:
        """Work out tomorrow's awareness from the peers' today."""
        law, peers = self.law, self.peers
        heard = 0.0
        for peer in peers:
            heard += peer.awareness
        push = self.outreach + (law.contagion * heard / len(peers) if peers else 0.0)
        rate = push + law.decay
        steady = push / rate
        self.next = steady + (self.awareness - steady) * math.exp(-rate * law.dt)

    def learn(self) -> None:
        """Take it over."""
        self.awareness = self.next


class Region(mesa.Model):
    """All firms."""

    def __init__(self, columns: str) -> None:
        super().__init__(rng=1)
        held = np.load(columns)
        self.contagion, self.decay, self.dt = (float(held[k]) for k in ("contagion", "decay", "dt"))
        pairs = zip(held["awareness"].tolist(), held["outreach"].tolist(), strict=True)
        self.firms = [Firm(self, *pair) for pair in pairs]
        for firm, peers in zip(self.firms, held["peers"].tolist(), strict=True):
            firm.peers = tuple(self.firms[k] for k in peers if k >= 0)

    def step(self) -> None:
        """Take one day."""
        self.agents.do("listen")
        self.agents.do("learn")


def build(columns: str, days: int) -> Block:
    """Return a block of some days from the start.

    Parameters
    ----------
    columns : file of `awareness_columns.write_columns`
    """
    model = Region(columns)
    start = [firm.awareness for firm in model.firms]

    def block() -> dict[str, float]:
        for firm, awareness in zip(model.firms, start, strict=True):
            firm.awareness = awareness
        for _ in range(days):
            model.step()
        return {"awareness": math.fsum(firm.awareness for firm in model.firms)}

    return block
