"""What pairing arms by seed saves: variance of unpaired differences over that of paired ones."""

from __future__ import annotations

import statistics

import numpy as np

import stcsim
from benchmarks.outcome import Found, number
from benchmarks.settings import Settings
from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import OUTCOMES
from stcsim.outcomes.tables import Tables
from stcsim.scenario.arms import arm_names, resolve_arms

STACKED = 4
"""Replications in a stack."""


def run(settings: Settings, found: Found) -> None:
    """Run every arm of the scenario with shared seeds, the adversary adapting, to the horizon."""
    scenario = settings.size("reference_region", "small_region")
    replications = settings.size(24, 4)
    spec = stcsim.load(scenario)
    names = arm_names(spec)
    arms = [a.mechanisms for a in resolve_arms(names, spec)]
    parts: dict[str, list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = {n: [] for n in spec.headline}
    for first in range(0, replications, STACKED):
        seeds = list(range(1 + first, 1 + min(first + STACKED, replications)))
        blocks = [s for _ in arms for s in range(len(seeds))]
        engine = Engine.begin(spec, seeds).warm().branch(blocks, [a for a in arms for _ in seeds]).finish()
        tables = Tables.of(spec, engine.state)
        for name, held in parts.items():
            held.append(np.asarray(OUTCOMES[name].compute(tables)).reshape(len(arms), len(seeds)))
    for name, held in parts.items():
        values = np.concatenate(held, axis=1)
        reductions = [_reduction(values[0], other) for other in values[1:]]
        found.told(
            f"Pairing by seed, {name}, {replications} replications of {scenario}",
            "independent seeds for the same difference",
            f"variance divided by {number(statistics.median(reductions))}, median of {len(reductions)} arms",
            f"lowest {number(min(reductions))}, highest {number(max(reductions))}; the adversary adapts",
        )


def _reduction(
    one: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    other: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> float:
    """Return the variance of a difference without pairing over that with it."""
    paired = float(np.var(other - one, ddof=1))
    alone = float(np.var(one, ddof=1) + np.var(other, ddof=1))
    return alone / paired if paired else float("inf")
