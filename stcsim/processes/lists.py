"""Control lists come into force: agreed by the regime, adopted by each country, read at posts.

Once a year the regime agrees a new version; a country has it in force after its national lag. A breakout
technology is on no list when it emerges. Drafting and transposing are work: progress to the regime's
agreement and then to each national list runs at ``1 / lag`` a day, so a lag that is shortened on the way
shortens what is left. Standards drafted ahead and industry's news of what comes to market each save a share
of a lag; for the regime's, in proportion to its members that have them. Who adopts the regime's list by
reference has it in force on the day of the agreement. Only what is in force at home is sent to posts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import F8, I8, U64, Draws, mix
from stcsim.processes.keeping import kept
from stcsim.processes.new_items import Birth, bear
from stcsim.state.items import SUBJECT_LIST, SUBJECT_PROCEDURE, SUBJECT_TECHNOLOGY
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

LISTS, PROCEDURES = CATEGORIES.index("lists"), CATEGORIES.index("procedures")
OPEN = HANDLINGS.index("open")
WEEK = 7.0


def step_lists(state: State, draws: Draws, when: When) -> None:
    """Agree and adopt what is due in this step, and send it out; customs change procedures once a year."""
    if when.day % YEAR_DAYS == 0:
        state.newest_list += 1
        _procedures(state, draws, when)
    _versions(state, draws, when)
    if state.technologies.n:
        _technologies(state, draws, when)


def saved(state: State, anticipates: F8 | B1, watches: F8 | B1, run: I8) -> Any:
    """Return what is left of a lag where, or in the share in which, it is shortened, like `run`."""
    p = state.values.at(run).lists
    return (1 - p.anticipation_saves * anticipates) * (1 - p.watch_saves * watches)


def national_days(state: State) -> F8:
    """Return the days from the regime's agreement to each national list now, shape (countries,)."""
    countries = state.countries
    return kept(state, "national_days", (countries.law, countries.list_lag), lambda: _national_days(state))


def _national_days(state: State) -> F8:
    countries, law = state.countries, state.countries.law
    left = saved(
        state,
        law[:, LAW_INDEX["anticipates_technology"]],
        law[:, LAW_INDEX["technology_watch"]],
        countries.run,
    )
    days = WEEK * state.at(countries).lists.national_lag_weeks * countries.list_lag * left
    return np.where(law[:, LAW_INDEX["harmonised_lists"]], 0.0, days)


def regime_days(state: State) -> F8:
    """Return the days from emergence to the regime's agreement now, shape (runs,).

    Members are the countries with a licensing authority.
    """
    countries, runs = state.countries, state.runs
    member = countries.authority >= 0
    number = np.maximum(np.bincount(countries.run, weights=member, minlength=runs), 1.0)

    def share(topic: str) -> F8:
        has = member & countries.law[:, LAW_INDEX[topic]]
        return np.asarray(np.bincount(countries.run, weights=has, minlength=runs) / number)

    run = np.arange(runs)
    left = saved(state, share("anticipates_technology"), share("technology_watch"), run)
    return np.broadcast_to(WEEK * state.values.at(run).lists.regime_lag_weeks * left, (runs,))


def _versions(state: State, draws: Draws, when: When) -> None:
    """Bring the yearly versions into force whose national lag is over."""
    countries = state.countries
    lag = national_days(state)
    due = np.minimum(np.ceil((when.end - lag) / YEAR_DAYS), state.newest_list[countries.run])
    rows = (due > countries.list_version).nonzero()[0]
    if not len(rows):
        return
    agreed = (due[rows] - 1) * YEAR_DAYS
    day = np.maximum(agreed + lag[rows], when.day)
    countries.list_version[rows] = due[rows]
    countries.list_since[rows] = day
    key = mix(mix(countries.key[rows], LISTS), agreed.astype(np.int64))
    _send(state, draws, when, rows, LISTS, SUBJECT_LIST, due[rows].astype(np.int64), day, key)


def _technologies(state: State, draws: Draws, when: When) -> None:
    """Move drafting and transposing on by the step, and bring into force what is done."""
    tech, m = state.technologies, state.countries.n
    open_ = np.flatnonzero(np.isinf(tech.agreed) & (tech.emerges < when.end))
    start = np.maximum(tech.emerges[open_], when.day)
    days = regime_days(state)[tech.run[open_]]
    tech.drafted[open_], tech.agreed[open_] = progress(tech.drafted[open_], days, start, when.end)
    row, place = np.nonzero(np.isinf(tech.adopted) & (tech.agreed < when.end)[:, None])
    if not len(row):
        return
    country = tech.run[row] * m + place
    start = np.maximum(tech.agreed[row], when.day)
    done, day = progress(tech.transposed[row, place], national_days(state)[country], start, when.end)
    tech.transposed[row, place], tech.adopted[row, place] = done, day
    now = np.isfinite(day)
    row, country, day = row[now], country[now], day[now]
    key = mix(mix(state.countries.key[country], LISTS), tech.key[row])
    _send(state, draws, when, country, LISTS, SUBJECT_TECHNOLOGY, row % tech.n, day, key)


def progress(done: F8, days: F8, start: F8, end: float) -> tuple[F8, F8]:
    """Return how far work has come at `end`, and the day on which it was finished, inf if it is not.

    Parameters
    ----------
    done : share of the work done at `start`, shape (n,)
    days : days that the whole takes
    start : day from which it goes on
    """
    finish = start + (1 - done) * days
    over = finish < end
    more = done + (end - start) / np.where(days > 0, days, 1.0)
    return np.where(over, 1.0, np.minimum(more, 1.0)), np.where(over, finish, np.inf)


def _procedures(state: State, draws: Draws, when: When) -> None:
    """Let customs headquarters issue the year's procedures; what was known of others' is out of date."""
    countries = state.countries
    state.holders.procedures_known[:] = 0.0
    rows = np.flatnonzero(countries.customs >= 0)
    key = mix(mix(countries.key[rows], PROCEDURES), when.day)
    day = np.full(len(rows), float(when.day))
    _send(state, draws, when, rows, PROCEDURES, SUBJECT_PROCEDURE, rows % countries.n, day, key)


def _send(
    state: State,
    draws: Draws,
    when: When,
    country: I8,
    category: int,
    kind: int,
    subject: I8,
    day: F8,
    key: U64,
) -> None:
    """Let licensing authorities send out what is new on lists, or customs headquarters their procedures."""
    countries = state.countries
    origin = (countries.authority if category == LISTS else countries.customs)[country]
    there = origin >= 0
    country, origin, subject = country[there], origin[there], subject[there]
    day, key = day[there], key[there]
    born = Birth(
        run=countries.run[country],
        category=category,
        subject_kind=kind,
        subject=subject,
        generation=0,
        origin=origin,
        home=country % countries.n,
        truth=np.ones(len(country), dtype=np.bool_),
        handling=OPEN,
        reliability=np.ones(len(country)),
        day=day,
        key=key,
    )
    bear(state, draws, when, born)
