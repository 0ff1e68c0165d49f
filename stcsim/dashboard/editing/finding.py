"""Fields and parts of a scenario by words, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass

from stcsim.dashboard.editing.fields import form_fields
from stcsim.dashboard.editing.outline import Part
from stcsim.scenario.nodes import Steps

MOST = 40
"""Most places that one search gives."""


@dataclass(frozen=True)
class Place:
    """A field, or a part where `field` is empty, that was found."""

    steps: Steps
    field: str
    label: str
    where: str


def find(root: Part, words: str) -> tuple[Place, ...]:
    """Return the places in whose name, or else whose description, all of the words stand."""
    wanted = words.lower().replace("_", " ").split()
    if not wanted:
        return ()
    named: list[Place] = []
    described: list[Place] = []
    waiting: list[tuple[Part, tuple[str, ...]]] = [(root, ())]
    while waiting:
        part, above = waiting.pop()
        where = " › ".join(above)
        if above and _holds(part.label, wanted):
            named.append(Place(part.steps, "", part.label, where))
        if part.kind in ("group", "entry"):
            for field in form_fields(part.spec):
                if field.entry is not None:
                    continue
                inside = " › ".join((*above, part.label))
                place = Place(part.steps, field.name, field.label, inside)
                if _holds(field.label, wanted):
                    named.append(place)
                elif _holds(field.text, wanted):
                    described.append(place)
        below = (*above, part.label) if part.steps else ("Scenario",)
        waiting += [(child, below) for child in reversed(part.children)]
    return tuple((named + described)[:MOST])


def _holds(text: str, wanted: list[str]) -> bool:
    lower = text.lower().replace("_", " ")
    return all(word in lower for word in wanted)
