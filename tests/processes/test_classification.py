"""Goods classified wrongly in good faith: recognised like others, asked about more, found by answers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.draws import Draws
from stcsim.outcomes.registry import compute
from stcsim.processes.detention import hold, step_detention
from stcsim.processes.screening import _examined
from tests.outcomes.hand_made import FIRST, blank, put, tables
from tests.processes.screening_state import PostSpec, region, ship, week

DRAWS = Draws()
Seed = Callable[[str], int]
PORT = (PostSpec("port"),)
N = 20_000


def test_an_officer_asks_about_his_share_of_what_he_recognises_against_the_papers(seed_of: Seed) -> None:
    state = region(PORT, seeds=(seed_of("classification"),))
    names = [f"slip/{i}" for i in range(N)]
    rows = ship(state, names, 0, due=1.0, origin=ORIGINS.index("ignorance"))
    u = np.random.default_rng(seed_of("officers")).random((5, N))
    plain = _examined(state, rows, np.zeros(N, dtype=np.bool_), u)
    state.cases.misclassified[rows] = True
    found, doubt = _examined(state, rows, np.zeros(N, dtype=np.bool_), u)
    asked = state.values.runs[0].detention.classification_asked
    assert ((found | doubt) == (plain[0] | plain[1])).all()
    assert found.sum() == pytest.approx((1 - asked) * plain[0].sum(), rel=0.1)
    assert not (found & ~plain[0]).any()


def test_quicker_answers_find_more_and_release_fewer(seed_of: Seed) -> None:
    found, released = [], []
    for answer in (60.0, 5.0):
        state = region(PORT, seeds=(seed_of("reach-back"),), answer=answer)
        rows = ship(state, [f"held/{i}" for i in range(N)], 0, due=6.0, misclassified=True)
        hold(state, DRAWS, rows, 7.0)
        for w in range(1, 30):
            step_detention(state, DRAWS, week(w))
        fate = state.cases.fate[rows]
        found.append((fate == FATES.index("interdicted_checkpoint")).mean())
        released.append((fate == FATES.index("released_clock")).mean())
    assert found[1] > 2 * found[0]
    assert released[1] < released[0] / 2
    assert released[0] == pytest.approx(np.exp(-14 / 60), abs=0.015)


def test_outcomes_of_wrong_classifications() -> None:
    state = blank()
    slip = {"origin": "ignorance", "misclassified": True, "stage": "done", "fate_day": FIRST + 3.0}
    fates = ("completed", "completed", "interdicted_checkpoint", "released_clock")
    put(
        state,
        "cases",
        [slip | {"fate": f} for f in fates] + [slip | {"misclassified": False, "fate": "completed"}],
    )
    v = {k: x[0] for k, x in compute(tables(state)).items()}
    assert v["misclassifications"] == 4
    assert v["misclassifications_found"] == v["misclassifications_released"] == 1
