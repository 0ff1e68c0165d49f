"""Each mechanism moves what it should by its route, and costs something; paired runs of 24 seeds.

Partners are known to those who should know them: a mechanism that nobody could take part in does and costs
nothing, and how often that is so is drawn, seed by seed. Networks try often, so that what is rare is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pytest

from stcsim.engine.engine import Arm
from stcsim.mechanisms import MECHANISMS
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.spec import ScenarioSpec
from tests.evidence.pairs import CLEARLY, F8, Seed, seeds, standard_errors_away
from tests.regions import at_once, compared, raw_region, spec_of

UP, DOWN = 1, -1
MOVES: dict[str, dict[str, int]] = {
    "additional_staff": {
        "licence_days_mean": DOWN,
        "unintentional_violations": DOWN,
        "licit_detained": UP,
    },
    "after_action_reporting": {"captured_per_thousand_usd": UP, "competence": UP},
    "capacity_capture": {"captured_share": UP, "captured_frontline": UP, "competence": UP},
    "civil_society_monitoring": {"early_warnings": UP, "early_warnings_raised": UP},
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
    # people taught are not asked: the same money goes to more pillars, and advice on law teaches few
    "donor_coordination": {"duplication_share": DOWN, "requests_unmet": DOWN, "bodies_reached": UP},
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
STACK = 7
"""Mechanisms that are run in one stack, beside one baseline."""
NAMES = list(MOVES)
GROUPS = [NAMES[i : i + STACK] for i in range(0, len(NAMES), STACK)]


def arm(name: str) -> Arm:
    return (at_once(name),)


def region(counted: int, known: float) -> ScenarioSpec:
    """Return the region with busier networks and posts; a share of those who should know a partner do."""
    raw = raw_region(counted=counted)
    raw["parameters"] = {
        "trust": {"recognition_partners": known},
        "screening": {"false_hits_per_listing": 2.0},
    }
    for network in raw["networks"]:
        network["attempts"] = 120.0
    return spec_of(raw)


@lru_cache(maxsize=1)
def effects(names: tuple[str, ...], chosen: tuple[int, ...]) -> Mapping[str, Mapping[str, F8]]:
    """Return paired differences from the baseline, an outcome, a value a seed, by mechanism."""
    spec = region(104, known=1.0)
    state = compared(spec, chosen, [(), *(arm(name) for name in names)]).state
    found = {o: v.reshape(-1, len(chosen)) for o, v in compute(Tables.of(spec, state)).items()}
    return {name: {o: v[i] - v[0] for o, v in found.items()} for i, name in enumerate(names, 1)}


def test_every_mechanism_is_asked() -> None:
    assert set(MOVES) == set(MECHANISMS)


@pytest.mark.slow
@pytest.mark.parametrize("names", GROUPS, ids=[group[0] for group in GROUPS])
def test_each_moves_what_it_should_by_its_route_and_costs_something(names: list[str], seed_of: Seed) -> None:
    wrong: dict[str, dict[str, float]] = {}
    for name, found in effects(tuple(names), seeds(seed_of)).items():
        away = {o: standard_errors_away(found[o]) for o in {*MOVES[name], "total_cost", "coordination_hours"}}
        unmoved = {o: away[o] for o, sign in MOVES[name].items() if away[o] * sign < CLEARLY}
        if name not in SAVES and not (away["total_cost"] > 10 and (found["total_cost"] > 0).all()):
            unmoved["total_cost"] = away["total_cost"]
        # staff is bought with money alone, and donors' own hours are money
        if name not in ("additional_staff", "donor_coordination") and not away["coordination_hours"] > 10:
            unmoved["coordination_hours"] = away["coordination_hours"]
        if unmoved:
            wrong[name] = {o: round(t, 1) for o, t in unmoved.items()}
    assert wrong == {}


def test_watchers_are_introduced_where_nobody_knows_them(seed_of: Seed) -> None:
    chosen, spec = seeds(seed_of)[:8], region(26, known=0.0)
    state = compared(spec, chosen, [(), arm("civil_society_monitoring")]).state
    without, introduced = compute(Tables.of(spec, state))["recognition"].reshape(2, -1)
    assert (introduced > without).all()


def test_equipment_without_training_lies_idle(seed_of: Seed) -> None:
    """With the courses on it that the row above has, no more lies idle than did."""
    chosen, spec = seeds(seed_of)[:12], region(104, known=1.0)
    alone, taught = ((at_once("equipment_donation", training=t),) for t in (False, True))
    found = compute(Tables.of(spec, compared(spec, chosen, [(), alone, taught]).state))
    without, idle, used = found["idle_equipment"].reshape(3, -1)
    assert standard_errors_away(idle - without) > CLEARLY
    assert standard_errors_away(idle - used) > CLEARLY


@pytest.mark.slow
def test_all_together_fewer_illicit_transfers_are_completed(seed_of: Seed) -> None:
    """The system as a whole can do something about them, and honest trade pays a part of it."""
    every = tuple(at_once(name) for name in MECHANISMS if name != "placebo_meetings")
    chosen, spec = seeds(seed_of)[:8], region(78, known=1.0)
    found = compute(Tables.of(spec, compared(spec, chosen, [(), every]).state))
    transfers, hits = (np.diff(found[n].reshape(2, -1), axis=0) for n in ("diversions", "licit_false_hits"))
    assert standard_errors_away(transfers) < -5
    assert standard_errors_away(hits) > 5
