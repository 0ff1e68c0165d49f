"""Sister offices with another mandate: what they give, and that they collide unless they sit in the group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stcsim.actors.activity import CATALOGUE
from stcsim.engine.engine import Engine
from stcsim.mechanisms import MECHANISMS
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from tests.regions import small_region

OFFICES: list[dict[str, Any]] = [
    {"id": "east", "priorities": [{"pillar": "enforcement"}, {"pillar": "licensing", "weight": 0.5}]},
    {"id": "north", "mandate": "border_security"},
    {"id": "west", "budget": 1500.0},
]


def outcomes(donors: list[dict[str, Any]], arms: list[Any], seeds: list[int]) -> list[dict[str, Any]]:
    spec = small_region(13, 78, donors=donors, networks=[])
    engine = Engine.begin(spec, seeds).warm()
    blocks = list(range(len(seeds))) * len(arms)
    state = engine.branch(blocks, [a for a in arms for _ in seeds]).finish().state
    found = compute(Tables.of(spec, state))
    k = len(seeds)
    return [{n: v[i * k : (i + 1) * k] for n, v in found.items()} for i in range(len(arms))]


def test_an_office_gives_on_the_pillars_of_its_mandate_unless_it_says_otherwise() -> None:
    own = {"id": "own", "mandate": "border_security", "priorities": [{"pillar": "licensing"}]}
    spec = small_region(26, 13, donors=[*OFFICES[1:2], own, {"id": "law", "mandate": "rule_of_law"}])
    state = Engine.begin(spec, [1]).warm().state
    given = state.activities

    def pillars(donor: str) -> set[str]:
        mine = given.col("donor") == state.donors.ids.index(donor)
        return {CATALOGUE[a].pillar for a in given.col("activity")[mine]}

    assert pillars("north") == {"enforcement"}
    assert pillars("own") == {"licensing"}
    assert pillars("law") <= {"legal_regulatory", "interagency_international"}


def test_fewer_activities_are_delivered_twice_when_the_sister_office_sits_in_the_group(
    seed_of: Callable[[str], int],
) -> None:
    group = MECHANISMS["donor_coordination"]
    arms = [(group(lead_time=0, donors=("east", "west")),), (group(lead_time=0),)]
    without, with_it = outcomes(OFFICES, arms, [seed_of(f"mandates/{i}") for i in range(6)])
    assert (without["duplication_share"] > 0.02).all()
    assert not with_it["duplication_share"].any()
    assert (with_it["coordination_hours_donors"] > without["coordination_hours_donors"]).all()


def test_the_hours_of_the_chair_are_counted_and_paid(seed_of: Callable[[str], int]) -> None:
    group = MECHANISMS["donor_coordination"]
    arms = [(), *((group(lead_time=0, chair_hours=h),) for h in (0.0, 728.0))]
    none, free, chaired = outcomes(OFFICES, arms, [seed_of("mandates/chair")])
    assert not none["coordination_hours_donors"].any()
    assert free["coordination_hours_donors"] == pytest.approx(3 * 4 * 24 * 78 / 52)
    hours = chaired["coordination_hours_donors"] - free["coordination_hours_donors"]
    assert hours == pytest.approx(728.0 * 78 / 52)
    assert chaired["cost_donor"] - free["cost_donor"] == pytest.approx(hours * 50 / 1000)


def test_a_common_strategy_covers_more_pillars_and_leaves_fewer_requests_unmet(
    seed_of: Callable[[str], int],
) -> None:
    narrow = [{**OFFICES[1], "id": n, "budget": 1500.0} for n in ("one", "two")]
    group = MECHANISMS["donor_coordination"]
    arms = [(group(lead_time=0, shared_priorities=s),) for s in (False, True)]
    apart, common = outcomes(narrow, arms, [seed_of(f"mandates/{i}") for i in range(4)])
    assert apart["pillars_covered"] == pytest.approx(1.0)
    assert (common["pillars_covered"] > 3.0).all()
    assert common["requests_unmet"].mean() < apart["requests_unmet"].mean()
    assert np.isfinite(common["aid_need_correlation"]).all()
