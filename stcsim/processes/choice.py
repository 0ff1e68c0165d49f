"""Which way a network takes, and where: weighed by cost and felt risk, over what is open to it.

A network compares options (way, post) by ``-lambda * (r_hat + cost)`` plus keyed Gumbel noise, which is a
logit choice (McFadden 1974); ``r_hat = (1 - omega) * r_own + omega * s_k``, own losses against what a probing
smuggler sees of a post's inspections. The options of one way are weighted so that a country with more posts
is not tried more often for that.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import WAYS
from stcsim.draws import F8, I8, U64, Draws
from stcsim.state.populations import B1, DRIVE_INDEX
from stcsim.state.state import Options, State

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


def choose_option(state: State, draws: Draws, network: I8, supplier: I8, front: I8, key: U64) -> I8:
    """Return the option that each network takes, index into `State.options`; -1 where none is open."""
    options, posts, switches = state.options, state.posts, state.switches
    row, option = np.nonzero(_open(options, state.countries.n, supplier, front))
    way, post = options.way[option], options.post[option]
    run = state.networks.run[network][row]
    p = state.values.at(run).adversary
    if switches.adversary == "none" or not switches.feedback:
        risk = np.zeros(len(row)) + p.risk_prior
    else:
        risk = felt_risk(state, network[row], way, post)
        if switches.deterrence == "heard" and posts.n:
            seen = posts.seen[run * posts.n + np.maximum(post, 0)]
            heard = (1 - np.asarray(p.hearsay_weight)) * risk + p.hearsay_weight * seen
            risk = np.where(_SEEN_AT_POSTS[way], heard, risk)
        risk = np.minimum(risk * _strain_at(state, run, option, "wariness"), 1.0)
    risk[way == WAIT] = 0.0
    sharp = p.choice_intensity * (BEST_RESPONSE if switches.adversary == "best_response" else 1.0)
    cost = _costs(state)[run, way]
    utility = -sharp * (risk + cost) - np.log(_alternatives(row, way)) + _pull(state, run, option)
    weighed = np.full((len(network), len(options.way)), -np.inf)
    weighed[row, option] = utility
    return draws.choose("way", 0, weighed, key, options.key)


def _open(options: Options, countries: int, supplier: I8, front: I8) -> B1:
    """Return which options are open to each network by where its goods come from, shape (n, options)."""
    home, at = np.arange(countries)[:, None], options.country
    open_at = np.where(options.way == THIRD_COUNTRY, at != home, (at < 0) | (at == home))
    open_ = open_at[supplier % countries]
    open_ &= (front >= 0)[:, None] | ~_NEEDS_FRONT[options.way]
    return np.asarray(open_)


def _costs(state: State) -> F8:
    """Return what each way costs in each run, shape (R, ways)."""
    p = state.values.at(np.arange(state.runs)).adversary
    out = np.empty((state.runs, len(WAYS)))
    for way, name in enumerate(COST_OF):
        out[:, way] = getattr(p, name)
    return out


def felt_risk(state: State, network: I8, way: I8, post: I8) -> F8:
    """Return own risk, the mean of what was felt of the way and of the post if there is one, shape (m,).

    Parameters
    ----------
    network, way, post : what is weighed, by whom, shape (m,) each; post within a run, -1 none
    """
    of_way = state.networks.risk[network, way]
    if not state.posts.n:
        return np.asarray(of_way)
    of_post = state.networks.risk[network, len(WAYS) + np.maximum(post, 0)]
    return np.where(post >= 0, (of_way + of_post) / 2, of_way)


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
    for at, drive in ((third, "transit"), (np.flatnonzero(way == STRETCH), "passage")):
        pull[at] += np.log(_strain_at(state, run[at], option[at], drive))
    return pull


def _strain_at(state: State, run: I8, option: I8, drive: str) -> F8:
    """Return the strain on a drive of the country of each option, 1 where it has none, shape (m,)."""
    country = state.options.country[option]
    at = run * state.countries.n + np.maximum(country, 0)
    return np.where(country >= 0, state.countries.strain[at, DRIVE_INDEX[drive]], 1.0)
