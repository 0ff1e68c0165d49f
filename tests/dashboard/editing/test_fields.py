"""Every field of every spec has a form, with what the spec says of it."""

from __future__ import annotations

import pytest

from stcsim.dashboard.editing.fields import every_spec, field_at, fields_at, form_fields
from stcsim.scenario.spec import ScenarioSpec
from stcsim.spec import Spec, quantities

SPECS = sorted(every_spec(ScenarioSpec), key=lambda s: s.__qualname__)


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.__name__)
def test_every_spec_has_a_form(spec: type[Spec]) -> None:
    fields = form_fields(spec)
    assert [f.name for f in fields] == list(spec.model_fields)
    for field in fields:
        assert field.text, f"{spec.__name__}.{field.name} says nothing of itself"
        assert bool(field.choices) == (field.kind in ("choice", "choices"))
        assert (field.entry is not None) == (field.kind in ("group", "entries"))
        assert not (field.required and field.default is not None)
        assert field.kind != "names" or field.space, f"{spec.__name__}.{field.name} suggests nothing"
    measured = {q.path: q for q in quantities(spec)}
    for field in fields:
        if field.kind in ("number", "whole") and field.name in measured:
            q = measured[field.name]
            assert (field.unit, field.basis, field.sweep) == (q.unit, q.basis, q.sweep)
            assert (field.low if field.above is None else field.above, field.high) == (q.low, q.high)


def test_a_field_is_found_by_its_place() -> None:
    staff = field_at(("countries", 0, "agencies", 3, "staff"))
    assert staff is not None
    assert (staff.kind, staff.unit, staff.default, staff.range_text) == (
        "number",
        "FTE",
        10.0,
        "0 to 100,000",
    )
    role = field_at(("countries", 0, "agencies", 3, "role"))
    assert role is not None
    assert role.required
    assert "customs_headquarters" in role.choices
    inspectors = field_at(("countries", 0, "checkpoints", 0, "inspectors"))
    assert inspectors is not None
    assert inspectors.optional
    equipment = field_at(("countries", 0, "checkpoints", 0, "equipment"))
    assert equipment is not None
    assert not equipment.space
    traffic = field_at(("countries", 0, "checkpoints", 0, "traffic"))
    assert traffic is not None
    assert traffic.range_text == "0 to 1,000,000,000"
    assert inspectors.default is None
    life = field_at(("parameters", "capacity", "tool_life"))
    assert life is not None
    assert life.range_text == "above 0, up to 50"
    assert field_at(("countries", 0)) is None
    assert field_at(("nonsense",)) is None
    assert fields_at(("name",)) == ()


@pytest.mark.parametrize(
    ("steps", "space"),
    [
        (("channels", 0, "source"), "holders"),
        (("relations", 0, "source"), "countries"),
        (("networks", 0, "home"), "countries"),
        (("arms", 0, "mechanisms", "equipment_donation", "equipment"), "equipment"),
        (("shocks", "system_breakdown", "body"), "bodies"),
        (("headline",), "outcomes"),
    ],
)
def test_names_that_are_suggested(steps: tuple[str | int, ...], space: str) -> None:
    field = field_at(steps)
    assert field is not None
    assert field.space == space
