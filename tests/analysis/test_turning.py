"""Where the order of two arms turns, on contrasts whose crossing is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.turning import find_turns, plain_label
from stcsim.draws import F8

Seed = Callable[[str], int]
Shape = Callable[[F8], F8]
SHAPES: dict[str, Shape] = {
    "step": lambda x: np.where(x > 0.6, -1.0, 1.0),
    "line": lambda x: 4.0 * (0.6 - x),
    "low side": lambda x: np.where(x < 0.3, -1.5, 0.8),
}
TRIALS = 25


def studies(seed: int, shape: Shape, sets: int = 120, inputs: int = 12) -> list[tuple[F8, pd.DataFrame]]:
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(TRIALS):
        x = generator.random((sets, inputs))
        contrast = shape(x[:, 0]) + generator.standard_normal(sets)
        found.append((contrast, pd.DataFrame(x, columns=[f"parameters.firms.x{i}" for i in range(inputs)])))
    return found


@pytest.mark.parametrize(("name", "truth"), [("step", 0.6), ("line", 0.6), ("low side", 0.3)])
def test_the_value_at_which_the_order_turns_is_found(name: str, truth: float, seed_of: Seed) -> None:
    turns = [
        find_turns(c, table, seed=i) for i, (c, table) in enumerate(studies(seed_of(name), SHAPES[name]))
    ]
    own = [t for found in turns for t in found if t.path.endswith("x0")]
    assert len(own) >= 0.85 * TRIALS
    assert sum(len(found) for found in turns) - len(own) <= 2
    assert all(t.above == (name != "low side") for t in own)
    assert float(np.median([t.threshold for t in own])) == pytest.approx(truth, abs=0.06)
    assert np.mean([t.low <= truth <= t.high for t in own]) > 0.7
    assert all(t.before > 0 > t.beyond for t in own)


@pytest.mark.parametrize("lowest", [0.0, 0.3])
def test_what_matters_but_turns_nothing_is_not_named(lowest: float, seed_of: Seed) -> None:
    """A contrast that falls with an assumption and stays above 0; and none at all, the worst case."""
    shape: Shape = (lambda x: lowest + 1.0 - x) if lowest else (lambda x: 0.0 * x)
    found = [find_turns(c, t, seed=i) for i, (c, t) in enumerate(studies(seed_of(f"none/{lowest}"), shape))]
    assert sum(bool(f) for f in found) <= 4  # 0.05 of 25 is 1.25; a Poisson count above 4 comes once in 100


def test_judging_a_cut_on_the_sets_that_chose_it_would_find_turns_everywhere(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("turning/control"))
    gains = []
    for _ in range(40):
        contrast = generator.standard_normal(100)
        below = np.cumsum(contrast)[5:95]
        gains.append(max(float((-below).max()), float((below - contrast.sum()).max())) / 10.0)
    assert np.mean(gains) > 0.8  # in standard errors of the sum; the mean over nothing is 0


def test_a_switch_turns_the_order_at_its_values(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("turning/switch"))
    words = generator.choice(["immediate", "slow", "never"], 150)
    flags = generator.random(150) < 0.5
    contrast = np.where(words == "immediate", 1.0, -1.0) + generator.standard_normal(150)
    table = pd.DataFrame({"structure.capture": words, "structure.flag": flags})
    (turn,) = find_turns(contrast, table)
    assert turn.values == ("never", "slow")
    assert turn.words() == "capture (structure) is never or slow"
    assert turn.share == pytest.approx(np.mean(words != "immediate"))


def test_words_and_edges() -> None:
    assert plain_label("parameters.firms.sme_awareness") == "SME awareness (firms)"
    table = pd.DataFrame({"parameters.firms.sme_awareness": np.linspace(0, 1, 40), "same": 1.0})
    contrast = np.where(table["parameters.firms.sme_awareness"] > 0.6, -1.0, 1.0)
    (turn,) = find_turns(contrast, table)
    assert turn.words().startswith("SME awareness (firms) is above 0.6")
    assert turn.words("SME awareness", "share").startswith("SME awareness is above 0.603 share")
    assert find_turns(contrast, table, paths=["same"]) == ()
    assert find_turns(contrast[:6], table.iloc[:6]) == ()
    assert find_turns(np.full(40, np.nan), table) == ()
    gaps = np.where(np.arange(40) % 7 == 0, np.nan, contrast)
    assert find_turns(gaps, table)[0].threshold == pytest.approx(0.6, abs=0.03)
