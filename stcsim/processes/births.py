"""Where information comes from: seizures, refusals, reports, checks, intelligence, civil society.

Each item is keyed by its cause, so it is the same item in every arm in which its cause occurs. What an agency
learns about a party at home under a data law is restricted; what firms tell is commercial; a part of
intelligence is originator-controlled.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, COMPETENCES, FATES, HANDLINGS, ORIGINS
from stcsim.draws import F8, I8, U64, Draws, keys_of, mix
from stcsim.processes.checks import followed_up
from stcsim.processes.fates import IN_PROCESS
from stcsim.processes.hours import manned
from stcsim.processes.new_items import Birth, announce
from stcsim.state.items import SUBJECT_FRONT, SUBJECT_PARTY
from stcsim.state.populations import HOLDER_KINDS, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

NETWORKS, PARTIES, LICENSING = (CATEGORIES.index(c) for c in ("networks", "parties", "licensing"))
OPEN, COMMERCIAL, OWN_NATIONAL, ORIGINATOR = range(len(HANDLINGS))
ACTIVITY_SHARE = 0.35
"""Share of intelligence that is about a network's activities (category 1) rather than a party. Assumed."""
ORIGINATOR_SHARE = 0.2
"""Share of intelligence that its originator keeps control of. Assumed."""
CONFIRMED = 0.5
"""By how much more reliable what came of a case is than other true items. Assumed."""
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
_LUCK = ("source", "collected", "activity", "truth", "originator")
"""What is drawn of each potential item at once."""
WARNERS = ("civil_society", "university", "media")
"""Partners that give early warning."""


def caveat(state: State, origin: I8, home: I8, otherwise: Any) -> Any:
    """Own-national where the subject is at home in the origin's state and its law keeps such data in."""
    country = state.holders.country[origin]
    law = state.countries.law_base[:, LAW_INDEX["shares_data_on_nationals"]][np.maximum(country, 0)]
    own = (country >= 0) & (country % max(1, state.countries.n) == home) & ~law
    return np.where(own, OWN_NATIONAL, otherwise)


def step_intelligence(state: State, draws: Draws, when: When) -> None:
    """Intelligence services and civil society learn of fronts that are in use, more at home than abroad.

    Rate per front and country: the register's, times 3 at the front's home, divided by the network's
    skill, and scaled by the collector's competence and time against the start.
    """
    fronts, countries = state.fronts, state.countries
    # a front about which nothing has been drawn yet has no number, which is no less than any
    if not fronts.n or fronts.next_birth.min() >= when.end:
        return
    m, next_birth, births = countries.n, fronts.next_birth.reshape(-1), fronts.births.reshape(-1)
    if np.isnan(next_birth).any():
        _first_births(state, draws)
    pair = (next_birth < when.end).nonzero()[0]
    for _ in range(64):
        if not len(pair):
            return
        row = pair // m
        place = pair - row * m
        ordinal, day = births[pair], next_birth[pair]
        births[pair] += 1
        potential = _front_country(state, row, place)
        key = mix(potential, ordinal)
        gap = draws.clock("intelligence", potential, ordinal + 1)
        following = day + gap / _rate(state, row, place) * YEAR_DAYS
        next_birth[pair] = following
        pair = pair[following < when.end]
        run = fronts.run[row]
        country = run * m + place
        luck = draws.uniform(_LUCK, 0, key)
        warned = (luck[0] < _warning_share(state, run)).nonzero()[0]
        origin = countries.intelligence[country]
        if len(warned):
            origin[warned] = _warner(state, draws, country[warned], key[warned])
        used = ((fronts.live_from[row] <= day) & (origin >= 0)).nonzero()[0]
        # collecting and warning take people: the potential item is thinned by time and competence
        used = used[luck[1, used] < _collecting(state, origin[used])]
        if len(used):
            _intelligence(state, row[used], origin[used], key[used], day[used], luck[2:, used])


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


def _intelligence(state: State, front: I8, origin: I8, key: U64, day: F8, luck: F8) -> None:
    """Let what was collected be born; `luck` as `_LUCK` from its third name on, shape (3, n)."""
    fronts, run = state.fronts, state.fronts.run[front]
    p = state.values.at(run).information
    activity = luck[0] < ACTIVITY_SHARE
    truth = activity | (luck[1] >= p.false_share)
    home = fronts.country[front] % state.countries.n
    kept = luck[2] < ORIGINATOR_SHARE
    police = state.holders.kind[origin] == 0
    handling = np.where(kept & police, ORIGINATOR, caveat(state, origin, home, OPEN))
    born = Birth(
        run=run,
        category=np.where(activity, NETWORKS, PARTIES),
        subject_kind=np.where(truth, SUBJECT_FRONT, SUBJECT_PARTY),
        subject=front % fronts.n,
        generation=fronts.generation[front],
        origin=origin,
        home=home,
        truth=truth,
        handling=handling,
        day=day,
        key=key,
    )
    announce(state, born)


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
        _from_cases(state, when, rows)


def _from_cases(state: State, when: When, rows: I8) -> None:
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
    born = Birth(
        run=run,
        category=category,
        subject_kind=SUBJECT_FRONT,
        subject=front % fronts.n,
        generation=fronts.generation[front],
        origin=origin,
        home=home,
        truth=truth,
        handling=caveat(state, origin, home, handling),
        above=CONFIRMED,
        day=np.minimum(day, float(when.end)),
        key=key,
        part=source,
    )
    announce(state, born)


def step_false_refusals(state: State, draws: Draws, when: When) -> None:
    """Honest applications refused by mistake become false denials, which may hit a namesake elsewhere."""
    licences = state.licences
    rows, decided = licences.refused_honest(when.day, when.end)
    if not len(rows):
        return
    country = licences.country[rows]
    origin = state.countries.authority[country]
    there = (origin >= 0).nonzero()[0]
    rows, decided, country, origin = rows[there], decided[there], country[there], origin[there]
    run, key = licences.run[rows], mix(licences.key[rows], LICENSING)
    truth = np.zeros(len(rows), dtype=np.bool_)
    home = country % state.countries.n
    born = Birth(
        run=run,
        category=LICENSING,
        subject_kind=SUBJECT_PARTY,
        subject=0,
        generation=0,
        origin=origin,
        home=home,
        truth=truth,
        handling=caveat(state, origin, home, COMMERCIAL),
        day=decided,
        key=key,
    )
    announce(state, born)
