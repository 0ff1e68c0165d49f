"""Which way a network takes, and where: weighed by cost and felt risk, over what is open to it.

A network compares options (way, post) by ``-lambda * (r_hat + cost)`` plus keyed Gumbel noise, which is a
logit choice (McFadden 1974); ``r_hat = (1 - omega) * r_own + omega * s_k``, own losses against what a probing
smuggler sees of a post's inspections. The options of one way are weighted so that a country with more posts
is not tried more often for that. What is open, what it costs and the noise are known before an occasion comes
(`Openings`); risk, and whether there is a front, when it is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import WAYS
from stcsim.draws import F8, I8, U64, Draws, mix
from stcsim.processes.rows import part_of
from stcsim.state.populations import B1, DRIVE_INDEX
from stcsim.state.state import State

COST_OF: tuple[str, ...] = (
    "cost_deceive",
    "cost_unlicensed",
    "cost_unaware",
    "cost_third_country",
    "cost_open_stretch",
    "cost_intangible",
    "cost_after_delivery",
    "cost_wait",
)
"""Name of the parameter that holds the cost of each way, in the order of WAYS."""
WAIT, UNAWARE, THIRD_COUNTRY, STRETCH = (
    WAYS.index(n) for n in ("wait", "unaware_firm", "third_country", "open_stretch")
)
BEST_RESPONSE = 50.0
"""Factor on lambda in the structural alternative ``best_response``: noise breaks ties only."""


def ways(*names: str) -> B1:
    """Return whether each way is among `names`, shape (ways,)."""
    return np.array([w in names for w in WAYS], dtype=np.bool_)


_NEEDS_FRONT = ways("deceive_licensing", "third_country", "after_delivery")
_SEEN_AT_POSTS = ways("deceive_licensing", "unlicensed", "unaware_firm", "third_country")


@dataclass(frozen=True)
class Openings:
    """Options that are open on occasions by where the goods come from, one row each in their order there.

    Parameters
    ----------
    start : where the options of each occasion begin, and the last end, shape (occasions + 1,)
    occasion, option, run : of each row, index into `State.options`, shape (m,); so are the others
    of_way, of_post : place of the risk felt of its way, and of its post, in the flat table of risk
    at_post, post : whether it is at a post, and the row of the post (of any where it is at none)
    heard : whether its way is seen at posts
    needs_front, waits : whether it takes a front company; whether it is to let the occasion pass
    sharp : lambda, a number or one per row
    hearsay, prior : weight of what is seen, and the risk of who feels nothing, numbers or one per row
    cost, crowd : what its way costs; logarithm of how many options of its way are open
    pull : what the country's vulnerability adds, without strains
    luck : Gumbel noise
    """

    start: I8
    occasion: I8
    option: I8
    run: I8
    of_way: I8
    of_post: I8
    at_post: B1
    post: I8
    heard: B1
    needs_front: B1
    waits: B1
    sharp: Any
    hearsay: Any
    prior: Any
    cost: F8
    crowd: F8
    pull: F8
    luck: F8


def openings(state: State, draws: Draws, network: I8, supplier: I8, key: U64) -> Openings:
    """Return what is open on occasions, and what of its weight is known before they come.

    Parameters
    ----------
    network, supplier, key : of the occasions, shape (n,)
    """
    options, posts = state.options, state.posts
    row, option = np.nonzero(_open(state)[supplier % state.countries.n])
    way, post, run = options.way[option], options.post[option], state.networks.run[network][row]
    p = state.values.at(run).adversary
    sharp = p.choice_intensity * (BEST_RESPONSE if state.switches.adversary == "best_response" else 1.0)
    risk_at = network[row] * state.networks.risk.shape[1]
    return Openings(
        start=np.searchsorted(row, np.arange(len(network) + 1)),
        occasion=row,
        option=option,
        run=run,
        of_way=risk_at + way,
        of_post=risk_at + len(WAYS) + np.maximum(post, 0),
        at_post=post >= 0,
        post=run * posts.n + np.maximum(post, 0),
        heard=_SEEN_AT_POSTS[way],
        needs_front=_NEEDS_FRONT[way],
        waits=way == WAIT,
        sharp=sharp,
        hearsay=p.hearsay_weight,
        prior=p.risk_prior,
        cost=_costs(state)[run, way],
        crowd=np.log(_alternatives(row, way)),
        pull=_pull(state, run, option),
        luck=draws.gumbel("way", 0, mix(key[row], options.key[option])),
    )


def choose_option(state: State, known: Openings, part: slice, front: I8) -> I8:
    """Return the option that each network takes, index into `State.options`; -1 where none is open.

    Parameters
    ----------
    part : the occasions that come
    front : front company at hand on each of them, -1 where none is
    """
    first, end = known.start[part.start], known.start[part.stop]
    at = slice(int(first), int(end))
    row, option = known.occasion[at] - part.start, known.option[at]
    number, width = part.stop - part.start, len(state.options.way)
    risk = _risk(state, known, at)
    total = -part_of(known.sharp, at) * (risk + known.cost[at]) - known.crowd[at] + _pulled(state, known, at)
    total += known.luck[at]
    if front.min(initial=0) < 0:
        total[known.needs_front[at] & (front.take(row) < 0)] = -np.inf
    weighed = np.full(number * width, -np.inf)
    weighed[row * width + option] = total
    best: I8 = weighed.reshape(number, width).argmax(axis=1)
    best[weighed[np.arange(0, number * width, width) + best] == -np.inf] = -1
    return best


def _risk(state: State, known: Openings, at: slice) -> F8:
    """Return the risk that each option is weighed with, shape (m,)."""
    switches = state.switches
    if switches.adversary == "none" or not switches.feedback:
        risk = np.zeros(at.stop - at.start) + part_of(known.prior, at)
    else:
        risk = felt_risk(state, known, at)
        if switches.deterrence == "heard" and state.posts.n:
            weight = part_of(known.hearsay, at)
            heard = (1 - weight) * risk + weight * state.posts.seen.take(known.post[at])
            risk = np.where(known.heard[at], heard, risk)
        if strained(state):
            risk = risk * _strain_at(state, known.run[at], known.option[at], "wariness")
        risk = np.minimum(risk, 1.0)
    risk[known.waits[at]] = 0.0
    return np.asarray(risk)


def felt_risk(state: State, known: Openings, at: slice) -> F8:
    """Return own risk, the mean of what was felt of the way and of the post if there is one, shape (m,)."""
    felt = state.networks.risk.reshape(-1)
    of_way = felt.take(known.of_way[at])
    if not state.posts.n:
        return of_way
    return np.where(known.at_post[at], (of_way + felt.take(known.of_post[at])) / 2, of_way)


def strained(state: State) -> bool:
    """Return whether a shock strains anything in a country now."""
    return bool((state.countries.strain != 1.0).any())


def _open(state: State) -> B1:
    """Return which options are open where goods come from each country, if there is a front, (m, options)."""
    home, at = np.arange(state.countries.n)[:, None], state.options.country
    return np.asarray(np.where(state.options.way == THIRD_COUNTRY, at != home, (at < 0) | (at == home)))


def _costs(state: State) -> F8:
    """Return what each way costs in each run, shape (R, ways)."""
    p = state.values.at(np.arange(state.runs)).adversary
    out = np.empty((state.runs, len(WAYS)))
    for way, name in enumerate(COST_OF):
        out[:, way] = getattr(p, name)
    return out


def _alternatives(row: I8, way: I8) -> I8:
    """Return how many options of its way are open to who weighs an open option, shape (m,)."""
    group = row * len(WAYS) + way
    return np.asarray(np.bincount(group)[group])


def _pull(state: State, run: I8, option: I8) -> F8:
    """What a country's vulnerability adds to the utility of options: recruitable firms, transit flow."""
    options, countries = state.options, state.countries
    way, home = options.way[option], run * countries.n + np.maximum(options.country[option], 0)
    pull = np.zeros(len(option))
    unaware = np.flatnonzero(way == UNAWARE)
    pull[unaware] = np.log(np.maximum(countries.recruitable[home[unaware]], 1e-9))
    third = np.flatnonzero(way == THIRD_COUNTRY)
    pull[third] = countries.transit_flow[home[third]]
    return pull


def _pulled(state: State, known: Openings, at: slice) -> F8:
    """What vulnerability adds now that shocks strain it."""
    if not strained(state):
        return known.pull[at]
    pull, run, option = known.pull[at].copy(), known.run[at], known.option[at]
    way = state.options.way[option]
    for of, drive in ((THIRD_COUNTRY, "transit"), (STRETCH, "passage")):
        those = np.flatnonzero(way == of)
        pull[those] += np.log(_strain_at(state, run[those], option[those], drive))
    return pull


def _strain_at(state: State, run: I8, option: I8, drive: str) -> F8:
    """Return the strain on a drive of the country of each option, 1 where it has none, shape (m,)."""
    country = state.options.country[option]
    at = run * state.countries.n + np.maximum(country, 0)
    return np.where(country >= 0, state.countries.strain[at, DRIVE_INDEX[drive]], 1.0)
