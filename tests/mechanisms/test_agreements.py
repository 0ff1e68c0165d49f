"""Agreements, laws, checks and donors: who is bound, and what is left to the law."""

from __future__ import annotations

from dataclasses import replace

from stcsim.mechanisms.donor_coordination import DonorCoordination
from stcsim.mechanisms.information_sharing_agreement import InformationSharingAgreement
from stcsim.mechanisms.legal_clearance import LegalClearance
from stcsim.mechanisms.post_shipment_checks import PostShipmentChecks
from stcsim.structure.arrangements import Channel, Charge, Checks, Mandate, Planning, Recognition, only
from tests.mechanisms.views import rich_view

VIEW = rich_view()


def channels(agreement: InformationSharingAgreement) -> list[Channel]:
    return only(Channel, agreement.arrange(VIEW))


def test_like_bodies_exchange_across_borders_and_nobody_else() -> None:
    found = channels(InformationSharingAgreement())
    # Customs and law enforcement in three countries, licensing and intelligence in two: C has neither.
    assert len(found) == 2 * (3 * 2) + 2 * (2 * 1)
    for c in found:
        u, v = VIEW.by_id[c.source], VIEW.by_id[c.target]
        assert u.role == v.role
        assert u.country != v.country


def test_two_countries_have_a_channel_each_way_for_each_role() -> None:
    found = channels(InformationSharingAgreement(countries=("A", "B")))
    assert len(found) == 2 * 4
    assert {(c.target, c.source) for c in found} == {(c.source, c.target) for c in found}


def test_one_country_alone_agrees_with_nobody() -> None:
    alone = InformationSharingAgreement(countries=("A",))
    assert list(alone.arrange(VIEW)) == []
    assert alone.unmet(VIEW)


def test_whether_items_on_nationals_flow_is_left_to_the_law() -> None:
    for c in channels(InformationSharingAgreement()):
        assert c.handling == {"open", "commercial", "own_national"}
    assert not only(Mandate, InformationSharingAgreement(no_undercut=False).arrange(VIEW))


def test_without_contact_points_only_those_exchange_that_know_each_other() -> None:
    agreement = InformationSharingAgreement(contact_points=False)
    assert {VIEW.by_id[c.source].role for c in channels(agreement)} == {"customs_headquarters"}
    assert not only(Recognition, agreement.arrange(VIEW))


def test_no_undercut_binds_every_country_that_signs() -> None:
    found = only(Mandate, InformationSharingAgreement(no_undercut=True, countries=("A", "C")).arrange(VIEW))
    assert {(m.country, m.topic) for m in found} == {("A", "no_undercut"), ("C", "no_undercut")}


def test_clearance_goes_only_where_the_law_restricts() -> None:
    found = only(Mandate, LegalClearance().arrange(VIEW))
    assert {(m.country, m.topic) for m in found} == {(c, "shares_data_on_nationals") for c in ("B", "C")}
    assert LegalClearance(countries=("A",)).unmet(VIEW)
    assert list(LegalClearance(countries=("A",)).arrange(VIEW)) == []


def test_checks_are_made_where_there_are_licences_to_check() -> None:
    unregulated = replace(
        VIEW, countries=tuple(replace(c, law={"export": c.id == "A"}) for c in VIEW.countries)
    )
    found = only(Checks, PostShipmentChecks().arrange(unregulated))
    assert {c.agency for c in found} == {"A/licensing_authority"}


def test_checks_of_both_kinds_and_none() -> None:
    both = only(Checks, PostShipmentChecks(countries=("A",), pre_licence_per_year=15.0).arrange(VIEW))
    assert {(c.kind, c.per_year) for c in both} == {("post_shipment", 40.0), ("pre_licence", 15.0)}
    assert list(PostShipmentChecks(per_year=0.0).arrange(VIEW)) == []


def test_refusal_has_a_consequence_only_when_asked() -> None:
    assert not only(Mandate, PostShipmentChecks(consequence=False).arrange(VIEW))
    assert {m.topic for m in only(Mandate, PostShipmentChecks().arrange(VIEW))} == {"refusal_has_consequence"}


def test_donors_plan_in_one_group_chaired_by_the_largest_unless_told() -> None:
    (plan,) = only(Planning, DonorCoordination().arrange(VIEW))
    assert plan.donors == ("donor_1", "donor_2", "donor_3")
    assert plan.chair == "donor_2"
    (told,) = only(Planning, DonorCoordination(chair="donor_3").arrange(VIEW))
    assert told.chair == "donor_3"
    # A chair that does not take part cannot chair.
    (without,) = only(
        Planning, DonorCoordination(chair="donor_3", donors=("donor_1", "donor_2")).arrange(VIEW)
    )
    assert without.chair == "donor_2"


def test_one_donor_does_not_coordinate() -> None:
    alone = DonorCoordination(donors=("donor_1",))
    assert list(alone.arrange(VIEW)) == []
    assert alone.unmet(VIEW)


def test_every_donor_bears_its_hours_and_the_chair_more() -> None:
    hours: dict[str, float] = {}
    for charge in only(Charge, DonorCoordination().arrange(VIEW)):
        hours[charge.payer] = hours.get(charge.payer, 0.0) + charge.hours_per_year
    assert hours == {"donor_1": 96.0, "donor_2": 396.0, "donor_3": 96.0}
