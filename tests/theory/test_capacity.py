"""Capacity against its closed forms and against what has been reported about training."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from stcsim.parameters import CapacityParameters
from stcsim.processes.academy import start
from stcsim.processes.competence import competence, effective
from stcsim.processes.kinetics import advance, decay_rates, steady_state
from stcsim.state import When
from tests.processes.capacity_region import DRAWS, region, step_capacity

P = CapacityParameters()
NONE = np.zeros((1, 4))
REPORTED = {0.0: 0.62, 0.5: 0.44, 1.0: 0.34}
"""Share of trained employees who apply what they learnt, by years since (Saks & Belcourt 2006)."""


def test_a_constant_dose_leads_to_the_closed_form_through_steps_of_the_model() -> None:
    state = region()
    holders = state.holders
    holders.dose[:] = 1.5 * holders.uses[:, :, None] * np.array([1.0, 0.5, 1.0, 0.2])
    for quarter in range(4 * 150):
        step_capacity(state, DRAWS, When(quarter * 91, 91, 0))
    country = holders.country
    kappa = (P.capture_rate * holders.authority * state.countries.funding[country])[:, None, None]
    latent, captured = decay_rates(P, holders.institutionalised, state.countries.upkeep[country])
    B, D_x = kappa + latent[:, None, :], captured[:, None, :]
    a = holders.academy + (1 - P.capture_unmanaged) * holders.dose
    b = P.capture_unmanaged * holders.dose
    free = 1 / (1 + a / B + (b + kappa * a / B) / D_x)
    assert holders.latent == pytest.approx(free * a / B, abs=1e-5)
    assert holders.captured == pytest.approx(free * (b + kappa * a / B) / D_x, abs=1e-5)


def in_use(months: float, turnover: float = 0.0) -> float:
    """Share in use of what was wholly learnt `months` ago, at the effective capture rate of .2 a year."""
    kappa = NONE[:, :1] + 0.2
    p = CapacityParameters(turnover=turnover, institutionalised=0.0)
    lost = decay_rates(p, np.zeros(1), np.ones(1))
    latent, captured = advance(NONE + 1.0, NONE, NONE, NONE, kappa, *lost, months / 12)
    return float(effective(latent, captured, p.latent_use)[0, 0])


def test_retention_of_those_who_stay_is_near_what_was_reported() -> None:
    assert [in_use(m) for m in (0, 6, 12)] == pytest.approx([0.60, 0.45, 0.35], abs=0.005)
    for years, share in REPORTED.items():
        assert in_use(12 * years) == pytest.approx(share, abs=0.03)


def test_half_of_the_gain_is_lost_within_the_range_of_half_lives_reported() -> None:
    # Among those who stay, and not put to use at all: 6.5 to 13 months (Tatel & Ackerman).
    half_life = 12 * np.log(2) / P.decay_latent
    assert 6.5 <= half_life <= 13
    assert in_use(12, turnover=0.2) < in_use(12)


def test_without_an_academy_competence_falls_from_45_to_about_13_percent_in_five_years() -> None:
    kappa = NONE[:, :1] + P.capture_rate * 0.5 * 0.5
    lost = decay_rates(P, np.array([P.institutionalised]), np.array([0.3]))
    latent, captured, own = start(NONE + 0.45, kappa, *lost, P.latent_use, P.academy_cap)

    def level(doses: NDArray[np.float64]) -> float:
        end = advance(latent, captured, doses, NONE, kappa, *lost, 5.0)
        return float(competence(effective(*end, P.latent_use), P.complements_exponent, 0.05)[0])

    assert level(own) == pytest.approx(0.45)
    assert level(NONE) == pytest.approx(0.13, abs=0.02)


def test_knowledge_and_skills_alone_fall_to_a_fifth_and_practices_stay() -> None:
    kappa = NONE[:, :1] + P.capture_rate * 0.5 * 0.5
    lost = decay_rates(P, np.array([P.institutionalised]), np.array([0.5]))
    latent, captured, _ = start(NONE + 0.45, kappa, *lost, P.latent_use, P.academy_cap)
    end = advance(latent, captured, NONE, NONE, kappa, *lost, 5.0)
    knowledge, practices, skills, _tools = effective(*end, P.latent_use)[0]
    assert knowledge == skills == pytest.approx(0.09, abs=0.015)
    assert practices > 0.3


def after_a_while(dt: float, varying: bool) -> NDArray[np.float64]:
    """Capacity after 1.25 years of a capture rate that is constant, or varies and is held over a step."""
    lost = decay_rates(P, np.array([0.3]), np.array([0.5]))
    pair = (NONE + 0.3, NONE + 0.1)
    for i in range(round(1.25 / dt)):
        kappa = NONE[:, :1] + 0.4 + (0.35 * np.cos(4 * i * dt) if varying else 0.0)
        pair = advance(*pair, NONE + 0.8, NONE + 0.2, kappa, *lost, dt)
    return np.concatenate(pair)


def test_the_step_is_exact_under_constant_rates_and_of_first_order_under_varying_ones() -> None:
    once, weekly = after_a_while(1.25, varying=False), after_a_while(1 / 52, varying=False)
    assert weekly == pytest.approx(once, abs=1e-12)
    finest = after_a_while(1 / 3328, varying=True)
    errors = [np.abs(after_a_while(dt, varying=True) - finest).max() for dt in (1 / 52, 1 / 104, 1 / 208)]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(1, abs=0.1)
    assert np.log2(errors[1] / errors[2]) == pytest.approx(1, abs=0.15)
    assert errors[0] < 2e-3


def test_more_upkeep_leadership_or_tenure_means_more_capacity_at_rest() -> None:
    def rest(kappa: float, institutionalised: float, upkeep: float) -> float:
        lost = decay_rates(P, np.array([institutionalised]), np.array([upkeep]))
        end = steady_state(NONE + 0.5, NONE + 0.1, NONE[:, :1] + kappa, *lost)
        return float(competence(effective(*end, P.latent_use), -1.0, 0.05)[0])

    usual = rest(0.2, 0.3, 0.5)
    assert rest(0.4, 0.3, 0.5) > usual
    assert rest(0.2, 0.6, 0.5) > usual
    assert rest(0.2, 0.3, 0.8) > usual
