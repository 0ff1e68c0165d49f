"""The challenges that mechanisms answer: what each is, the scenario that shows it, the outcomes to look at.

The first group is what practitioners of enforcement name, the second what stands in the way of engaging with
each other, the third what befalls the whole ecosystem. A mechanism claims to answer a challenge; whether it
does is a result of the simulation.
"""

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
    outcomes : names of the outcomes to look at: first what the challenge itself is seen in, then what comes
        of it; the scenario, which asks more than this, has one of them at least among its few headlines
    elements : elements of the field in the page of evidence (``docs/evidence.md``) whose rows try it, or an
        answer to it
    """

    group: str
    text: str
    scenario: str
    outcomes: tuple[str, ...]
    elements: tuple[str, ...]


Row = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def _group(name: str, rows: Mapping[str, Row]) -> dict[str, Challenge]:
    return {key: Challenge(name, *row) for key, row in rows.items()}


_ENFORCEMENT: dict[str, Row] = {
    "competing_priorities": (
        "Strategic trade control competes with other priorities of customs",
        "competing_priorities",
        ("diversions", "licit_delay_mean"),
        ("C01",),
    ),
    "political_will": (
        "Political will is missing, in general and for catch-all controls",
        "new_system",
        ("political_will", "diversions"),
        ("C02",),
    ),
    "identifying_goods": (
        "Identifying and verifying strategic goods at the frontline",
        "training_without_equipment",
        ("detection_share", "idle_equipment"),
        ("C03",),
    ),
    "lack_of_intelligence": (
        "Lack of intelligence",
        "reference_region",
        ("list_hits", "diversions"),
        ("C04",),
    ),
    "evidence_of_violations": (
        "Sufficient evidence of violations is hard to acquire",
        "golden_triangle",
        ("convictions_per_seizure", "convictions", "chain_prosecute"),
        ("C05",),
    ),
    "intangible_transfers": (
        "Intangible transfers of technology are hard to monitor",
        "university_research",
        ("intangible_leaks",),
        ("C06",),
    ),
    "front_companies": (
        "End use and end users are hidden behind front companies",
        "third_country_rerouting",
        ("front_life_days", "diversions"),
        ("C07",),
    ),
    "awareness_and_training": (
        "Enforcement agencies lack awareness and training",
        "training_without_equipment",
        ("captured_frontline", "captured_capacity", "captured_share"),
        ("C08",),
    ),
    "cross_border_cooperation": (
        "Bilateral and regional cooperation falls short",
        "golden_triangle",
        ("frontline_within_90", "diversions"),
        ("C09",),
    ),
    "inconsistent_checkpoints": (
        "Checkpoints differ in how well they control",
        "transshipment_hub",
        ("consistency", "diversions"),
        ("C10",),
    ),
    "sme_compliance": (
        "Small and medium enterprises lack awareness and compliance",
        "sme_exporter",
        ("unintentional_violations", "awareness_sme"),
        ("C11",),
    ),
    "system_breakdown": (
        "A domestic control system breaks down",
        "system_breakdown",
        ("diversions", "licence_days_mean"),
        ("C12",),
    ),
    "exporter_classification": (
        "Customs have to check the exporter's classification",
        "chemical_sector",
        ("misclassifications_found", "misclassifications_released", "licit_detained"),
        ("C13",),
    ),
    "detention_clock": (
        "Power and time to detain are short",
        "transshipment_hub",
        ("diversions_released", "licit_detained_days"),
        ("C14",),
    ),
}
_ENGAGEMENT: dict[str, Row] = {
    "conflicting_interests": (
        "Interests differ or conflict",
        "new_system",
        ("consensus_weeks", "diversions"),
        ("G01",),
    ),
    "unclear_roles": (
        "Roles are unclear, and overlap is seen as competition",
        "competing_priorities",
        ("cases_lost", "cases_worked_twice"),
        ("G02",),
    ),
    "no_coordinating_entity": (
        "No entity coordinates",
        "reference_region",
        ("path_length", "frontline_within_90", "diversions"),
        ("G03",),
    ),
    "no_forum": (
        "No established forum exists",
        "competing_priorities",
        ("referral_days", "trust", "cases_lost"),
        ("G04",),
    ),
    "unknown_stakeholders": (
        "Less traditional stakeholders are unknown and left out",
        "university_research",
        ("recognition", "intangible_leaks"),
        ("G05",),
    ),
    "no_resources_to_take_part": (
        "Resources to take part are missing",
        "island_state",
        ("attendance_poorest", "captured_dispersion"),
        ("G06",),
    ),
    "false_forward_motion": (
        "Activity gives a false sense of forward motion",
        "donor_crowd",
        ("stat_events", "diversions"),
        ("G07",),
    ),
    "limits_of_convening": (
        "Convening costs time: when to leave stakeholders to their own work",
        "reference_region",
        ("coordination_hours", "licit_delay_mean"),
        ("G08",),
    ),
    "donor_duplication": (
        "Donors of one need duplicate while others stay unmet",
        "donor_crowd",
        ("duplication_share", "captured_per_thousand_usd"),
        ("D04", "D05"),
    ),
    "sustainment": (
        "What assistance leaves behind fades when it ends",
        "graduation",
        ("captured_after_aid", "upkeep_funded"),
        ("R03", "D13"),
    ),
}
_GLOBAL: dict[str, Row] = {
    "missing_law": (
        "The law does not reach what is traded, or enforcement does not follow the law",
        "new_system",
        ("stat_matrix_legal", "interdictions"),
        ("P01",),
    ),
    "emerging_technology": (
        "New technologies outrun control lists and are easy to get",
        "emerging_technology",
        ("technology_leaks", "list_lag_days"),
        ("E01",),
    ),
    "conflict_nearby": (
        "A conflict nearby gives cover and opens the border",
        "conflict_border",
        ("diversions_open_stretch", "diversions"),
        ("E05",),
    ),
    "rerouting": (
        "What one state stops goes by a third country",
        "third_country_rerouting",
        ("diversions_third_country", "diversions"),
        # of aligned procedures with liaison; that what is stopped here goes elsewhere is tried by no row
        ("K05",),
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
