"""Awareness in starsim: a module with a state of floats, peers are the edges of its network."""

from __future__ import annotations

from typing import Any

import numpy as np
import starsim as ss

from benchmarks.worker import Block

LONGEST = 10_000
"""Days that the simulation is laid out for."""


class Awareness(ss.Module):  # type: ignore[misc]
    """Every agent is a firm; an edge leads from a peer that is heard to a firm that hears."""

    def __init__(self, held: Any) -> None:
        super().__init__(name="awareness_of_firms")
        self.held = held
        self.define_states(
            ss.FloatArr("awareness", default=0.0),
            ss.FloatArr("outreach", default=0.0),
        )

    def init_post(self) -> None:
        """Set the starting columns."""
        super().init_post()
        self.awareness[:] = self.held["awareness"]
        self.outreach[:] = self.held["outreach"]
        edges = self.sim.networks[0].edges
        # the network is fixed, so what it makes of weights is worked out once
        number = np.bincount(edges.p2, minlength=len(self.awareness.values))
        self.share = 1.0 / np.maximum(number, 1)

    def step(self) -> None:
        """Take one day."""
        now, edges = self.awareness.values, self.sim.networks[0].edges
        heard = self.share * np.bincount(edges.p2, weights=now[edges.p1], minlength=len(now))
        push = self.outreach.values + float(self.held["contagion"]) * heard
        rate = push + float(self.held["decay"])
        steady = push / rate
        self.awareness[:] = steady + (now - steady) * np.exp(-rate * float(self.held["dt"]))


def build(columns: str, days: int) -> Block:
    """Return a block of some days from the start.

    Parameters
    ----------
    columns : file of `awareness_columns.write_columns`
    """
    held = dict(np.load(columns))
    firm, place = np.nonzero(held["peers"] >= 0)
    edges = {"p1": held["peers"][firm, place], "p2": firm, "beta": np.ones(len(firm))}
    module = Awareness(held)
    ss.options(precision=64)
    sim = ss.Sim(
        n_agents=len(held["awareness"]),
        modules=[module],
        networks=ss.Network(edges=edges),
        start=0,
        stop=LONGEST,
        dt=1,
        verbose=0,
    )
    sim.init()
    held_by = next(m for m in sim.modules if isinstance(m, Awareness))

    def block() -> dict[str, float]:
        held_by.awareness[:] = held["awareness"]
        for _ in range(days):
            sim.run_one_step()
        return {"awareness": float(held_by.awareness.values.sum())}

    return block
