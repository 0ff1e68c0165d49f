"""Properties that no interval goes with: a check gives a figure, whether it passes, and what to tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stcsim.engine.engine import Arm, Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.spec import ScenarioSpec
from tests.evidence.running import F8, units

Checked = tuple[float, bool, str]
Check = Callable[[int], Checked]
CHECKS: dict[str, Check] = {}
FEW = 4
"""Pairs that a check runs where it needs runs at all."""


def check(function: Check) -> Check:
    """Register the check of a property by its name."""
    CHECKS[function.__name__] = function
    return function


def outcomes_of(spec: ScenarioSpec, arms: Sequence[Arm], pairs: int, offset: int) -> list[dict[str, F8]]:
    """Return every outcome of each arm, one number a pair."""
    seeds = [u.seed for u in units([0], pairs, offset)]
    warm = Engine.begin(spec, seeds).warm()
    engine = warm.branch(list(range(pairs)) * len(arms), [a for a in arms for _ in seeds]).finish()
    found = compute(Tables.of(spec, engine.state))
    return [{n: v[i * pairs : (i + 1) * pairs] for n, v in found.items()} for i in range(len(arms))]
