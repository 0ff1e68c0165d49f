"""Each mechanism moves what it should by its route, and costs something; paired runs of 24 seeds."""

from __future__ import annotations

import pytest

from stcsim.engine.engine import Arm
from stcsim.mechanisms import MECHANISMS
from tests.evidence.pairs import CLEARLY, Seed, effect, seeds, standard_errors_away
from tests.regions import at_once

UP, DOWN = 1, -1
MOVES: dict[str, dict[str, int]] = {
    "additional_staff": {
        "licence_days_mean": DOWN,
        "unintentional_violations": DOWN,
        "licit_detained": UP,
    },
    "after_action_reporting": {"captured_per_thousand_usd": UP, "competence": UP},
    "capacity_capture": {"captured_share": UP, "captured_frontline": UP, "competence": UP},
    "civil_society_monitoring": {"early_warnings": UP, "early_warnings_raised": UP, "recognition": UP},
    "conferences": {"recognition": UP, "trust": UP, "stat_items_from_abroad": UP, "attendance_poorest": DOWN},
    "coordinating_entity": {
        "stat_items_shared": UP,
        "frontline_within_90": UP,
        "frontline_days_restricted": DOWN,
        "licit_false_hits": UP,
    },
    "cross_sector_working_group": {
        "interdictions_report": UP,
        "competence_enforcement": UP,
        "awareness_sme": UP,
        "evasion": UP,
    },
    "disclosure_policy": {"stat_disclosures": UP, "evasion": UP},
    "donor_coordination": {"duplication_share": DOWN, "stat_people_trained": UP},
    "ecosystem_mapping": {"recognition": UP, "captured_capacity": UP, "captured_per_thousand_usd": UP},
    "engagement_plan": {"gaps_closed": UP, "gaps_left": DOWN, "recognition": UP, "trust": UP},
    "financial_planning": {
        "upkeep_funded": UP,
        "use_funded": UP,
        "captured_share": UP,
        "captured_capacity": UP,
    },
    "emerging_technology_playbook": {"list_lag_days": DOWN, "diversions_unlisted": DOWN},
    "frontline_channel": {
        "frontline_within_90": UP,
        "frontline_days_restricted": DOWN,
        "list_hits": UP,
        "evasion": DOWN,
        "interdictions": UP,
        "licit_false_hits": UP,
    },
    "harmonised_lists": {"list_lag_days": DOWN, "newest_list_share": UP, "loophole_transfers": DOWN},
    "harmonised_procedures": {"licit_border_days": DOWN, "consistency": UP},
    "industry_outreach": {
        "awareness_sme": UP,
        "unintentional_violations": DOWN,
        "intangible_leaks_firms": DOWN,
        "licence_days_mean": UP,
        "evasion": UP,
    },
    "information_sharing_agreement": {
        "stat_items_shared": UP,
        "recognition": UP,
        "licit_border_days": DOWN,
        "frontline_days_restricted": DOWN,
        "unread_share": UP,
    },
    "interagency_working_group": {
        "trust": UP,
        "recognition": UP,
        "stat_items_shared": UP,
        "frontline_days_restricted": DOWN,
        "referral_days": DOWN,
    },
    "joint_events": {"recognition": UP, "trust_untied": UP, "identity": UP, "stat_items_shared": UP},
    "leadership_engagement": {"political_will": UP, "captured_share": UP, "licit_detained": UP},
    "liaison_officers": {
        "frontline_days_restricted": DOWN,
        "licit_border_days": DOWN,
        "consistency": UP,
        "list_hits": UP,
        "stat_items_shared": UP,
        "unread_share": UP,
        "licit_false_hits": UP,
    },
    "legal_clearance": {"stat_items_shared": UP},
    "joint_targeting_unit": {
        "frontline_within_90": UP,
        "list_hits": UP,
        "interdictions_checkpoint": UP,
        "referral_days": DOWN,
        "cases_lost": DOWN,
    },
    "law_enforcement_cooperation": {
        "convictions": UP,
        "convictions_per_seizure": UP,
        "chain_prosecute": UP,
        "diversions": DOWN,
    },
    "licence_data_link": {
        "licit_detained": DOWN,
        "licensed_share": UP,
        "evasion": DOWN,
        "licence_days_mean": UP,
    },
    "licence_tiers": {"stat_licences": DOWN, "licensing_burden": DOWN, "licensed_share": UP},
    "legislative_reform": {
        "interdictions_checkpoint": UP,
        "diversions_third_country": DOWN,
        "licit_detained_days": UP,
    },
    "participation_support": {"attendance_poorest": UP, "captured_dispersion": DOWN, "captured_capacity": UP},
    "placebo_meetings": {"coordination_hours_meetings": UP, "licence_days_mean": UP},
    "post_shipment_checks": {
        "checks_unfavourable": UP,
        "interdictions_prelicence": UP,
        "diversions": DOWN,
        "diversions_undiscovered": DOWN,
    },
    "public_private_partnership": {
        "list_lag_days": DOWN,
        "cost_industry": UP,
        "stat_people_trained": UP,
    },
    "equipment_donation": {
        "upkeep_funded": UP,
        "competence_enforcement": UP,
        "cost_donor": UP,
    },
    "online_learning": {
        "stat_people_trained": UP,
        "awareness_sme": UP,
        "competence": UP,
    },
    "peer_exchange": {"practices_gap": DOWN, "trust": UP, "captured_agencies": UP},
    "pre_training_assessment": {
        "captured_capacity": UP,
        "captured_per_thousand_usd": UP,
        "coordination_hours_assessment": UP,
    },
    "train_the_trainer": {
        "institutionalised": UP,
        "own_trainers": UP,
        "competence_enforcement": UP,
        "coordination_hours_duties": UP,
    },
    "training_partnership": {
        "cost_donor": DOWN,
        "captured_per_participant_in_person": DOWN,
        "coordination_hours_duties": UP,
    },
    "training_programme": {
        "captured_frontline": UP,
        "competence_enforcement": UP,
        "licit_detained": DOWN,
        "cost_donor": UP,
    },
}
"""What has to move, and which way: the route's own stock or flow, side effects, and what they lead to."""


SAVES = {"training_partnership"}
"""What costs those who do it, and saves others more."""


def arm(name: str) -> Arm:
    return (at_once(name),)


def test_every_mechanism_is_asked() -> None:
    assert set(MOVES) == set(MECHANISMS)


@pytest.mark.parametrize("name", MOVES)
def test_it_moves_what_it_should_by_its_route_and_costs_something(name: str, seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    found = {o: standard_errors_away(effect(arm(name), o, chosen)) for o in MOVES[name]}
    assert {o: round(t, 1) for o, t in found.items() if t * MOVES[name][o] < CLEARLY} == {}
    if name not in SAVES:
        spent = effect(arm(name), "total_cost", chosen)
        assert (spent > 0).all()
        assert standard_errors_away(spent) > 10
    # staff is bought with money alone, and donors' own hours are money
    if name not in ("additional_staff", "donor_coordination"):
        # where a country has no partner that it recognises, nobody's hours are spent
        enough = CLEARLY if name == "training_partnership" else 10
        assert standard_errors_away(effect(arm(name), "coordination_hours", chosen)) > enough


def test_all_together_fewer_illicit_transfers_are_completed(seed_of: Seed) -> None:
    """The system as a whole can do something about them, and honest trade pays a part of it."""
    every = tuple(at_once(name) for name in MECHANISMS if name != "placebo_meetings")
    assert standard_errors_away(effect(every, "diversions", seeds(seed_of))) < -5
    assert standard_errors_away(effect(every, "licit_false_hits", seeds(seed_of))) > 5
