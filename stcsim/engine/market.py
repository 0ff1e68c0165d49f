"""Starting columns of those who are controlled and those who pay: firms, networks, donors, options."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.donor import PRIORITIES_OF
from stcsim.actors.vocabulary import FAMILIES, FIRM_CLASSES, PILLARS, WAYS
from stcsim.draws import U64, Draws, keys_of, mix, seeded
from stcsim.engine.identity import identity
from stcsim.parameters import Parameters
from stcsim.processes.peers import peers_on_ring
from stcsim.scenario.roster import Roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.market import Firms, Fronts, Networks, Technologies
from stcsim.state.populations import Donors, Posts
from stcsim.state.state import YEAR_DAYS, Options

AWARENESS_SPREAD = 0.5
"""Standard deviation of firms' awareness around their class's, on the logit scale. Assumed."""


def firms_at_start(people: Roster, p: Parameters, seed: int, draws: Draws) -> Firms:
    """Return firms with their rate of controlled exports, awareness, programme and peers."""
    groups = people.firm_groups
    home = {c.id: i for i, c in enumerate(people.countries)}
    sizes = np.array([g.count for g in groups], dtype=np.int64)
    n = int(sizes.sum()) if len(groups) else 0
    group = (
        np.repeat(np.arange(len(groups), dtype=np.int64), sizes)
        if len(groups)
        else np.zeros(0, dtype=np.int64)
    )
    within = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes) if n else np.zeros(0, dtype=np.int64)
    group_keys: U64 = keys_of(tuple(g.id for g in groups))
    key = seeded(mix(group_keys[group], within + 1), seed) if n else np.zeros(0, dtype=np.uint64)

    def of_group(values: list[Any], dtype: Any = np.float64) -> Any:
        return np.array(values, dtype=dtype)[group] if n else np.zeros(0, dtype=dtype)

    rate = of_group([g.exports_per_year for g in groups]) * np.exp(
        p.firms.rate_dispersion * draws.normal("firm_rate", 0, key)
    )
    mean = np.clip(of_group([g.awareness for g in groups]), 1e-6, 1 - 1e-6)
    logit = np.log(mean / (1 - mean)) + AWARENESS_SPREAD * draws.normal("awareness", 0, key)
    sector = {s: i for i, s in enumerate(sorted({(g.country, g.sector) for g in groups}))}
    ring = of_group([sector[(g.country, g.sector)] for g in groups], np.int64)
    gap = draws.clock("export", key, 0)
    return Firms(
        n=n,
        ids=(),
        key=key,
        run=np.zeros(n, dtype=np.int64),
        country=of_group([home[g.country] for g in groups], np.int64),
        firm_class=of_group([FIRM_CLASSES.index(g.firm_class) for g in groups], np.int64),
        group=group,
        rate=rate,
        awareness=1 / (1 + np.exp(-logit)),
        programme=draws.uniform("programme", 0, key) < of_group([g.compliance_programme for g in groups]),
        outreach_own=np.zeros(n),
        compliance=np.zeros(n),
        peers=peers_on_ring(key, ring, rate > 0, int(p.firms.peers), draws),
        next_export=np.where(rate > 0, gap / np.maximum(rate, 1e-300) * YEAR_DAYS, np.inf),
        exports=np.zeros(n, dtype=np.int64),
    )


def networks_at_start(
    people: Roster, posts: Posts, p: Parameters, seed: int, draws: Draws
) -> tuple[Networks, Fronts]:
    """Return procurement networks and their front companies."""
    specs = people.networks
    home = {c.id: i for i, c in enumerate(people.countries)}
    n_countries, n_holders = len(people.countries), len(people.holders)
    base = identity(tuple(s.id for s in specs), seed)
    n = len(specs)
    rate = np.array(
        [s.attempts if s.attempts is not None else p.adversary.attempts for s in specs], dtype=np.float64
    )
    wants = np.zeros((n, len(FAMILIES)), dtype=np.bool_)
    for i, s in enumerate(specs):
        wants[i, [FAMILIES.index(f) for f in s.wanted]] = True
    gap = draws.clock("attempt", base["key"], 0) if n else np.zeros(0)
    networks = Networks(
        **base,
        home=np.array([home[s.home] for s in specs], dtype=np.int64),
        state_linked=np.array([s.kind == "state_linked" for s in specs], dtype=np.bool_),
        rate=rate,
        skill=np.array([s.skill for s in specs], dtype=np.float64),
        wants=wants,
        next_attempt=np.where(rate > 0, gap / np.maximum(rate, 1e-300) * YEAR_DAYS, np.inf),
        attempts=np.zeros(n, dtype=np.int64),
        disrupted_until=np.full(n, -np.inf),
        risk=np.full((n, len(WAYS) + posts.n), p.adversary.risk_prior),
    )
    names = tuple(f"{s.id}/front_{j + 1}" for s in specs for j in range(s.fronts))
    of = np.array([i for i, s in enumerate(specs) for _ in range(s.fronts)], dtype=np.int64)
    fbase = identity(names, seed)
    m = len(names)
    u = draws.uniform("front_home", 0, fbase["key"]) if m else np.zeros(0)
    other = (
        np.minimum(
            (draws.uniform("front_abroad", 0, fbase["key"]) * max(1, n_countries)).astype(np.int64),
            max(0, n_countries - 1),
        )
        if m
        else np.zeros(0, dtype=np.int64)
    )
    at_home = p.information.home_weight / (1 + p.information.home_weight)
    fronts = Fronts(
        **fbase,
        network=of,
        country=np.where(u < at_home, networks.home[of] if m else 0, other),
        generation=np.zeros(m, dtype=np.int64),
        live_from=np.zeros(m),
        first_used=np.full(m, np.inf),
        first_known=np.full(m, np.inf),
        hazard=np.zeros(m),
        listed=np.zeros(m, dtype=np.bool_),
        next_birth=np.full((m, n_countries), np.nan),
        births=np.zeros((m, n_countries), dtype=np.int64),
        known_until=np.full((m, n_holders), -np.inf),
        denied_until=np.full((m, n_holders), -np.inf),
        network_known_until=np.full((m, n_holders), -np.inf),
    )
    return networks, fronts


def donors_at_start(people: Roster, seed: int) -> Donors:
    """Return donors with budget, priorities and the countries they work in."""
    specs = people.donors
    n = len(specs)
    priority = np.ones((n, len(PILLARS)))
    works = np.ones((n, len(people.countries)), dtype=np.bool_)
    for i, d in enumerate(specs):
        own: dict[str, float] = {entry.pillar: entry.weight for entry in d.priorities}
        weights = own or PRIORITIES_OF[d.mandate]
        if weights:
            priority[i] = [weights.get(pillar, 0.0) for pillar in PILLARS]
        if d.countries:
            works[i] = [c.id in d.countries for c in people.countries]
    return Donors(
        **identity(tuple(d.id for d in specs), seed),
        budget=np.array([d.budget for d in specs], dtype=np.float64),
        priority=priority,
        works_in=works,
        balance=np.zeros(n),
        active_from=np.array([7.0 * d.active_from_week for d in specs], dtype=np.float64),
        leaves=np.full(works.shape, np.inf),
        announces=np.full(works.shape, np.inf),
        hands_over=np.zeros(works.shape, dtype=np.bool_),
        sees_commitments=np.zeros(n, dtype=np.bool_),
        shared_priorities=np.zeros(n, dtype=np.bool_),
        tailored=np.array([d.tailored for d in specs], dtype=np.bool_),
        assessed=np.zeros(n, dtype=np.bool_),
        shared_assessment=np.zeros(n, dtype=np.bool_),
        reports=np.zeros(n, dtype=np.bool_),
        chairs=np.zeros(n, dtype=np.bool_),
    )


def options_of(posts: Posts) -> Options:
    """Every way through every post, the ways without a post once."""
    way: list[int] = []
    post: list[int] = []
    country: list[int] = []
    names: list[str] = []
    for w, name in enumerate(WAYS):
        if name in ("intangible", "wait"):
            way.append(w)
            post.append(-1)
            country.append(-1)
            names.append(name)
            continue
        for k, post_id in enumerate(posts.ids):
            if bool(posts.stretch[k]) == (name == "open_stretch"):
                way.append(w)
                post.append(k)
                country.append(int(posts.country[k]))
                names.append(f"{name}:{post_id}")
    return Options(
        way=np.array(way, dtype=np.int64),
        post=np.array(post, dtype=np.int64),
        country=np.array(country, dtype=np.int64),
        key=keys_of(tuple(names)),
    )


def technologies_at_start(spec: ScenarioSpec, people: Roster, seed: int) -> Technologies:
    """Return the breakout technologies that shocks will bring, on no list yet.

    Each is named after its week and country, so that another shock changes nothing about it.
    """
    found = [e for s in spec.all_shocks() for e in s.emergences()]
    home = {c.id: i for i, c in enumerate(people.countries)}
    names: list[str] = []
    for e in found:
        name = f"{e.week}/{e.country}"
        names.append(f"{name}#{sum(n.split('#')[0] == name for n in names)}")
    n, first = len(found), spec.time.warm_up_weeks
    return Technologies(
        **identity(tuple(names), seed),
        country=np.array([home.get(e.country, -1) for e in found], dtype=np.int64),
        share=np.array([e.share for e in found], dtype=np.float64),
        emerges=np.array([7.0 * (first + e.week) for e in found]),
        wanted_until=np.array([7.0 * (first + e.week + e.weeks) for e in found]),
        drafted=np.zeros(n),
        agreed=np.full(n, np.inf),
        transposed=np.zeros((n, len(people.countries))),
        adopted=np.full((n, len(people.countries)), np.inf),
        known=np.full((n, len(people.holders)), np.inf),
    )
