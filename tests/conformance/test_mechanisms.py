"""What every registered mechanism has to keep to, whoever wrote it."""

from __future__ import annotations

import ast
import json
import math
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest

import stcsim.mechanisms
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.library import names
from stcsim.scenario.outcome_names import OUTCOME_NAMES
from stcsim.sources import sources
from stcsim.spec import QuantityInfo, quantities, texts
from stcsim.structure.arrangements import KINDS, Arrangement, Charge, Programme, Recognition, merge
from tests.mechanisms.accounts import cost_a_year
from tests.mechanisms.views import EMPTY, reversed_view, rich_view

VIEW = rich_view()
LIVELY: dict[str, dict[str, Any]] = {
    "civil_society_monitoring": {"introduced": True},
    "donor_coordination": {"shared_priorities": True},
    "information_sharing_agreement": {"no_undercut": True},
    "equipment_donation": {"training": True},
    "post_shipment_checks": {"pre_licence_per_year": 20.0},
}
"""Options to switch on, where the defaults leave some off, so that every part of a mechanism shows."""
DATED = {"start", "end", "lead_time"}
"""When it is in force is the model's to keep, not the arrangement's."""
OTHERS: dict[str, tuple[Any, ...]] = {
    "countries": (("A", "C"), ("B",)),
    "members": (("licensing_authority", "prosecutor"),),
    "heads": (("foreign_affairs", "prosecutor"),),
    "roles": (("customs_headquarters",),),
    "kinds": (("university",),),
    "categories": (("parties",),),
    "classes": (("large",),),
    "sectors": (("electronics",),),
    "activities": (("inspection_procedures", "risk_targeting_course"),),
    "competences": (("inspection",),),
    "equipment": (("risk_management_system",),),
    "partners": (("university",),),
    "donors": (("donor_1", "donor_3"),),
    "chair": ("donor_1",),
    "topics": (("transit", "catch_all"),),
}
"""Other values of fields that are no quantities, by the field's name."""

NAMES = {
    *("source", "target", "hub", "members", "chair", "targets", "payer", "payee"),
    *("observer", "observed", "country", "donors", "agency", "holder", "host", "trainer", "first", "second"),
}
"""Fields of arrangements that hold identities."""

each = pytest.mark.parametrize("kind", MECHANISMS.values(), ids=MECHANISMS.keys())


def lively(kind: type[Mechanism], **values: Any) -> Mechanism:
    return kind(**{**LIVELY.get(kind.name, {}), **values})


def wanted(mechanism: Mechanism) -> frozenset[Arrangement]:
    return merge(mechanism.arrange(VIEW))


@each
def test_described(kind: type[Mechanism]) -> None:
    assert MECHANISMS[kind.name] is kind
    assert kind.__module__ == f"stcsim.mechanisms.{kind.name}"
    assert 5 < len(kind.title) <= 60
    assert (sys.modules[kind.__module__].__doc__ or "").strip()
    assert "\n" not in (kind.__doc__ or "\n").strip().split("\n\n")[0]
    assert kind.prerequisites
    assert set(texts(kind)) == set(kind.model_fields), "each field has a text"


@each
def test_answers_and_sources_are_known(kind: type[Mechanism]) -> None:
    assert set(kind.answers) <= set(CHALLENGES)
    assert len(set(kind.answers)) == len(kind.answers)
    assert set(kind.sources) <= set(sources())
    for key in kind.sources:
        assert "mechanisms" in sources()[key].uses, f"{key} is no example of a mechanism"
    # The placebo is the one that claims to answer nothing and to rest on nothing.
    assert bool(kind.answers) == bool(kind.sources) == (kind.name != "placebo_meetings")


@pytest.mark.parametrize("name", CHALLENGES)
def test_every_challenge_says_who_answers_it_and_where_to_look(name: str) -> None:
    challenge = CHALLENGES[name]
    assert name.isidentifier()
    assert name == name.lower()
    assert 10 < len(challenge.text) <= 100
    assert any(name in kind.answers for kind in MECHANISMS.values()), "nobody answers it"
    assert challenge.scenario in names()
    assert challenge.outcomes
    assert set(challenge.outcomes) <= set(OUTCOME_NAMES)
    assert challenge.elements


