"""When donors leave which country, and who knows of it: by the scenario's donors and its shocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from stcsim.actors.donor import DonorSpec
from stcsim.shocks import Shock
from stcsim.state.state import State

WEEK_DAYS = 7


def set_exits(
    state: State, specs: Sequence[DonorSpec], shocks: Iterable[Shock], week: int, warm_up: int
) -> None:
    """Set the day on which each donor leaves each country, from when it is known, and whether it hands over.

    Parameters
    ----------
    specs : donors of a run, in the order of their rows
    week : weeks since arms branched, negative in the warm-up
    warm_up : days of the warm-up
    """
    donors, countries = state.donors, state.countries
    if not donors.n:
        return
    donors.leaves[:], donors.announces[:], donors.hands_over[:] = np.inf, np.inf, False
    for d, spec in enumerate(specs):
        if spec.active_until_week is not None:
            last = float(spec.active_until_week * WEEK_DAYS)
            known = last - spec.notice_weeks * WEEK_DAYS
            _leave(state, [d], slice(None), last, known, spec.upkeep_handed_over)
    for shock in shocks:
        if week >= shock.at_week + shock.weeks:
            continue
        for one in shock.withdrawals():
            if week < shock.at_week - one.notice_weeks:
                continue
            who = [donors.ids.index(one.donor)] if one.donor else list(range(donors.n))
            first = countries.ids.index(one.country) if one.country else 0
            where = slice(first, first + 1) if one.country else slice(None)
            last = float(warm_up + shock.at_week * WEEK_DAYS)
            _leave(state, who, where, last, last - one.notice_weeks * WEEK_DAYS, one.hands_over)


def _leave(
    state: State, who: Sequence[int], where: slice, last: float, known: float, hands_over: bool
) -> None:
    """Take down one end, of donors `who` in the countries `where` of every run; the earliest end counts."""
    donors = state.donors
    for d in who:
        rows = np.arange(d, len(donors.key), donors.n)
        earlier = last < donors.leaves[rows, where]
        donors.hands_over[rows, where] = np.where(earlier, hands_over, donors.hands_over[rows, where])
        donors.leaves[rows, where] = np.minimum(donors.leaves[rows, where], last)
        donors.announces[rows, where] = np.minimum(donors.announces[rows, where], known)
