"""From an address to the very command, and how long it takes."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

import stcsim
from stcsim.dashboard.address import read, written
from stcsim.dashboard.comparing.asking import (
    Asked,
    asked_of,
    by_challenge,
    fields,
    runs_of,
    seconds,
)
from stcsim.dashboard.comparing.steps import next_steps
from stcsim.mechanisms.challenges import CHALLENGES


def test_an_address_becomes_the_words_of_a_command():
    said = "scenario=reference_region&arms=frontline_channel,a%2Bb&replications=8&worlds=10&seed=3&staff=1"
    values = read(said, fields())
    assert values.notes == ()
    assert asked_of(values).argv() == (
        "compare",
        *("--arms", "frontline_channel,a+b"),
        *("--replications", "8", "--worlds", "10", "--seed", "3", "--equal-cost"),
    )


def test_a_challenge_alone_asks_for_what_claims_to_answer_it_beside_staff():
    values = read(by_challenge("challenge=inconsistent_checkpoints&seed=3"), fields())
    asked = asked_of(values)
    assert (values["scenario"], asked.staff, asked.seed) == (
        CHALLENGES["inconsistent_checkpoints"].scenario,
        True,
        3,
    )
    assert asked.arms
    assert "additional_staff" not in asked.arms
    # what the address says itself holds, and what is no challenge implies nothing
    for said in (None, "", "challenge=none", "challenge=inconsistent_checkpoints&arms=frontline_channel"):
        assert by_challenge(said) == said
    # once something was chosen, the address says all of it, and means the same when it is read again
    search = written(by_challenge("challenge=inconsistent_checkpoints"), fields(), {**values, "staff": False})
    again = read(by_challenge(search), fields())
    assert (again["arms"], again["staff"], again["scenario"]) == (asked.arms, False, values["scenario"])


def test_an_empty_address_asks_for_all_arms_of_a_small_region():
    values = read("", fields())
    assert values["scenario"] == "small_region"
    words = asked_of(values).argv()
    assert words == ("compare", "--replications", "20", "--worlds", "0", "--seed", "1")


@pytest.mark.parametrize(
    "said",
    ["worlds=1", "worlds=-3", "replications=1", "replications=1e9", "seed=x", "view=both", "staff=yes"],
)
def test_what_cannot_be_asked_falls_back_and_is_said(said: str):
    values = read(said, fields())
    assert len(values.notes) == 1
    assert asked_of(values) == asked_of(read("", fields()))


def test_what_was_chosen_stands_in_the_address_and_is_read_back():
    chosen = {**read("", fields()), "arms": ("a", "b+c"), "worlds": 10, "staff": True, "view": "assumptions"}
    back = read(written("", fields(), chosen), fields())
    assert dict(back) == chosen


def test_every_arm_meets_a_rival_where_staff_is_asked_for():
    asked = Asked(("a", "b"), 8, 5, 1, staff=False)
    assert runs_of(asked, 2) == 3 * 18
    assert runs_of(Asked(("a", "b"), 8, 5, 1, staff=True), 2) == 5 * 18


def test_more_takes_longer_and_more_processes_take_less():
    spec = stcsim.load("small_region")
    few = seconds(Asked((), 8, 0, 1, staff=False), spec, 1)
    assert few < seconds(Asked((), 40, 0, 1, staff=False), spec, 1)
    assert few < seconds(Asked((), 8, 10, 1, staff=False), spec, 1)
    assert seconds(Asked((), 8, 10, 1, staff=False), spec, 4) < seconds(
        Asked((), 8, 10, 1, staff=False), spec, 1
    )
    assert few < seconds(Asked((), 8, 0, 1, staff=False), stcsim.load("reference_region"), 1)


def test_the_next_step_is_what_the_comparison_lacks():
    spec, larger = stcsim.load("small_region"), stcsim.load("reference_region")
    asked = Asked((), 20, 0, 1, staff=False)
    steps = next_steps("small_region", asked, spec, larger, 1)
    assert [s.asked.worlds for s in steps] == [10, 0, 0]
    assert [s.asked.staff for s in steps] == [False, True, False]
    assert steps[-1].scenario == "reference_region"
    assert {a.name for a in larger.arms} >= set(steps[-1].asked.arms)
    assert all("about" in s.label for s in steps)
    whole = Asked((), 20, 10, 1, staff=True)
    assert next_steps("reference_region", whole, larger, larger, 1) == ()
