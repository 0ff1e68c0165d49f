"""Sampled worlds: keyed draws of what the register assumes.

A parameter is drawn where no public figure stands behind it, a sweep range is declared, and the scenario
leaves it at its default: a number that a file or ``--set`` puts in its place is taken as known and holds in
every world. The own parameters of mechanisms, such as the hours of a meeting, are drawn by the same rule, so
that sizes do not hang on one assumed dose; an arm's own numbers are choices and stay.

Ranges that span a factor of ten or more are drawn log-uniformly, others uniformly. A draw is named by (seed,
world, path): a parameter that is added changes no other, and arms play no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np
from pydantic import ValidationError

from stcsim.draws import F8, Draws, keys_of, mix, seeded
from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.parameters import Parameters, register
from stcsim.scenario.spec import ScenarioSpec
from stcsim.spec import ASSUMED, QuantityInfo, Spec, quantities

Overrides = tuple[tuple[str, float], ...]
"""Values by path, sorted, such as ``("parameters.firms.margin", 0.3)``."""

LOG_RATIO = 10.0
"""Ranges whose ends differ by this factor or more are drawn log-uniformly."""
MOST_ATTEMPTS = 1000
"""Draws of one group until its values go together."""
PARAMETERS, MECHANISM = "parameters", "mechanisms"


@cache
def drawn_quantities() -> tuple[QuantityInfo, ...]:
    """Return every quantity that sampled worlds may draw, with its path in a scenario, sorted by path."""
    found = [replace(q, path=f"{PARAMETERS}.{q.path}") for q in register()]
    for name, kind in MECHANISMS.items():
        found += quantities(kind, f"{MECHANISM}.{name}")
    wanted = [q for q in found if q.basis == ASSUMED and q.sweep is not None]
    return tuple(sorted(wanted, key=lambda q: q.path))


def uniforms(paths: Sequence[str], seed: int, world: int, attempt: int = 0) -> F8:
    """Return the number in (0, 1) behind each drawn value, shape (n,); each depends on its own path alone.

    Parameters
    ----------
    paths : of the quantities
    seed : of the study
    world : number of the world, from 1
    attempt : counted up where values of one group did not go together
    """
    keys = seeded(keys_of([f"world:{path}" for path in paths]), seed)
    return Draws().uniform("worlds", world, mix(keys, attempt)) if paths else np.zeros(0)


@lru_cache(maxsize=64)
def _first_uniforms(seed: int, world: int) -> Mapping[str, float]:
    """Return the numbers behind the first attempt of all quantities, by path: once for all scenarios."""
    paths = [q.path for q in drawn_quantities()]
    return dict(zip(paths, uniforms(paths, seed, world).tolist(), strict=True))


def value_at(quantity: QuantityInfo, u: float) -> float:
    """Return the value below which the share `u` of a quantity's draws lies."""
    assert quantity.sweep is not None
    low, high = quantity.sweep
    if isinstance(quantity.default, int):
        return _whole(u, int(low), int(high))
    if low > 0 and high / low >= LOG_RATIO:
        return float(min(max(low * (high / low) ** u, low), high))
    return low + (high - low) * u


def _whole(u: float, low: int, high: int) -> int:
    """Return a whole number of [low, high]; of a wide range the numbers of equal ratio are equally likely."""
    if low > 0 and high / low >= LOG_RATIO:
        return min(high, int(low * ((high + 1) / low) ** u))
    return min(high, low + int((high - low + 1) * u))


def sample_world(scenario: ScenarioSpec, seed: int, world: int) -> Overrides:
    """Return what sampled world number `world` puts in place of the defaults.

    Mechanisms' own parameters are among them whether an arm uses the mechanism or not.

    Raises
    ------
    InputError
        the scenario's own parameters leave no valid values for the others
    """
    found: dict[str, float] = {}
    for group, quantities_of in _groups().items():
        open_ = [q for q in quantities_of if not is_set(scenario, q)]
        found.update(_valid(scenario, group, open_, seed, world))
    return tuple(sorted(found.items()))


@cache
def _groups() -> Mapping[str, Sequence[QuantityInfo]]:
    """Return what may be drawn by the spec it belongs to, such as ``parameters.firms``."""
    groups: dict[str, list[QuantityInfo]] = {}
    for q in drawn_quantities():
        groups.setdefault(q.path.rpartition(".")[0], []).append(q)
    return groups


def is_set(scenario: ScenarioSpec, quantity: QuantityInfo) -> bool:
    """Return whether the scenario says something else than the register."""
    head, group, name = quantity.path.split(".")
    return head == PARAMETERS and getattr(getattr(scenario.parameters, group), name) != quantity.default


def _valid(
    scenario: ScenarioSpec, group: str, open_: Sequence[QuantityInfo], seed: int, world: int
) -> dict[str, float]:
    """Draw the values of one group, again as long as they do not go together."""
    for attempt in range(MOST_ATTEMPTS):
        paths = [q.path for q in open_]
        if attempt:
            drawn = uniforms(paths, seed, world, attempt).tolist()
        else:
            first = _first_uniforms(seed, world)
            drawn = [first[path] for path in paths]
        values = {path: value_at(q, u) for path, q, u in zip(paths, open_, drawn, strict=True)}
        if fit_together(scenario, group, values):
            return values
    raise InputError(f"what the scenario says of {group} leaves no valid values for its other parameters")


def fit_together(scenario: ScenarioSpec, group: str, values: Mapping[str, object]) -> bool:
    """Whether values of one group, such as ``parameters.firms``, by path, are valid beside one another."""
    head, name = group.split(".")
    given: Spec = getattr(scenario.parameters, name) if head == PARAMETERS else MECHANISMS[name]()
    try:
        with_values(given, {path.rpartition(".")[2]: value for path, value in values.items()})
    except ValidationError:
        return False
    return True


_S = TypeVar("_S", bound=Spec)


def with_values(given: _S, values: Mapping[str, object]) -> _S:
    """Return `given` with other values, validated anew."""
    fields = {name: getattr(given, name) for name in type(given).model_fields}
    return type(given).model_validate({**fields, **values})


def parameters_in(parameters: Parameters, overrides: Overrides) -> Parameters:
    """Return the parameters of a scenario as they are in a world."""
    groups: dict[str, dict[str, float]] = {}
    for path, value in overrides:
        head, group, name = path.split(".")
        if head == PARAMETERS:
            groups.setdefault(group, {})[name] = value
    if not groups:
        return parameters
    changed = {group: with_values(getattr(parameters, group), values) for group, values in groups.items()}
    return parameters.model_copy(update=changed)


def mechanisms_in(mechanisms: Iterable[Mechanism], overrides: Overrides) -> tuple[Mechanism, ...]:
    """Return the mechanisms of an arm as they are in a world, which fills in what the arm leaves open."""
    drawn: dict[str, dict[str, float]] = {}
    for path, value in overrides:
        head, group, name = path.split(".")
        if head == MECHANISM:
            drawn.setdefault(group, {})[name] = value
    out = []
    for m in mechanisms:
        fields = type(m).model_fields
        values = {
            name: value
            for name, value in drawn.get(m.name, {}).items()
            if getattr(m, name) == fields[name].default
        }
        out.append(with_values(m, values) if values else m)
    return tuple(out)
