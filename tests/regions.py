"""Small regions for tests of the whole: three countries, a few hundred firms, 26 + 104 weeks.

A producer with mature controls, a hub whose law lets transit goods pass and keeps data on nationals at home,
and a state with weak controls next to them. Everything that the model has a process for occurs: posts of
several sizes, open stretches, firms of every class, donors with priorities, an international partner, a
standing channel, two networks that attempt often enough for two years to show something.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from stcsim.engine.engine import Arm, Engine
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.parameters import Parameters
from stcsim.scenario.spec import ScenarioSpec

Raw = dict[str, Any]

STAFF = {
    "licensing_authority": 12.0,
    "trade_ministry": 6.0,
    "customs_headquarters": 16.0,
    "intelligence": 12.0,
    "law_enforcement": 14.0,
    "prosecutor": 5.0,
    "foreign_affairs": 4.0,
    "technical_authority": 6.0,
    "border_guard": 16.0,
}

LIVELY: dict[str, dict[str, Any]] = {
    "civil_society_monitoring": {"introduced": True},
    "donor_coordination": {"shared_priorities": True},
    "information_sharing_agreement": {"no_undercut": True},
    "interagency_working_group": {"form": "shared"},
    "equipment_donation": {"training": True},
    "post_shipment_checks": {"pre_licence_per_year": 20.0},
}
"""Options to switch on, where the defaults leave some off, so that every part of a mechanism shows."""


def agencies(scale: float = 1.0, *, without: Sequence[str] = ()) -> list[Raw]:
    """Return a national apparatus: a body of each role that decides or enforces."""
    return [{"role": r, "staff": scale * s} for r, s in STAFF.items() if r not in without]


def raw_region(warm_up: int = 26, counted: int = 104) -> Raw:
    """Return the region as a scenario file would say it; a new object at each call, to be changed at will."""
    return {
        "name": "small_region",
        "time": {"warm_up_weeks": warm_up, "counted_weeks": counted},
        "countries": [
            {
                "id": "A",
                "will": 0.6,
                "competence": 0.62,
                "upkeep": 0.75,
                "funding": 0.8,
                "supply": 0.7,
                "agencies": [*agencies(1.5), {"role": "legislature", "staff": 3.0}],
                "partners": [
                    {"kind": "university"},
                    {"kind": "civil_society"},
                    {"kind": "industry_association"},
                ],
                "checkpoints": [
                    {"kind": "sea", "count": 2, "traffic": 300_000.0},
                    {"kind": "air", "traffic": 200_000.0},
                ],
                "firms": [
                    {"firm_class": "large", "count": 12},
                    {"firm_class": "sme", "count": 160, "sector": "machine_tools"},
                    {"firm_class": "research", "count": 8},
                ],
            },
            {
                "id": "B",
                "will": 0.4,
                "competence": 0.5,
                "upkeep": 0.5,
                "wage_level": 0.6,
                "supply": 0.2,
                "law": {"transit": False, "shares_data_on_nationals": False},
                "vulnerability": {"transit_flow": 0.6, "insider_share": 0.05},
                "agencies": agencies(),
                "partners": [{"kind": "media"}],
                "checkpoints": [
                    {"kind": "sea", "traffic": 400_000.0},
                    {"kind": "land", "traffic": 60_000.0},
                ],
                "stretches": [{"kind": "green", "patrols": 0.3}],
                "firms": [
                    {"firm_class": "sme", "count": 90},
                    {"firm_class": "forwarder", "count": 20},
                    {"firm_class": "broker", "count": 10},
                ],
            },
            {
                "id": "C",
                "will": 0.3,
                "competence": 0.3,
                "upkeep": 0.3,
                "wage_level": 0.3,
                "supply": 0.1,
                "law": {
                    "catch_all": False,
                    "extension": False,
                    "shares_data_on_nationals": False,
                    "evidence_abroad": "none",
                },
                "vulnerability": {"recruitable": 1.6},
                "agencies": agencies(0.6, without=("technical_authority",)),
                "checkpoints": [
                    {"kind": "land", "traffic": 30_000.0},
                    {"kind": "river", "traffic": 400.0, "inspectors": 1.0},
                ],
                "stretches": [{"kind": "blue_river"}],
                "firms": [{"firm_class": "sme", "count": 50}, {"firm_class": "carrier", "count": 5}],
            },
        ],
        "partners": [{"kind": "regional_centre"}],
        "donors": [
            {"id": "east", "priorities": [{"pillar": "enforcement"}, {"pillar": "licensing", "weight": 0.5}]},
            {"id": "west", "budget": 1500.0},
        ],
        "networks": [
            {"id": "north", "home": "B", "attempts": 60.0},
            {"id": "south", "home": "C", "attempts": 60.0, "wanted": ["cat_0_nuclear", "military_list"]},
        ],
        "channels": [
            {
                "source": "A/intelligence",
                "target": "B/intelligence",
                "mean_delay_days": 60.0,
                "both_ways": True,
                "handling": ["open", "own_national"],
            },
        ],
    }


def spec_of(raw: Raw) -> ScenarioSpec:
    """Return the scenario that a file with this content gives."""
    return ScenarioSpec.model_validate_json(json.dumps(raw))


def small_region(warm_up: int = 26, counted: int = 104, **parts: Any) -> ScenarioSpec:
    """Return the region with some of its parts (keys of the file) replaced."""
    return spec_of({**raw_region(warm_up, counted), **parts})


def at_once(name: str, **options: Any) -> Mechanism:
    """Return a mechanism with everything on that takes effect when it is decided."""
    chosen = {"lead_time": 0, **LIVELY.get(name, {}), **options}
    return MECHANISMS[name](**chosen)


def everything(**options: Any) -> Arm:
    """Return an arm of all mechanisms but the placebo, in force from the start."""
    return tuple(at_once(name, **options) for name in MECHANISMS if name != "placebo_meetings")


@lru_cache(maxsize=8)
def warmed(spec: ScenarioSpec, seeds: tuple[int, ...]) -> Engine:
    """Return an engine at the end of its warm-up; to be branched, never stepped (it is shared)."""
    return Engine.begin(spec, seeds).warm()


def compared(spec: ScenarioSpec, seeds: Iterable[int], arms: Sequence[Arm], **options: Any) -> Engine:
    """Return the finished stack of arms: run ``a * len(seeds) + s`` is arm `a` under seed `s`."""
    chosen = tuple(seeds)
    engine = warmed(spec, chosen)
    blocks = list(range(len(chosen))) * len(arms)
    return engine.branch(blocks, [a for a in arms for _ in chosen], **options).finish()


def changed(parameters: Parameters, **values: float) -> Parameters:
    """Return parameters with some values replaced: ``changed(p, **{"firms.margin": .3})``."""
    groups: dict[str, dict[str, Any]] = {}
    for path, value in values.items():
        group, name = path.split(".")
        groups.setdefault(group, {})[name] = value
    replaced = {g: getattr(parameters, g).model_copy(update=v) for g, v in groups.items()}
    return parameters.model_copy(update=replaced)


def eventful_region(warm_up: int = 13, counted: int = 39) -> Raw:
    """Return the region changed so that what is rare happens: for finding what has no effect.

    Networks try often, queues are loaded, verdicts come soon, one investigates in one state, another cannot
    detain, one could do without donors, one donor has more money than
    experts, both leave a country, a post has no tools, and shocks strike.
    """
    raw = raw_region(warm_up, counted)
    first, hub, last = raw["countries"]
    raw["parameters"] = {
        "licensing": {"load": 1.3},
        "cases": {"conviction_delay": 0.1, "disruption": 0.3},
        "donors": {
            "handover_years": 0.3,
            "candour_loss": 0.6,
            "assessment_memory": 0.6,
            "report_memory": 0.3,
            "report_insight": 0.9,
        },
    }
    first |= {"competence": 0.85, "upkeep": 0.95, "funding": 1.0}
    raw["donors"][0]["budget"] = 9000.0
    raw["networks"] = [
        {"id": "north", "home": "B", "attempts": 300.0},
        {"id": "south", "home": "C", "attempts": 300.0, "wanted": ["military_list"]},
        {"id": "usual", "home": "A"},
    ]
    for agency in hub["agencies"]:
        if agency["role"] == "law_enforcement":
            agency["staff"] = 1.0
    hub["partners"] = [{"kind": k} for k in ("media", "university", "civil_society", "industry_association")]
    last["law"]["detention"] = False
    last["checkpoints"][0]["equipment"] = 0.0
    first["vulnerability"] = {"recruitable": 4.0}
    hub["list_lag"] = 0.1
    first["stretches"] = [{"kind": "green", "patrols": 0.5}]
    raw["shocks"] = {
        "budget_cut": {"at_week": 20, "weeks": 8},
        "conflict": {"at_week": 26, "weeks": 8, "country": "C"},
        "donor_exit": {"at_week": 0, "country": "C", "upkeep_handed_over": True},
        "false_tip_wave": {"at_week": 1, "weeks": 8, "country": "A"},
        "new_technology": {"at_week": 0, "share": 0.4},
    }
    return raw