@each
def test_route_is_exactly_what_it_arranges_besides_charges(kind: type[Mechanism]) -> None:
    names = {k.__name__ for k in KINDS} - {"Charge"}
    assert set(kind.route) <= names
    assert {type(a).__name__ for a in wanted(lively(kind))} - {"Charge"} == set(kind.route)
    assert {type(a).__name__ for a in wanted(kind())} - {"Charge"} <= set(kind.route)


@each
def test_nothing_is_free(kind: type[Mechanism]) -> None:
    arrangements = wanted(kind())
    assert cost_a_year(arrangements) > 0
    for charge in (a for a in arrangements if isinstance(a, Charge)):
        for amount in (charge.hours_per_year, charge.thousand_usd_per_year, charge.once_thousand_usd):
            assert amount >= 0
            assert math.isfinite(amount)


@each
def test_round_trips_through_json_and_pickle(kind: type[Mechanism]) -> None:
    for mechanism in (kind(), lively(kind, coverage=0.5, start=13, end=130)):
        assert kind.model_validate_json(mechanism.model_dump_json()) == mechanism
        copy = pickle.loads(pickle.dumps(mechanism))
        assert copy == mechanism
        assert wanted(copy) == wanted(mechanism)
    assert json.dumps(kind.model_json_schema())


@each
def test_same_answer_each_time_and_whatever_the_order_of_the_roster(kind: type[Mechanism]) -> None:
    mechanism = lively(kind)
    assert list(mechanism.arrange(VIEW)) == list(mechanism.arrange(VIEW))
    assert merge(mechanism.arrange(reversed_view(VIEW))) == wanted(mechanism)


_PRINT = """
from stcsim.mechanisms import MECHANISMS
from stcsim.structure.arrangements import KINDS, merge, only
from tests.mechanisms.views import rich_view
view = rich_view()
for name, kind in MECHANISMS.items():
    found = merge(kind(coverage=0.7).arrange(view))
    for sort in KINDS:
        for a in only(sort, found):
            print(name, [sorted(v) if isinstance(v, frozenset) else v for v in vars(a).values()])
"""


