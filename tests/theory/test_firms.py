"""Firms against closed forms: how far outreach and imitation reach, and what makes licensing pay."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stcsim.draws import Draws
from stcsim.engine.build import build
from stcsim.processes.exports import step_exports
from stcsim.processes.firms import (
    awareness_after,
    compliance_of,
    step_awareness,
    step_perception,
)
from stcsim.state.state import State, When
from tests.equivalence import equivalent
from tests.regions import changed, spec_of

Seed = Callable[[str], int]
DRAWS = Draws()
YEAR = 364


def firms(n: int = 40, seed: int = 1, law: dict[str, bool] | None = None, **parameters: Any) -> State:
    """One country of firms alike, and nobody else."""
    group = {"firm_class": "sme", "count": n, "exports_per_year": 20.0, "compliance_programme": 0.0}
    raw = {"name": "firms", "countries": [{"id": "A", "firms": [group], "law": law or {}}]}
    spec = spec_of(raw)
    return build(spec, seed, changed(spec.parameters, **parameters))


def alike(awareness: float, outreach: float, **parameters: Any) -> State:
    """Firms of one awareness that hear of their peers and of this outreach alone."""
    state = firms(**parameters)
    state.firms.awareness[:] = awareness
    state.firms.outreach_own[:] = outreach
    return state


def pass_time(state: State, years: float, step: int) -> None:
    for day in range(0, round(years * YEAR), step):
        step_awareness(state, DRAWS, When(day, step, 0))


# ---- awareness


def logistic(w: float, rate: float, years: float) -> float:
    odds = w / (1 - w) * math.exp(rate * years)
    return odds / (1 + odds)


@pytest.mark.parametrize("years", [2.0, 6.0, 15.0])
def test_imitation_alone_spreads_logistically(years: float) -> None:
    """``dw/dt = beta w (1 - w)``; peers' mean is held over a step, so the error is of first order in it."""
    beta, start = 0.6, 0.05
    given = {"firms.awareness_decay": 1e-12, "firms.contagion": beta}
    exact = logistic(start, beta, years)
    errors = []
    for step in (7, 1):
        state = alike(start, 0.0, **given)
        pass_time(state, years, step)
        assert np.ptp(state.firms.awareness) < 1e-12
        errors.append(abs(state.firms.awareness[0] - exact))
    assert errors[0] < 0.004
    assert errors[0] / errors[1] == pytest.approx(7.0, rel=0.1)


@pytest.mark.parametrize(
    ("outreach", "beta", "decay"), [(0.05, 0.15, 0.3), (0.5, 0.1, 0.2), (0.0, 0.15, 0.3)]
)
@pytest.mark.parametrize("start", [0.02, 0.97])
def test_awareness_settles_where_learning_and_forgetting_are_equal(
    outreach: float, beta: float, decay: float, start: float
) -> None:
    """``(1 - w)(o + beta w) = delta w``: without outreach, where imitation is slow, none is left."""
    state = alike(start, outreach, **{"firms.contagion": beta, "firms.awareness_decay": decay})
    pass_time(state, 150.0, 7)
    b = outreach + decay - beta
    steady = (-b + math.sqrt(b * b + 4 * beta * outreach)) / (2 * beta)
    assert state.firms.awareness == pytest.approx(np.full(40, steady), abs=1e-8)


def test_one_step_is_exact_whatever_its_length() -> None:
    w, push, decay = 0.3, np.array([0.0, 0.2, 3.0]), 0.3
    whole = awareness_after(np.full(3, w), push, decay, 1.0)
    parts = np.full(3, w)
    for _ in range(1000):
        parts = awareness_after(parts, push, decay, 0.001)
    assert whole == pytest.approx(parts)
    rate = push + decay
    assert whole == pytest.approx(push / rate + (w - push / rate) * np.exp(-rate))


def test_the_start_is_a_steady_state() -> None:
    state = firms(n=300)
    start = state.firms.awareness.copy()
    moves = state.firms.outreach_own > 0
    assert moves.mean() > 0.9
    pass_time(state, 5.0, 7)
    gone = np.abs(state.firms.awareness - start)
    assert gone[moves].mean() < 0.01, "those that need no outreach of their own move their peers a little"


# ---- compliance


def sure(**given: Any) -> dict[str, Any]:
    """Parameters under which nothing but the fine and the burden counts."""
    quiet = {"firms.compliance_constant": 0.0, "firms.norm": 0.0, "firms.protection": 0.0}
    return quiet | {f"firms.{k}": v for k, v in given.items()}


