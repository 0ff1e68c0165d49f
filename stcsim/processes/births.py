"""Where information comes from: seizures, refusals, reports, checks, intelligence, civil society.

Each item is keyed by its cause, so it is the same item in every arm in which its cause occurs. What an agency
learns about a party at home under a data law is restricted; what firms tell is commercial; a part of
intelligence is originator-controlled.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, COMPETENCES, FATES, HANDLINGS, ORIGINS
from stcsim.draws import I8, U64, Draws, keys_of, mix
from stcsim.processes.checks import followed_up
from stcsim.processes.fates import IN_PROCESS
from stcsim.processes.hours import manned
from stcsim.processes.information import bear
from stcsim.state.items import SUBJECT_FRONT, SUBJECT_PARTY
from stcsim.state.populations import HOLDER_KINDS, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

NETWORKS, PARTIES, LICENSING = (CATEGORIES.index(c) for c in ("networks", "parties", "licensing"))
OPEN, COMMERCIAL, OWN_NATIONAL, ORIGINATOR = range(len(HANDLINGS))
ACTIVITY_SHARE = 0.35
"""Share of intelligence that is about a network's activities (category 1) rather than a party. Assumed."""
ORIGINATOR_SHARE = 0.2
"""Share of intelligence that its originator keeps control of. Assumed."""
RELIABILITY = {True: 1.0, False: 0.4}
"""Mean reliability shown for a true and a false item, before noise. Assumed."""
COLLECTED = 0.7
"""Share of what could be collected about a front in use that is collected at the start. Assumed."""
INVESTIGATION = COMPETENCES.index("investigation")
PARTNER = HOLDER_KINDS.index("partner")
SOURCES = (
    (("interdicted_checkpoint", "stopped_intelligence"), PARTIES, OPEN),
    (("refused", "stopped_prelicence"), LICENSING, COMMERCIAL),
    (("stopped_report",), PARTIES, COMMERCIAL),
    (("completed", "released_clock"), LICENSING, COMMERCIAL),
)
"""Fates that become items, the category of these and their handling: a seizure at customs, a refusal, a
report and a check at the licensing authority."""
SEIZURE, CHECK = 0, 3
SOURCE_OF = np.array([next((i for i, s in enumerate(SOURCES) if f in s[0]), -1) for f in FATES])
CATEGORY_BY, HANDLING_BY = (np.array([s[k] for s in SOURCES]) for k in (1, 2))
WARNERS = ("civil_society", "university", "media")
"""Partners that give early warning."""


def shown(state: State, draws: Draws, run: I8, key: U64, truth: Any) -> Any:
    """Return the reliability that holders are shown: noisy around the mean of true or of false items."""
    p = state.values.at(run).information
    mean = np.where(truth, RELIABILITY[True], RELIABILITY[False])
    return mean + np.asarray(p.reliability_noise) * draws.normal("reliability", 0, key)


def caveat(state: State, origin: I8, home: I8, otherwise: Any) -> Any:
    """Own-national where the subject is at home in the origin's state and its law keeps such data in."""
    country = state.holders.country[origin]
    law = state.countries.law_base[np.maximum(country, 0), LAW_INDEX["shares_data_on_nationals"]] | (
        country < 0
    )
    own = (country >= 0) & (country % max(1, state.countries.n) == home) & ~law
    return np.where(own, OWN_NATIONAL, otherwise)


def step_intelligence(state: State, draws: Draws, when: When) -> None:
    """Intelligence services and civil society learn of fronts that are in use, more at home than abroad.

    Rate per front and country: the register's, times 3 at the front's home, divided by the network's
    skill, and scaled by the collector's competence and time against the start.
    """
    fronts, countries = state.fronts, state.countries
    if not fronts.n:
        return
    m = countries.n
    if np.isnan(fronts.next_birth).any():
        _first_births(state, draws)
    for _ in range(64):
        row, place = np.nonzero(fronts.next_birth < when.end)
        if not len(row):
            return
        ordinal, day = fronts.births[row, place], fronts.next_birth[row, place]
        fronts.births[row, place] += 1
        key = mix(_front_country(state, row, place), ordinal)
        gap = draws.clock("intelligence", _front_country(state, row, place), ordinal + 1)
        fronts.next_birth[row, place] = day + gap / _rate(state, row, place) * YEAR_DAYS
        run = fronts.run[row]
        country = run * m + place
        warned = draws.uniform("source", 0, key) < _warning_share(state, run)
        origin = countries.intelligence[country]
        origin[warned] = _warner(state, draws, country[warned], key[warned])
        used = (fronts.live_from[row] <= day) & (origin >= 0)
        # collecting and warning take people: the potential item is thinned by time and competence
        row, origin, key, day = row[used], origin[used], key[used], day[used]
        collected = draws.uniform("collected", 0, key) < _collecting(state, origin)
        row, origin, key, day = row[collected], origin[collected], key[collected], day[collected]
        _intelligence(state, draws, when, row, origin, key, day)


