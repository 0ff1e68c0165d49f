"""A change of a text at one place is that change and no other: of values, of remarks, of lines."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stcsim.dashboard.editing.patching import add, put, take_away
from stcsim.dashboard.editing.values import said
from stcsim.errors import InputError
from stcsim.scenario.library import folder, names
from stcsim.scenario.nodes import Steps

TEXT = """\
# head

name: s # chosen
title:
  A title
question: >- # folded
  What is
  asked?

time: {warm_up_weeks: 26, counted_weeks: 104} # both

countries:
  # The first.
  # It has two lines.
  - id: A
    law:
      transit: false # why
      # further in
    agencies: # two
      - { role: defence, staff: 5 } # few
      - { role: legislature }

  # The second.
  - id: B
    firms:
    - firm_class: sme # indentless
      count: 10

headline:
  - diversions # first
  - total_cost # second
donors: []
"""


def patched(text: str, before: str, after: str) -> str:
    assert text.count(before) == 1, before
    return text.replace(before, after)


@pytest.mark.parametrize(
    ("steps", "value", "before", "after"),
    [
        (("name",), "t", "name: s #", "name: t #"),
        (("title",), "On one line", "title:\n  A title\n", "title: On one line\n"),
        (("title",), "yes: no", "title:\n  A title\n", 'title: "yes: no"\n'),
        (("question",), "Short?", ">- # folded\n  What is\n  asked?\n", '"Short?" # folded\n'),
        (("time", "counted_weeks"), 52, "counted_weeks: 104}", "counted_weeks: 52}"),
        (("time", "step_days"), 1, "counted_weeks: 104}", "counted_weeks: 104, step_days: 1}"),
        (("countries", 0, "law", "transit"), True, "transit: false #", "transit: true #"),
        (
            ("countries", 0, "law", "brokering"),
            False,
            "      # further in\n",
            "      # further in\n      brokering: false\n",
        ),
        (
            ("countries", 0, "law", "export"),
            False,
            "      transit: false # why\n",
            "      export: false\n      transit: false # why\n",
        ),
        (("countries", 0, "will"), 0.3, "    agencies: # two", "    will: 0.3\n    agencies: # two"),
        (("countries", 1, "will"), 0.3, "    firms:\n", "    will: 0.3\n    firms:\n"),
        (("countries", 0, "agencies", 0, "staff"), 7.5, "staff: 5 }", "staff: 7.5 }"),
        (("countries", 0, "agencies", 1, "staff"), 1, "legislature }", "legislature, staff: 1 }"),
        (("countries", 0, "agencies", 1, "id"), "x", "{ role: legis", "{ id: x, role: legis"),
        (("countries", 1, "firms", 0, "count"), 1, "count: 10", "count: 1"),
        (
            ("countries", 1, "firms", 0, "sector"),
            "x",
            "# indentless\n",
            "# indentless\n      sector: x\n",
        ),
        (
            ("parameters", "firms", "margin"),
            0.1,
            "# both\n",
            "# both\n\nparameters:\n  firms:\n    margin: 0.1\n",
        ),
        (("donors",), [{"id": "d"}], "donors: []\n", "donors:\n  - { id: d }\n"),
        (("donors", 0), {"id": "d"}, "donors: []\n", "donors:\n  - { id: d }\n"),
        (("headline", 0), "trust", "- diversions #", "- trust #"),
        (("headline", 2), "trust", "# second\n", "# second\n  - trust\n"),
        (("headline",), [], "headline:\n  - diversions # first\n  - total_cost # second\n", "headline: []\n"),
    ],
)
def test_put(steps: Steps, value: Any, before: str, after: str) -> None:
    made = put(TEXT, steps, value)
    assert made == patched(TEXT, before, after)


@pytest.mark.parametrize(
    ("steps", "before", "after"),
    [
        (("title",), "title:\n  A title\n", ""),
        (("time", "counted_weeks"), ", counted_weeks: 104", ""),
        (("time", "warm_up_weeks"), "warm_up_weeks: 26, ", ""),
        (
            ("countries", 0, "law", "transit"),
            "    law:\n      transit: false # why\n      # further in\n",
            "    law: {}\n      # further in\n",
        ),
        (("countries", 0, "agencies", 0), "      - { role: defence, staff: 5 } # few\n", ""),
        (("countries", 0, "agencies", 0, "staff"), ", staff: 5", ""),
        (("countries", 1, "id"), "  - id: B\n    firms:\n", "  - firms:\n"),
        (
            ("countries", 1),
            TEXT[TEXT.index("  # The second.") : TEXT.index("headline:")],
            "",
        ),
        (("headline", 1), "  - total_cost # second\n", ""),
        (("donors",), "donors: []\n", ""),
        (("nothing", "here"), "", ""),
        (("countries", 7), "", ""),
    ],
)
def test_take_away(steps: Steps, before: str, after: str) -> None:
    assert take_away(TEXT, steps) == (TEXT if not before else patched(TEXT, before, after))


def test_an_entry_stands_behind_the_last_in_its_manner() -> None:
    made = add(TEXT, ("countries", 0, "agencies"), {"role": "regulator", "staff": 2})
    last = "      - { role: legislature }\n"
    assert made == patched(TEXT, last, f"{last}      - {{ role: regulator, staff: 2 }}\n")
    arm = {"name": "a", "label": "An arm", "mechanisms": {"capacity_capture": {"lead_time": 4}}}
    made = add(TEXT, ("arms",), arm)
    assert made.endswith(
        "arms:\n  - name: a\n    label: An arm\n"
        "    mechanisms:\n      capacity_capture:\n        lead_time: 4\n"
    )


def test_one_object_becomes_a_list_of_two() -> None:
    text = "shocks:\n  conflict: {at_week: 1}\n"
    made = add(text, ("shocks", "conflict"), {"at_week": 2})
    assert said(made)["shocks"]["conflict"] == [{"at_week": 1}, {"at_week": 2}]


def test_what_stands_behind_an_alias_is_not_touched() -> None:
    text = "a: &a {x: 1}\nb: *a\nc: 1 # c\n"
    for steps in (("a", "x"), ("b", "x"), ("a",)):
        with pytest.raises(InputError, match="without touching anything else"):
            put(text, steps, 2)
    for steps in (("a", "x"), ("b", "x")):
        with pytest.raises(InputError, match="without touching anything else"):
            take_away(text, steps)
    assert put(text, ("c",), 2) == "a: &a {x: 1}\nb: *a\nc: 2 # c\n"


def test_what_is_no_scenario_is_refused_in_the_words_of_the_reader() -> None:
    for text in ("", "- a\n", "a: [\n", "a: 1\na: 2\nb: [", "x"):
        with pytest.raises(InputError):
            put(text, ("name",), "s")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_breaks_stay_what_they_are(ending: str) -> None:
    text = TEXT.replace("\n", ending)
    made = add(put(text, ("parameters", "firms", "margin"), 0.1), ("arms",), {"name": "a", "label": "x" * 80})
    made = take_away(made, ("countries", 0))
    assert made.count("\n") == made.count(ending)


LIBRARY = {
    name: (folder() / f"{name}.yaml").read_text(encoding="utf-8")
    for name in names()
    if name != "large_exporter"
}
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200),
    st.text("ab :#-,[]{}&*!|>'\"%@`é😀", max_size=30),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from(["id", "role", "x"]), SCALARS, max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["id", "role", "x"]), SCALARS, max_size=3), max_size=3),
)


def places(tree: Any, steps: Steps = ()) -> list[Steps]:
    found: list[Steps] = [steps] if steps else []
    below = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in below:
        found += places(value, (*steps, step))
    return found


def at(tree: Any, steps: Steps) -> Any:
    for step in steps:
        tree = tree[step]
    return tree


def kept(before: str, after: str) -> int:
    """Return how many remarks of a text stand in another."""
    return sum(remark in after for line in before.splitlines() if (remark := line.partition("#")[2]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(LIBRARY)), st.data())
def test_any_value_anywhere(name: str, data: st.DataObject) -> None:
    """What is put anywhere is there, everything else is as it was, and lines not concerned stand."""
    text = LIBRARY[name]
    before = said(text)
    steps = data.draw(st.sampled_from(places(before)))
    value = data.draw(VALUES)
    made = put(text, steps, value)
    wanted = copy.deepcopy(before)
    at(wanted, steps[:-1])[steps[-1]] = value
    assert json.dumps(said(made)) == json.dumps(wanted)
    if not isinstance(at(before, steps), (dict, list)):
        assert kept(text, made) == kept(text, text)
        old, new = text.splitlines(), made.splitlines()
        same = sum(a == b for a, b in zip(old, new, strict=False))
        same_behind = sum(a == b for a, b in zip(reversed(old), reversed(new), strict=False))
        assert same + same_behind >= len(old) - 4


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(LIBRARY)), st.data())
def test_anything_taken_away(name: str, data: st.DataObject) -> None:
    text = LIBRARY[name]
    before = said(text)
    steps = data.draw(st.sampled_from(places(before)))
    made = take_away(text, steps)
    wanted = copy.deepcopy(before)
    del at(wanted, steps[:-1])[steps[-1]]
    assert json.dumps(said(made)) == json.dumps(wanted)
    assert "\n\n\n" not in made


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(LIBRARY)), st.data())
def test_one_change_after_the_other(name: str, data: st.DataObject) -> None:
    """A text that has been through many changes can still be changed, and says what all of them said."""
    text = LIBRARY[name]
    for _ in range(data.draw(st.integers(2, 6))):
        tree = said(text)
        steps = data.draw(st.sampled_from(places(tree)))
        if data.draw(st.booleans()) and len(tree) > 1:
            text = take_away(text, steps)
            del at(tree, steps[:-1])[steps[-1]]
        elif isinstance(at(tree, steps), list) and at(tree, steps):
            value = data.draw(VALUES)
            text = add(text, steps, value)
            at(tree, steps).append(value)
        else:
            value = data.draw(VALUES)
            text = put(text, steps, value)
            at(tree, steps[:-1])[steps[-1]] = value
        assert json.dumps(said(text), sort_keys=True) == json.dumps(tree, sort_keys=True)
