"""Rows of evidence as `expectations.yaml` states them: arms, outcome, sign, least size or margin, cut.

A row that names what does not exist is kept with its problem, so that all problems are told at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from stcsim.engine.engine import Arm
from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.outcomes.registry import OUTCOMES
from stcsim.scenario.loading import load
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks import SHOCKS

HERE = Path(__file__).parent
REGION = str(HERE / "region.yaml")
EXPECTATIONS = HERE / "expectations.yaml"
KEYS = frozenset(
    [
        "says",
        "kind",
        "scenario",
        "set",
        "arms",
        "contrast",
        "level",
        "outcome",
        "per",
        "minus",
        "rate_by",
        "scale",
        "why",
        "sign",
        "at_least",
        "margin",
        "cut",
        "check",
    ]
)
MANY = 4
"""Times the usual pairs for a null, whose interval has to lie within a margin, and for a contrast of four
arms, whose variance is twice that of two; by kind of row, whatever came out."""
ROUTE = "route"
"""Cut: every kind of arrangement by which the mechanisms work in which the arms differ."""


@dataclass(frozen=True)
class Cell:
    """What is run: a scenario with settings, an arm, and what is muted in it."""

    source: str
    settings: tuple[str, ...] = ()
    arm: Arm = ()
    mute: frozenset[str] = frozenset()

    @cached_property
    def _hash(self) -> int:
        return hash((self.source, self.settings, self.arm, self.mute))

    def __hash__(self) -> int:
        """Arms take long to hash, and tables of a hundred thousand runs are looked up by their cells."""
        return self._hash

    def __reduce__(self) -> tuple[Any, ...]:
        """Hashes of words differ between processes, so they stay behind."""
        return Cell, (self.source, self.settings, self.arm, self.mute)


@dataclass(frozen=True)
class Row:
    """One expectation.

    Parameters
    ----------
    kind : ``effect``, ``null`` or ``property``
    arms, cut : what is run under each name of an arm, as it is and with the route cut; empty for a property
    weights : weight of each arm in the contrast
    level : arm to whose level the contrast is relative; empty where it is in the outcome's unit
    sign : 1 or -1; 0 for a null and a property
    size : least relative size of an effect, or margin of a null
    check : name of the check of a property
    larger : whether rates are relative to the larger of the two instead of the baseline's
    """

    id: str
    says: str
    kind: str
    arms: Mapping[str, Cell]
    cut: Mapping[str, Cell]
    weights: Mapping[str, float]
    level: str
    outcome: str
    per: str
    minus: str
    rate_by: str
    sign: int
    size: float
    check: str
    larger: bool = False

    @property
    def element(self) -> str:
        """Identifier of the element of the field that it belongs to."""
        return self.id.rstrip("abcdefghijklmnopqrstuvwxyz")

    def pairs(self, usual: int) -> int:
        """Return the pairs at the defaults: more where an interval has to be narrow or four arms add up."""
        return MANY * usual if self.kind == "null" or len(self.weights) > 2 else usual

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of all outcomes that it needs."""
        return tuple(n for n in (self.outcome, self.per, self.minus, self.rate_by) if n)


@cache
def specification(source: str, settings: tuple[str, ...]) -> ScenarioSpec:
    """Return the scenario of a cell."""
    return load(source, settings).spec


def mechanism(name: str, options: Mapping[str, Any]) -> Mechanism:
    """Return a mechanism that takes effect when it is decided, unless its options say otherwise."""
    if name not in MECHANISMS:
        raise ValueError(f"there is no mechanism {name!r}")
    return MECHANISMS[name].model_validate_json(json.dumps({"lead_time": 0, **options}))


