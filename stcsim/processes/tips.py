"""False tips about honest parties that a shock brings: items like others, which nobody ought to believe."""

from __future__ import annotations

import numpy as np

from stcsim.draws import Draws, mix, poisson_quantile
from stcsim.processes.births import OPEN, PARTIES, caveat
from stcsim.processes.new_items import Birth, announce
from stcsim.state.items import SUBJECT_PARTY
from stcsim.state.state import YEAR_DAYS, State, When

WEEK = 7
MOST = 1 << 16
"""More than the tips of one week in one country."""


def step_tips(state: State, draws: Draws, when: When) -> None:
    """Let the false tips of a week reach customs, where there are none intelligence; a keyed Poisson count.

    What they say of an honest party is as unreliable as other false items, so that reading puts them last and
    vetting stops as many of them.
    """
    countries = state.countries
    if when.day % WEEK or not countries.tips.any():
        return
    number = poisson_quantile(
        draws.uniform("tips", when.week, countries.key), countries.tips * WEEK / YEAR_DAYS
    )
    receiver = np.where(countries.customs >= 0, countries.customs, countries.intelligence)
    home = np.repeat(np.arange(len(number)), np.where(receiver >= 0, number, 0))
    if not len(home):
        return
    ordinal = np.arange(len(home)) - np.searchsorted(home, home, side="left")
    origin, run = receiver[home], countries.run[home]
    key = mix(mix(countries.key[home], when.week), MOST + ordinal)
    truth = np.zeros(len(home), dtype=np.bool_)
    born = Birth(
        run=run,
        category=PARTIES,
        subject_kind=SUBJECT_PARTY,
        subject=0,
        generation=0,
        origin=origin,
        home=home % countries.n,
        truth=truth,
        handling=caveat(state, origin, home % countries.n, OPEN),
        day=float(when.day),
        key=key,
    )
    announce(state, born)
