"""What donors see of the need: gaps with errors, or, as far as they know better, what an event would change.

Without assessment a donor scores the gap in competence that it perceives. With one it scores the gain in
competence per dollar, so that it sees which component a holder misses: a skill is worth more where the tool
already is. Reports on earlier activities show some of that for the competences that these were about. Hosts
that one donor after the other assesses tire and say less; impressions fill in what is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.draws import F8, I8, Draws, mix
from stcsim.processes import sustainment
from stcsim.processes.audiences import (
    ACTIVITIES,
    ACTIVITY_KEYS,
    PILLAR,
    TAUGHT,
    TAUGHT_IN,
    WEIGHT,
    Audiences,
    per_option,
)
from stcsim.processes.capacity import captured_at_once, level_now, of_pairs
from stcsim.processes.competence import competence, effective
from stcsim.processes.graduation import closed
from stcsim.processes.modalities import factors
from stcsim.processes.rows import as_column, powered, sums
from stcsim.state import State, When
from stcsim.state.populations import B1

_TEACHES = np.zeros((ACTIVITIES, len(COMPETENCES)))
"""Part of each activity that is about each competence."""
for _row, _places in enumerate(TAUGHT_IN):
    _TEACHES[_row, TAUGHT[_places[_places >= 0]]] = 1 / max(1, (_places >= 0).sum())


@dataclass(frozen=True)
class Lessons:
    """What each holder would learn in each activity, one row per competence that it uses.

    Parameters
    ----------
    entry : index into the pairs of holder and activity given, shape (m,)
    taught : index into TAUGHT, shape (m,)
    """

    entry: I8
    taught: I8

    def where(self, wanted: B1) -> Lessons:
        """Return the rows that are wanted."""
        return Lessons(self.entry[wanted], self.taught[wanted])


def lessons(state: State, holder: I8, activity: I8) -> Lessons:
    """Return what holders that attend an activity learn there: the competences that they use."""
    taught = TAUGHT_IN[activity]
    uses = state.holders.uses
    pair = holder[:, None] * uses.shape[1] + TAUGHT[taught]
    there = np.flatnonzero(uses.reshape(-1).take(pair) & (taught >= 0))
    return Lessons(there // taught.shape[1], taught.reshape(-1).take(there))


def gaps(state: State, offered: Audiences, learnt: Lessons, size: F8) -> F8:
    """Return the mean gap in competence of those who would attend, by people, shape (N,)."""
    holder, option = offered.holder[learnt.entry], offered.option[learnt.entry]
    gap = 1 - state.holders.competence[holder, TAUGHT[learnt.taught]]
    total = len(offered.share)
    weights = sums(option, size[holder], total)
    found = sums(option, size[holder] * gap, total)
    return found / np.where(weights > 0, weights, 1.0)


def gains(state: State, offered: Audiences, learnt: Lessons) -> F8:
    """Return the competence that one event would add, summed over holders and competences, shape (N,)."""
    holders = state.holders
    holder, option = offered.holder[learnt.entry], offered.option[learnt.entry]
    pair = holder * holders.uses.shape[1] + TAUGHT[learnt.taught]
    latent, captured = of_pairs(holders.latent, pair), of_pairs(holders.captured, pair)
    at, activity = state.values.at(holders.run[holder]), offered.activity[learnt.entry]
    p = at.capacity
    given = p.gain_per_seat * offered.share[option] * factors(at, activity, "dose")
    dose = given[:, None] * WEIGHT[learnt.taught]
    new = -np.expm1(-dose) * (1 - latent - captured)
    if state.switches.capture == "immediate":
        q = np.ones(len(holder))
    else:
        support = sustainment.leadership(state) * sustainment.funding(state)
        q = captured_at_once(p, holders.plan.reshape(-1).take(pair), support[holder])
        q = np.minimum(q * factors(at, activity, "capture"), 1.0)
    phi = as_column(p.latent_use)
    e = effective(latent, captured, phi)
    more = e + (q[:, None] + phi * (1 - q[:, None])) * new
    form = state.switches.complements
    after = competence(more, p.complements_exponent, p.complements_floor, form)
    return sums(option, after - level_now(state).take(pair), len(offered.share))


def errors(state: State, draws: Draws, when: When) -> F8:
    """Return what each donor wrongly adds to the need for each activity in each country, in shares.

    A common error (fashion, one loud report) moves all donors the same way; an own one does not. Both are
    drawn anew each quarter.

    Returns
    -------
    shape (donors, countries of a run * A)
    """
    countries, donors = state.countries, state.donors
    place = mix(countries.key[:, None], ACTIVITY_KEYS[None, :]).reshape(countries.runs, -1)
    common = draws.normal("need_common", when.quarter, place)
    own = draws.normal("need_own", when.quarter, mix(donors.key[:, None], place[donors.run]))
    p = state.at(donors).donors
    return np.asarray(
        as_column(p.perception_error_common) * common[donors.run] + as_column(p.perception_error_own) * own
    )


def assessors(state: State, gives: B1) -> F8:
    """Return how many separate assessments the hosts of each country answer, shape (countries,).

    Donors that share plans, priorities or the assessment itself share one; every other assessing donor makes
    its own.
    """
    donors, countries = state.donors, state.countries
    share = donors.sees_commitments | donors.shared_priorities | donors.shared_assessment
    there = gives & donors.assessed[:, None]
    found = np.zeros((countries.runs, countries.n))
    together = np.zeros((countries.runs, countries.n), dtype=np.bool_)
    for d in range(donors.n):
        rows = np.arange(d, len(donors.key), donors.n)
        found += there[rows] & ~share[rows, None]
        together |= there[rows] & share[rows, None]
    return (found + together).reshape(-1)


def step_memory(state: State, gives: B1, years: float) -> None:
    """Let reports grow old, and hosts forget repeat assessments and answer those of this quarter.

    Parameters
    ----------
    gives : which donor gives in which country now, shape (donors, countries of a run)
    years : length of the quarter
    """
    countries = state.countries
    p = state.at(countries).donors
    countries.reported *= as_column(np.exp(-years / p.report_memory))
    kept = np.exp(-years / p.assessment_memory)
    repeats = np.maximum(assessors(state, gives) - 1, 0)
    countries.fatigue[:] = countries.fatigue * kept + repeats * years


def write_reports(state: State, gives: B1, home: I8, activity: I8) -> None:
    """Write reports on this quarter's activities, in countries where a donor has them written.

    Parameters
    ----------
    home, activity : countries and indices into CATALOGUE of what was held
    """
    countries, donors = state.countries, state.donors
    reporting = np.zeros((countries.runs, countries.n), dtype=np.bool_)
    for d in range(donors.n):
        reporting |= gives[d :: donors.n] & donors.reports[d :: donors.n, None]
    told = reporting.reshape(-1)[home]
    entry, place = np.nonzero(TAUGHT_IN[activity[told]] >= 0)
    countries.reported[home[told][entry], TAUGHT[TAUGHT_IN[activity[told]][entry, place]]] = 1.0


def insight(state: State) -> F8:
    """Return how far each donor knows what an event would change, shape (donors, options of a run).

    An assessment shows ``(1 - candour loss)`` to the power of the repeats that its hosts remember. A report
    shows a share of that for activities on the competences that it is about: why what was taught is in use
    or is not.
    """
    donors, countries = state.donors, state.countries
    p = state.at(countries).donors
    candour = powered(np.broadcast_to(1 - p.candour_loss, countries.fatigue.shape), countries.fatigue)
    seen = donors.assessed[:, None] * candour.reshape(countries.runs, -1)[donors.run]
    shown = countries.reported * as_column(p.report_insight)
    told = np.zeros((len(countries.key), ACTIVITIES))
    for k in range(shown.shape[1]):
        told += shown[:, k, None] * _TEACHES[None, :, k]
    told = told.reshape(countries.runs, -1)[donors.run] * donors.reports[:, None]
    return np.asarray(np.maximum(np.repeat(seen, ACTIVITIES, axis=1), told))


def _total(values: F8) -> F8:
    """Sums of rows one after the other: columns of zeros more change no bit, shape (rows, 1)."""
    return np.asarray(np.add.accumulate(values, axis=1)[:, -1:])


def scores(state: State, draws: Draws, when: When, offered: Audiences, size: F8, gives: B1) -> F8:
    """Return how much each donor wants each option, shape (donors, options of a run); 0 where not at all.

    Parameters
    ----------
    size : people of each holder, shape (holders,)
    gives : which donor gives in which country now, shape (donors, countries of a run)
    """
    donors, countries = state.donors, state.countries
    learnt = lessons(state, offered.holder, offered.activity)
    wrong = errors(state, draws, when)
    need = gaps(state, offered, learnt, size).reshape(countries.runs, -1)[donors.run] + wrong
    # Whoever plans knows that an hour online is worth less than one in person.
    activities = np.tile(np.arange(ACTIVITIES), countries.n)
    weight_of = factors(state.values.at(donors.run[:, None]), activities[None, :], "dose")
    need = np.maximum(need, 0.0) * weight_of
    open_to = np.repeat(gives, ACTIVITIES, axis=1)
    reached = (offered.units > 0) & ~per_option(closed(state))
    open_to = open_to & reached.reshape(countries.runs, -1)[donors.run]
    knows = insight(state)
    if knows.any():
        informed: B1 = np.asarray((knows > 0).reshape(countries.runs, -1).any(axis=1))
        there = learnt.where(informed[state.holders.run[offered.holder[learnt.entry]]])
        gain = gains(state, offered, there).reshape(countries.runs, -1)[donors.run]
        # Money and experts are both scarce: an event takes its cost and one of the experts' turns.
        experts = state.at(donors).donors.experts_events_per_quarter
        turn = donors.balance / np.maximum(experts, 1e-9)
        price = offered.cost.reshape(countries.runs, -1)[donors.run] + turn[:, None]
        worth = gain / np.maximum(price, 1e-9)
        # On one scale: what is known well is on the whole worth as much as what is not known at all.
        scale = _total(need * open_to) / np.maximum(_total(worth * open_to), 1e-300)
        need = knows * worth * scale + (1 - knows) * need
    weight = np.where(donors.shared_priorities[:, None], 1.0, donors.priority)[:, PILLAR]
    return np.asarray(np.where(open_to, need * np.tile(weight, countries.n), 0.0))