def _rate(state: State, row: I8, place: I8) -> Any:
    """Highest rate of items a year about a front in a country, intelligence and civil society together."""
    fronts = state.fronts
    p = state.values.at(fronts.run[row]).information
    near = np.where(fronts.country[row] % state.countries.n == place, p.home_weight, 1.0)
    return (p.intelligence_rate + p.civil_society_rate) * near / state.networks.skill[fronts.network[row]]


def _warning_share(state: State, run: I8) -> Any:
    p = state.values.at(run).information
    total = np.asarray(p.intelligence_rate + p.civil_society_rate)
    return np.where(total > 0, p.civil_society_rate / np.maximum(total, 1e-12), 0.0)


def _front_country(state: State, row: I8, place: I8) -> U64:
    return mix(state.fronts.key[row], place)


def _first_births(state: State, draws: Draws) -> None:
    fronts = state.fronts
    row, place = np.nonzero(np.isnan(fronts.next_birth))
    rate = _rate(state, row, place)
    gap = draws.clock("intelligence", _front_country(state, row, place), 0)
    with np.errstate(divide="ignore"):
        fronts.next_birth[row, place] = np.where(rate > 0, gap / np.maximum(rate, 1e-300) * YEAR_DAYS, np.inf)


def _collecting(state: State, row: I8) -> Any:
    """Share of what could be collected that a holder's staff, time and competence collect, 0.7 at the start.

    Competence in investigation counts where the holder's role uses it, as a square root.
    """
    holders = state.holders
    now, start = holders.competence[row, INVESTIGATION], holders.competence_start[row, INVESTIGATION]
    skill = np.where(start > 0, np.sqrt(now / np.where(start > 0, start, 1.0)), 1.0)
    base = np.maximum(holders.staff_base[row], 1e-9)
    staff = manned(holders.staff[row], holders.added_analysts[row]) / base
    time = holders.available[row] / holders.available_start[row]
    return np.minimum(COLLECTED * staff * time * skill, 1.0)


def _warner(state: State, draws: Draws, country: I8, key: U64) -> I8:
    """Row of the body that warns, one of those of the country by their staff, -1 where none, shape (n,)."""
    holders = state.holders
    n = holders.n
    if not n or not len(country):
        return np.full(len(country), -1, dtype=np.int64)
    warns = np.array([role in WARNERS for role in state.roles])
    run = country // max(1, state.countries.n)
    bodies = (run * n)[:, None] + np.arange(n)
    staff = holders.staff_base[bodies]
    here = warns[holders.role[bodies]] & (holders.kind[bodies] == PARTNER) & (staff > 0)
    here &= holders.country[bodies] == country[:, None]
    size = np.where(here, np.log(np.maximum(staff, 1e-300)), -np.inf)
    index = draws.choose("warner", 0, size, key, keys_of(holders.ids))
    return np.where(index >= 0, run * n + index, -1)


def _intelligence(state: State, draws: Draws, when: When, front: I8, origin: I8, key: U64, day: Any) -> None:
    if not len(front):
        return
    fronts, run = state.fronts, state.fronts.run[front]
    p = state.values.at(run).information
    activity = draws.uniform("activity", 0, key) < ACTIVITY_SHARE
    truth = activity | (draws.uniform("truth", 0, key) >= p.false_share)
    home = fronts.country[front] % state.countries.n
    kept = draws.uniform("originator", 0, key) < ORIGINATOR_SHARE
    police = state.holders.kind[origin] == 0
    handling = np.where(kept & police, ORIGINATOR, caveat(state, origin, home, OPEN))
    bear(
        state,
        draws,
        when,
        run=run,
        category=np.where(activity, NETWORKS, PARTIES),
        subject_kind=np.where(truth, SUBJECT_FRONT, SUBJECT_PARTY),
        subject=front % fronts.n,
        generation=fronts.generation[front],
        origin=origin,
        home=home,
        truth=truth,
        handling=handling,
        reliability=shown(state, draws, run, key, truth),
        day=day,
        key=key,
    )


