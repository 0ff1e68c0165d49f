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
from stcsim.processes.rows import as_column
from stcsim.state.populations import DRIVE_INDEX, LAW_INDEX, Holders
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
        gain = c.meetings + holders.met
        gain *= as_column(p.gain)
        _trust_on_pairs(holders, gain, np.asarray(as_column(p.reversion)), 91 / 364)
    q = state.at(countries).trust
    defined = countries.law[:, LAW_INDEX["role_definition"]]
    rest = np.where(defined, DEFINED_CLARITY, q.clarity)
    strain = countries.strain[:, DRIVE_INDEX["trust"]]
    countries.clarity[:] = trust_after(
        countries.clarity, rest * strain, q.clarity_gain * c.clarifies, q.clarity_reversion, when.dt
    )


def _trust_on_pairs(holders: Holders, gain: F8, reversion: F8, dt: float) -> None:
    """Move trust of all pairs on as `trust_after` does, with less work for the many that do not meet.

    Parameters
    ----------
    gain : eta times meetings a year, 1/yr, shape (holders, n)
    reversion : 1/yr, one number or one for each holder, shape () or (holders, 1)
    """
    trust, base, each = holders.trust.reshape(-1), holders.trust_base.reshape(-1), gain.reshape(-1)
    meets = (each > 0).nonzero()[0] if (reversion > 0).all() else np.arange(gain.size)
    back = np.broadcast_to(reversion, (len(gain), 1)).reshape(-1).take(meets // max(1, holders.n))
    after = trust_after(trust.take(meets), base.take(meets), each.take(meets), back, dt)
    rest = holders.trust_base * reversion
    rest /= np.maximum(reversion, 1e-300)
    holders.trust -= rest
    holders.trust *= np.exp(-reversion * dt)
    holders.trust += rest
    trust[meets] = after
