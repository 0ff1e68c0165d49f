"""An unwilling state keeps information at home, whatever has been agreed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.engine.engine import Engine
from stcsim.scenario.crosscheck import crosscheck
from stcsim.scenario.spec import ScenarioSpec
from tests.regions import Raw, at_once, raw_region, spec_of

Seed = Callable[[str], int]
ARM = (at_once("information_sharing_agreement"), at_once("legal_clearance"))


def region(*relations: Raw) -> ScenarioSpec:
    raw = raw_region(13, 52)
    raw["relations"] = list(relations)
    return spec_of(raw)


def relation(source: str, target: str, willingness: float) -> Raw:
    return {"source": source, "target": target, "willingness": willingness}


def finished(spec: ScenarioSpec, seed: int) -> Engine:
    return Engine.begin(spec, [seed]).warm().branch([0], [ARM]).finish()


def test_willingness_scales_edges_of_that_pair_in_that_direction_alone() -> None:
    plain, cool = (Engine.begin(spec, [3]) for spec in (region(), region(relation("B", "A", 0.25))))
    c = plain.state.compiled
    home = plain.state.holders.country
    pair = (home[c.edge_from] == 1) & (home[c.edge_to] == 0)
    assert pair.any()
    expected = np.where(pair, 0.25, 1.0) * c.edge_rate
    assert cool.state.compiled.edge_rate == pytest.approx(expected)


def test_an_unwilling_pair_keeps_information_at_home(seed_of: Seed) -> None:
    """What is born in B is read at home and, agreement or not, hardly ever in A or C."""
    cold = (
        relation("B", "A", 0.0),
        relation("B", "C", 0.0),
        relation("A", "C", 0.0),
        relation("C", "A", 0.0),
    )

    def read_abroad(spec: ScenarioSpec) -> int:
        state = finished(spec, seed_of("relations")).state
        items, home = state.items, state.holders.country
        slots = np.flatnonzero(items.alive[0] & (home[items.origin[0]] == 1))
        read = np.isfinite(items.read[0][slots]).T
        assert read[home == 1].sum() > 0
        return int(read[(home == 0) | (home == 2)].sum())

    assert read_abroad(region()) > 10
    assert read_abroad(region(*cold)) <= read_abroad(region()) // 4


def test_what_does_not_fit_is_said() -> None:
    bad = region(
        relation("A", "X", 0.5), relation("B", "B", 0.5), relation("A", "B", 0.5), relation("A", "B", 1.0)
    )
    found = [(f.path, f.words()) for f in crosscheck(bad)]
    assert [p for p, _ in found] == ["relations[0].target", "relations[1].target", "relations[3].target"]
