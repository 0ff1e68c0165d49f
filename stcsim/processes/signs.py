"""What marks a consignment of interest at the border: risk score, party, the law's ground to stop it."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import ORIGINS, WAYS
from stcsim.draws import F8, I8, Draws
from stcsim.processes.listed import may_act
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State

ADVERSARY, IGNORANCE = ORIGINS.index("adversary"), ORIGINS.index("ignorance")
REEXPORTED = 0.5
"""Share of what goes through a third country that is imported there first, so that re-export law is
needed. Assumed."""
UNAWARE, THIRD_COUNTRY = WAYS.index("unaware_firm"), WAYS.index("third_country")


def separation(state: State, rows: I8, active: B1) -> F8:
    """Return the mean risk score of each consignment at its post, shape (n,).

    ``(d' + gain [activities known]) * deceit``, with d' of the post for plain smuggling.
    """
    cases = state.cases
    gain = state.values.at(cases.run[rows]).screening.network_intelligence_gain
    return np.asarray((state.posts.targeting[cases.post[rows]] + gain * active) * deceit(state, rows))


def deceit(state: State, rows: I8) -> F8:
    """Return the factor of deceit on the separation of consignments, shape (n,).

    Goods under a licence obtained by deceit look almost ordinary; what an exporter ships in ignorance lacks
    the marks of smuggling; passing through another country hides less where its procedures are known. An
    adversary's skill divides the separation.
    """
    cases = state.cases
    way, origin = cases.way[rows], cases.origin[rows]
    p = state.values.at(cases.run[rows])
    s = p.screening
    # who knows the neighbours' procedures sees what does not fit them
    known = state.holders.procedures_known[state.posts.holder[cases.post[rows]]]
    seen = s.alignment_reveals * known * np.maximum(1 - s.deceit_reexport, 0.0)
    factor = np.where(way == THIRD_COUNTRY, s.deceit_reexport + seen, s.deceit_smuggling)
    factor = np.where(way == UNAWARE, s.deceit_unaware, factor)
    factor = np.where(cases.licensed[rows], s.deceit_licensed_front, factor)
    factor = np.where(origin == IGNORANCE, s.deceit_ignorance, factor)
    return np.where(origin == ADVERSARY, factor / p.adversary.deceit_skill, factor)


def known_parties(state: State, rows: I8, day: float) -> tuple[B1, B1]:
    """Return whether its post knows the front by name, and the activities behind it, shape (n,) each.

    A name is worth nothing once the network has replaced the front; what is known of its activities still is.
    """
    cases, fronts = state.cases, state.fronts
    front = cases.front[rows]
    listed = np.zeros(len(rows), dtype=np.bool_)
    active = listed.copy()
    at = (front >= 0).nonzero()[0]
    if len(at):
        front = front[at]
        holder = state.posts.holder[cases.post[rows[at]]] % state.holders.n
        same = fronts.generation[front] == cases.generation[rows[at]]
        # a public list is there for everybody, read or not
        listed[at] = same & ((fronts.known_until[front, holder] > day) | fronts.listed[front])
        active[at] = fronts.network_known_until[front, holder] > day
    return listed, active


def may_stop(state: State, rows: I8) -> B1:
    """Return whether the law gives a ground to stop each consignment once it is recognised, shape (n,).

    Goods passing through need transit control, or control of re-export where they were imported first;
    goods that the list in force does not name need the catch-all, and nothing is held without export control.
    """
    cases = state.cases
    law = state.countries.law[state.posts.country[cases.post[rows]]]
    ground = law[:, LAW_INDEX["export"]] & may_act(state, rows, state.posts.country[cases.post[rows]])
    at = (cases.way[rows] == THIRD_COUNTRY).nonzero()[0]
    if len(at):
        again = Draws().uniform("reexport", 0, cases.key[rows[at]]) < REEXPORTED
        ground[at] &= np.where(again, law[at, LAW_INDEX["reexport"]], law[at, LAW_INDEX["transit"]])
    return np.asarray(ground)
