"""What comes of sitting together: knowing each other's part, clear roles, and the attention of leaders.

Only who takes part gets any of it. A body that attends a share ``s`` of convenings held ``m`` times a year is
at one of them in a quarter with probability ``1 - (1 - s)^(m / 4)``, and gets to know who is there with it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stcsim.draws import F8, Draws
from stcsim.engine.participation import Attendance
from stcsim.engine.plan import Gathering, Plan
from stcsim.state.populations import B1
from stcsim.state.state import State


def recognise(state: State, draws: Draws, plans: Sequence[Plan], taking: Attendance, quarter: int) -> None:
    """Let those who are told of somebody, and those who sit with somebody this quarter, know its part."""
    holders, n = state.holders, state.holders.n
    met = any(q.gatherings for q in plans)
    luck = draws.uniform("sits", quarter, holders.key) if met else np.zeros(0)
    for r, q in enumerate(plans):
        if len(q.recognises):
            holders.recognises[r * n + q.recognises[:, 0], q.recognises[:, 1]] = True
        for g in q.gatherings:
            there = g.members[sits(luck[r * n + g.members], _shares(taking, g, r * n), g.per_year)]
            holders.recognises[np.ix_(r * n + there, there)] = True


def sits(luck: F8, share: F8, per_year: float) -> B1:
    """Return who is at one convening of a quarter at least, shape (n,).

    Parameters
    ----------
    luck : uniform between 0 and 1, shape (n,)
    share : of these convenings that each takes part in, shape (n,)
    per_year : how many are held
    """
    return np.asarray(1 - luck > (1 - share) ** (per_year / 4))


def clarifies(state: State, plans: Sequence[Plan], taking: Attendance) -> F8:
    """Return meetings a year at which both customs headquarters and law enforcement of a country are.

    Returns
    -------
    shape (countries,)
    """
    n, m = state.holders.n, state.countries.n
    out = np.zeros(len(state.countries.key))
    pairs = list(zip(state.countries.customs.tolist(), state.countries.law_enforcement.tolist(), strict=True))
    for r, q in enumerate(plans):
        for g in q.gatherings:
            share = dict(zip((r * n + g.members).tolist(), _shares(taking, g, r * n).tolist(), strict=True))
            for c in range(r * m, (r + 1) * m):
                customs, police = pairs[c]
                if customs in share and police in share:
                    out[c] += g.per_year * share[customs] * share[police]
    return out


def principals(state: State, plans: Sequence[Plan], taking: Attendance) -> F8:
    """Return meetings a year of principals that those of each country are at, on average over its bodies.

    Returns
    -------
    shape (countries,)
    """
    n = state.holders.n
    out = np.zeros(len(state.countries.key))
    for r, q in enumerate(plans):
        for g in q.gatherings:
            if not g.principals:
                continue
            home, share = state.holders.country[r * n + g.members], _shares(taking, g, r * n)
            for c in np.unique(home[home >= 0]):
                out[c] += g.per_year * share[home == c].mean()
    return out


def _shares(taking: Attendance, g: Gathering, start: int) -> F8:
    """Share of a gathering that each of its members takes part in; `start` is the first row of the run."""
    rows = start + g.members
    return np.where(g.travels, taking.away[rows], taking.home[rows])
