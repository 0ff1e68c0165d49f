"""Exports of firms: licensed, shipped unknowingly or knowingly without a licence, or sent intangibly.

When a firm exports, and every number drawn for it, is known by keys before it happens, so both are worked out
for several steps at once; what a step decides is what the firm knows and does then, and what the law says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stcsim.actors.vocabulary import FAMILIES, FIRM_CLASSES, ORIGINS, WAYS
from stcsim.draws import F8, I8, U64, Draws, exponential, mix
from stcsim.parameters import Parameters
from stcsim.processes.fates import ARISING
from stcsim.processes.firms import disclosing
from stcsim.processes.licensing import handling_days, wait_days
from stcsim.processes.listed import newly_unlisted
from stcsim.processes.renewal import Calendar, due_events
from stcsim.processes.tiers import covered
from stcsim.state.events import STAGES
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State, When
from stcsim.state.values import RunValues

DAYS_TO_BORDER = 5.0
"""Mean days from shipping to the border, exponential. Assumed; delays nothing but the order of events."""
BROKER = FIRM_CLASSES.index("broker")
EVASION, IGNORANCE = ORIGINS.index("evasion"), ORIGINS.index("ignorance")
UNLICENSED = WAYS.index("unlicensed")
AT_BORDER, DELIVERED = STAGES.index("border"), STAGES.index("delivered")


@dataclass
class Exports:
    """What is known of the exports of a calendar before they come, shape (events,) each.

    Parameters
    ----------
    draws, values : for what is worked out when it is first asked for; parameters of the runs
    ahead : whether they are of several steps: what some need is then worked out for all of them at once
    key : of each export
    run, home, programme : of its firm
    recognises, complies, discloses : uniform numbers against awareness, compliance and disclosure
    slips : whether the firm classifies the goods wrongly if it recognises them
    intangible : whether it is sent over no border
    law : place of the law that controls it in the flat table of law, of shape (countries, topics)
    """

    draws: Draws
    values: RunValues
    ahead: bool
    key: U64
    run: I8
    home: I8
    programme: B1
    recognises: F8
    complies: F8
    discloses: F8
    slips: B1
    intangible: B1
    law: I8

    @cached_property
    def p(self) -> Parameters:
        """Parameters of each export's run."""
        return self.values.at(self.run)

    @cached_property
    def free(self) -> B1:
        """Whether it needs no application, without tiers of licences."""
        return covered(self.draws, self.key, self.programme, np.zeros(len(self.key), dtype=np.bool_), self.p)

    @cached_property
    def free_by_tiers(self) -> B1:
        """Whether it needs none with tiers of licences."""
        return covered(self.draws, self.key, self.programme, np.ones(len(self.key), dtype=np.bool_), self.p)

    @cached_property
    def tells(self) -> B1:
        """Whether the firm would disclose it as a violation, without credit for that."""
        return self._tells(np.zeros(len(self.key), dtype=np.bool_))

    @cached_property
    def tells_for_credit(self) -> B1:
        """Whether it would with credit."""
        return self._tells(np.ones(len(self.key), dtype=np.bool_))

    def _tells(self, credit: B1) -> B1:
        return self.programme & (self.discloses < disclosing(self.p.firms, credit))

    def applications(self, at: I8) -> tuple[I8, F8]:
        """Return what becomes of applications for some of them, and days that they take beside waiting.

        The former as in `Licences.outcome`.
        """
        if not self.ahead:
            return self._applied(self.key.take(at), self.values.at(self.run.take(at)))
        outcome, days = self._all_applied
        return outcome.take(at), days.take(at)

    @cached_property
    def _all_applied(self) -> tuple[I8, F8]:
        return self._applied(self.key, self.p)

    def _applied(self, key: U64, p: Parameters) -> tuple[I8, F8]:
        q, u = p.licensing, self.draws.uniform("decision", 0, key)
        refused = u < q.false_refusal
        outcome: I8 = np.where(refused, 1, np.where(u < q.false_refusal + q.returned_share, 2, 0))
        return outcome, handling_days(self.draws, q, key)

    def shipments(self, at: I8) -> tuple[I8, B1, F8]:
        """Return the family of the goods, whether they are newly on the list, and days to the border."""
        if not self.ahead:
            return self._shipped(self.key.take(at), self.values.at(self.run.take(at)))
        family, newness, days = self._all_shipped
        return family.take(at), newness.take(at), days.take(at)

    @cached_property
    def _all_shipped(self) -> tuple[I8, B1, F8]:
        return self._shipped(self.key, self.p)

    def _shipped(self, key: U64, p: Parameters) -> tuple[I8, B1, F8]:
        kind, newness, to_border = self.draws.uniform(("family", "new_goods", "to_border"), 0, key)
        family = (kind * len(FAMILIES)).astype(np.int64)
        new = np.asarray(newness < p.screening.list_newness_share)
        return family, new, DAYS_TO_BORDER * exponential(to_border)


