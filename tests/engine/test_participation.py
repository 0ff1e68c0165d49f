"""Who takes part in what it is invited to, as far as its staff and its country's money go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
import pytest

from stcsim.engine.compile import apply_plans
from stcsim.engine.engine import Engine
from stcsim.engine.gatherings import clarifies, principals, sits
from stcsim.engine.make_plan import make_plan
from stcsim.engine.participation import Attendance, attendance
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.structure.arrangements import Arrangement, Budget, Convening
from tests.regions import at_once, raw_region, small_region, spec_of, warmed

Seed = Callable[[str], int]
SPEC = small_region(13, 52)
BODIES = ("A/customs_headquarters", "B/customs_headquarters", "C/foreign_affairs", "intl/regional_centre")


@lru_cache
def engine() -> Engine:
    raw = raw_region(13, 52)
    for country, funding in zip(raw["countries"], (1.0, 0.5, 0.2), strict=True):
        country["funding"] = funding
    return Engine.begin(spec_of(raw), [1])


def taking(*arranged: Arrangement) -> tuple[Attendance, dict[str, int]]:
    state = engine().state
    names = engine().directory.names
    found = attendance(state, [make_plan(arranged, names, state.values.runs[0])])
    return found, dict(names.holders)


def meeting(per_year: float = 2.0, hours: float = 20.0, members: Iterable[str] = BODIES) -> Convening:
    return Convening(tuple(members), "lead", "intl/regional_centre", "working", per_year, hours)


def test_a_trip_is_made_as_far_as_the_country_affords_it() -> None:
    found, at = taking(meeting())
    away = [found.away[at[b]] for b in BODIES]
    assert away == pytest.approx([1.0, 0.5, 0.2, 1.0])
    cost = SPEC.parameters.coordination.trip_cost
    assert found.travel[0] == pytest.approx(2 * cost * (1.0 + 0.5 * 1.0 + 0.2 * 1.0))


def test_of_two_bodies_one_travels_and_the_host_is_at_home() -> None:
    """Whether the convenor is a member or not; without one both travel, to a third place."""
    pair = ("A/customs_headquarters", "B/customs_headquarters")
    for chair, trips in (
        ("A/foreign_affairs", (0.0, 4.0)),
        ("B/foreign_affairs", (4.0, 0.0)),
        ("", (4.0, 4.0)),
    ):
        names = engine().directory.names
        held = Convening(pair, "shared", chair, "working", 4.0, 20.0)
        plan = make_plan([held], names, engine().state.values.runs[0])
        assert tuple(plan.trips[[names.holders[b] for b in pair]]) == trips
        assert plan.meeting_hours.sum() + plan.away_hours.sum() == pytest.approx(2 * 4 * 20.0 * 1.075)


def test_at_home_a_share_needs_a_trip() -> None:
    found, at = taking()
    share = SPEC.parameters.coordination.trips_share
    for body, funding in (("A/intelligence", 1.0), ("B/intelligence", 0.5), ("C/intelligence", 0.2)):
        assert found.courses[at[body]] == pytest.approx(1 - share * (1 - funding))
        assert found.home[at[body]] == pytest.approx(1 - share * (1 - funding))
    assert found.travel[0] == 0.0


def test_support_pays_what_is_missing_and_no_more() -> None:
    state = engine().state
    working = (state.holders.country == 2) & (state.holders.staff_base > 0)
    need = working.sum() * SPEC.parameters.coordination.home_trips_cost
    half, at = taking(Budget("east", "C", 0.4 * need, "participation"))
    share = SPEC.parameters.coordination.trips_share
    assert half.courses[at["C/intelligence"]] == pytest.approx(1 - share * 0.4)
    assert half.courses[at["B/intelligence"]] == pytest.approx(1 - share * 0.5)
    whole, _ = taking(Budget("east", "C", 50 * need, "participation"))
    assert whole.courses[at["C/intelligence"]] == 1.0


def test_a_small_body_stays_away_from_what_goes_beyond_its_staff() -> None:
    many = meeting(per_year=365.0, members=("B/customs_headquarters", "B/foreign_affairs"))
    found, at = taking(many)
    p, staff = SPEC.parameters.coordination, 4.0
    able = p.meeting_share * p.hours_per_fte * staff
    asked = 365 * 20.0 * p.lead_factor
    funded = 1 - p.trips_share * 0.5
    assert found.home[at["B/foreign_affairs"]] == pytest.approx(able / asked * funded)
    assert found.home[at["B/customs_headquarters"]] == pytest.approx(4 * able / asked * funded)


def test_the_poorest_quarter_attends_with_support_and_capacity_is_less_unequal(seed_of: Seed) -> None:
    seeds = tuple(seed_of(f"participation/{i}") for i in range(6))
    base = (at_once("conferences"), at_once("training_programme"))
    arms = [base, (*base, at_once("participation_support", thousand_usd_per_year=120.0))]
    blocks = list(range(6)) * 2
    state = warmed(SPEC, seeds).branch(blocks, [a for a in arms for _ in seeds]).finish().state
    found = {k: v.reshape(2, 6) for k, v in compute(Tables.of(SPEC, state)).items()}
    assert (found["attendance_poorest"][1] > 0.05 + found["attendance_poorest"][0]).all()
    assert (found["attendance_poorest"] <= found["attendance"] + 1e-12).all()
    assert (found["captured_dispersion"][1] < found["captured_dispersion"][0]).all()
    assert (found["captured_capacity"][1] > found["captured_capacity"][0]).all()
    assert (found["total_cost"][1] > found["total_cost"][0]).all()


def test_poor_states_are_absent_and_spend_no_hours_there() -> None:
    """Hours away are those of who comes: in a state that affords a fifth of its trips, a fifth."""
    state = engine().state
    c_body = list(engine().directory.names.holders).index("C/foreign_affairs")
    found, _ = taking(meeting())
    plan = make_plan([meeting()], engine().directory.names, state.values.runs[0])
    assert plan.away_hours[c_body] * found.away[c_body] == pytest.approx(
        0.2 * 2 * 20 * SPEC.parameters.coordination.lead_factor
    )
    assert np.count_nonzero(plan.meeting_hours) == 0


def test_hosts_of_a_meeting_of_several_countries_do_not_travel() -> None:
    """Where C is the host, its body comes as to a meeting at home, and is met by who affords the trip."""
    state, names = engine().state, engine().directory.names
    at = names.holders
    host, guest = at["C/foreign_affairs"], at["B/customs_headquarters"]
    called = Convening(BODIES, "lead", "C/foreign_affairs", "working", 2.0, 20.0)
    plan = make_plan([called], names, state.values.runs[0])
    assert plan.trips[host] == 0.0
    assert plan.away_hours[host] == 0.0 < plan.meeting_hours[host]
    assert plan.meeting_hours[guest] == 0.0 < plan.away_hours[guest]
    apply_plans(state, engine().draws, [plan])
    share = SPEC.parameters.coordination.trips_share
    for a, b in ((host, guest), (guest, host)):
        assert state.compiled.meetings[a, b] == pytest.approx(2 * (1 - share * 0.8) * 0.5)


def test_who_stays_away_is_recognised_by_nobody(seed_of: Seed) -> None:
    """Without money for any trip, a conference makes a country's bodies known to no one abroad."""
    raw = raw_region(13, 52)
    raw["countries"][2]["funding"] = 0.0
    begun = Engine.begin(spec_of(raw), [seed_of("participation/absent")])
    state, names = begun.state, begun.directory.names
    there, absent = names.holders["A/customs_headquarters"], names.holders["C/foreign_affairs"]
    host = names.holders["intl/regional_centre"]
    state.holders.recognises[:] = False
    apply_plans(state, begun.draws, [make_plan([meeting()], names, state.values.runs[0])])
    assert state.holders.recognises[there, host]
    assert state.holders.recognises[host, there]
    assert not state.holders.recognises[[there, host], absent].any()
    assert not state.holders.recognises[absent].any()


