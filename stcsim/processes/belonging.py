"""Shared identity: who has met as a whole ecosystem comes to see itself as part of one.

``dI/dt = eta_I m (1 - I) - delta_I (I - I0)`` with m convenings a year of agencies and partners together
that a holder takes part in. Identity opens no channel; where there is one, it speeds what passes: the rate
is multiplied by ``1 + speed * sqrt(I_u I_v)``.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8, Draws
from stcsim.processes.trust import trust_after
from stcsim.state.state import State, When


def step_belonging(state: State, draws: Draws, when: When) -> None:
    """Move identity on at the end of a quarter, the quarter that ends in one piece."""
    if not when.quarter_ends:
        return
    holders = state.holders
    p = state.at(holders).trust
    gain = p.identity_gain * state.compiled.belonging
    rest = np.asarray(p.identity, dtype=np.float64)
    holders.identity[:] = trust_after(holders.identity, rest, gain, p.identity_fading, 91 / 364)


def speed_of_sharing(state: State, u: I8, v: I8) -> F8:
    """Return the factor on the rate of each channel, shape (E,)."""
    holders = state.holders
    speed = state.values.at(holders.run[u]).trust.identity_speed
    return np.asarray(1 + speed * np.sqrt(holders.identity[u] * holders.identity[v]))