def exports_of(state: State, draws: Draws, calendar: Calendar) -> Exports:
    """Return what is known of the exports of a calendar."""
    firms, rows, key = state.firms, calendar.rows, calendar.key
    run, programme = firms.run.take(rows), firms.programme.take(rows)
    home = firms.country.take(rows)
    p = state.values.at(run)
    recognises, misclassifies, complies, how, discloses = draws.uniform(
        ("recognises", "misclassifies", "complies", "intangible", "discloses"), 0, key
    )
    intangible = how < p.firms.intangible_share
    goods = np.where(firms.firm_class.take(rows) == BROKER, LAW_INDEX["brokering"], LAW_INDEX["export"])
    return Exports(
        draws=draws,
        values=state.values,
        ahead=len(calendar.bounds) > 2,
        key=key,
        run=run,
        home=home,
        programme=programme,
        recognises=recognises,
        complies=complies,
        discloses=discloses,
        slips=(misclassifies < p.firms.self_classification_error) & ~programme,
        intangible=np.asarray(intangible),
        law=home * len(LAW_INDEX) + np.where(intangible, LAW_INDEX["intangible"], goods),
    )


def step_exports(state: State, draws: Draws, when: When) -> None:
    """Let firms export what is due: licensed, shipped unknowingly, shipped knowingly, or sent intangibly."""
    firms = state.firms
    calendar, part = due_events(
        state.exports, draws, "export", firms.key, firms.next_export, firms.exports, firms.rate, when
    )
    state.exports = calendar
    if part.start == part.stop:
        return
    if not calendar.known:
        calendar.known["exports"] = exports_of(state, draws, calendar)
    _export(state, draws, when, calendar, part, calendar.known["exports"])


def _export(state: State, draws: Draws, when: When, calendar: Calendar, part: slice, known: Exports) -> None:
    firms, law = state.firms, state.countries.law
    rows, home = calendar.rows[part], known.home[part]
    slip = known.slips[part]
    recognised = known.recognises[part] < firms.awareness.take(rows)
    slip = slip & recognised
    recognised ^= slip
    controlled = law.reshape(-1).take(known.law[part])
    unlicensed = known.complies[part] >= firms.compliance.take(rows)
    unlicensed |= ~recognised
    free, tiers = known.free[part], law[:, LAW_INDEX["licence_tiers"]]
    if tiers.any():
        free = np.where(tiers.take(home), known.free_by_tiers[part], free)
    applies = (controlled & ~(unlicensed | free)).nonzero()[0]
    if len(applies):
        state.countries.arrived += np.bincount(home.take(applies), minlength=len(state.countries.key))
        if when.counted:
            _apply(state, when, known, applies + part.start, calendar.at)
    unlicensed &= controlled
    intangible = known.intangible[part]
    breach = unlicensed & ~intangible
    shipped = breach.nonzero()[0]
    if len(shipped):
        origin = np.where(recognised.take(shipped), EVASION, IGNORANCE)
        _ship(state, draws, calendar, known, shipped + part.start, origin, slip.take(shipped))
    if not when.counted:
        return
    run = known.run[part]
    state.ledger.add("leaks_by_firms", when.month, run[unlicensed & intangible])
    state.ledger.add("controlled_exports", when.month, run[controlled])
    # a firm with a compliance programme finds some of its own slips and discloses them
    tells, credit = known.tells[part], law[:, LAW_INDEX["disclosure_credit"]]
    if credit.any():
        tells = np.where(credit.take(home), known.tells_for_credit[part], tells)
    state.ledger.add("disclosures", when.month, run[breach & ~recognised & tells])


