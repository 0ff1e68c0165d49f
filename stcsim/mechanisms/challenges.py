"""The challenges that mechanisms answer, each by a short identifier and one line.

The first group is what practitioners of enforcement name, the second what stands in the way of engaging with
each other. A mechanism claims to answer a challenge; whether it does is a result of the simulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ENFORCEMENT: Mapping[str, str] = MappingProxyType(
    {
        "competing_priorities": "Strategic trade control competes with other priorities of customs",
        "political_will": "Political will is missing, in general and for catch-all controls",
        "identifying_goods": "Identifying and verifying strategic goods at the frontline",
        "lack_of_intelligence": "Lack of intelligence",
        "evidence_of_violations": "Sufficient evidence of violations is hard to acquire",
        "intangible_transfers": "Intangible transfers of technology are hard to monitor",
        "front_companies": "End use and end users are hidden behind front companies",
        "awareness_and_training": "Enforcement agencies lack awareness and training",
        "cross_border_cooperation": "Bilateral and regional cooperation falls short",
        "inconsistent_checkpoints": "Checkpoints differ in how well they control",
        "sme_compliance": "Small and medium enterprises lack awareness and compliance",
        "system_breakdown": "A domestic control system breaks down",
        "exporter_classification": "Customs have to check the exporter's classification",
        "detention_clock": "Power and time to detain are short",
    }
)
"""Challenges of enforcement, by identifier."""

ENGAGEMENT: Mapping[str, str] = MappingProxyType(
    {
        "conflicting_interests": "Interests differ or conflict",
        "unclear_roles": "Roles are unclear, and overlap is seen as competition",
        "no_coordinating_entity": "No entity coordinates",
        "no_forum": "No established forum exists",
        "unknown_stakeholders": "Less traditional stakeholders are unknown and left out",
        "no_resources_to_take_part": "Resources to take part are missing",
        "false_forward_motion": "Activity gives a false sense of forward motion",
        "limits_of_convening": "Convening costs time: when to leave stakeholders to their own work",
    }
)
"""Challenges of engagement, by identifier."""

CHALLENGES: Mapping[str, str] = MappingProxyType({**ENFORCEMENT, **ENGAGEMENT})
"""Every challenge by the identifier that `Mechanism.answers` uses."""
