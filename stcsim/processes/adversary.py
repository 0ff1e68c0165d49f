"""Procurement networks: potential attempts, what becomes of them at once, and what is felt of it.

Potential attempts come at keyed times at the network's highest rate, the same in every arm; which way is
taken is `choice`. A network never reads what authorities know.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES, ORIGINS, WAYS
from stcsim.draws import F8, I8, U64, Draws, mix
from stcsim.processes.choice import WAIT, choose_option, ways
from stcsim.processes.fates import ARISING, IN_PROCESS, settle
from stcsim.processes.licensing import issue, wait_days
from stcsim.processes.listed import unlisted, wanted_technology
from stcsim.processes.occasions import Occasions, occasions_of
from stcsim.processes.renewal import due_events
from stcsim.processes.restraint import restrained
from stcsim.processes.rows import as_column
from stcsim.processes.tiers import unreviewed
from stcsim.state.events import STAGES
from stcsim.state.populations import DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

LOSS = np.array([fate not in ("completed", "released_clock") for fate in FATES])
"""Fates that a network feels as a loss."""
ADVERSARY = ORIGINS.index("adversary")
LICENSING, BORDER = STAGES.index("licensing"), STAGES.index("border")
UNAWARE, INTANGIBLE = WAYS.index("unaware_firm"), WAYS.index("intangible")
_USES_FRONT = ways("deceive_licensing", "unlicensed", "unaware_firm", "third_country", "after_delivery")
_APPLIES = ways("deceive_licensing", "after_delivery")


def step_attempts(state: State, draws: Draws, when: When) -> None:
    """Let what is due be tried, or let pass."""
    networks = state.networks
    calendar, part = due_events(
        state.attempts,
        draws,
        "attempt",
        networks.key,
        networks.next_attempt,
        networks.attempts,
        networks.rate,
        when,
        OCCASIONS_AHEAD,
    )
    state.attempts = calendar
    if part.start == part.stop:
        return
    if float(state.countries.strain[:, DRIVE_INDEX["attempts"]].max()) > 1.0:
        network, day = calendar.rows[part], calendar.at[part]
        which, key = _further(state, draws, network, calendar.key[part], calendar.turn[part])
        known = occasions_of(state, draws, network[which], key, day[which])
        _attempt(state, draws, when, known, slice(0, len(which)))
        return
    if not calendar.known:
        found = occasions_of(state, draws, calendar.rows, calendar.key, calendar.at)
        calendar.known["occasions"] = found
    _attempt(state, draws, when, calendar.known["occasions"], part)


OCCASIONS_AHEAD = 256.0
"""Occasions that are worked out at once, about; each has a number for every option that is open."""
FURTHER = 1 << 20
"""First ordinal of the occasions that a strain above 1 adds to an occasion, apart from all other ordinals."""


def _further(state: State, draws: Draws, network: I8, key: U64, turn: I8) -> tuple[I8, U64]:
    """Return which occasions come, some again where a strain is above 1, and the keys of all.

    With strain s each occasion has ``s - 1`` further ones in the mean, on the same day; the others stay as
    they are. A further one follows the occasions of its turn.
    """
    which, keys, again = [np.arange(len(key))], [key], [np.zeros(len(key), dtype=np.int64)]
    strain = state.countries.strain[state.networks.home[network], DRIVE_INDEX["attempts"]]
    for j in range(int(np.ceil(strain.max(initial=1.0))) - 1):
        more = np.flatnonzero(draws.uniform("further", j, key) < strain - 1 - j)
        which.append(more)
        keys.append(mix(key[more], FURTHER + j))
        again.append(np.full(len(more), 1 + j))
    if len(which) == 1:
        return which[0], key
    all_ = np.concatenate(which)
    order = np.lexsort((np.concatenate(again), turn[all_]))
    return all_[order], np.concatenate(keys)[order]


def _attempt(state: State, draws: Draws, when: When, known: Occasions, part: slice) -> None:
    networks, options = state.networks, state.options
    network, run, key, days = known.network[part], known.run[part], known.key[part], known.day[part]
    supplier, n = known.supplier[part], part.stop - part.start
    tried = networks.disrupted_until.take(network) <= days
    if not state.switches.feedback:
        tried[:] = True
    tried |= known.taken_over[part]
    # a strain below 1 thins the potential attempts by a keyed coin; the potential world stays the same
    strain = state.countries.strain[networks.home.take(network), DRIVE_INDEX["attempts"]]
    tried &= known.strained[part] < strain
    tried &= ~restrained(state, network, lambda: known.forgone[part])
    front = pick_front(state, known, part)
    index = choose_option(state, known.open, part, front)
    way = np.where(tried & (index >= 0), options.way.take(index), WAIT)
    waits = way == WAIT
    local = options.post.take(index)
    at_post = local >= 0
    at_post &= ~waits
    post = np.where(at_post, run * state.posts.n + local, -1)
    leaves = supplier
    if at_post.any():
        leaves = np.where(at_post, state.posts.country.take(post), supplier)
    front = np.where(_USES_FRONT.take(way), front, -1)
    used = front >= 0
    applies = _APPLIES.take(way)
    new, technology = known.new[part], np.full(n, -1, dtype=np.int64)
    if state.technologies.n:
        technology = wanted_technology(state, draws, supplier, key, days)
        new = new & (technology < 0)
    rows = state.cases.append(
        run=run,
        key=key,
        origin=ADVERSARY,
        network=network,
        firm=-1,
        front=front,
        generation=np.where(used, state.fronts.generation.take(front), 0) if state.fronts.n else 0,
        country=leaves,
        supplier=supplier,
        post=post,
        way=way,
        option=np.where(waits, -1, index),
        family=known.family[part],
        new_goods=new,
        technology=technology,
        unlisted=unlisted(state, leaves, new, technology, days),
        born=days,
        stage=np.where(applies, LICENSING, BORDER),
        due=known.travel[part],
        misclassified=False,
        opportunities=1.0,
        **ARISING,
    )
    state.ledger.add("potential_attempts", when.month, run)
    if used.any():
        np.minimum.at(state.fronts.first_used, front[used], days[used])
    settle(state.cases, rows[waits], "forgone", days[waits])
    if applies.any():
        _apply(state, draws, rows[applies], known.handling[part][applies])
    _at_firms(state, draws, rows[way == UNAWARE])
    _send(state, rows[way == INTANGIBLE])


def pick_front(state: State, known: Occasions, part: slice) -> I8:
    """Return a live front of each network, drawn by key; -1 where none is live."""
    fronts, mine = state.fronts, known.fronts[part]
    if not mine.shape[1]:
        return np.full(len(mine), -1, dtype=np.int64)
    live = (mine >= 0) & (fronts.live_from.take(mine) <= known.day[part][:, None])
    place = np.where(live, known.luck[part], -np.inf).argmax(axis=1)
    each = np.arange(0, mine.size, mine.shape[1]) + place
    return np.where(live.take(each), mine.take(each), -1)


def _apply(state: State, draws: Draws, rows: I8, handling: F8) -> None:
    """Applications join the queue of the licensing authority of the country of export.

    Where licences have tiers, some go under a general licence that nobody reviews.

    Parameters
    ----------
    handling : days that each takes beside waiting, shape (n,)
    """
    cases, tiers = state.cases, state.countries.law[:, LAW_INDEX["licence_tiers"]]
    if tiers.any():
        p = state.values.at(cases.run[rows])
        free = unreviewed(draws, cases.key[rows], tiers[cases.country[rows]], p)
        issue(state, draws, rows[free])
        rows, handling = rows[~free], handling[~free]
        if not len(rows):
            return
    country = cases.country.take(rows)
    cases.due[rows] = cases.born.take(rows) + (handling + wait_days(state).take(country))
    state.countries.arrived += np.bincount(country, minlength=len(state.countries.key))


def aware_share(state: State, firms: I8 | slice = slice(None)) -> F8:
    """Return the chance that a firm approached for a shipment recognises it, by trade, shape (countries,).

    Parameters
    ----------
    firms : rows of all firms of the countries that matter, in order
    """
    rate = state.firms.rate[firms]
    return _mean_by_country(state, firms, state.firms.awareness[firms], rate)


def heard_share(state: State, firms: I8 | slice = slice(None)) -> F8:
    """Return how well an aware firm is heard by whom it may tell, by aware trade, shape (countries,).

    Parameters
    ----------
    firms : rows of all firms of the countries that matter, in order
    """
    contact = state.compiled.contact[firms]
    if not contact.any():
        return np.zeros(len(state.countries.key))
    return _mean_by_country(state, firms, contact, state.firms.rate[firms] * state.firms.awareness[firms])


def _mean_by_country(state: State, firms: I8 | slice, value: F8, weight: F8) -> F8:
    """Return weighted means over some firms, 0 in a country without weight, shape (countries,)."""
    country, n = state.firms.country[firms], len(state.countries.key)
    total = np.bincount(country, weights=weight * value, minlength=n)
    whole = np.bincount(country, weights=weight, minlength=n)
    return np.asarray(np.where(whole > 0, total / np.maximum(whole, 1e-300), 0.0))


def _firms_of(state: State, country: I8) -> I8:
    """Return the rows of all firms of some countries, in order."""
    concerned = np.zeros(len(state.countries.key), dtype=np.bool_)
    concerned[country] = True
    return concerned.take(state.firms.country).nonzero()[0]


def _at_firms(state: State, draws: Draws, rows: I8) -> None:
    """An aware firm may report the suspicious enquiry; then the attempt ends there.

    More often where firms know whom to tell and are heard there: ``p + (q - p) * heard``.
    """
    if not len(rows):
        return
    cases = state.cases
    key, country = cases.key[rows], cases.country[rows]
    enquiry, reported = draws.uniform(("enquiry", "reports"), 0, key)
    firms = _firms_of(state, country)
    aware = enquiry < aware_share(state, firms)[country]
    p = state.values.at(cases.run[rows]).information
    more = np.maximum(p.contact_report_rate - p.report_rate, 0.0)
    reports = p.report_rate + more * heard_share(state, firms)[country]
    credit = state.countries.law[country, LAW_INDEX["disclosure_credit"]]
    reports = np.minimum(reports * np.where(credit, 1 + np.asarray(p.tip_gain), 1.0), 1.0)
    told = aware & (reported < reports)
    settle(cases, rows[told], "stopped_report", cases.born[rows[told]])


def _send(state: State, rows: I8) -> None:
    """An intangible transfer crosses no checkpoint: it is stopped by intelligence at once, or completed."""
    cases = state.cases
    cases.stage[rows] = BORDER
    cases.due[rows] = cases.born[rows]


def step_learning(state: State, draws: Draws, when: When) -> None:
    """Move felt risk on by what became of attempts in this step, and let it drift back."""
    networks = state.networks
    if not networks.n:
        return
    p = state.at(networks).adversary
    kept = np.exp(-np.asarray(p.risk_drift) * when.dt)
    prior = as_column(p.risk_prior)
    networks.risk -= prior
    networks.risk *= kept[:, None] if kept.ndim else kept
    networks.risk += prior
    cases = state.cases
    rows = cases.in_process()
    unfelt = (cases.felt.take(rows) == 0) & (cases.fate.take(rows) != IN_PROCESS)
    unfelt &= cases.option.take(rows) >= 0
    fresh = rows[unfelt]
    cases.felt[fresh] = 1
    # a transfer found out afterwards is a loss where that has a consequence, else nobody hears of it
    rows = cases.current()
    day = cases.discovered.take(rows)
    found = rows[(day > when.day) & (day <= when.end)]
    settled = len(fresh)
    if len(found):
        found = found[cases.option[found] >= 0]
        found = found[state.countries.law[cases.country[found], LAW_INDEX["refusal_has_consequence"]]]
        fresh = np.concatenate([fresh, found])
    if not len(fresh):
        return
    rows, way, post = cases.network[fresh], cases.way[fresh], cases.post[fresh]
    lost = LOSS.take(cases.fate[fresh])
    lost[settled:] = True
    width = networks.risk.shape[1]
    places = [rows * width + way]
    has = (post >= 0).nonzero()[0]
    places.append(rows[has] * width + len(WAYS) + post[has] % max(1, state.posts.n))
    place, bad = np.concatenate(places), np.concatenate([lost, lost[has]])
    losses, news = np.bincount(place, weights=bad), np.bincount(place)
    at = news.nonzero()[0]
    losses, passes = losses[at], (news - losses)[at]
    network = at // width
    where = at - network * width
    p = state.values.at(networks.run[network]).adversary
    risk = networks.risk[network, where]
    risen = risk + (1 - risk) * (1 - (1 - np.asarray(p.risk_up)) ** losses)
    networks.risk[network, where] = risen * (1 - np.asarray(p.risk_down)) ** passes
    if state.switches.feedback:
        _burn(state, draws, fresh[lost], when)


def _burn(state: State, draws: Draws, rows: I8, when: When) -> None:
    """A loss may cost the front with which it was suffered."""
    cases = state.cases
    rows = rows[cases.front[rows] >= 0]
    if not len(rows):
        return
    p = state.values.at(cases.run[rows]).adversary
    burnt = rows[draws.uniform("burn", 0, cases.key[rows]) < p.front_burn]
    current = cases.generation[burnt] == state.fronts.generation[cases.front[burnt]]
    drop_fronts(state, draws, np.unique(cases.front[burnt[current]]), float(when.end))


def step_fronts(state: State, draws: Draws, when: When) -> None:
    """Drop fronts whose accumulated hazard has reached its clock: by age, faster once publicly listed."""
    fronts = state.fronts
    if not fronts.n:
        return
    p = state.at(fronts).adversary
    hazard = np.asarray(p.front_drop)
    if state.switches.feedback and fronts.listed.any():
        hazard = p.front_drop + p.front_drop_listed * fronts.listed
    fronts.hazard += np.where(fronts.live_from <= when.day, hazard, 0.0) * when.dt
    over = (fronts.hazard >= _lives(state, draws)).nonzero()[0]
    if len(over):
        drop_fronts(state, draws, over, float(when.end))


def _lives(state: State, draws: Draws) -> F8:
    """Return the clock against which each front's hazard runs; it changes with the front alone."""
    fronts = state.fronts
    if state.front_clocks is None:
        state.front_clocks = np.full(len(fronts.key), -1), np.zeros(len(fronts.key))
    generation, clock = state.front_clocks
    new = (generation != fronts.generation).nonzero()[0]
    if len(new):
        generation[new] = fronts.generation[new]
        clock[new] = draws.clock("front_life", fronts.key[new], generation[new])
    return np.asarray(clock)


def drop_fronts(state: State, draws: Draws, rows: I8, day: float) -> None:
    """Close fronts: their slots are refilled after a keyed delay by fronts that nobody knows."""
    if not len(rows):
        return
    fronts = state.fronts
    p = state.values.at(fronts.run[rows]).adversary
    fronts.generation[rows] += 1
    delay = p.front_replacement * draws.clock("front_new", fronts.key[rows], fronts.generation[rows])
    fronts.live_from[rows] = day + delay * YEAR_DAYS
    used = np.isfinite(fronts.first_used[rows])
    known = np.isfinite(fronts.first_known[rows])
    state.closed_fronts.append(
        run=fronts.run[rows][used],
        used=fronts.first_used[rows][used],
        known=np.where(known, fronts.first_known[rows], np.inf)[used],
        closed=np.full(int(used.sum()), day),
    )
    fronts.hazard[rows] = 0.0
    fronts.listed[rows] = False
    fronts.first_used[rows] = np.inf
    fronts.first_known[rows] = np.inf
    fronts.known_until[rows] = -np.inf
    fronts.denied_until[rows] = -np.inf
