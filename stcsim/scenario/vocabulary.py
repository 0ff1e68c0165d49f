"""The keys that a scenario may use at each place, read from the specs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from stcsim.parameters import Parameters, register
from stcsim.scenario.nodes import Step
from stcsim.scenario.spec import MechanismSet, ScenarioSpec, ShockSet
from stcsim.spec import Spec

WHAT: dict[type[Spec], str] = {
    MechanismSet: "mechanism",
    ShockSet: "shock",
    Parameters: "group of parameters",
}
"""What the keys of a spec are called, where they are not just keys."""


def what(spec: type[Spec]) -> str:
    """Return what the keys of `spec` are called."""
    parameters = spec.__module__.startswith(Parameters.__module__)
    return WHAT.get(spec, "parameter" if parameters else "key")


def _specs(annotation: Any) -> Iterator[type[Spec]]:
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        yield annotation
    for part in get_args(annotation):
        yield from _specs(part)


@cache
def inside(spec: type[Spec], key: str) -> tuple[type[Spec], ...]:
    """Return the specs of what stands under `key` of `spec`."""
    return tuple(_specs(spec.model_fields[key].annotation))


def at(steps: Iterable[Step], start: type[Spec] = ScenarioSpec) -> tuple[type[Spec] | None, FieldInfo | None]:
    """Follow `steps` from the scenario, or from another spec that files are read by.

    Returns
    -------
    tuple
        The spec that stands there (None for scalars and lists of them), and the field that leads there.
    """
    spec: type[Spec] | None = start
    info: FieldInfo | None = None
    free = False
    for step in steps:
        if isinstance(step, int):
            continue
        if free:
            # the keys of this mapping are the user's own
            free = False
            continue
        if spec is None or step not in spec.model_fields:
            return None, None
        info = spec.model_fields[step]
        below = inside(spec, step)
        spec = below[0] if below else None
        free = get_origin(info.annotation) is dict
    return spec, info


def unit(info: FieldInfo | None) -> str:
    """Return the unit of a field, empty when it has none."""
    extra = info.json_schema_extra if info is not None else None
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


@cache
def groups_of(parameter: str) -> tuple[str, ...]:
    """Return the full paths of the parameters called `parameter`, whatever their group."""
    return tuple(row.path for row in register() if row.path.rpartition(".")[2] == parameter)
