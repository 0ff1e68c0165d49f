"""Assumptions that move a result: planted ones are found, and none where none is planted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from stcsim.analysis.movers import movers
from stcsim.draws import F8

Seed = Callable[[str], int]


def assumptions(generator: np.random.Generator, sets: int = 60, many: int = 200) -> pd.DataFrame:
    table = pd.DataFrame(generator.random((sets, many)), columns=[f"parameters.a.x{i}" for i in range(many)])
    return table.assign(**{"structure.capture": generator.choice(["fast", "none", "slow"], sets)})


def test_those_that_move_it_are_named_the_weightiest_first(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("movers/planted"))
    table = assumptions(generator, 200)
    slow = (table["structure.capture"] == "slow").to_numpy()
    result = np.exp(3.0 * table["parameters.a.x7"].to_numpy()) * (1.0 - 0.7 * slow)
    result = result * np.exp(0.5 * generator.standard_normal(200))
    found = movers(result, table)
    assert [(f.path, f.value) for f in found] == [("parameters.a.x7", ""), ("structure.capture", "slow")]
    assert found[0].correlation > 0.5
    assert found[1].correlation < -0.3
    assert all(f.p <= 0.05 for f in found)


def rate_of_naming(make: Callable[[np.random.Generator], F8], seed: int) -> float:
    generator = np.random.default_rng(seed)
    named = []
    for trial in range(100):
        named.append(bool(movers(make(generator), assumptions(generator, 30, 20), seed=trial)))
    return float(np.mean(named))


def test_none_is_named_where_none_moves_it(seed_of: Seed) -> None:
    # standard error 0.022
    assert rate_of_naming(lambda g: g.standard_cauchy(30), seed_of("movers/none")) < 0.12
    assert rate_of_naming(lambda g: g.poisson(0.2, 30).astype(float), seed_of("movers/rare")) < 0.12


def test_too_little_names_nothing() -> None:
    table = assumptions(np.random.default_rng(1), 20, 3)
    assert movers(np.zeros(20), table) == ()
    assert movers(np.arange(5.0), table.head(5)) == ()
    gaps = np.where(np.arange(20) < 12, np.nan, np.arange(20.0))
    assert movers(gaps, table) == ()
    assert movers(np.arange(20.0), table[[]]) == ()
    assert movers(np.arange(20.0), pd.DataFrame(1, table.index, table.columns)) == ()
