"""Liaison officers, monitoring by civil society, and a system that breaks down: what needs what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.engine.engine import Engine
from stcsim.mechanisms.civil_society_monitoring import CivilSocietyMonitoring
from stcsim.mechanisms.cross_sector_working_group import CrossSectorWorkingGroup
from stcsim.mechanisms.liaison_officers import LiaisonOfficers
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.structure.arrangements import Channel, Contact, Post, only
from tests.evidence.pairs import CLEARLY, Seed, standard_errors_away
from tests.mechanisms.views import UNRECOGNISED, rich_view, strangers
from tests.regions import Raw, at_once, raw_region, spec_of

PAIRS = 8


def test_warnings_go_only_to_who_knows_of_the_monitor_or_is_introduced() -> None:
    view = rich_view()
    channels = only(Channel, CivilSocietyMonitoring().arrange(view))
    assert channels
    assert all(view.recognises(c.target, c.source) for c in channels)
    assert not any(c.source.endswith("civil_society") for c in channels), "part of the unrecognised"
    assert "civil_society" in UNRECOGNISED
    alone = strangers(view)
    assert only(Channel, CivilSocietyMonitoring().arrange(alone)) == []
    introduced = only(Channel, CivilSocietyMonitoring(introduced=True).arrange(alone))
    assert {c.source for c in introduced} >= {"A/civil_society", "A/university"}


def test_officers_are_posted_with_the_host_and_reach_land_borders_only() -> None:
    wanted = list(LiaisonOfficers(countries=("A", "B")).arrange(rich_view()))
    assert {p.holder: p.staff for p in only(Post, wanted)} == {
        "A/customs_headquarters": 0.7,
        "A/technical_authority": 0.3,
        "B/customs_headquarters": 0.7,
        "B/licensing_authority": 0.3,
    }
    ends = {c.target for c in only(Channel, wanted) if c.source == "A/customs_headquarters"}
    assert ends == {"B/customs_headquarters", "B/land", "B/green"}
    # B has no technical authority: its licensing authority answers
    experts = {c.source for c in only(Channel, wanted) if c.answers}
    assert experts == {"A/technical_authority", "B/licensing_authority"}
    plain = LiaisonOfficers(countries=("A", "B"), border_offices=False, reach_back=False)
    assert len(only(Channel, plain.arrange(rich_view()))) == 2
    assert sum(p.staff for p in only(Post, plain.arrange(rich_view()))) == sum(
        p.staff for p in only(Post, wanted)
    )


def test_firms_of_the_sector_get_a_contact_where_an_agency_knows_their_association() -> None:
    view = rich_view()
    group = CrossSectorWorkingGroup(sectors=("electronics",), classes=("sme",))
    assert {c.group for c in only(Contact, group.arrange(view))} == {
        f"{c}/firms/sme_electronics" for c in "ABC"
    }
    assert list(group.arrange(strangers(view))) == []
    assert group.unmet(strangers(view))


def outcomes_of(raw: Raw, arms: list[tuple[Any, ...]], seeds: tuple[int, ...]) -> list[dict[str, Any]]:
    spec = spec_of(raw)
    engine = Engine.begin(spec, seeds).warm()
    blocks = list(range(len(seeds))) * len(arms)
    state = engine.branch(blocks, [a for a in arms for _ in seeds]).finish().state
    found = compute(Tables.of(spec, state))
    n = len(seeds)
    return [{k: v[i * n : (i + 1) * n] for k, v in found.items()} for i in range(len(arms))]


def test_reach_back_abroad_shortens_the_time_without_answers(seed_of: Seed) -> None:
    """The technical authority of A loses most of its staff; liaison officers bring answers from abroad."""
    raw = raw_region(counted=78)
    raw["shocks"] = {
        "system_breakdown": {
            "at_week": 8,
            "country": "A",
            "body": "technical_authority",
            "staff_lost": 0.9,
            "exchange_lost": 0.9,
            "recovery": 0.8,
        }
    }
    channel = at_once("frontline_channel")
    arms = [(), (channel,), (at_once("liaison_officers"), channel)]
    chosen = tuple(seed_of(f"breakdown/{i}") for i in range(PAIRS))
    none, home, abroad = (o["recovery_weeks"] for o in outcomes_of(raw, arms, chosen))
    assert (none > 0).all()
    assert standard_errors_away(abroad - none) < -CLEARLY
    assert standard_errors_away(abroad - home) < -CLEARLY


@pytest.mark.slow
def test_own_nationals_stay_at_home_where_the_law_says_so(seed_of: Seed) -> None:
    """Officers gain more at the frontline where both laws let data on nationals go."""
    gains = []
    for law in (False, True):
        raw = raw_region(counted=78)
        for country in raw["countries"]:
            country.setdefault("law", {})["shares_data_on_nationals"] = law
        chosen = tuple(seed_of(f"law/{i}") for i in range(PAIRS))
        without, with_ = outcomes_of(raw, [(), (at_once("liaison_officers"),)], chosen)
        gains.append(without["frontline_days_restricted"] - with_["frontline_days_restricted"])
    assert standard_errors_away(gains[0]) > CLEARLY
    assert standard_errors_away(gains[1] - gains[0]) > CLEARLY


@pytest.mark.parametrize("share", [0.02, 0.95])
def test_early_warnings_reach_agencies_where_these_recognise_the_monitor(share: float, seed_of: Seed) -> None:
    raw = raw_region(counted=52)
    raw["parameters"] = {
        "trust": {"recognition_partners": share},
        "information": {"civil_society_rate": 0.3},
    }
    chosen = tuple(seed_of(f"warnings/{i}") for i in range(4))
    without, with_ = outcomes_of(raw, [(), (at_once("civil_society_monitoring", introduced=False),)], chosen)
    gain = with_["early_warnings"].sum() - without["early_warnings"].sum()
    assert np.all(with_["early_warnings"] <= with_["early_warnings_raised"])
    assert gain > 10 if share > 0.5 else gain <= 2
