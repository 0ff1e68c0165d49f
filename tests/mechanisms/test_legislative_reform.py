"""Legislative reform: what is lacking is asked for, and drafting ends when the law is in force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stcsim.actors.vocabulary import LAW, LAW_TOPICS
from stcsim.mechanisms.legislative_reform import LegislativeReform
from stcsim.processes.detention import clock_days
from stcsim.state.populations import LAW_INDEX
from stcsim.structure.arrangements import Charge, Mandate, only
from tests.mechanisms.views import rich_view
from tests.regions import raw_region, small_region, spec_of, warmed

VIEW = rich_view()
SPEC = small_region(counted=39)


def hours(mechanism: LegislativeReform, week: int) -> float:
    view = replace(VIEW, week=week)
    return sum(c.hours_per_year for c in only(Charge, mechanism.arrange(view)))


def test_only_what_the_law_lacks_is_asked_for() -> None:
    for c in VIEW.countries:
        asked = {m.topic for m in only(Mandate, LegislativeReform().arrange(VIEW)) if m.country == c.id}
        assert asked == {t for t in LAW_TOPICS if not c.law.get(t, False)}
    held = LegislativeReform(topics=("transit",))
    assert list(held.arrange(VIEW)) == []
    assert held.unmet(VIEW)


def test_drafting_ends_when_the_law_is_in_force() -> None:
    reform = LegislativeReform(start=10, lead_time=50, countries=("A",))
    gaps = sum(not VIEW.countries[0].law.get(t, False) for t in LAW_TOPICS)
    after = gaps * reform.application_hours
    assert np.isclose(hours(reform, 59), reform.drafting_hours + after)
    assert np.isclose(hours(reform, 60), after)


def test_the_law_of_every_run_holds_the_topics_only_after_the_lead_time() -> None:
    engine = warmed(SPEC, (3,))
    arms = [(LegislativeReform(lead_time=weeks),) for weeks in (0, 1000)]
    state = engine.branch([0, 0], arms).finish().state
    m = state.countries.n
    topics = [LAW_INDEX[t] for t in LAW_TOPICS]
    assert state.countries.law[:m, topics].all()
    assert (state.countries.law[m:] == state.countries.law_base[m:]).all()
    others = [i for i, t in enumerate(LAW) if t not in LAW_TOPICS]
    assert (state.countries.law[:, others] == state.countries.law_base[:, others]).all()


def test_power_to_extend_the_hold_lengthens_the_clock() -> None:
    """Working days of the law times 7/5; where the base has no extension the first clock holds."""
    arms = [(), (LegislativeReform(lead_time=0, topics=("extension",)),)]
    state = warmed(SPEC, (3,)).branch([0, 0], arms).finish().state
    days = clock_days(state).reshape(2, -1)
    of_c = state.posts.country[: days.shape[1]] == 2
    assert np.allclose(days[0, of_c], 10 * 7 / 5)
    assert np.allclose(days[1, of_c], 30 * 7 / 5)
    assert np.array_equal(days[0, ~of_c], days[1, ~of_c])


def test_a_new_law_finds_an_authority_staffed_for_it() -> None:
    """Firms apply once there is a law, and wait about as long as where there always was one."""
    raw = raw_region(counted=78)
    raw["countries"][0]["law"] = {"export": False, "intangible": False}
    reform = (LegislativeReform(lead_time=13, countries=("A",), topics=("export", "intangible")),)
    old = warmed(spec_of(raw_region(counted=78)), (3, 4)).branch([0, 1], [(), ()]).finish().state
    new = warmed(spec_of(raw), (3, 4)).branch([0, 1], [reform, reform]).finish().state
    days = []
    for state in (old, new):
        made = state.licences.col("honest") & (state.licences.col("country") % state.countries.n == 0)
        days.append(state.licences.col("days")[made].mean())
        assert np.isclose(state.countries.applications[0], old.countries.applications[0], rtol=0.2)
    first = state.licences.col("day")[made].min()
    assert (26 + 13) * 7 <= first < (26 + 13 + 13) * 7
    assert 0.5 < days[1] / days[0] < 1.5
