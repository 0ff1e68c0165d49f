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
    draws, p : for what is worked out when it is first asked for; parameters of each export's run
    key : of each export
    run, home : of its firm
    recognises, complies : uniform numbers against awareness and compliance
    slips : whether the firm classifies the goods wrongly if it recognises them
    intangible : whether it is sent over no border
    law : place of the law that controls it in the flat table of law, of shape (countries, topics)
    free, free_by_tiers : whether it needs no application, without tiers of licences and with them
    tells, tells_for_credit : whether the firm would disclose it as a violation, without and with credit
    """

    draws: Draws
    p: Parameters
    key: U64
    run: I8
    home: I8
    recognises: F8
    complies: F8
    slips: B1
    intangible: B1
    law: I8
    free: B1
    free_by_tiers: B1
    tells: B1
    tells_for_credit: B1

    @cached_property
    def handling(self) -> F8:
        """Days that an application takes beside waiting."""
        return handling_days(self.draws, self.p.licensing, self.key)

    @cached_property
    def outcome(self) -> I8:
        """What becomes of an application, as in `Licences.outcome`."""
        q, u = self.p.licensing, self.draws.uniform("decision", 0, self.key)
        return np.where(u < q.false_refusal, 1, np.where(u < q.false_refusal + q.returned_share, 2, 0))

    @cached_property
    def shipped(self) -> tuple[I8, B1, F8]:
        """Family of the goods, whether they are newly on the list, and days to the border."""
        kind, newness, to_border = self.draws.uniform(("family", "new_goods", "to_border"), 0, self.key)
        family = (kind * len(FAMILIES)).astype(np.int64)
        return family, newness < self.p.screening.list_newness_share, DAYS_TO_BORDER * exponential(to_border)


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
    some = np.ones(len(rows), dtype=np.bool_)
    return Exports(
        draws=draws,
        p=p,
        key=key,
        run=run,
        home=home,
        recognises=recognises,
        complies=complies,
        slips=(misclassifies < p.firms.self_classification_error) & ~programme,
        intangible=np.asarray(intangible),
        law=home * len(LAW_INDEX) + np.where(intangible, LAW_INDEX["intangible"], goods),
        free=covered(draws, key, programme, ~some, p),
        free_by_tiers=covered(draws, key, programme, some, p),
        tells=programme & (discloses < disclosing(p.firms, ~some)),
        tells_for_credit=programme & (discloses < disclosing(p.firms, some)),
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
    run, home, outcome = known.run.take(at), known.home.take(at), known.outcome.take(at)
    state.licences.append(
        run=run,
        country=home,
        day=day.take(at),
        days=known.handling.take(at) + wait_days(state).take(home),
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
    families, newness, to_border = known.shipped
    new = newness.take(at)
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
        family=families.take(at),
        new_goods=new,
        technology=-1,
        unlisted=newly_unlisted(state, home, new, days),
        born=days,
        stage=np.where(post >= 0, AT_BORDER, DELIVERED),
        due=days + to_border.take(at),
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
