"""Lists, procedures, technology: who is bound, who tells whom, and who pays."""

from __future__ import annotations

from dataclasses import replace

from stcsim.mechanisms.emerging_technology_playbook import EmergingTechnologyPlaybook
from stcsim.mechanisms.harmonised_lists import HarmonisedLists
from stcsim.mechanisms.harmonised_procedures import HarmonisedProcedures
from stcsim.mechanisms.public_private_partnership import PublicPrivatePartnership
from stcsim.structure.arrangements import Channel, Charge, Mandate, Programme, only
from tests.mechanisms.views import rich_view, strangers

VIEW = rich_view()


def test_who_keeps_a_list_adopts_the_regimes_and_sends_it_to_its_own_posts() -> None:
    found = list(HarmonisedLists().arrange(VIEW))
    # C has no licensing authority
    assert {(m.country, m.topic) for m in only(Mandate, found)} == {
        ("A", "harmonised_lists"),
        ("B", "harmonised_lists"),
    }
    channels = only(Channel, found)
    assert all(c.categories == {"lists"} and c.handling == {"open"} for c in channels)
    across = {(c.source, c.target) for c in channels if c.source[0] != c.target[0]}
    assert across == {
        ("A/licensing_authority", "B/licensing_authority"),
        ("B/licensing_authority", "A/licensing_authority"),
    }
    home = {c.target for c in channels if c.source == c.hub == "A/licensing_authority"}
    assert home == {"A/air", "A/land", "A/sea_1", "A/sea_2", "A/customs_headquarters"}


def test_one_country_alone_can_adopt_and_has_nobody_to_send_to() -> None:
    channels = only(Channel, HarmonisedLists(countries=("B",)).arrange(VIEW))
    assert {c.source for c in channels} == {"B/licensing_authority"}
    assert {c.target[0] for c in channels} == {"B"}
    assert HarmonisedLists(countries=("C",)).unmet(VIEW)


def test_procedures_go_between_headquarters_and_on_to_posts_and_need_two() -> None:
    found = list(HarmonisedProcedures().arrange(VIEW))
    channels = only(Channel, found)
    assert all(c.categories == {"procedures"} for c in channels)
    assert sum(c.source[0] != c.target[0] for c in channels) == 6
    assert sum(c.source[0] == c.target[0] for c in channels) == 3 * 4
    alone = HarmonisedProcedures(countries=("A",))
    assert list(alone.arrange(VIEW)) == []
    assert alone.unmet(VIEW)


def test_experts_that_the_authority_does_not_know_draft_nothing() -> None:
    found = list(EmergingTechnologyPlaybook().arrange(VIEW))
    experts = {c.payer for c in only(Charge, found) if c.payer.startswith("A/")}
    # regulator and defence are there, and nobody recognises their part
    assert experts == {"A/licensing_authority", "A/technical_authority", "A/university"}
    assert {m.country for m in only(Mandate, found)} == {"A", "B", "C"}
    assert EmergingTechnologyPlaybook().unmet(strangers(VIEW))


def test_the_playbook_of_one_countrys_experts_serves_all_that_share_it() -> None:
    # B has no technical authority; without partners its authority knows nobody with experts
    without = replace(VIEW, holders=tuple(h for h in VIEW.holders if h.country == "A" or h.kind != "partner"))
    found = list(EmergingTechnologyPlaybook(countries=("A", "B")).arrange(without))
    assert {m.country for m in only(Mandate, found)} == {"A", "B"}
    assert {c.payer for c in only(Charge, found) if c.payer.startswith("B/")} == {"B/licensing_authority"}
    assert EmergingTechnologyPlaybook(countries=("B",)).unmet(without)


def test_industry_pays_for_what_it_trains() -> None:
    found = list(PublicPrivatePartnership(countries=("A",)).arrange(VIEW))
    (programme,) = only(Programme, found)
    assert programme.payer == "A/industry_association"
    assert {"A/air", "A/customs_headquarters", "A/licensing_authority"} <= set(programme.targets)
    assert [(m.country, m.topic) for m in only(Mandate, found)] == [("A", "technology_watch")]
    assert not only(Mandate, PublicPrivatePartnership(watch=False).arrange(VIEW))


def test_a_partnership_needs_an_association_that_is_known() -> None:
    assert PublicPrivatePartnership().unmet(strangers(VIEW))
    without = replace(VIEW, holders=tuple(h for h in VIEW.holders if h.role != "industry_association"))
    assert PublicPrivatePartnership().unmet(without)
    assert list(PublicPrivatePartnership().arrange(without)) == []
