"""State-linked networks forgo attempts where the state behind them is brought to care; the others do not.

A state-linked network is thinned by a keyed coin with the share ``h (W - W0) / (1 - W0)`` of its home's will
above its base, W0. Diplomacy reaches a network that no state stands behind only through controls.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stcsim.draws import F8, I8
from stcsim.state.populations import B1
from stcsim.state.state import State


def restrained(state: State, network: I8, luck: Callable[[], F8]) -> B1:
    """Return which occasions are forgone since the network's home has come to object, shape (n,).

    Parameters
    ----------
    network : rows of networks
    luck : returns a keyed uniform number of each occasion, asked for where any network is state-linked
    """
    countries, out = state.countries, state.networks.state_linked.take(network)
    if not state.switches.feedback or not out.any():
        return np.zeros(len(network), dtype=np.bool_)
    home = state.networks.home.take(network)
    base = countries.will_base.take(home)
    risen = np.maximum(countries.will.take(home) - base, 0.0) / np.maximum(1 - base, 1e-9)
    share = state.values.at(state.networks.run.take(network)).adversary.home_restraint * risen
    out &= luck() < share
    return np.asarray(out)
