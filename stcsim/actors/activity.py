"""The activity catalogue: what a capacity-building programme can deliver.

An activity raises named components of one or more competences of the holders that attend. Modality, seats,
cost and dose are data; what becomes of a dose is the capacity process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Modality = Literal["in_person", "workshop", "equipment", "consultation", "e_learning", "outreach"]


@dataclass(frozen=True)
class Activity:
    """One kind of activity.

    Parameters
    ----------
    name : identifier
    pillar : core area of assistance
    competences : competences it raises; a course covers several, the dose is shared out
    components : weights of knowledge, practices, skills, tools, shape (4,)
    modality : how it is delivered
    audiences : roles (agency roles, partner kinds or ``post``) that it suits
    cost_factor : cost relative to the register's cost of an event (of a set of equipment for ``equipment``)
    hours : hours of each participant
    """

    name: str
    pillar: str
    competences: tuple[str, ...]
    components: tuple[float, float, float, float]
    modality: Modality
    audiences: tuple[str, ...]
    cost_factor: float = 1.0
    hours: float = 32.0


_KS = (1.0, 0.3, 1.0, 0.0)
_K = (1.0, 0.2, 0.3, 0.0)
_P = (0.3, 1.0, 0.3, 0.0)
_T = (0.0, 0.0, 0.2, 1.0)
_POST = ("post", "border_guard", "stretch")
_HQ = ("customs_headquarters", "law_enforcement", "intelligence")

CATALOGUE: tuple[Activity, ...] = (
    Activity(
        "legal_gap_analysis",
        "legal_regulatory",
        ("legal_framework",),
        _K,
        "consultation",
        ("legislature", "trade_ministry", "licensing_authority", "foreign_affairs"),
        0.8,
        40,
    ),
    Activity(
        "regulatory_drafting_workshop",
        "legal_regulatory",
        ("legal_framework",),
        _P,
        "workshop",
        ("trade_ministry", "licensing_authority", "regulator", "prosecutor"),
        0.9,
        32,
    ),
    Activity(
        "prosecutor_seminar",
        "legal_regulatory",
        ("legal_framework", "investigation"),
        _KS,
        "workshop",
        ("prosecutor", "law_enforcement"),
        0.9,
        24,
    ),
    Activity(
        "licensing_officer_course",
        "licensing",
        ("licensing_review",),
        _KS,
        "in_person",
        ("licensing_authority",),
        1.0,
        40,
    ),
    Activity(
        "licensing_procedures_advice",
        "licensing",
        ("licensing_review",),
        _P,
        "consultation",
        ("licensing_authority",),
        0.8,
        40,
    ),
    Activity(
        "licensing_software",
        "licensing",
        ("licensing_review",),
        _T,
        "equipment",
        ("licensing_authority",),
        1.5,
        24,
    ),
    Activity(
        "end_use_verification_course",
        "licensing",
        ("end_use_verification",),
        _KS,
        "in_person",
        ("licensing_authority", "intelligence", "technical_authority"),
        1.0,
        32,
    ),
    Activity(
        "end_use_visit_practice",
        "licensing",
        ("end_use_verification",),
        _P,
        "consultation",
        ("licensing_authority", "technical_authority"),
        1.0,
        32,
    ),
    Activity(
        "risk_targeting_course",
        "enforcement",
        ("risk_targeting",),
        _KS,
        "in_person",
        ("customs_headquarters", "post"),
        1.0,
        32,
    ),
    Activity(
        "risk_management_system",
        "enforcement",
        ("risk_targeting",),
        _T,
        "equipment",
        ("customs_headquarters", "post"),
        1.5,
        24,
    ),
    Activity(
        "risk_profile_practice",
        "enforcement",
        ("risk_targeting",),
        _P,
        "workshop",
        ("customs_headquarters", "post"),
        0.9,
        24,
    ),
    Activity(
        "commodity_identification_training",
        "enforcement",
        ("commodity_identification",),
        _KS,
        "in_person",
        ("post", "customs_headquarters", "technical_authority", "defence", "regulator"),
        1.0,
        24,
    ),
    Activity(
        "commodity_reference_tools",
        "enforcement",
        ("commodity_identification",),
        _T,
        "equipment",
        ("post", "customs_headquarters", "technical_authority"),
        0.7,
        16,
    ),
    Activity(
        "identification_procedures",
        "enforcement",
        ("commodity_identification",),
        _P,
        "workshop",
        ("post", "customs_headquarters"),
        0.8,
        24,
    ),
    Activity(
        "inspection_techniques_course", "enforcement", ("inspection",), _KS, "in_person", _POST, 1.0, 32
    ),
    Activity("detection_equipment", "enforcement", ("inspection",), _T, "equipment", _POST, 1.0, 16),
    Activity(
        "inspection_procedures",
        "enforcement",
        ("inspection", "commodity_identification"),
        _P,
        "workshop",
        _POST,
        0.9,
        24,
    ),
    Activity(
        "frontline_enforcement_course",
        "enforcement",
        ("commodity_identification", "inspection", "risk_targeting"),
        _KS,
        "in_person",
        ("post", "customs_headquarters"),
        1.1,
        40,
    ),
    Activity(
        "investigation_course",
        "enforcement",
        ("investigation",),
        _KS,
        "in_person",
        (*_HQ, "prosecutor"),
        1.0,
        40,
    ),
    Activity(
        "case_management_practice",
        "enforcement",
        ("investigation",),
        _P,
        "consultation",
        ("law_enforcement", "prosecutor"),
        0.9,
        32,
    ),
    Activity(
        "forensic_tools",
        "enforcement",
        ("investigation",),
        _T,
        "equipment",
        ("law_enforcement", "intelligence"),
        1.0,
        24,
    ),
    Activity(
        "industry_outreach_course",
        "government_industry",
        ("industry_outreach",),
        _KS,
        "workshop",
        ("licensing_authority", "trade_ministry"),
        0.9,
        24,
    ),
    Activity(
        "outreach_materials",
        "government_industry",
        ("industry_outreach",),
        _T,
        "equipment",
        ("licensing_authority", "trade_ministry"),
        0.4,
        8,
    ),
    Activity(
        "compliance_programme_guidance",
        "government_industry",
        ("industry_outreach",),
        _P,
        "consultation",
        ("licensing_authority", "trade_ministry"),
        0.8,
        24,
    ),
    Activity(
        "interagency_seminar",
        "interagency_international",
        ("coordination",),
        _KS,
        "workshop",
        (
            "licensing_authority",
            "trade_ministry",
            "customs_headquarters",
            "intelligence",
            "law_enforcement",
            "prosecutor",
            "border_guard",
            "foreign_affairs",
            "defence",
            "technical_authority",
            "regulator",
        ),
        0.9,
        24,
    ),
    Activity(
        "joint_procedures_exercise",
        "interagency_international",
        ("coordination",),
        _P,
        "workshop",
        ("licensing_authority", "customs_headquarters", "intelligence", "law_enforcement", "foreign_affairs"),
        1.1,
        32,
    ),
    Activity(
        "secure_communication",
        "interagency_international",
        ("coordination",),
        _T,
        "equipment",
        ("licensing_authority", "customs_headquarters", "intelligence", "law_enforcement"),
        0.8,
        8,
    ),
    Activity(
        "firm_outreach_seminar",
        "government_industry",
        (),
        (0.0, 0.0, 0.0, 0.0),
        "outreach",
        ("firms",),
        0.3,
        8,
    ),
    Activity(
        "meeting_without_content",
        "interagency_international",
        (),
        (0.0, 0.0, 0.0, 0.0),
        "workshop",
        (),
        0.5,
        16,
    ),
)
"""Kinds of activity. ``meeting_without_content`` is the placebo of the evidence tests."""

ACTIVITY: dict[str, Activity] = {a.name: a for a in CATALOGUE}
