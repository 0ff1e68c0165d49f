"""The challenges that mechanisms answer: what each is, the scenario that shows it, the outcomes to look at.

The first group is what practitioners of enforcement name, the second what stands in the way of engaging with
each other, the third what befalls the whole ecosystem. A mechanism claims to answer a challenge; whether it
does is a result of the simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Challenge:
    """One challenge.

    Parameters
    ----------
    group : ``enforcement``, ``engagement`` or ``global``
    text : in one line
    scenario : file of the library that shows it
    outcomes : names of the outcomes to look at, the most telling first
    """

    group: str
    text: str
    scenario: str
    outcomes: tuple[str, ...]


def _group(name: str, rows: Mapping[str, tuple[str, str, tuple[str, ...]]]) -> dict[str, Challenge]:
    return {key: Challenge(name, *row) for key, row in rows.items()}


_ENFORCEMENT: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "competing_priorities": (
        "Strategic trade control competes with other priorities of customs",
        "competing_priorities",
        ("diversions", "licit_delay_mean"),
    ),
    "political_will": (
        "Political will is missing, in general and for catch-all controls",
        "new_system",
        ("political_will", "diversions"),
    ),
    "identifying_goods": (
        "Identifying and verifying strategic goods at the frontline",
        "training_without_equipment",
        ("detection_share", "idle_equipment"),
    ),
    "lack_of_intelligence": ("Lack of intelligence", "reference_region", ("list_hits", "diversions")),
    "evidence_of_violations": (
        "Sufficient evidence of violations is hard to acquire",
        "golden_triangle",
        ("convictions_per_seizure", "convictions", "chain_prosecute"),
    ),
    "intangible_transfers": (
        "Intangible transfers of technology are hard to monitor",
        "university_research",
        ("intangible_leaks",),
    ),
    "front_companies": (
        "End use and end users are hidden behind front companies",
        "third_country_rerouting",
        ("front_life_days", "diversions"),
    ),
    "awareness_and_training": (
        "Enforcement agencies lack awareness and training",
        "training_without_equipment",
        ("captured_capacity", "captured_share"),
    ),
    "cross_border_cooperation": (
        "Bilateral and regional cooperation falls short",
        "golden_triangle",
        ("frontline_within_90", "diversions"),
    ),
    "inconsistent_checkpoints": (
        "Checkpoints differ in how well they control",
        "transshipment_hub",
        ("consistency", "diversions"),
    ),
    "sme_compliance": (
        "Small and medium enterprises lack awareness and compliance",
        "sme_exporter",
        ("unintentional_violations", "awareness_sme"),
    ),
    "system_breakdown": (
        "A domestic control system breaks down",
        "system_breakdown",
        ("diversions", "licence_days_mean"),
    ),
    "exporter_classification": (
        "Customs have to check the exporter's classification",
        "chemical_sector",
        ("misclassifications_found", "misclassifications_released", "licit_detained"),
    ),
    "detention_clock": (
        "Power and time to detain are short",
        "transshipment_hub",
        ("diversions_released", "licit_detained_days"),
    ),
}
_ENGAGEMENT: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "conflicting_interests": (
        "Interests differ or conflict",
        "new_system",
        ("consensus_weeks", "diversions"),
    ),
    "unclear_roles": (
        "Roles are unclear, and overlap is seen as competition",
        "competing_priorities",
        ("cases_lost", "cases_worked_twice"),
    ),
    "no_coordinating_entity": (
        "No entity coordinates",
        "reference_region",
        ("path_length", "frontline_within_90"),
    ),
    "no_forum": ("No established forum exists", "reference_region", ("referral_days", "trust", "cases_lost")),
    "unknown_stakeholders": (
        "Less traditional stakeholders are unknown and left out",
        "university_research",
        ("recognition", "intangible_leaks"),
    ),
    "no_resources_to_take_part": (
        "Resources to take part are missing",
        "island_state",
        ("attendance_poorest", "captured_dispersion"),
    ),
    "false_forward_motion": (
        "Activity gives a false sense of forward motion",
        "donor_crowd",
        ("stat_events", "diversions"),
    ),
    "limits_of_convening": (
        "Convening costs time: when to leave stakeholders to their own work",
        "reference_region",
        ("coordination_hours", "licit_delay_mean"),
    ),
    "donor_duplication": (
        "Donors of one need duplicate while others stay unmet",
        "donor_crowd",
        ("duplication_share", "captured_per_thousand_usd"),
    ),
    "sustainment": (
        "What assistance leaves behind fades when it ends",
        "graduation",
        ("captured_after_aid", "idle_equipment"),
    ),
}
_GLOBAL: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "missing_law": (
        "The law does not reach what is traded, or enforcement does not follow the law",
        "new_system",
        ("stat_matrix_legal", "interdictions"),
    ),
    "emerging_technology": (
        "New technologies outrun control lists and are easy to get",
        "emerging_technology",
        ("technology_leaks", "list_lag_days"),
    ),
    "conflict_nearby": (
        "A conflict nearby gives cover and opens the border",
        "conflict_border",
        ("diversions_open_stretch", "diversions"),
    ),
    "rerouting": (
        "What one state stops goes by a third country",
        "third_country_rerouting",
        ("diversions_third_country", "diversions"),
    ),
}

CHALLENGES: Mapping[str, Challenge] = MappingProxyType(
    {
        **_group("enforcement", _ENFORCEMENT),
        **_group("engagement", _ENGAGEMENT),
        **_group("global", _GLOBAL),
    }
)
"""Every challenge by the identifier that `Mechanism.answers` uses."""
