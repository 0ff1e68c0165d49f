"""Peer exchange: what visits cost, to the hour and the dollar, and who pays for them."""

from __future__ import annotations

import pytest

from stcsim.engine.compile import apply_plans
from stcsim.engine.engine import Engine
from stcsim.engine.make_plan import make_plan
from stcsim.engine.participation import attendance
from stcsim.mechanisms.peer_exchange import PeerExchange
from stcsim.structure.arrangements import Charge, merge, only
from tests.mechanisms.accounts import hours_a_year, money_a_year
from tests.mechanisms.views import rich_view
from tests.regions import small_region

VIEW = rich_view()
CUSTOMS = PeerExchange(
    countries=("A", "B"),
    roles=("customs_headquarters",),
    visits_per_year=4.0,
    visitors=3.0,
    hours=40.0,
    travel_thousand_usd=2.5,
)


def test_visits_cost_hours_of_both_and_the_travel_of_who_travels() -> None:
    """Four visits of three people at 2.5 thousand dollars each, and 43 hours of both bodies a visit."""
    held = merge(CUSTOMS.arrange(VIEW))
    assert money_a_year(held) == pytest.approx(4 * 3 * 2.5)
    assert hours_a_year(held) == pytest.approx(2 * 4 * 40.0 * 1.075)


def test_every_country_pays_for_its_own_visitors_where_no_donor_does() -> None:
    own = CUSTOMS.model_copy(update={"payer": "country"})
    paid = {c.payer: c.thousand_usd_per_year for c in only(Charge, own.arrange(VIEW))}
    assert paid == {"A": 15.0, "B": 15.0}


def test_travel_is_charged_once_in_the_model() -> None:
    """The charge is all that is paid: visitors need no trip that their countries pay for as well."""
    engine = Engine.begin(small_region(13, 13), [1])
    view, names, state = engine.directory.view(engine.state, 0, 0), engine.directory.names, engine.state
    plan = make_plan(merge(CUSTOMS.arrange(view)), names, state.values.runs[0])
    assert plan.donor_money + plan.national_money == pytest.approx(4 * 3 * 2.5)
    assert not plan.trips.any()
    assert attendance(state, [plan]).travel.tolist() == [0.0]
    for body in ("A/customs_headquarters", "B/customs_headquarters"):
        assert plan.meeting_hours[names.holders[body]] == pytest.approx(4 * 40.0 * 1.075)


def test_who_has_no_hours_for_visits_shows_and_learns_nothing_at_them() -> None:
    """Visits of many weeks leave both ends a share of the hours, and what is learnt follows both shares."""
    engine = Engine.begin(small_region(13, 13), [1])
    view, names, state = engine.directory.view(engine.state, 0, 0), engine.directory.names, engine.state
    ends = [names.holders[f"{c}/customs_headquarters"] for c in "AB"]
    many = CUSTOMS.model_copy(update={"visits_per_year": 52.0, "hours": 1000.0})
    free = []
    for exchange, visits in ((CUSTOMS, 4.0), (many, 52.0)):
        plan = make_plan(merge(exchange.arrange(view)), names, state.values.runs[0])
        free.append(attendance(state, [plan]).free[ends])
        apply_plans(state, engine.draws, [plan])
        shown = visits * 3.0 * free[-1].prod()
        assert state.compiled.exchange_people == pytest.approx([shown, shown])
    assert free[0].tolist() == [1.0, 1.0]
    assert (free[1] < 0.25).all()