def _settings(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(f"{path}={json.dumps(value)}" for path, value in values.items())


def _merged(*settings: tuple[str, ...]) -> tuple[str, ...]:
    """Return settings in order, of one path the last."""
    by_path = {s.partition("=")[0]: s for part in settings for s in part}
    return tuple(sorted(by_path.values()))


def _cells(given: Mapping[str, Any]) -> dict[str, Cell]:
    source = given.get("scenario", REGION)
    cells = {}
    for name, arm in given["arms"].items():
        unknown = set(arm) - {"mechanisms", "set", "shocks"}
        if unknown:
            raise ValueError(f"arm {name} says {', '.join(sorted(unknown))}")
        shocks = {f"shocks.{shock}": values for shock, values in arm.get("shocks", {}).items()}
        for shock in arm.get("shocks", {}):
            if shock not in SHOCKS:
                raise ValueError(f"there is no shock {shock!r}")
        settings = _merged(_settings(given.get("set", {})), _settings(arm.get("set", {})), _settings(shocks))
        chosen = sorted(arm.get("mechanisms", {}).items())
        cells[name] = Cell(source, settings, tuple(mechanism(n, options) for n, options in chosen))
    return cells


def _muted(cells: Iterable[Cell], wanted: Any) -> frozenset[str]:
    if wanted != ROUTE:
        return frozenset(wanted)
    arms = [set(c.arm) for c in cells]
    differ = set.union(*arms) - set.intersection(*arms)
    return frozenset(kind for m in differ for kind in m.route)


def _cut(cells: Mapping[str, Cell], how: Mapping[str, Any]) -> dict[str, Cell]:
    unknown = set(how) - {"mute", "set", "coverage", "mechanisms"}
    if unknown:
        raise ValueError(f"the cut says {', '.join(sorted(unknown))}")
    mute = _muted(cells.values(), how.get("mute", ()))
    added = tuple(mechanism(n, options) for n, options in how.get("mechanisms", {}).items())
    out = {}
    for name, cell in cells.items():
        arm = cell.arm
        if "coverage" in how:
            arm = tuple(m.model_copy(update={"coverage": float(how["coverage"])}) for m in arm)
        settings = _merged(cell.settings, _settings(how.get("set", {})))
        out[name] = Cell(cell.source, settings, tuple(sorted({*arm, *added}, key=lambda m: m.name)), mute)
    return out


def _row(id_: str, given: Mapping[str, Any]) -> Row:
    unknown = set(given) - KEYS
    if unknown:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))}")
    kind = given["kind"]
    empty = Row(id_, given["says"], kind, {}, {}, {}, "", "", "", "", "", 0, 0.0, given.get("check", ""))
    if kind == "property":
        return empty
    cells = _cells(given)
    weights = given.get("contrast", {"variant": 1, "baseline": -1})
    level = given.get("level", "baseline" if "baseline" in cells else "none")
    named = {*weights, level} | ({"none"} if "rate_by" in given else set())
    if named - set(cells):
        raise ValueError(f"arms that are not there: {', '.join(sorted(named - set(cells)))}")
    row = replace(
        empty,
        arms=cells,
        cut=_cut(cells, given["cut"]) if kind == "effect" else {},
        weights={name: float(w) for name, w in weights.items()},
        level="" if given.get("scale") == "absolute" else level,
        outcome=given["outcome"],
        per=given.get("per", ""),
        minus=given.get("minus", ""),
        rate_by=given.get("rate_by", ""),
        larger=given.get("scale") == "larger",
        sign={"+": 1, "-": -1}[given["sign"]] if kind == "effect" else 0,
        size=float(given["at_least" if kind == "effect" else "margin"]),
    )
    for name in row.outcomes:
        if name not in OUTCOMES:
            raise ValueError(f"there is no outcome {name!r}")
    for cell in (*row.arms.values(), *row.cut.values()):
        specification(cell.source, cell.settings)
    return row


def _told(error: Exception) -> str:
    if isinstance(error, InputError) and error.problems:
        return "; ".join(f"{p.path}: {p.message}" for p in error.problems[:3])
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
    return str(error)


def stated() -> dict[str, Any]:
    """Return the rows as the file states them, by identifier."""
    rows: dict[str, Any] = yaml.safe_load(EXPECTATIONS.read_text(encoding="utf-8"))["rows"]
    return rows


@cache
def read() -> tuple[dict[str, Row], dict[str, str]]:
    """Return the rows that can be run, and what is wrong with each of the others, by identifier."""
    rows: dict[str, Row] = {}
    problems: dict[str, str] = {}
    for id_, given in stated().items():
        try:
            rows[id_] = _row(id_, given)
        except (ValueError, KeyError, InputError) as error:
            problems[id_] = _told(error) or repr(error)
    return rows, problems
