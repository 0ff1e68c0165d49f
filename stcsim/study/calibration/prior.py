"""What calibration leaves open: assumed parameters, and the two numbers that were derived from a pattern.

A quantity that was set directly from a source is an input: it stays as it is, and the figure behind it is no
target. Two parameters with a source are free nevertheless, because they were not read from it but worked out
so that a pattern would appear, and that pattern is a target here (`DERIVED`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from stcsim.parameters import register
from stcsim.scenario.spec import ScenarioSpec
from stcsim.spec import QuantityInfo
from stcsim.study.worlds import (
    LOG_RATIO,
    PARAMETERS,
    Overrides,
    drawn_quantities,
    sample_world,
    uniforms,
    value_at,
)

DERIVED: Mapping[str, str] = MappingProxyType(
    {
        "parameters.licensing.load": "congestion",
        "parameters.capacity.capture_rate": "retention_6_months",
    }
)
"""Parameters that were derived from a pattern, with the pattern."""


@cache
def _open_quantities() -> tuple[QuantityInfo, ...]:
    """Return what may be free, sorted by path."""
    derived = [q for q in register() if f"{PARAMETERS}.{q.path}" in DERIVED]
    named = {f"{PARAMETERS}.{q.path}": q for q in derived}
    assumed = {q.path: q for q in drawn_quantities() if q.path.startswith(f"{PARAMETERS}.")}
    return tuple(q for _, q in sorted({**assumed, **named}.items()))


def path_of(quantity: QuantityInfo) -> str:
    """Return the path of a free quantity in a scenario."""
    head = f"{PARAMETERS}."
    return quantity.path if quantity.path.startswith(head) else head + quantity.path


def free_quantities(scenario: ScenarioSpec) -> tuple[QuantityInfo, ...]:
    """Return what calibration leaves open in a scenario, sorted by path.

    Parameters that the scenario sets itself are taken as known.
    """
    return tuple(q for q in _open_quantities() if _given(scenario, q) == q.default)


def _given(scenario: ScenarioSpec, quantity: QuantityInfo) -> object:
    _, group, name = path_of(quantity).split(".")
    return getattr(getattr(scenario.parameters, group), name)


def draw(scenario: ScenarioSpec, seed: int, number: int) -> Overrides:
    """Return the values of point `number`, from 1: a draw from the prior, uniform over each range.

    Ranges that span a factor of ten are drawn log-uniformly, as sampled worlds are.
    """
    own = {path_of(q): q for q in free_quantities(scenario)}
    values = {p: v for p, v in sample_world(scenario, seed, number) if p in own}
    further = [path for path in DERIVED if path in own]
    drawn = uniforms(further, seed, number)
    values |= {p: value_at(own[p], float(u)) for p, u in zip(further, drawn, strict=True)}
    return tuple(sorted(values.items()))


def place(quantity: QuantityInfo, value: float) -> float:
    """Return where a value lies in the range of a quantity, 0 to 1, on the scale on which it is drawn.

    The inverse of `stcsim.study.worlds.value_at`, but for whole numbers, which stand in the middle of what
    gives them.
    """
    assert quantity.sweep is not None
    low, high = quantity.sweep
    whole = isinstance(quantity.default, int)
    if whole:
        value, high = value + 0.5, high + 1.0
    if low > 0 and (quantity.sweep[1] / low) >= LOG_RATIO:
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


@cache
def _by_path() -> Mapping[str, QuantityInfo]:
    return {path_of(q): q for q in _open_quantities()}


def free_place(path: str, value: float) -> float:
    """Return where a value of the free quantity at `path` lies in its range, kept within 0 and 1."""
    return min(max(place(_by_path()[path], value), 0.0), 1.0)
