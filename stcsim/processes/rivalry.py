"""States compete by lax control: who tightens alone loses business to those who do not.

A country whose will has risen above its own start by more than that of the others, weighted by the goods that
they supply, rests lower: ``W0 - k (rise - rise of others)`` while that is positive. Where all rise together
nobody pays; a country alone in its region has no rivals.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.processes.rows import sums
from stcsim.state.state import State


def rise_of_others(state: State) -> F8:
    """Return by how much the will of the others has risen; the own rise without others, (countries,)."""
    countries = state.countries
    rise = countries.will - countries.will_base
    run, weight = countries.run, countries.supply
    risen = weight * rise
    total = sums(run, weight, state.runs).take(run) - weight
    risen = sums(run, risen, state.runs).take(run) - risen
    there = total > 1e-9
    return np.where(there, risen / np.where(there, total, 1.0), rise)


def given_up(state: State) -> F8:
    """Return the will at rest that each country gives up to laxer rivals, at least 0, shape (countries,)."""
    countries = state.countries
    ahead = countries.will - countries.will_base - rise_of_others(state)
    return np.asarray(state.at(countries).will.rivalry * np.maximum(ahead, 0.0))
