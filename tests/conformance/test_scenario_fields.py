"""No dead field: what a scenario file says of actors, ties and shocks leaves a trace when it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from stcsim.actors.agency import AgencySpec
from stcsim.actors.channel import ChannelSpec
from stcsim.actors.checkpoint import CheckpointSpec, StretchSpec
from stcsim.actors.country import CountrySpec, LawSpec, VulnerabilitySpec
from stcsim.actors.donor import DonorSpec, PrioritySpec
from stcsim.actors.firm import FirmsSpec
from stcsim.actors.network import NetworkSpec
from stcsim.actors.partner import PartnerSpec
from stcsim.actors.relation import RelationSpec
from stcsim.engine.engine import Engine
from stcsim.shocks import SHOCKS
from stcsim.spec import Spec
from tests.footprint import footprint, moved
from tests.regions import Raw, eventful_region, everything, spec_of

Seed = Callable[[str], int]
NAMES = {"id", "name", "role", "kind"}
"""Fields for people and for reference; a role or kind is who it is."""
ROUNDS = 5
pytestmark = pytest.mark.slow
PLACES: dict[type[Spec], Callable[[Raw], list[Raw]]] = {
    CountrySpec: lambda raw: raw["countries"],
    LawSpec: lambda raw: [c.setdefault("law", {}) for c in raw["countries"]],
    VulnerabilitySpec: lambda raw: [c.setdefault("vulnerability", {}) for c in raw["countries"]],
    AgencySpec: lambda raw: [a for c in raw["countries"] for a in c["agencies"]],
    PartnerSpec: lambda raw: [p for c in raw["countries"] for p in c.get("partners", [])],
    CheckpointSpec: lambda raw: [p for c in raw["countries"] for p in c["checkpoints"]],
    StretchSpec: lambda raw: [s for c in raw["countries"] for s in c.get("stretches", [])],
    FirmsSpec: lambda raw: [f for c in raw["countries"] for f in c["firms"]],
    DonorSpec: lambda raw: raw["donors"],
    PrioritySpec: lambda raw: raw["donors"][0]["priorities"],
    NetworkSpec: lambda raw: raw["networks"],
    ChannelSpec: lambda raw: raw["channels"],
    RelationSpec: lambda raw: raw["relations"],
}
"""Where entries of each kind stand in a file."""
SHOCK: Raw = {"at_week": 2, "weeks": 20}
SHOCKED: dict[str, list[Any]] = {"country": ["B"], "post": ["B/sea"], "body": ["post"], "donor": ["east"]}
"""Other values for fields of shocks that tell none by themselves."""


def others(kind: type[BaseModel], name: str, held: Any) -> Iterator[Any]:
    """Yield other values that a field may have than the one it holds."""
    info = kind.model_fields[name]
    extra = info.json_schema_extra
    if isinstance(extra, dict) and "unit" in extra:
        low = next((m.ge for m in info.metadata if hasattr(m, "ge")), 0.0)
        high = next((m.le for m in info.metadata if hasattr(m, "le")), 1e3)
        whole = info.annotation is int or (
            isinstance(info.default, int) and not isinstance(info.default, float)
        )
        sweep = extra.get("sweep") or [low, min(high, 2.0 * (held or 1.0))]
        yield from ((int(v) if whole else float(v)) for v in sweep if v != held)
    elif info.annotation is bool:
        yield not held
    elif get_origin(info.annotation) is not tuple:
        yield from (v for v in get_args(info.annotation) if v != held and v is not type(None))


OTHER: dict[tuple[type, str], Any] = {
    (CheckpointSpec, "count"): 2,
    (StretchSpec, "count"): 2,
    (FirmsSpec, "count"): 25,
    (DonorSpec, "priorities"): [{"pillar": "legal_regulatory"}],
    (DonorSpec, "countries"): ["C"],
    (DonorSpec, "active_from_week"): 18,
    (DonorSpec, "active_until_week"): 14,
    (NetworkSpec, "wanted"): ["manpads"],
    (NetworkSpec, "home"): "A",
    (FirmsSpec, "sector"): "lasers",
    (ChannelSpec, "source"): "A/law_enforcement",
    (ChannelSpec, "target"): "C/law_enforcement",
    (ChannelSpec, "categories"): ["lists"],
    (ChannelSpec, "handling"): ["open", "commercial", "own_national", "originator_controlled"],
    (RelationSpec, "source"): "C",
    (RelationSpec, "target"): "C",
    (PrioritySpec, "pillar"): "interagency_international",
    (PrioritySpec, "weight"): 0.0,
}
"""Values for fields that tell no other by themselves."""


def cases() -> Iterator[Any]:
    for kind in PLACES:
        for name, info in kind.model_fields.items():
            annotation = info.annotation
            nested = isinstance(annotation, type) and issubclass(annotation, Spec)
            listed = get_origin(annotation) is tuple and (kind, name) not in OTHER
            named = name in NAMES and (kind, name) != (NetworkSpec, "kind")
            if not (named or nested or listed):
                yield pytest.param(kind, name, id=f"{kind.__name__}-{name}")


def raw_file(attempt: int) -> Raw:
    raw = eventful_region(13, 13 * (1 + attempt))
    raw["shocks"] = {}
    raw["relations"] = [{"source": "A", "target": "B", "willingness": 0.5}]
    raw["donors"][1]["active_until_week"] = 30
    raw["countries"][1]["law"]["extension"] = False
    raw["countries"][1]["stretches"][0]["patrols"] = 0.9
    return raw


def trace(raw: Raw, seed: int) -> Any:
    engine = Engine.begin(spec_of(raw), [seed]).warm()
    return footprint(engine.branch([0], [everything()]).finish().state)


@lru_cache(maxsize=ROUNDS)
def untouched(attempt: int, seed: int) -> Any:
    return trace(raw_file(attempt), seed)


@pytest.mark.parametrize(("kind", "name"), list(cases()))
def test_no_dead_field(kind: type[Spec], name: str, seed_of: Seed) -> None:
    """Some other value of some entry does; what is rare is looked for in longer runs of other seeds."""
    for attempt in range(ROUNDS):
        seed = seed_of(f"fields/{attempt}")
        before = untouched(attempt, seed)
        for i, entry in enumerate(PLACES[kind](raw_file(attempt))):
            held = entry.get(name, kind.model_fields[name].default)
            given = (kind, name) in OTHER
            for value in [OTHER[kind, name]] if given else others(kind, name, held):
                raw = raw_file(attempt)
                PLACES[kind](raw)[i][name] = value
                if moved(before, trace(raw, seed)):
                    return
    pytest.fail("no other value leaves another trace")


@pytest.mark.parametrize("name", SHOCKS)
def test_no_dead_shock(name: str, seed_of: Seed) -> None:
    kind = SHOCKS[name]
    left = {"", *kind.model_fields}
    for attempt in range(ROUNDS):
        seed = seed_of(f"fields/{attempt}")
        raw = raw_file(attempt)
        raw["shocks"] = {name: SHOCK}
        struck = trace(raw, seed)
        left -= {""} if moved(untouched(attempt, seed), struck) else set()
        for field in sorted(left - {""}):
            held = SHOCK.get(field, kind.model_fields[field].default)
            for value in SHOCKED.get(field) or others(kind, field, held):
                raw["shocks"] = {name: {**SHOCK, field: value}}
                left -= {field} if moved(struck, trace(raw, seed)) else set()
    assert left == set()
