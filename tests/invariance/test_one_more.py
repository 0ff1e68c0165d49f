"""One inert actor more changes nothing else, exactly: not a column, not a count, not a fate."""

from __future__ import annotations

from typing import Any

import pytest

from stcsim.actors.agency import ROLES
from stcsim.engine.engine import Engine
from stcsim.mechanisms import MECHANISMS
from stcsim.state.state import State
from tests.columns import differing
from tests.regions import Raw, at_once, everything, raw_region, spec_of

ARM = everything(start=2)


def finished(raw: Raw) -> State:
    """Both the baseline and the arm of all mechanisms, so that an inert actor is not invited either."""
    engine = Engine.begin(spec_of(raw), [3]).warm()
    return engine.branch([0, 0], [(), ARM]).finish().state


@pytest.fixture(scope="module")
def without() -> State:
    return finished(raw_region(13, 26))


def with_one(place: int, kind: str, entry: dict[str, Any]) -> State:
    raw = raw_region(13, 26)
    raw["countries"][place].setdefault(kind, []).append(entry)
    return finished(raw)


def assert_unmoved(without: State, more: State) -> None:
    for run, arm in enumerate(("baseline", "all mechanisms")):
        assert differing(without.take([run]), more.take([run])) == [], arm


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "aa", "firm_class": "large", "count": 1, "exports_per_year": 0.0},
        {"id": "zz", "firm_class": "sme", "sector": "machine_tools", "count": 7, "exports_per_year": 0.0},
    ],
    ids=["first", "last"],
)
def test_firms_that_export_nothing(without: State, entry: dict[str, Any]) -> None:
    assert_unmoved(without, with_one(0, "firms", entry))


@pytest.mark.parametrize("name", ["aaa", "zzz"])
def test_agencies_of_every_role_without_staff(without: State, name: str) -> None:
    raw = raw_region(13, 26)
    for country in raw["countries"]:
        country["agencies"] += [{"id": f"{name}_{r}", "role": r, "staff": 0.0} for r in ROLES]
    assert_unmoved(without, finished(raw))


def test_partners_without_staff(without: State) -> None:
    raw = raw_region(13, 26)
    for country in raw["countries"]:
        kinds = ("civil_society", "university", "industry_association")
        partners = [{"id": f"aaa_{k}", "kind": k, "staff": 0.0} for k in kinds]
        country["partners"] = [*partners, *country.get("partners", [])]
    raw["partners"].append({"id": "aaa", "kind": "multilateral", "staff": 0.0})
    assert_unmoved(without, finished(raw))


def test_a_donor_without_money(without: State) -> None:
    raw = raw_region(13, 26)
    raw["donors"].append({"id": "aaa", "budget": 0.0})
    assert_unmoved(without, finished(raw))


def test_a_network_that_never_tries(without: State) -> None:
    """Its fronts exist, so intelligence about them is born; they change nobody else's attempts."""
    raw = raw_region(13, 26)
    raw["networks"].append({"id": "zzz", "home": "A", "attempts": 0.0, "skill": 10.0})
    before, after = without.take([0]), finished(raw).take([0])
    assert not (after.cases.col("network") == 2).any()
    assert after.networks.ids == ("north", "south", "zzz")
    moved = set(differing(before, after))
    assert not moved & {
        "cases.key",
        "cases.born",
        "cases.supplier",
        "networks.attempts",
        "countries.applications",
    }


def test_a_mechanism_of_coverage_zero() -> None:
    """Each alone, and all of them beside all that are in force."""
    engine = Engine.begin(spec_of(raw_region(warm_up=13, counted=26)), [4]).warm()
    inert = [at_once(name, coverage=0.0, start=5) for name in MECHANISMS]
    arms = [(), *((m,) for m in inert), ARM, (*ARM, *inert)]
    state = engine.branch([0] * len(arms), arms).finish().state
    baseline, n = state.take([0]), len(inert)
    for i, name in enumerate(MECHANISMS, 1):
        assert differing(baseline, state.take([i])) == [], name
    assert differing(state.take([n + 1]), state.take([n + 2])) == []