def test_recognition_comes_with_the_first_convening_that_a_body_is_at() -> None:
    luck = (np.arange(10_000) + 0.5) / 10_000
    for share, per_year in ((1.0, 1.0), (0.5, 4.0), (0.2, 1.0), (0.0, 12.0)):
        came = sits(luck, np.full(luck.shape, share), per_year).mean()
        assert came == pytest.approx(1 - (1 - share) ** (per_year / 4), abs=1e-3)


def test_clarity_and_leaders_attention_grow_as_far_as_bodies_take_part() -> None:
    state, names = engine().state, engine().directory.names
    pair = ("B/customs_headquarters", "B/law_enforcement")
    called = [
        Convening(pair, "shared", "", level, per_year, 4.0)
        for level, per_year in (("working", 6.0), ("principals", 2.0))
    ]
    plan = make_plan(called, names, state.values.runs[0])
    taking_part = attendance(state, [plan])
    share = np.array([taking_part.home[names.holders[i]] for i in pair])
    assert (share < 1.0).all()
    at = names.countries["B"]
    assert clarifies(state, [plan], taking_part)[at] == pytest.approx(8.0 * share.prod())
    assert principals(state, [plan], taking_part)[at] == pytest.approx(2.0 * share.mean())
    assert np.count_nonzero(principals(state, [plan], taking_part)) == 1