def test_same_answer_and_order_in_every_process() -> None:
    root = Path(stcsim.mechanisms.__file__).parents[2]

    def printed(hash_seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", _PRINT],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    first = printed("1")
    assert len(first.splitlines()) > 200
    assert first == printed("2")


@each
def test_inert_at_coverage_zero(kind: type[Mechanism]) -> None:
    assert list(lively(kind, coverage=0.0).arrange(VIEW)) == []


def _amounts(arrangement: Arrangement) -> Iterator[tuple[str, Any]]:
    for f in fields(arrangement):
        yield f.name, getattr(arrangement, f.name)


def _within(small: Arrangement, large: Arrangement) -> bool:
    """Whether `large` is `small` with as much or more of everything; who chairs may change as others join."""
    if type(small) is not type(large):
        return False
    for (name, a), (_, b) in zip(_amounts(small), _amounts(large), strict=True):
        if isinstance(a, float):
            if b < a - 1e-9 * abs(a):
                return False
        elif isinstance(a, tuple):
            if not set(a) <= set(b):
                return False
        elif name != "chair" and a != b:
            return False
    return True


@each
def test_more_coverage_only_adds(kind: type[Mechanism]) -> None:
    steps = [wanted(lively(kind, coverage=c / 10)) for c in range(11)]
    for fewer, more in pairwise(steps):
        # The chair's own charge follows the chair.
        for a in (a for a in fewer if not (isinstance(a, Charge) and a.reason.endswith(": chair"))):
            assert a in more or any(_within(a, b) for b in more), a
    assert cost_a_year(steps[0]) == 0
    assert all(cost_a_year(a) <= cost_a_year(b) + 1e-9 for a, b in pairwise(steps))


def _ends(info: QuantityInfo) -> list[float]:
    ends = info.sweep or (info.low, info.high)
    return [e for e in ends if e is not None and e != info.default]


def _alternatives(kind: type[Mechanism]) -> Iterator[tuple[str, Any]]:
    """Yield each field with other values: both ends of a quantity's range, the other options of a choice."""
    measured = {q.path: q for q in quantities(kind)}
    for name, info in kind.model_fields.items():
        if name in DATED:
            continue
        default = LIVELY.get(kind.name, {}).get(name, info.default)
        if name in measured:
            whole = isinstance(info.default, int)
            yield from ((name, int(e) if whole else float(e)) for e in _ends(measured[name]) if e != default)
        elif isinstance(info.default, bool):
            yield name, not default
        elif name in OTHERS:
            yield from ((name, value) for value in OTHERS[name])
        else:
            options = get_args(info.annotation)
            assert options, f"{kind.name}.{name}: tell this test another value"
            assert get_origin(info.annotation) is not tuple
            yield from ((name, value) for value in options if value != default)


CHANGES = [(kind, *change) for kind in MECHANISMS.values() for change in _alternatives(kind)]


@pytest.mark.parametrize(("kind", "name", "value"), CHANGES, ids=[f"{k.name}-{n}-{v}" for k, n, v in CHANGES])
def test_no_dead_parameter(kind: type[Mechanism], name: str, value: Any) -> None:
    assert wanted(lively(kind, **{name: value})) != wanted(lively(kind)), f"{name}={value} changes nothing"


@each
def test_every_quantity_has_a_range_to_sweep_that_holds_its_default(kind: type[Mechanism]) -> None:
    for q in quantities(kind):
        if q.path in {"coverage", "start", "end"}:
            continue
        assert q.sweep is not None, q.path
        low, high = q.sweep
        assert low <= q.default <= high, q.path
        assert q.low is None or q.low <= low
        assert q.high is None or high <= q.high
        assert low < high


@each
def test_it_reads_nothing_but_the_view(kind: type[Mechanism]) -> None:
    """Its module imports no state, no clock, no chance, no file; its names all come from the view."""
    tree = ast.parse(Path(sys.modules[kind.__module__].__file__ or "").read_text(encoding="utf-8"))
    imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    rooms = ("stcsim.actors", "stcsim.mechanisms", "stcsim.parameters", "stcsim.structure", "stcsim.spec")
    plain = {"__future__", "collections.abc", "functools", "itertools", "typing", "pydantic"}
    assert not {m for m in imported - plain if not m.startswith(rooms)}
    known = {x.id for x in (*VIEW.countries, *VIEW.holders, *VIEW.firm_groups, *VIEW.donors)}
    for arrangement in wanted(lively(kind)):
        for name, value in _amounts(arrangement):
            if name in NAMES and not (name == "source" and isinstance(arrangement, Recognition)):
                for identity in value if isinstance(value, tuple) else (value,):
                    assert identity in known or (identity == "" and name in ("chair", "hub")), (
                        name,
                        identity,
                    )


@each
def test_asked_of_nobody_it_wants_nothing_and_says_what_is_missing(kind: type[Mechanism]) -> None:
    assert list(lively(kind).arrange(EMPTY)) == []
    assert kind().unmet(EMPTY)
    assert kind().unmet(VIEW) == ()


@each
def test_it_ends_after_it_starts(kind: type[Mechanism]) -> None:
    with pytest.raises(ValueError, match="end 5 is not after start 5"):
        kind(start=5, end=5)


@each
def test_programmes_name_a_payer(kind: type[Mechanism]) -> None:
    for a in wanted(kind()):
        if isinstance(a, Programme):
            industry = {h.id for h in VIEW.holders if h.role == "industry_association"}
            assert a.payer in {d.id for d in VIEW.donors} | {c.id for c in VIEW.countries} | industry