def step_from_cases(state: State, draws: Draws, when: When) -> None:
    """Seizures, refusals, firms' reports and unfavourable checks become items at those who made them."""
    cases, rows = state.cases, state.cases.current()
    rows = rows[(cases.borne[rows] == 0) & (cases.fate[rows] != IN_PROCESS)]
    fate, found = cases.fate[rows], np.isfinite(cases.discovered[rows])
    # what passed may still be found out, what a firm sent on its own account is no news of a network
    ours = cases.origin[rows] == ORIGINS.index("adversary")
    passed = SOURCE_OF[fate] == CHECK
    over = ~ours | found | ~passed
    cases.borne[rows[over]] = 1
    fresh = ours & over & (SOURCE_OF[fate] >= 0)
    fresh[passed] &= followed_up(state, rows[passed])
    rows = rows[fresh]
    # what one source brings up is borne together, and its hours are charged together
    rows = rows[np.argsort(SOURCE_OF[cases.fate[rows]], kind="stable")]
    if len(rows):
        _from_cases(state, draws, when, rows)


def _from_cases(state: State, draws: Draws, when: When, rows: I8) -> None:
    cases, fronts, countries = state.cases, state.fronts, state.countries
    front, source, country = cases.front[rows], SOURCE_OF[cases.fate[rows]], cases.country[rows]
    origin = np.where(source == SEIZURE, countries.customs[country], countries.authority[country])
    known = (front >= 0) & (origin >= 0)
    # a front that was dropped meanwhile is no news
    known[known] = fronts.generation[front[known]] == cases.generation[rows[known]]
    rows, front, source, origin = rows[known], front[known], source[known], origin[known]
    if not len(rows):
        return
    category, handling = CATEGORY_BY[source], HANDLING_BY[source]
    run, key = cases.run[rows], mix(cases.key[rows], category)
    home = fronts.country[front] % countries.n
    truth = np.ones(len(rows), dtype=np.bool_)
    day = np.where(np.isfinite(cases.discovered[rows]), cases.discovered[rows], cases.fate_day[rows])
    bear(
        state,
        draws,
        when,
        run=run,
        category=category,
        subject_kind=SUBJECT_FRONT,
        subject=front % fronts.n,
        generation=fronts.generation[front],
        origin=origin,
        home=home,
        truth=truth,
        handling=caveat(state, origin, home, handling),
        reliability=shown(state, draws, run, key, truth) + 0.5,
        day=np.minimum(day, float(when.end)),
        key=key,
        part=source,
    )


def step_false_refusals(state: State, draws: Draws, when: When) -> None:
    """Honest applications refused by mistake become false denials, which may hit a namesake elsewhere."""
    licences = state.licences
    n = licences.count
    decided = licences.day[:n] + licences.days[:n]
    rows = np.flatnonzero(
        (licences.outcome[:n] == 1) & licences.honest[:n] & (decided >= when.day) & (decided < when.end)
    )
    if not len(rows):
        return
    country, run = licences.country[rows], licences.run[rows]
    origin = state.countries.authority[country]
    rows, country, run, origin = (a[origin >= 0] for a in (rows, country, run, origin))
    key = mix(licences.key[rows], LICENSING)
    truth = np.zeros(len(rows), dtype=np.bool_)
    home = country % state.countries.n
    bear(
        state,
        draws,
        when,
        run=run,
        category=LICENSING,
        subject_kind=SUBJECT_PARTY,
        subject=0,
        generation=0,
        origin=origin,
        home=home,
        truth=truth,
        handling=caveat(state, origin, home, COMMERCIAL),
        reliability=shown(state, draws, run, key, truth),
        day=decided[rows],
        key=key,
    )