def _apply(state: State, when: When, known: Exports, at: I8, day: F8) -> None:
    """Honest applications: decided when their time is over; the outcome and time are known by their keys.

    Parameters
    ----------
    at : places in the calendar
    day : of the events of the calendar
    """
    run, home = known.run.take(at), known.home.take(at)
    outcome, handling = known.applications(at)
    state.licences.append(
        run=run,
        country=home,
        day=day.take(at),
        days=handling + wait_days(state).take(home),
        outcome=outcome,
        honest=True,
        key=known.key.take(at),
    )
    state.ledger.add("licences", when.month, run)
    state.ledger.add("refusals", when.month, run[outcome == 1])


def _ship(
    state: State, draws: Draws, calendar: Calendar, known: Exports, at: I8, origin: I8, slip: B1
) -> None:
    """Put unlicensed exports on the way to a post of the firm's country, chosen by traffic.

    Parameters
    ----------
    at : places in the calendar
    origin, slip : of each, whether the firm knew, and whether it classified the goods wrongly
    """
    run, home, key, days = known.run.take(at), known.home.take(at), known.key.take(at), calendar.at.take(at)
    family, new, to_border = known.shipments(at)
    post = post_by_traffic(state, draws, home, key)
    state.cases.append(
        run=run,
        key=key,
        origin=origin,
        network=-1,
        firm=calendar.rows.take(at),
        front=-1,
        generation=0,
        country=home,
        supplier=home,
        post=post,
        way=UNLICENSED,
        option=-1,
        family=family,
        new_goods=new,
        technology=-1,
        unlisted=newly_unlisted(state, home, new, days),
        born=days,
        stage=np.where(post >= 0, AT_BORDER, DELIVERED),
        due=days + to_border,
        misclassified=slip,
        opportunities=0.0,
        **ARISING,
    )


@dataclass(frozen=True)
class Outlets:
    """Posts that goods leave a country by, which never change; a country of fewer has places left over.

    Parameters
    ----------
    post : rows of posts, shape (countries, most)
    key : unseeded keys of the posts, shape (countries, most): the chooser's key carries the seed
    weight : logarithm of their traffic, -inf in places left over, shape (countries, most)
    """

    post: I8
    key: U64
    weight: F8


def outlets_of(state: State) -> Outlets:
    """Return the posts of each country that have traffic, in the order of rows."""
    posts, options, countries = state.posts, state.options, len(state.countries.key)
    rows = np.flatnonzero(~posts.stretch & (posts.traffic > 0))
    rows = rows[np.argsort(posts.country[rows], kind="stable")]
    country = posts.country[rows]
    number = np.bincount(country, minlength=countries)
    place = np.arange(len(rows)) - (np.cumsum(number) - number)[country]
    shape = (countries, int(number.max(initial=0)))
    keys = np.zeros(max(posts.n, 1), dtype=np.uint64)
    keys[options.post[options.post >= 0]] = options.key[options.post >= 0]
    made = Outlets(np.full(shape, -1), np.zeros(shape, dtype=np.uint64), np.full(shape, -np.inf))
    made.post[country, place] = rows
    made.key[country, place] = keys[rows % max(posts.n, 1)]
    made.weight[country, place] = np.log(np.maximum(posts.traffic[rows], 1e-300))
    return made


def post_by_traffic(state: State, draws: Draws, country: I8, key: U64) -> I8:
    """Return a post of each country, drawn in proportion to traffic; -1 where there is none."""
    if state.outlets is None:
        state.outlets = outlets_of(state)
    of: Outlets = state.outlets
    if not of.post.shape[1]:
        return np.full(len(country), -1, dtype=np.int64)
    luck = draws.gumbel("post", 0, mix(key[:, None], of.key.take(country, axis=0)))
    best = (of.weight.take(country, axis=0) + luck).argmax(axis=1)
    return np.asarray(of.post.reshape(-1).take(country * of.post.shape[1] + best))
