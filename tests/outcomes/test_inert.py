"""Whoever does nothing moves no outcome, not by a bit: outcomes are of declared roles, not of populations."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.series import series
from stcsim.outcomes.tables import Tables
from tests.regions import Raw, everything, raw_region, spec_of

Found = dict[str, Any]


def outcomes_of(raw: Raw) -> Found:
    spec = spec_of(raw)
    engine = Engine.begin(spec, [9]).warm().branch([0], [everything()]).finish()
    tables = Tables.of(spec, engine.state)
    return {**compute(tables), **{f"series {name}": values for name, values in series(tables).items()}}


@cache
def before() -> Found:
    return outcomes_of(raw_region(13, 26))


def agency(raw: Raw) -> None:
    raw["countries"][0]["agencies"].append({"role": "defence", "staff": 0.0})


def firm(raw: Raw) -> None:
    raw["countries"][0]["firms"].append(
        {"firm_class": "sme", "count": 2, "exports_per_year": 0.0, "sector": "nothing"}
    )


def partner(raw: Raw) -> None:
    raw["partners"].append({"kind": "media", "staff": 0.0})


def donor(raw: Raw) -> None:
    raw["donors"].append({"id": "poor", "budget": 0.0})


@pytest.mark.parametrize("add", [agency, firm, partner, donor])
def test_one_more_who_does_nothing(add: Any) -> None:
    raw = raw_region(13, 26)
    add(raw)
    after = outcomes_of(raw)
    assert [k for k, v in before().items() if not np.array_equal(v, after[k], equal_nan=True)] == []
