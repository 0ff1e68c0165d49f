"""The rival spends exactly the money it is given, and grows every holder of a role alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.mechanisms.additional_staff import AdditionalStaff
from stcsim.parameters import CostParameters
from stcsim.structure.arrangements import Charge, Post, merge, only
from tests.mechanisms.views import rich_view

VIEW = rich_view()
WAGES = {c.id: c.wage_level for c in VIEW.countries}
weight = st.floats(0.0, 1.0)


def money(mechanism: AdditionalStaff) -> float:
    return sum(a.thousand_usd_per_year for a in only(Charge, mechanism.arrange(VIEW)))


@given(st.floats(1.0, 1e5), weight, weight, weight, st.floats(0.01, 1.0))
def test_the_whole_sum_is_spent(total: float, w1: float, w2: float, w3: float, w4: float) -> None:
    mechanism = AdditionalStaff(
        thousand_usd_per_year=total, inspectors=w1, licensing_officers=w2, investigators=w3, analysts=w4
    )
    assert money(mechanism) == pytest.approx(total, rel=1e-9)


def test_every_post_costs_what_such_staff_costs_there() -> None:
    found = merge(AdditionalStaff().arrange(VIEW))
    costs = VIEW.staff_costs
    price = {
        "inspector": costs.inspector,
        "licensing_officer": costs.officer,
        "investigator": costs.investigator,
        "analyst": costs.analyst,
    }
    charged = {(a.payer, a.reason.split(": ")[1]): a.thousand_usd_per_year for a in only(Charge, found)}
    posts = only(Post, found)
    assert len(posts) == len(charged)
    for post in posts:
        wage = WAGES[VIEW.by_id[post.holder].country]
        assert charged[post.holder, post.role] == pytest.approx(post.staff * price[post.role] * wage)


def test_dearer_staff_is_less_staff_for_the_same_money() -> None:
    dear = replace(VIEW, staff_costs=CostParameters(inspector=80.0))
    mechanism = AdditionalStaff(licensing_officers=0.0, investigators=0.0, analysts=0.0)
    few, many = (sum(p.staff for p in only(Post, mechanism.arrange(v))) for v in (dear, VIEW))
    assert few == pytest.approx(many / 2)


def test_staff_of_one_role_grows_by_one_share_everywhere() -> None:
    posts = only(Post, AdditionalStaff().arrange(VIEW))
    for role in ("inspector", "licensing_officer", "investigator", "analyst"):
        growth = {round(p.staff / VIEW.by_id[p.holder].staff, 12) for p in posts if p.role == role}
        assert len(growth) == 1, role


def test_roles_get_money_by_weight() -> None:
    mechanism = AdditionalStaff(inspectors=0.6, licensing_officers=0.0, investigators=0.3, analysts=0.1)
    by_role: dict[str, float] = {}
    for a in only(Charge, mechanism.arrange(VIEW)):
        by_role[a.reason] = by_role.get(a.reason, 0.0) + a.thousand_usd_per_year
    assert by_role == {
        "additional_staff: inspector": pytest.approx(300.0),
        "additional_staff: investigator": pytest.approx(150.0),
        "additional_staff: analyst": pytest.approx(50.0),
    }


def test_money_for_a_role_that_nobody_plays_goes_to_the_others() -> None:
    # Country C has no licensing authority.
    mechanism = AdditionalStaff(countries=("C",))
    assert money(mechanism) == pytest.approx(500.0)
    assert "licensing_officer" not in {p.role for p in only(Post, mechanism.arrange(VIEW))}


def test_only_listed_countries_hire() -> None:
    posts = only(Post, AdditionalStaff(countries=("B",)).arrange(VIEW))
    assert {VIEW.by_id[p.holder].country for p in posts} == {"B"}


def test_twice_the_money_is_twice_the_staff() -> None:
    def staff(total: float) -> float:
        return sum(p.staff for p in only(Post, AdditionalStaff(thousand_usd_per_year=total).arrange(VIEW)))

    assert staff(1000.0) == pytest.approx(2 * staff(500.0))
    assert staff(0.0) == 0.0


def test_somebody_has_to_be_hired() -> None:
    with pytest.raises(ValueError, match="all weights of roles are zero"):
        AdditionalStaff(inspectors=0.0, licensing_officers=0.0, investigators=0.0, analysts=0.0)
