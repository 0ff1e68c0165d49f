"""Mechanisms by the challenge that they answer, with needs and costs in the region."""

from __future__ import annotations

from stcsim.dashboard.editing.choosing import (
    STAFF,
    answering,
    challenges,
    costs,
    costs_of,
    offers,
    sum_in_words,
    too_large,
)
from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.loading import load


def test_every_challenge_and_every_mechanism_is_offered() -> None:
    assert sorted(name for _, found in challenges() for name, _ in found) == sorted(CHALLENGES)
    assert {o.name for o in offers()} == set(MECHANISMS)
    assert {o.name for o in answering("")} == set(MECHANISMS)
    for name in CHALLENGES:
        found = answering(name)
        assert found[-1].name == STAFF
        assert all(name in o.answers for o in found[:-1])
    assert all(o.text and o.prerequisites for o in offers())


def test_costs_are_those_of_the_region() -> None:
    spec = load("small_region").spec
    found = costs(spec)
    assert found["frontline_channel"].hours_per_year > 0
    assert not found["frontline_channel"].unmet
    # nobody sends a liaison officer where nobody can receive one, or what is lacking is said
    assert all(c.amount or c.unmet or c.beside for name, c in found.items() if name != "placebo_meetings")
    dear = MECHANISMS["additional_staff"].model_validate({"thousand_usd_per_year": 1000.0})
    (one,) = costs_of(spec, (dear,))
    assert round(one.thousand_usd_per_year) == 1000
    assert sum_in_words((one, one)) == "2,000 thousand USD a year"
    assert sum_in_words(()) == ""


def test_of_a_large_region_nothing_is_told() -> None:
    spec = load("large_exporter").spec
    assert too_large(spec)
    assert costs(spec) == {}
    assert costs_of(spec, (MECHANISMS["additional_staff"](),)) == ()
