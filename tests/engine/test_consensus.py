"""What concerns several bodies waits until they agree, the longer the less alike their interests."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest

from stcsim.engine.consensus import Agreement, concerned, conflict, weeks_to_agree
from stcsim.engine.engine import Engine
from stcsim.mechanisms import MECHANISMS
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.spec import ScenarioSpec
from stcsim.structure.arrangements import Charge, Convening, Mandate, Post
from tests.regions import at_once, changed, raw_region, small_region, spec_of, warmed

Seed = Callable[[str], int]
NONE = np.zeros(3)


@lru_cache
def region(*interests: float) -> ScenarioSpec:
    """The region whose agencies have interests in turn; their roles' where none is given."""
    raw = json.loads(json.dumps(raw_region(13, 65)))
    for country in raw["countries"]:
        for i, agency in enumerate(country["agencies"]):
            if interests:
                agency["interest"] = interests[i % len(interests)]
    return spec_of(raw)


def weeks(spec: ScenarioSpec, *names: str, seed: int = 5) -> float:
    engine = warmed(spec, (seed,)).branch([0], [tuple(at_once(n) for n in names)]).finish()
    return float(compute(Tables.of(spec, engine.state))["consensus_weeks"][0])


def test_conflict_is_none_among_the_like_minded_and_whole_among_two_camps() -> None:
    assert conflict(np.full(5, 0.3)) == pytest.approx(0.0)
    assert conflict(np.array([0.0, 1.0, 0.0, 1.0])) == pytest.approx(1.0)
    assert conflict(np.array([0.7])) == 0.0


def test_weeks_follow_their_law() -> None:
    """``26 * conflict * (1 - trust) / (1 + heads)``, with all trust set to one value."""
    state = Engine.begin(region(0.0, 1.0), [1]).state
    state.holders.trust[:] = 0.25
    bodies = [i for i in range(state.holders.n) if state.holders.ids[i].startswith("A/")][:8]
    state.holders.interest[bodies] = [0.0, 1.0] * 4
    assert weeks_to_agree(state, 0, bodies, NONE) == pytest.approx(26 * 0.75)
    assert weeks_to_agree(state, 0, bodies, NONE + 2.0) == pytest.approx(26 * 0.75 / 3)
    assert weeks_to_agree(state, 0, bodies[:1], NONE) == 0.0


def test_who_has_a_say() -> None:
    """Who is bound to others; a law concerns all agencies at home; who gets a post decides alone."""
    engine = Engine.begin(region(), [1])
    names, ids = engine.directory.names, engine.state.holders.ids
    met = Convening(("A/customs_headquarters", "A/sea_1", "A/university"), "shared", "", "working", 4.0, 4.0)

    def of(*items: object) -> set[str]:
        return {ids[i] for i in concerned(items, engine.state, 0, names)}

    assert of(met) == {"A/customs_headquarters", "A/university"}
    assert of(Post("A/prosecutor", 1.0, "analyst"), Charge("A/prosecutor", 1.0, 1.0, "x")) == set()
    law = of(Mandate("C", "catch_all", True))
    assert law == {i for i in ids if i.startswith("C/") and i.split("/")[1] in AGENCIES_OF_C}


AGENCIES_OF_C = {a["role"] for a in raw_region()["countries"][2]["agencies"]}


def test_conflicting_interests_delay() -> None:
    like, usual, unlike = (weeks(region(*i), "interagency_working_group") for i in ((0.5,), (), (0.0, 1.0)))
    assert like == 0.0
    assert 2.0 < usual < 16.0
    assert unlike > 1.5 * usual


def test_what_is_decided_alone_does_not_wait() -> None:
    for name in ("additional_staff", "training_programme", "industry_outreach"):
        assert weeks(region(0.0, 1.0), name) == 0.0, name


def test_trust_shortens_it_and_no_conflict_leaves_the_lead_time() -> None:
    spec = small_region(13, 39)
    # long negotiations, in which a wait is many times the four weeks between meetings
    long = changed(spec.parameters, **{"coordination.consensus_weeks": 104.0})
    spec = spec.model_copy(update={"parameters": long})
    trusting = spec.model_copy(
        update={"parameters": changed(long, **{"trust.domestic": 0.9, "trust.cross_border": 0.9})}
    )
    slow = weeks(spec, "interagency_working_group")
    assert weeks(trusting, "interagency_working_group") < 0.5 * slow


def test_heads_that_meet_agree_sooner() -> None:
    """Principals' meetings already under way speed what is decided later; meetings of officers do less."""
    spec = region(0.0, 1.0)
    late = at_once("information_sharing_agreement", start=26)

    def waited(level: str) -> float:
        first = at_once("interagency_working_group", level=level)
        engine = warmed(spec, (5,)).branch([0, 0], [(first,), (first, late)]).finish()
        total = engine.state.ledger.total("consensus_weeks")
        return float(total[1] - total[0])

    assert waited("principals") < 0.5 * waited("working")


def test_an_agreement_is_put_forward_but_never_put_off() -> None:
    arm = (MECHANISMS["interagency_working_group"](start=2, lead_time=4),)
    agreement = Agreement()
    agreement.settle(arm, 1, False, lambda _: 99.0)
    assert agreement.due == {}
    agreement.settle(arm, 2, False, lambda _: 9.5)
    assert agreement.due == {0: 18}
    agreement.settle(arm, 13, True, lambda _: 0.0)
    assert agreement.due == {0: 13}
    agreement.settle(arm, 26, True, lambda _: 99.0)
    assert agreement.due == {0: 13}
    assert agreement.newly(arm, 26, lambda _: True) == [7]
    assert agreement.newly(arm, 39, lambda _: True) == []
