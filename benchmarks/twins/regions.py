"""Regions of any size: for the rows that ask how time and memory grow with what."""

from __future__ import annotations

import json
from typing import Any

from stcsim.scenario.spec import ScenarioSpec

AGENCIES = {
    "licensing_authority": 12.0,
    "customs_headquarters": 16.0,
    "intelligence": 12.0,
    "law_enforcement": 14.0,
    "prosecutor": 5.0,
    "foreign_affairs": 4.0,
    "technical_authority": 6.0,
    "border_guard": 16.0,
    "trade_ministry": 6.0,
}
POSTS = 4
"""Checkpoints of a country where nothing else is asked for."""
STANDARD = 4
"""Countries where nothing else is asked for."""


def region(
    *,
    countries: int = STANDARD,
    posts: int = POSTS,
    firms: int = 2_000,
    declarations: float = 4e6,
    inspectors: float = 20.0,
    weeks: int = 26,
    warm_up: int = 4,
) -> ScenarioSpec:
    """Return a region of like countries with two networks.

    Parameters
    ----------
    countries : each with nine agencies
    posts : checkpoints of each
    firms : of all countries
    declarations : a year, of all posts
    inspectors : of each post
    """
    made: list[dict[str, Any]] = [
        {
            "id": f"C{i:03d}",
            "supply": 1.0,
            "agencies": [{"role": role, "staff": staff} for role, staff in AGENCIES.items()],
            "checkpoints": [
                {
                    "kind": "sea",
                    "count": posts,
                    "traffic": declarations / countries / posts,
                    "inspectors": inspectors,
                }
            ],
            "firms": [{"firm_class": "sme", "count": firms // countries}],
        }
        for i in range(countries)
    ]
    networks = [{"id": "north", "home": "C000"}, {"id": "south", "home": made[-1]["id"]}]
    time = {"warm_up_weeks": warm_up, "counted_weeks": weeks}
    raw = {"name": "region", "time": time, "countries": made, "networks": networks}
    return ScenarioSpec.model_validate_json(json.dumps(raw))
