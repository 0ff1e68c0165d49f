"""The licence register as officers at posts see it, and what changes where they do.

Without a link an officer takes a licence at its word. Where the register is visible, goods that look
controlled and travel under a licence are not held, and a shipment under a licence that is forged, used up or
made out for other goods is found out as such.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State


def visible_at(state: State, post: I8) -> B1:
    """Return whether officers of each post see the licence register, shape (n,)."""
    return np.asarray(state.countries.law[state.posts.country[post], LAW_INDEX["register_visible"]])


def held_in_spite(state: State) -> F8:
    """Return the share of ambiguous honest goods that the register does not clear, shape (posts,)."""
    p = state.at(state.posts).detention
    visible = visible_at(state, np.arange(len(state.posts.key)))
    return np.where(visible, 1 - np.asarray(p.ambiguous_licensed), 1.0)


def left_of_deceit(state: State, rows: I8) -> F8:
    """Return the share of goods under a licence by deceit that the licence does not explain away, shape (n,).

    ``v``, and ``v + (1 - v) m`` where officers see that a share ``m`` of
    such shipments is not what the licence allows.
    """
    cases = state.cases
    s = state.values.at(cases.run[rows]).screening
    plain = np.minimum(s.deceit_licensed_front, 1.0)
    caught = np.where(visible_at(state, cases.post[rows]), s.licence_misuse, 0.0)
    return np.asarray(plain + (1 - plain) * caught)
