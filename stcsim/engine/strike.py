"""What the shocks in force do to the state: they strain, impair, bribe, send tips, and destroy once.

All is the same in every run of the scenario, whatever its arm, and a function of the week alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from stcsim.draws import I8
from stcsim.shocks.base import Damage, Impairment, Insider, Shock, Strain
from stcsim.state.populations import DRIVE_INDEX, HOLDER_KINDS
from stcsim.state.state import State

POST = "post"
"""What stands for all checkpoints and stretches where a shock names a body."""


def strain(state: State, shocks: Sequence[Shock], week: int) -> None:
    """Set what the shocks in force strain; what recovers has come back in part."""
    countries, holders, posts = state.countries, state.holders, state.posts
    countries.strain[:] = 1.0
    countries.tips[:] = 0.0
    holders.manning[:] = 1.0
    holders.exchange[:] = 1.0
    posts.waved[:] = 0.0
    for shock in (s for s in shocks if s.in_force(week)):
        left = shock.left(week - shock.at_week)
        for answer in shock.strains():
            if isinstance(answer, Strain):
                rows = _countries(state, answer.country)
                countries.strain[rows, DRIVE_INDEX[answer.drive]] *= 1 + (answer.factor - 1) * left
            elif isinstance(answer, Impairment):
                bodies = _bodies(state, answer.country, answer.body)
                holders.manning[bodies] *= 1 + (answer.staff - 1) * left
                holders.exchange[bodies] *= 1 + (answer.exchange - 1) * left
            elif isinstance(answer, Insider):
                at = _posts(state, answer)
                posts.waved[at] = 1 - (1 - posts.waved[at]) * (1 - answer.share * left)
            else:
                countries.tips[_countries(state, answer.country)] += answer.per_year * left


def destroy(state: State, shocks: Sequence[Shock], week: int) -> None:
    """Take away what shocks that strike in this week destroy, once."""
    for shock in (s for s in shocks if s.at_week == week):
        for damage in shock.damages():
            _destroy(state, damage)


def _destroy(state: State, damage: Damage) -> None:
    holders = state.holders
    lost = np.array([damage.knowledge, damage.practices, damage.skills, damage.tools])
    rows = _bodies(state, damage.country, damage.body)
    for column in (holders.latent, holders.captured):
        column[rows] *= 1 - lost


def _countries(state: State, country: str) -> I8:
    """Rows of a country in all runs; of all countries when empty."""
    countries = state.countries
    rows = np.arange(len(countries.key))
    return rows[rows % countries.n == countries.ids.index(country)] if country else rows


def _bodies(state: State, country: str, body: str) -> I8:
    """Rows of the bodies of a country that a shock means: of a role, the posts, or all."""
    holders = state.holders
    mine = np.isin(holders.country, _countries(state, country))
    at_border = np.isin(holders.kind, [HOLDER_KINDS.index(k) for k in (POST, "stretch")])
    if body == POST:
        mine &= at_border
    elif body:
        role = state.roles.index(body) if body in state.roles else -1
        mine &= (holders.role == role) & ~at_border
    return np.flatnonzero(mine)


def _posts(state: State, insider: Insider) -> I8:
    """Rows of the posts at which an insider sits."""
    posts = state.posts
    if insider.post:
        rows: I8 = np.arange(len(posts.key))
        return np.asarray(rows[rows % posts.n == posts.ids.index(insider.post)])
    return np.flatnonzero(np.isin(posts.country, _countries(state, insider.country)))
