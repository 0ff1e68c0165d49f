"""Aid replaces a part of the national money for capacity, which comes back slowly when aid ends.

With aid A that the national budget expects to last and national money N for using capacity and for the upkeep
of tools, the share of N that gives way tends to ``k A / (A + N)``: quickly as a budget is cut, slowly as a
budget line is won back. k is an assumption: how far aid to one field replaces money there is disputed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8
from stcsim.processes import sustainment
from stcsim.state import State


def step_crowding(state: State, years: float) -> None:
    """Move the share of national money that has given way to aid over a time in which aid is constant.

    Parameters
    ----------
    years : length of that time
    """
    countries = state.countries
    p = state.at(countries).donors
    rest = p.crowding_out * _part_of_aid(countries.counted_on, sustainment.national_money(state))
    rate: Any = np.where(rest > countries.displaced, p.crowding_rate, p.recovery_rate)
    countries.displaced[:] = rest + (countries.displaced - rest) * np.exp(-rate * years)


def _part_of_aid(aid: F8, national: F8) -> F8:
    total = aid + national
    return np.asarray(aid / np.where(total > 0, total, 1.0))
