"""Closed lists that every room shares: competences and pillars, items, handling, ways, fates, law, drives.

Order is part of the meaning (columns are indexed by it), so entries are only ever appended.
"""

from typing import Literal, get_args

Competence = Literal[
    "legal_framework",
    "licensing_review",
    "end_use_verification",
    "risk_targeting",
    "commodity_identification",
    "inspection",
    "investigation",
    "industry_outreach",
    "coordination",
]
COMPETENCES: tuple[str, ...] = get_args(Competence)

Pillar = Literal[
    "legal_regulatory", "licensing", "enforcement", "government_industry", "interagency_international"
]
PILLARS: tuple[str, ...] = get_args(Pillar)

PILLAR_OF: dict[str, str] = {
    "legal_framework": "legal_regulatory",
    "licensing_review": "licensing",
    "end_use_verification": "licensing",
    "risk_targeting": "enforcement",
    "commodity_identification": "enforcement",
    "inspection": "enforcement",
    "investigation": "enforcement",
    "industry_outreach": "government_industry",
    "coordination": "interagency_international",
}
"""The five core areas of assistance programmes, one for each competence."""

COMPONENTS: tuple[str, ...] = ("knowledge", "practices", "skills", "tools")
"""KPST, the index m of capacity columns."""

Category = Literal["networks", "parties", "lists", "licensing", "procedures"]
CATEGORIES: tuple[str, ...] = get_args(Category)
"""Information categories 1 to 5: networks and activities, parties, control lists, licensing, border
procedures."""

Handling = Literal["open", "commercial", "own_national", "originator_controlled"]
HANDLINGS: tuple[str, ...] = get_args(Handling)

WAYS: tuple[str, ...] = (
    "deceive_licensing",
    "unlicensed",
    "unaware_firm",
    "third_country",
    "open_stretch",
    "intangible",
    "after_delivery",
    "wait",
)
"""How a procurement network may answer an opportunity; ``wait`` lets it pass."""

FATES: tuple[str, ...] = (
    "in_process",
    "forgone",
    "refused",
    "stopped_prelicence",
    "interdicted_checkpoint",
    "stopped_report",
    "stopped_intelligence",
    "released_clock",
    "completed",
)
"""The one exhaustive list of what becomes of a consignment of interest."""

ORIGINS: tuple[str, ...] = ("adversary", "ignorance", "evasion")
"""Who caused a consignment of interest: a procurement network, a firm that did not know, a firm that did."""

LawTopic = Literal[
    "export",
    "reexport",
    "transit",
    "brokering",
    "intangible",
    "catch_all",
    "detention",
    "extension",
    "administrative_penalties",
    "criminal_penalties",
]
"""Controls and powers that a law on strategic trade may hold, in the order of its chapters."""
LAW_TOPICS: tuple[LawTopic, ...] = get_args(LawTopic)

Topic = Literal[
    LawTopic,
    "shares_data_on_nationals",
    "refusal_has_consequence",
    "role_definition",
    "no_undercut",
    "joint_protocol",
    "common_terms",
    "evidence_agreement",
    "extradition",
    "register_visible",
    "licence_tiers",
    "disclosure_credit",
    "harmonised_lists",
    "anticipates_technology",
    "technology_watch",
]
LAW: tuple[Topic, ...] = get_args(Topic)
"""Legal and procedural switches of a country; no rate, no probability."""

Drive = Literal[
    "attempts",
    "trade",
    "applications",
    "upkeep",
    "training_money",
    "staff",
    "will",
    "trust",
    "patrols",
    "hurry",
    "deterrence",
    "wariness",
    "passage",
    "transit",
]
DRIVES: tuple[Drive, ...] = get_args(Drive)
"""What a shock may strain: exogenous drives and resources.

``attempts``: potential attempts of networks at home there; ``trade``: declared consignments;
``applications``: the work that licence applications make; ``upkeep``, ``training_money``, ``staff``,
``patrols``: resources; ``will``: political will as it acts; ``trust``: clarity to which roles return;
``hurry``: what waiting for a licence costs firms; ``deterrence``: detection as firms believe in it;
``wariness``: risk that networks feel at the country's borders; ``passage``: odds of going over its open
stretches; ``transit``: odds of going through it on the way from elsewhere.
"""

FirmClass = Literal["large", "sme", "forwarder", "carrier", "broker", "research"]
FIRM_CLASSES: tuple[str, ...] = get_args(FirmClass)

Family = Literal[
    "cat_0_nuclear",
    "cat_1_materials",
    "cat_2_processing",
    "cat_3_electronics",
    "cat_4_computers",
    "cat_5_telecom",
    "cat_6_sensors",
    "cat_7_navigation",
    "cat_8_marine",
    "cat_9_aerospace",
    "military_list",
    "small_arms",
    "manpads",
]
FAMILIES: tuple[str, ...] = get_args(Family)


def family_words(family: str) -> str:
    """Return a family of goods for people: ``sensors (category 6)`` for ``cat_6_sensors``."""
    first, _, rest = family.partition("_")
    number, _, name = rest.partition("_")
    if first == "cat" and number.isdigit() and name:
        return f"{name.replace('_', ' ')} (category {number})"
    return family.replace("_", " ")


SEVERITY: dict[str, float] = {
    "cat_0_nuclear": 5.0,
    "cat_1_materials": 3.0,
    "cat_2_processing": 2.5,
    "cat_3_electronics": 1.5,
    "cat_4_computers": 1.0,
    "cat_5_telecom": 1.0,
    "cat_6_sensors": 2.0,
    "cat_7_navigation": 2.5,
    "cat_8_marine": 2.0,
    "cat_9_aerospace": 3.5,
    "military_list": 3.0,
    "small_arms": 2.0,
    "manpads": 5.0,
}
"""Weight of one completed transfer per item family; assumed, relative to a computer."""
