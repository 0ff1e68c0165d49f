"""A change made in a form is the same change of the scenario, in a text that extends another as well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stcsim.dashboard.editing.changing import added, changed, list_changed, reset
from stcsim.dashboard.editing.draft import Draft, read_draft
from stcsim.dashboard.editing.entries import copy_of, new_entry
from stcsim.dashboard.editing.fields import form_fields
from stcsim.dashboard.editing.outline import outline
from stcsim.errors import InputError
from stcsim.scenario.library import folder
from stcsim.scenario.nodes import Steps
from stcsim.scenario.resolving import resolved

TEXT = (folder() / "small_region.yaml").read_text(encoding="utf-8")
EXTENDING = """\
extends: small_region
name: mine # of my own
countries:
  - id: Maravel
    will: 0.2 # less
"""


def data(draft: Draft) -> Any:
    assert draft.loaded is not None, draft.problems
    return resolved(draft.loaded.spec)


def at(tree: Any, steps: Steps) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


NUMBERS = [
    (part.steps, field)
    for part in outline(read_draft(TEXT)).walk()
    if part.kind in ("group", "entry")
    for field in form_fields(part.spec)
    if field.kind == "number" and field.high is not None
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([TEXT, EXTENDING]), st.sampled_from(NUMBERS), st.floats(0, 1))
def test_the_scenario_differs_in_that_value_alone(text: str, place: Any, share: float) -> None:
    steps, field = place
    before = read_draft(text)
    low = field.low if field.low is not None else field.above or 0
    value = round(low + share * (min(field.high, low + 1) - low), 3)
    made = changed(before, (*steps, field.name), value)
    after = read_draft(made)
    if after.loaded is None:
        # what does not go together is said, and not changed
        assert after.problems
        return
    wanted = data(before)
    whole = [*steps, field.name]
    if "mechanisms" in whole or "shocks" in whole:
        whole.insert(-1, 0)
    at(wanted, tuple(whole[:-1]))[whole[-1]] = value
    assert json.dumps(data(after)) == json.dumps(wanted)
    assert {line for line in text.splitlines() if line.lstrip().startswith("#")} <= set(made.splitlines())


def test_what_is_inherited_is_said_anew_under_its_identity() -> None:
    draft = read_draft(EXTENDING)
    made = changed(draft, ("countries", 0, "agencies", 2, "staff"), 99)
    assert made == (
        EXTENDING + "  - id: Orsund\n    agencies:\n      - { role: customs_headquarters, staff: 99 }\n"
    )
    made = changed(draft, ("countries", 1, "will"), 0.3)
    assert made == EXTENDING.replace("will: 0.2 # less", "will: 0.3 # less")
    made = changed(draft, ("networks", 0, "fronts"), 9)
    assert "networks:\n  - { id: network_1, fronts: 9 }\n" in made
    assert added(draft, ("donors",), {"id": "new"}).endswith("donors:\n  - { id: new }\n")
    assert data(read_draft(added(draft, ("donors",), {"id": "new"})))["donors"][2]["id"] == "new"


def test_back_to_the_default() -> None:
    draft = read_draft(TEXT)
    assert reset(draft, ("countries", 0, "upkeep")) == TEXT.replace("    upkeep: 0.75 # assumed\n", "", 1)
    assert reset(draft, ("parameters", "firms", "margin")) == TEXT
    # to what the extended scenario says, and from there to the default
    draft = read_draft(EXTENDING)
    assert data(read_draft(reset(draft, ("countries", 1, "will"))))["countries"][1]["will"] == 0.4
    made = reset(draft, ("countries", 1, "upkeep"))
    assert "upkeep: null" in made
    assert data(read_draft(made))["countries"][1]["upkeep"] == 0.5
    with pytest.raises(InputError, match="comes from the scenario that this one extends"):
        reset(draft, ("networks", 0))


def test_lists_of_words_keep_the_others_in_place() -> None:
    text = f"{TEXT}headline:\n  - diversions # first\n  - total_cost # second\n"
    draft = read_draft(text)
    both = ["diversions", "total_cost"]
    steps = ("headline",)
    assert list_changed(draft, steps, both, ["total_cost"]) == text.replace("  - diversions # first\n", "")
    assert list_changed(draft, steps, both, [*both, "trust"]) == f"{text}  - trust\n"
    assert "headline: [trust]\n" in list_changed(draft, steps, both, ["trust"])
    assert list_changed(read_draft(TEXT), steps, both, ["trust"]).count("headline: [trust]") == 1


LISTS = [
    ("countries",),
    ("countries", 0, "agencies"),
    ("countries", 0, "partners"),
    ("countries", 0, "checkpoints"),
    ("countries", 0, "stretches"),
    ("countries", 0, "firms"),
    ("partners",),
    ("donors",),
    ("donors", 0, "priorities"),
    ("networks",),
    ("channels",),
    ("relations",),
    ("arms",),
    ("shocks", "conflict"),
    ("arms", 0, "mechanisms", "capacity_capture"),
]


@pytest.mark.parametrize("steps", LISTS, ids=str)
@pytest.mark.parametrize("text", [TEXT, EXTENDING], ids=["own", "extending"])
def test_a_new_entry_is_valid_again_and_again(text: str, steps: Steps) -> None:
    # two countries make two pairs
    for _ in range(2 if steps == ("relations",) else 3):
        draft = read_draft(text)
        text = added(draft, steps, new_entry(draft, steps))
        after = read_draft(text)
        assert after.loaded is not None, [str(p.problem) for p in after.problems]


@pytest.mark.parametrize(
    "steps",
    [("countries", 1), ("countries", 0, "agencies", 2), ("networks", 0), ("arms", 1), ("donors", 0)],
    ids=str,
)
def test_a_copy_has_an_identity_of_its_own(steps: Steps) -> None:
    draft = read_draft(TEXT)
    after = read_draft(added(draft, steps[:-1], copy_of(draft, steps)))
    assert after.loaded is not None, [str(p.problem) for p in after.problems]
    assert len(at(data(after), steps[:-1])) == len(at(data(draft), steps[:-1])) + 1
    assert copy_of(draft, ("countries", 99)) == {}
