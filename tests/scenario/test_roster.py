"""Identities come from what is said, never from its order; what is open is filled from class and register."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from stcsim.actors.firm import AWARENESS, EXPORTS_PER_YEAR
from stcsim.errors import InputError
from stcsim.scenario.roster import roster
from stcsim.scenario.spec import ScenarioSpec

DATA: dict[str, Any] = {
    "name": "s",
    "countries": [
        {
            "id": "B",
            "agencies": [{"role": "customs_headquarters", "staff": 7}, {"id": "x", "role": "defence"}],
            "partners": [{"kind": "university"}],
            "checkpoints": [
                {"kind": "sea", "count": 11, "inspectors": 3, "competence": 0.7},
                {"id": "gate", "kind": "land"},
            ],
            "stretches": [{"kind": "green", "count": 2, "staff": 5}],
            "firms": [
                {"firm_class": "large", "count": 2},
                {"id": "mine", "firm_class": "sme", "count": 3, "awareness": 0.0, "exports_per_year": 0.0},
            ],
        },
        {"id": "A", "firms": [{"firm_class": "sme", "sector": "steel", "count": 0}]},
    ],
    "partners": [{"kind": "regional_centre"}, {"id": "m", "kind": "multilateral"}],
    "donors": [{"id": "z"}, {"id": "y"}],
    "networks": [{"id": "n2", "home": "A"}, {"id": "n1", "home": "B"}],
}


def spec(data: dict[str, Any]) -> ScenarioSpec:
    return ScenarioSpec.model_validate_json(json.dumps(data))


def test_identities_are_sorted_and_as_documented() -> None:
    found = roster(spec(DATA))
    assert [h.id for h in found.holders] == [
        "B/customs_headquarters",
        "B/gate",
        "B/green_1",
        "B/green_2",
        "B/sea_1",
        "B/sea_10",
        "B/sea_11",
        *(f"B/sea_{i}" for i in range(2, 10)),
        "B/university",
        "B/x",
        "intl/m",
        "intl/regional_centre",
    ]
    assert [g.id for g in found.firm_groups] == ["A/firms/sme_steel", "B/firms/large_general", "B/firms/mine"]
    assert [c.id for c in found.countries] == ["A", "B"]
    assert [d.id for d in found.donors] == ["y", "z"]
    assert [n.id for n in found.networks] == ["n1", "n2"]


def test_entries_say_what_the_scenario_says() -> None:
    found = roster(spec(DATA)).by_id
    sea, gate = found["B/sea_3"], found["B/gate"]
    assert (sea.kind, sea.role, sea.country, sea.staff, sea.competence) == ("post", "sea", "B", 3.0, 0.7)
    assert sea.path == "countries[0].checkpoints[0]"
    assert (gate.staff, gate.competence) == (None, None)
    green = found["B/green_2"]
    assert (green.kind, green.role, green.staff) == ("stretch", "green", 5.0)
    customs, centre = found["B/customs_headquarters"], found["intl/regional_centre"]
    assert (customs.kind, customs.role, customs.staff) == ("agency", "customs_headquarters", 7.0)
    assert (centre.kind, centre.role, centre.country) == ("partner", "regional_centre", "")


def test_firms_are_filled_from_class_and_parameters() -> None:
    data = {**DATA, "parameters": {"firms": {"icp_sme": 0.11, "icp_large": 0.77}}}
    steel, large, mine = roster(spec(data)).firm_groups
    assert (large.exports_per_year, large.awareness) == (EXPORTS_PER_YEAR["large"], AWARENESS["large"])
    assert (large.compliance_programme, steel.compliance_programme) == (0.77, 0.11)
    assert (mine.exports_per_year, mine.awareness) == (0.0, 0.0), "zero is a value"


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        entries = list(value.items())
        chance.shuffle(entries)
        return {k: shuffled(v, chance) for k, v in entries}
    if isinstance(value, list):
        return [shuffled(v, chance) for v in chance.sample(value, len(value))]
    return value


@pytest.mark.parametrize("seed", range(5))
def test_no_order_in_the_file_matters(seed: int) -> None:
    other = roster(spec(shuffled(DATA, random.Random(seed))))
    one = roster(spec(DATA))
    assert other.holders == one.holders
    assert other.firm_groups == one.firm_groups
    assert other.networks == one.networks


def test_equal_identities_are_refused() -> None:
    data = {"name": "s", "countries": [{"id": "A", "agencies": [{"role": "defence"}, {"role": "defence"}]}]}
    with pytest.raises(InputError, match="'A/defence' is taken by countries"):
        roster(spec(data))