@pytest.mark.parametrize(
    ("multiple", "p"), [(1.0, 0.5), (2.0, 1 / 3), (3.0, 0.25), (5.0, 1 / 6), (10.0, 1 / 11)]
)
def test_becker_break_even(multiple: float, p: float) -> None:
    """Violate iff ``(1 - p) g > p F``: ``p* = g / (g + F)``, at F = 1, 2, 3, 5, 10 times g.

    The firm keeps its profit g with 1 - p and pays F with p; where a licence takes the whole profit, it is
    indifferent at ``p*``.
    """
    margin = 0.4
    state = firms(**sure(fine_multiple=multiple * margin, margin=margin, burden_per_30_days=1.0))
    for shift in (-0.05, 0.0, 0.05):
        detection = p + shift
        state.countries.perceived_detection[:] = detection
        state.countries.licence_days[:] = 30.0 * (1 - detection)
        chance = compliance_of(state)
        assert (np.sign(np.round(chance - 0.5, 12)) == np.sign(shift)).all()


def test_compliance_is_the_logistic_of_what_speaks_for_a_licence() -> None:
    state = firms(**{"firms.norm": 1.5, "firms.compliance_constant": 0.7})
    f, c = state.values.runs[0].firms, state.countries
    state.firms.compliance[:] = 0.8
    c.perceived_detection[:], c.licence_days[:] = 0.12, 45.0
    score = 0.7 + 0.12 * f.fine_multiple / f.margin + 1.5 * (0.8 - 0.5) - f.burden_per_30_days * 1.5
    assert compliance_of(state) == pytest.approx(np.full(40, 1 / (1 + math.exp(-score))))


@pytest.mark.parametrize(
    ("column", "low", "high", "sign"),
    [("perceived_detection", 0.02, 0.2, 1), ("licence_days", 20.0, 60.0, -1)],
)
def test_deterrence_raises_and_burden_lowers_it(column: str, low: float, high: float, sign: int) -> None:
    state = firms()
    chances = []
    for value in (low, high):
        getattr(state.countries, column)[:] = value
        chances.append(compliance_of(state))
    assert (sign * (chances[1] - chances[0]) > 0).all()


def test_without_penalties_detection_deters_nobody() -> None:
    none = {"administrative_penalties": False, "criminal_penalties": False}
    state = firms(law=none)
    state.countries.perceived_detection[:] = 0.0
    before = compliance_of(state)
    state.countries.perceived_detection[:] = 1.0
    assert np.array_equal(before, compliance_of(state))


@pytest.mark.parametrize("norm", [0.0, 3.9])
def test_below_a_norm_of_four_compliance_has_one_state(norm: float) -> None:
    """Mutual imitation with weight below 4 forgets where it started."""
    found = []
    for start in (0.01, 0.99):
        state = firms(**sure(norm=norm, burden_per_30_days=0.0, fine_multiple=0.0))
        state.firms.compliance[:] = start
        for _ in range(3000):
            state.firms.compliance[:] = compliance_of(state)
        found.append(state.firms.compliance.copy())
    assert found[0] == pytest.approx(found[1], abs=1e-3)


# ---- exports


def test_exports_fall_into_their_kinds_by_awareness_and_compliance(seed_of: Seed) -> None:
    """Licensed w c, evasion w (1 - c), ignorance 1 - w, each of the tangible and the intangible share."""
    given = {
        "firms.self_classification_error": 0.0,
        "licensing.general_share": 0.0,
        "firms.rate_dispersion": 0.0,
    }
    state = firms(n=400, seed=seed_of("exports"), **given)
    w, c = 0.6, 0.7
    state.firms.awareness[:], state.firms.compliance[:] = w, c
    for week in range(52):
        step_exports(state, DRAWS, When(7 * week, 7, 0))
    total = state.ledger.total("controlled_exports")[0]
    tangible = 1 - state.values.runs[0].firms.intangible_share
    origin = state.cases.col("origin")
    kinds = {
        "licensed": (state.ledger.total("licences")[0], w * c),
        "ignorance": ((origin == 1).sum(), (1 - w) * tangible),
        "evasion": ((origin == 2).sum(), w * (1 - c) * tangible),
        "leaks": (state.ledger.total("leaks_by_firms")[0], (1 - w * c) * (1 - tangible)),
    }
    assert sum(number for number, _ in kinds.values()) == total
    assert total == pytest.approx(400 * 20, rel=0.05)
    for name, (number, share) in kinds.items():
        happened = np.repeat([1.0, 0.0], [int(number), int(total - number)])
        assert equivalent(happened - share, margin=0.02), name


def test_seizures_raise_what_firms_believe_and_time_takes_it_back() -> None:
    state = firms()
    base = state.values.runs[0].firms.perceived_detection_start
    state.countries.perceived_detection[:] = 0.4
    for week in range(104):
        step_perception(state, DRAWS, When(7 * week, 7, 0))
    assert state.countries.perceived_detection[0] == pytest.approx(base + (0.4 - base) * math.exp(-2.0))
