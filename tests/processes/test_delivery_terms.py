"""Off the shelf or tailored, experts from abroad or a partner at home, and visits among peers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.parameters import Parameters
from stcsim.processes.audiences import ACTIVITIES, audiences, people
from stcsim.processes.delivery import QUARTERS, Deliveries, absorbed, exchanged, of_plans, of_programmes
from stcsim.state import State
from tests.processes.capacity_region import NAMES, assumed, programme, region, weeks

P = Parameters()
IDENTIFICATION = COMPETENCES.index("commodity_identification")
COORDINATION = COMPETENCES.index("coordination")


def delivered(state: State, name: str, country: int = 0) -> Deliveries:
    """What each donor's commitment to one activity in one country delivers."""
    offered = audiences(state, people(state))
    taken = np.zeros((len(state.donors.key), 2 * ACTIVITIES), dtype=np.bool_)
    taken[:, country * ACTIVITIES + NAMES.index(name)] = True
    return of_plans(state, offered, taken, people(state))


def test_off_the_shelf_is_cheaper_and_fits_worse() -> None:
    state = region(donors=2)
    state.donors.tailored[:] = [True, False]
    given = delivered(state, "frontline_enforcement_course")
    made, shelf = given.donor == 0, given.donor == 1
    assert given.fit[shelf] == pytest.approx(P.modalities.off_the_shelf_fit * given.fit[made])
    assert given.cost[shelf].sum() == pytest.approx(
        (1 - P.modalities.off_the_shelf_saving) * given.cost[made].sum()
    )


def test_a_donor_off_the_shelf_buys_more_events_with_the_same_money() -> None:
    def events(tailored: bool) -> tuple[float, float]:
        state = region(donors=1, parameters=[assumed(donors={"experts_events_per_quarter": 500.0})])
        state.donors.tailored[:] = tailored
        weeks(state, 52)
        spent = float(state.activities.col("cost").sum())
        assert spent + state.donors.balance.sum() == pytest.approx(1200.0)
        return spent, len(np.unique(state.activities.col("activity")))

    assert events(False)[1] >= events(True)[1]


def test_a_partner_teaches_as_many_events_as_it_offers_for_less() -> None:
    state = region(donors=2)
    before = delivered(state, "commodity_identification_training")
    state.compiled.pool[0, IDENTIFICATION] = QUARTERS * 1.0
    after = delivered(state, "commodity_identification_training")
    m = P.modalities
    # One of two events in the quarter, shared between the donors.
    assert after.cost.sum() == pytest.approx((1 - 0.5 * (1 - m.partner_cost)) * before.cost.sum())
    assert after.fit == pytest.approx((1 - 0.5 * (1 - m.partner_fit)) * before.fit)
    state.compiled.pool[0, IDENTIFICATION] = QUARTERS * 9.0
    assert delivered(state, "commodity_identification_training").cost.sum() == pytest.approx(
        m.partner_cost * before.cost.sum()
    )
    for other in ("commodity_reference_tools", "identification_e_learning", "licensing_officer_course"):
        assert (delivered(state, other).fit == 1.0).all()
    assert (delivered(state, "commodity_identification_training", country=1).fit == 1.0).all()


def visits(state: State, first: str, second: str, people_a_year: float) -> Any:
    ids = state.holders.ids
    one, other = ids.index(first), ids.index(second)
    state.compiled.exchange_from = np.array([one, other])
    state.compiled.exchange_to = np.array([other, one])
    state.compiled.exchange_people = np.full(2, people_a_year)
    return one, other


def test_visits_teach_practices_to_whom_is_behind_in_them() -> None:
    state = region(donors=0)
    one, other = visits(state, "A/customs_headquarters", "B/customs_headquarters", 3.0)
    state.holders.captured[one, COORDINATION, 1] = 0.5
    state.holders.captured[other, COORDINATION, 1] = 0.1
    state.holders.captured[[one, other], IDENTIFICATION, 1] = 0.2
    dose = exchanged(state)
    size = people(state)[other]
    assert dose[other, COORDINATION, 1] == pytest.approx(P.capacity.gain_per_seat * 3.0 / size * 0.4)
    assert not dose[one, COORDINATION].any()
    assert not dose[:, IDENTIFICATION].any()
    assert not dose[:, :, [0, 2, 3]].any()


def test_visits_teach_what_both_do_only() -> None:
    state = region(donors=0)
    one, other = visits(state, "A/customs_headquarters", "B/law_enforcement", 3.0)
    state.holders.captured[one, :, 1] = 0.9 * state.holders.uses[one]
    assert np.flatnonzero(exchanged(state)[other].any(axis=1)).tolist() == [COORDINATION]


def test_small_doses_load_their_hosts_less() -> None:
    given = {}
    for name in ("identification_webinar", "commodity_identification_training"):
        one = region(donors=0)
        posts = [h for h in range(one.holders.n) if one.holders.ids[h] == "A/customs_headquarters"]
        for group in range(6):
            programme(one, name, posts, 4.0, group=group)
        weeks(one, 1)
        given[name] = absorbed(one, of_programmes(one, people(one)))
    assert (given["commodity_identification_training"] < 1).all()
    assert (given["identification_webinar"] == 1).all()
