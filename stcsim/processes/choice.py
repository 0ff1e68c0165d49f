"""Which way a network takes, and where: weighed by cost and felt risk, over what is open to it.

A network compares options (way, post) by ``-lambda * (r_hat + cost)`` plus keyed Gumbel noise, which is a
logit choice (McFadden 1974); ``r_hat = (1 - omega) * r_own + omega * s_k``, own losses against what a probing
smuggler sees of a post's inspections. The options of one way are weighted so that a country with more posts
is not tried more often for that.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import WAYS
from stcsim.draws import F8, I8, U64, Draws
from stcsim.processes.rows import as_column
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
BEST_RESPONSE = 50.0
"""Factor on lambda in the structural alternative ``best_response``: noise breaks ties only."""


def ways(*names: str) -> B1:
    """Return whether each way is among `names`, shape (ways,)."""
    return np.array([w in names for w in WAYS], dtype=np.bool_)


_NEEDS_FRONT = ways("deceive_licensing", "third_country", "after_delivery")
_SEEN_AT_POSTS = ways("deceive_licensing", "unlicensed", "unaware_firm", "third_country")


def choose_option(state: State, draws: Draws, network: I8, supplier: I8, front: I8, key: U64) -> I8:
    """Return the option that each network takes, index into `State.options`; -1 where none is open."""
    options, posts, countries = state.options, state.posts, state.countries
    run = state.networks.run[network]
    p = state.values.at(run).adversary
    home = (supplier % countries.n)[:, None]
    third = options.way == WAYS.index("third_country")
    anywhere = options.country < 0
    open_ = np.where(
        third[None, :],
        options.country[None, :] != home,
        anywhere[None, :] | (options.country[None, :] == home),
    )
    needs = _NEEDS_FRONT[options.way]
    open_ = open_ & ~(needs[None, :] & (front < 0)[:, None])
    cost = np.zeros((len(network), len(options.way)))
    for w, name in enumerate(COST_OF):
        cost[:, options.way == w] = as_column(getattr(p, name))
    risk = felt_risk(state, network)
    if state.switches.adversary == "none" or not state.switches.feedback:
        risk = np.broadcast_to(as_column(p.risk_prior), cost.shape)
    elif state.switches.deterrence == "heard":
        seen = posts.seen.reshape(-1, posts.n)[run][:, np.maximum(options.post, 0)] if posts.n else cost * 0
        omega = as_column(p.hearsay_weight)
        declared = _SEEN_AT_POSTS[options.way]
        risk = np.where(declared[None, :], (1 - omega) * risk + omega * seen, risk)
    if state.switches.adversary != "none" and state.switches.feedback:
        risk = np.minimum(risk * _at_option(state, run, "wariness"), 1.0)
    risk = np.where(options.way[None, :] == WAYS.index("wait"), 0.0, risk)
    sharp = as_column(p.choice_intensity) * (
        BEST_RESPONSE if state.switches.adversary == "best_response" else 1.0
    )
    utility = -sharp * (risk + cost) - np.log(_alternatives(open_, options.way))
    if countries.n and len(options.way):
        utility = utility + _pull(state, run)
    return draws.choose("way", 0, np.where(open_, utility, -np.inf), key, options.key)


def felt_risk(state: State, network: I8) -> F8:
    """Return own risk per option, shape (n, options): mean of what was felt of the way and of the post."""
    options = state.options
    risk = state.networks.risk[network]
    of_way = risk[:, options.way]
    if not state.posts.n:
        return np.asarray(of_way)
    of_post = risk[:, len(WAYS) + np.maximum(options.post, 0)]
    return np.where(options.post[None, :] >= 0, (of_way + of_post) / 2, of_way)


def _alternatives(open_: Any, way: I8) -> F8:
    """Number of open options of each option's way, shape (n, options), at least 1."""
    out = np.ones(open_.shape)
    for w in range(len(WAYS)):
        same = way == w
        out[:, same] = np.maximum(open_[:, same].sum(axis=1, keepdims=True), 1)
    return out


def _pull(state: State, run: I8) -> F8:
    """What a country's vulnerability adds to the utility of options: recruitable firms, transit flow."""
    options, n = state.options, state.countries.n
    home = np.maximum(options.country, 0)
    recruit = np.log(np.maximum(state.countries.recruitable.reshape(-1, n)[run][:, home], 1e-9))
    transit = state.countries.transit_flow.reshape(-1, n)[run][:, home]
    pull = np.where(options.way[None, :] == WAYS.index("unaware_firm"), recruit, 0.0)
    pull = np.where(options.way[None, :] == WAYS.index("third_country"), transit, pull)
    for way, drive in (("third_country", "transit"), ("open_stretch", "passage")):
        easier = np.log(_at_option(state, run, drive))
        pull = pull + np.where(options.way[None, :] == WAYS.index(way), easier, 0.0)
    return np.asarray(pull)


def _at_option(state: State, run: I8, drive: str) -> F8:
    """Return the strain on a drive of the country of each option, 1 where it has none, shape (n, options)."""
    options, n = state.options, state.countries.n
    strain = state.countries.strain[:, DRIVE_INDEX[drive]].reshape(-1, n)[run]
    return np.where(options.country[None, :] >= 0, strain[:, np.maximum(options.country, 0)], 1.0)
