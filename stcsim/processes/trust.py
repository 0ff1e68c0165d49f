"""Trust on ties, and clarity of roles: both grow by meeting and fall back without.

``dT/dt = eta m (1 - T) - delta (T - T0)`` with m joint meetings a year, those at the quarter's
activities included: most is gained where no tie was.
Clarity of roles between customs and law enforcement follows the same law with the meetings in which both
sit; a mandate that defines roles holds it at its ceiling.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8, Draws
from stcsim.state.populations import DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import State, When

DEFINED_CLARITY = 0.9
"""Clarity towards which a mandate that defines roles moves. Assumed."""


def trust_after(trust: F8, base: F8, gain: Any, reversion: Any, dt: float) -> F8:
    """Return trust after `dt` years under constant meetings: the exact solution of the linear equation.

    Parameters
    ----------
    gain : eta times meetings a year, 1/yr
    reversion : rate at which trust falls back to `base`, 1/yr
    """
    rate = gain + reversion
    rest = np.where(rate > 0, (gain + reversion * base) / np.maximum(rate, 1e-300), trust)
    return np.asarray(rest + (trust - rest) * np.exp(-rate * dt))


def step_trust(state: State, draws: Draws, when: When) -> None:
    """Move trust on all pairs and clarity of roles on by the step."""
    holders, countries, c = state.holders, state.countries, state.compiled
    p = state.at(holders).trust
    if when.quarter_ends:
        # trust acts when the network is compiled, each quarter: the quarter that ends is solved in one piece
        gain, back = _column(p.gain) * (c.meetings + holders.met), _column(p.reversion)
        holders.trust[:] = trust_after(holders.trust, holders.trust_base, gain, back, 91 / 364)
    q = state.at(countries).trust
    defined = countries.law[:, LAW_INDEX["role_definition"]]
    rest = np.where(defined, DEFINED_CLARITY, q.clarity)
    strain = countries.strain[:, DRIVE_INDEX["trust"]]
    countries.clarity[:] = trust_after(
        countries.clarity, rest * strain, q.clarity_gain * c.clarifies, q.clarity_reversion, when.dt
    )


def _column(value: Any) -> Any:
    return value[:, None] if isinstance(value, np.ndarray) else value
