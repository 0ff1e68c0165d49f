"""State-linked networks forgo attempts where the state behind them is brought to care; the others do not.

A state-linked network is thinned by a keyed coin with the share ``h (W - W0) / (1 - W0)`` of its home's will
above its base, W0. Diplomacy reaches a network that no state stands behind only through controls.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import I8, U64, Draws
from stcsim.state.populations import B1
from stcsim.state.state import State


def restrained(state: State, draws: Draws, network: I8, key: U64) -> B1:
    """Return which attempts are forgone since the network's home has come to object, shape (n,).

    Parameters
    ----------
    network : rows of networks
    key : keys of the attempts
    """
    countries, home = state.countries, state.networks.home[network]
    base = countries.will_base[home]
    risen = np.maximum(countries.will[home] - base, 0.0) / np.maximum(1 - base, 1e-9)
    share = state.values.at(state.networks.run[network]).adversary.home_restraint * risen
    out = state.networks.state_linked[network] & (share > 0) & state.switches.feedback
    at = np.flatnonzero(out)
    if len(at):
        out[at] = draws.uniform("restraint", 0, key[at]) < share[at]
    return np.asarray(out)
