"""The licence register as officers at posts see it, and what changes where they do.

Without a link an officer takes a licence at its word. Where the register is visible, goods that look
controlled and travel under a licence are not held, and a shipment under a licence that is forged, used up or
made out for other goods is selected as one of a listed party is.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8, Draws
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


def misused(state: State, draws: Draws, rows: I8) -> B1:
    """Return which consignments the register shows to travel under a licence that is not theirs, shape (n,).

    It is forged, used up or made out for other goods; the declaration alone tells, before anybody inspects.
    """
    cases = state.cases
    out = cases.licensed[rows] & visible_at(state, cases.post[rows])
    at = out.nonzero()[0]
    if len(at):
        shown = rows[at]
        share = state.values.at(cases.run[shown]).screening.licence_misuse
        out[at] = draws.uniform("licence_misuse", 0, cases.key[shown]) < share
    return np.asarray(out)
