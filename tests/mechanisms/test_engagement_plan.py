"""The plan from the map against the same spend on meetings by lot, on views and in the model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stcsim.mechanisms.engagement_plan import EngagementPlan
from stcsim.structure.arrangements import Charge, Convening, only
from stcsim.structure.complements import importance, lot
from stcsim.structure.view import View
from tests.evidence.pairs import CLEARLY, Seed, effect, seeds, standard_errors_away
from tests.mechanisms.accounts import cost_a_year
from tests.mechanisms.views import rich_view
from tests.regions import at_once

Pairs = frozenset[tuple[str, str]]


def needed(view: View) -> list[tuple[str, str]]:
    """Pairs of bodies that should know each other by role."""
    bodies = [h for h in view.holders if h.kind in ("agency", "partner")]
    pairs = ((a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :])
    return [(a.id, b.id) for a, b in pairs if importance(a.role, a.country, b.role, b.country) > 0]


def everybody_knows_but(view: View, gaps: list[tuple[str, str]]) -> View:
    """The region in which all bodies know each other, the planted gaps aside."""
    ids = [h.id for h in view.holders]
    missing = {*gaps, *((b, a) for a, b in gaps)}
    return replace(view, recognised=frozenset((a, b) for a in ids for b in ids) - missing)


def met(plan: EngagementPlan, view: View) -> Pairs:
    return frozenset((c.members[0], c.members[1]) for c in only(Convening, plan.arrange(view)))


def quarters(plan: EngagementPlan, view: View, number: int) -> tuple[View, float]:
    """The view after some quarters in which those who met came to know each other, and what was spent."""
    spent = 0.0
    for _ in range(number):
        pairs = met(plan, view)
        spent += cost_a_year(plan.arrange(view)) / 4
        known = {*view.recognised, *pairs, *((b, a) for a, b in pairs)}
        view = replace(view, recognised=frozenset(known), week=view.week + 13)
    return view, spent


def still_open(view: View, gaps: list[tuple[str, str]]) -> int:
    return sum(not (view.recognises(a, b) and view.recognises(b, a)) for a, b in gaps)


@pytest.mark.parametrize("planted", range(4))
def test_it_closes_planted_gaps_first_and_random_meetings_at_the_same_cost_do_not(planted: int) -> None:
    rich = rich_view()
    gaps = sorted(needed(rich), key=lambda pair: lot(planted, *pair))[:30]
    view = everybody_knows_but(rich, gaps)
    budget = {"meetings_per_year": 24.0}
    after, spent = quarters(EngagementPlan(**budget), view, 4)
    by_lot, same = quarters(EngagementPlan(choice="random", **budget), view, 4)
    assert spent == pytest.approx(same)
    assert still_open(after, gaps) == 0
    assert still_open(by_lot, gaps) >= 15


def test_the_most_important_gap_comes_first() -> None:
    rich = rich_view()
    gaps = [
        ("A/defence", "A/licensing_authority"),
        ("A/customs_headquarters", "A/law_enforcement"),
        ("A/civil_society", "A/intelligence"),
    ]
    view = everybody_knows_but(rich, gaps)
    plan = EngagementPlan(countries=("A",), meetings_per_year=4.0)
    order = []
    for _ in range(3):
        (pair,) = met(plan, view)
        order.append(pair)
        view, _ = quarters(plan, view, 1)
    assert order == [gaps[1], gaps[2], gaps[0]]


def test_an_objective_comes_before_what_does_not_serve_it() -> None:
    gaps = [("A/customs_headquarters", "A/law_enforcement"), ("A/intelligence", "B/intelligence")]
    view = everybody_knows_but(rich_view(), gaps)
    one = {"countries": ("A",), "meetings_per_year": 4.0}
    assert met(EngagementPlan(**one), view) == {gaps[0]}
    assert met(EngagementPlan(objective="neighbours", **one), view) == {gaps[1]}


def test_the_budget_bounds_meetings_and_money() -> None:
    for choice in ("gaps", "random"):
        plan = EngagementPlan(choice=choice, meetings_per_year=12.0, meeting_thousand_usd=2.0)
        wanted = list(plan.arrange(rich_view()))
        assert len(only(Convening, wanted)) == 3 * 3
        assert sum(c.thousand_usd_per_year for c in only(Charge, wanted)) == pytest.approx(3 * 12 * 2.0)


@pytest.mark.slow
def test_in_the_model_the_plan_closes_more_gaps_for_no_more_hours(seed_of: Seed) -> None:
    """It takes fewer: a gap to a body that cannot pay the trip stays open and is tried again.

    It costs more money, since gaps often lie abroad, and closes more per dollar all the same.
    """
    chosen = seeds(seed_of)
    gaps, by_lot = (
        (at_once("engagement_plan", choice=c, meetings_per_year=12.0),) for c in ("gaps", "random")
    )
    assert standard_errors_away(effect(gaps, "gaps_closed", chosen, by_lot)) > CLEARLY
    more, less = (effect(a, "gaps_closed", chosen).mean() for a in (gaps, by_lot))
    assert more > 2 * less
    hours = effect(gaps, "coordination_hours_meetings", chosen, by_lot).mean()
    assert hours < 0.05 * effect(gaps, "coordination_hours_meetings", chosen).mean()
    cost, other = (effect(a, "total_cost", chosen).mean() for a in (gaps, by_lot))
    assert cost > other
    assert more / cost > 1.5 * less / other
