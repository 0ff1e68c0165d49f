"""Build the starting state of one run from a scenario and a seed.

Every number that is not in the file is a keyed draw of the identity it belongs to, so the order of the file and
actors that do nothing change nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.agency import ANALYST_SHARE, COMPETENCES_OF
from stcsim.actors.checkpoint import CheckpointSpec, StretchSpec
from stcsim.actors.vocabulary import COMPETENCES, FAMILIES, FIRM_CLASSES, PILLARS, WAYS
from stcsim.draws import F8, I8, U64, Draws, keys_of, mix, seeded
from stcsim.engine.blank import blank_compiled
from stcsim.ledger import Ledger
from stcsim.parameters import Parameters
from stcsim.processes import capacity, firms as firm_process
from stcsim.scenario.roster import Roster, roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.events import Activities, Cases, ClosedFronts, Discoveries, Licences
from stcsim.state.items import Items
from stcsim.state.populations import (
    DRIVES,
    HOLDER_KINDS,
    LAW,
    Countries,
    Donors,
    Firms,
    Fronts,
    Holders,
    Networks,
    Posts,
)
from stcsim.state.state import YEAR_DAYS, Options, State, Switches
from stcsim.state.values import RunValues

COMPETENCES_OF_OTHERS: dict[str, tuple[str, ...]] = {
    "post": ("risk_targeting", "commodity_identification", "inspection", "coordination"),
    "stretch": ("inspection", "coordination"),
    "partner": ("industry_outreach", "end_use_verification", "coordination"),
}
"""Competences that posts, stretches and partners use."""
INTERNATIONAL_COMPETENCE = 0.5
"""Mean competence of an international body when the scenario gives none. Assumed."""
CALENDAR_DAYS_PER_WORKING_DAY = 7 / 5
AWARENESS_SPREAD = 0.5
"""Standard deviation of firms' awareness around their class's, on the logit scale. Assumed."""
_EVIDENCE = {"none": 0, "ad_hoc": 1, "joint": 2}


def build(
    spec: ScenarioSpec, seed: int, parameters: Parameters | None = None, *, switches: Switches | None = None
) -> State:
    """Return the state of one run at the start of its warm-up.

    Parameters
    ----------
    spec : the scenario
    seed : names the potential world
    parameters : assumptions of this run; the scenario's when not given
    switches : structural alternatives; the scenario's when not given
    """
    p = parameters if parameters is not None else spec.parameters
    people = roster(spec.model_copy(update={"parameters": p}))
    draws = Draws()
    chosen = switches or Switches(**spec.structure.model_dump())
    roles = tuple(sorted({h.role for h in people.holders}))
    holders = _holders(people, p, roles, seed, draws)
    countries = _countries(people, holders, roles, seed)
    posts = _posts(people, holders, p, seed, draws)
    capacity_start(people, holders, countries, p, chosen, draws)
    firms = _firms(people, p, seed, draws)
    networks, fronts = _networks(people, posts, p, seed, draws)
    donors = _donors(people, seed)
    months = -(-spec.time.counted_weeks // 4)
    state = State(
        seeds=np.array([seed], dtype=np.int64),
        newest_list=np.zeros(1),
        values=RunValues([p]),
        switches=chosen,
        roles=roles,
        firm_groups=tuple(g.id for g in people.firm_groups),
        options=_options(people, posts),
        countries=countries,
        holders=holders,
        posts=posts,
        firms=firms,
        networks=networks,
        fronts=fronts,
        donors=donors,
        cases=Cases.empty(256),
        licences=Licences.empty(256),
        activities=Activities.empty(256),
        discoveries=Discoveries.empty(256),
        closed_fronts=ClosedFronts.empty(64),
        items=Items.empty(1, holders.n),
        compiled=blank_compiled(holders, posts, countries, firms, 1),
        ledger=Ledger(1, months, holders.n),
    )
    firm_process.start(state, draws)
    return state


def _base(ids: tuple[str, ...], seed: int) -> dict[str, Any]:
    return {
        "n": len(ids),
        "ids": ids,
        "key": seeded(keys_of(ids), seed) if ids else np.zeros(0, dtype=np.uint64),
        "run": np.zeros(len(ids), dtype=np.int64),
    }


def _holders(people: Roster, p: Parameters, roles: tuple[str, ...], seed: int, draws: Draws) -> Holders:
    entries = people.holders
    n = len(entries)
    home = {c.id: i for i, c in enumerate(people.countries)}
    country = np.array([home.get(h.country, -1) for h in entries], dtype=np.int64)
    kind = np.array([HOLDER_KINDS.index(h.kind) for h in entries], dtype=np.int64)
    base = _base(tuple(h.id for h in entries), seed)
    uses = np.zeros((n, len(COMPETENCES)), dtype=np.bool_)
    for i, h in enumerate(entries):
        used = COMPETENCES_OF[h.role] if h.kind == "agency" else COMPETENCES_OF_OTHERS[h.kind]
        uses[i, [COMPETENCES.index(c) for c in used]] = True
    staff = np.array(
        [
            h.staff if h.staff is not None else _inspectors(h.spec, base["key"][i], p, draws)
            for i, h in enumerate(entries)
        ],
        dtype=np.float64,
    )
    same = (country[:, None] == country[None, :]) & (country[:, None] >= 0)
    trust = np.where(same, p.trust.domestic, p.trust.cross_border)
    partner = kind == HOLDER_KINDS.index("partner")
    with_partner = partner[:, None] | partner[None, :]
    chance = np.where(
        with_partner,
        p.trust.recognition_partners,
        np.where(same, p.trust.recognition_domestic, p.trust.recognition_cross_border),
    )
    pair = mix(base["key"][:, None], base["key"][None, :]) if n else np.zeros((0, 0), dtype=np.uint64)
    recognises = (draws.uniform("recognition", 0, pair) < chance) | np.eye(n, dtype=np.bool_)
    zeros = np.zeros(n)
    cube = np.zeros((n, len(COMPETENCES), 4))
    return Holders(
        **base,
        kind=kind,
        role=np.array([roles.index(h.role) for h in entries], dtype=np.int64),
        country=country,
        staff_base=staff,
        staff=staff.copy(),
        added_inspectors=zeros.copy(),
        added_officers=zeros.copy(),
        added_investigators=zeros.copy(),
        added_analysts=zeros.copy(),
        added_liaison=zeros.copy(),
        authority=np.array([getattr(h.spec, "authority", 0.5) for h in entries]),
        analyst_share=np.array([ANALYST_SHARE.get(h.role, 0.1) for h in entries]),
        uses=uses,
        latent=cube.copy(),
        captured=cube.copy(),
        academy=cube.copy(),
        dose=cube.copy(),
        institutionalised=np.full(n, p.capacity.institutionalised),
        plan=np.zeros((n, len(COMPETENCES))),
        competence=np.zeros((n, len(COMPETENCES))),
        competence_start=np.zeros((n, len(COMPETENCES))),
        hours=zeros.copy(),
        hours_before=zeros.copy(),
        course_hours=zeros.copy(),
        available=np.ones(n),
        available_start=np.ones(n),
        recognises=recognises,
        trust=trust,
        trust_base=trust.copy(),
        reading=zeros.copy(),
        list_version=zeros.copy(),
        false_listings=zeros.copy(),
        procedures_known=zeros.copy(),
    )


def _traffic(spec: CheckpointSpec, key: np.uint64, p: Parameters, draws: Draws) -> float:
    if spec.count == 1:
        return spec.traffic
    noise = float(draws.normal("traffic", 0, np.array([key], dtype=np.uint64))[0])
    return float(spec.traffic * np.exp(p.screening.trade_dispersion * noise))


def _inspectors(spec: object, key: np.uint64, p: Parameters, draws: Draws) -> float:
    """As many inspectors as inspecting the register's share of the post's trade takes."""
    if not isinstance(spec, CheckpointSpec):
        return 0.0
    load = _traffic(spec, key, p, draws) * p.screening.inspected_share * p.screening.hours_per_inspection
    return load / p.coordination.hours_per_fte


def _countries(people: Roster, holders: Holders, roles: tuple[str, ...], seed: int) -> Countries:
    specs = people.countries
    n = len(specs)
    law = np.zeros((n, len(LAW)), dtype=np.bool_)
    for i, c in enumerate(specs):
        for j, topic in enumerate(LAW):
            law[i, j] = bool(getattr(c.law, topic, False))

    def holder_of(role: str) -> I8:
        rows = np.full(n, -1, dtype=np.int64)
        if role in roles:
            mine = np.flatnonzero(
                (holders.role == roles.index(role)) & (holders.country >= 0) & (holders.kind == 0)
            )
            rows[holders.country[mine][::-1]] = mine[::-1]
        return rows

    days = [
        (
            max(c.law.detention_working_days, c.law.extension_working_days)
            if c.law.extension
            else c.law.detention_working_days
        )
        * CALENDAR_DAYS_PER_WORKING_DAY
        * c.law.detention
        for c in specs
    ]
    will = np.array([c.will for c in specs], dtype=np.float64)

    def zeros() -> F8:
        return np.zeros(n)

    return Countries(
        **_base(tuple(c.id for c in specs), seed),
        law_base=law,
        law=law.copy(),
        detention_days=np.array(days, dtype=np.float64),
        evidence=np.array([_EVIDENCE[c.law.evidence_abroad] for c in specs], dtype=np.int64),
        will=will,
        will_base=will.copy(),
        upkeep=np.array([c.upkeep for c in specs], dtype=np.float64),
        funding=np.array([c.funding for c in specs], dtype=np.float64),
        wage_level=np.array([c.wage_level for c in specs], dtype=np.float64),
        supply=np.array([c.supply for c in specs], dtype=np.float64),
        recruitable=np.array([c.vulnerability.recruitable for c in specs], dtype=np.float64),
        insider=np.array([c.vulnerability.insider_share for c in specs], dtype=np.float64),
        transit_flow=np.array([c.vulnerability.transit_flow for c in specs], dtype=np.float64),
        success=zeros(),
        incidents=zeros(),
        caseload=zeros(),
        clarity=zeros(),
        strain=np.ones((n, len(DRIVES))),
        backlog=zeros(),
        load_noise=zeros(),
        staff_noise=zeros(),
        applications=zeros(),
        arrived=zeros(),
        flow=zeros(),
        perceived_detection=zeros(),
        licence_days=zeros(),
        authority=holder_of("licensing_authority"),
        customs=holder_of("customs_headquarters"),
        intelligence=holder_of("intelligence"),
        law_enforcement=holder_of("law_enforcement"),
        prosecutor=holder_of("prosecutor"),
        technical=np.where(
            holder_of("technical_authority") >= 0,
            holder_of("technical_authority"),
            holder_of("licensing_authority"),
        ),
    )


def _posts(people: Roster, holders: Holders, p: Parameters, seed: int, draws: Draws) -> Posts:
    rows = [i for i, h in enumerate(people.holders) if h.kind in ("post", "stretch")]
    entries = [people.holders[i] for i in rows]
    holder = np.array(rows, dtype=np.int64)
    n = len(rows)
    traffic = np.array(
        [
            _traffic(h.spec, holders.key[i], p, draws) if isinstance(h.spec, CheckpointSpec) else 0.0
            for i, h in zip(rows, entries, strict=True)
        ]
    )
    stretch = np.array([h.kind == "stretch" for h in entries], dtype=np.bool_)

    def zeros() -> F8:
        return np.zeros(n)

    return Posts(
        **_base(tuple(h.id for h in entries), seed),
        holder=holder,
        country=holders.country[holder],
        stretch=stretch,
        traffic=traffic,
        inspectors=np.where(stretch, 0.0, holders.staff_base[holder]),
        patrols=np.array([h.spec.patrols if isinstance(h.spec, StretchSpec) else 0.0 for h in entries]),
        inspected_share=zeros(),
        capacity=zeros(),
        targeting=zeros(),
        found=zeros(),
        inspected=zeros(),
        seen=np.full(n, p.adversary.risk_prior),
        doubt_hours=zeros(),
        detained=zeros(),
    )


def capacity_start(
    people: Roster, holders: Holders, countries: Countries, p: Parameters, switches: Switches, draws: Draws
) -> None:
    """Set latent and captured capacity and the academy that holds them steady.

    The level of holder and competence varies around the holder's or country's mean with the register's coefficient
    of variation; knowledge, practices, skills and tools start at that level, tools of a post at its equipment.
    """
    mean = np.array(
        [
            h.competence
            if h.competence is not None
            else (
                next((c.competence for c in people.countries if c.id == h.country), INTERNATIONAL_COMPETENCE)
            )
            for h in people.holders
        ]
    )
    each = (
        mix(holders.key[:, None], np.arange(len(COMPETENCES), dtype=np.int64)[None, :])
        if holders.n
        else np.zeros((0, 9), dtype=np.uint64)
    )
    level = np.clip(
        mean[:, None] * (1 + p.capacity.competence_cv * draws.normal("competence", 0, each)), 0.06, 0.94
    )
    target = np.repeat(level[:, :, None], 4, axis=2)
    equipment = np.array(
        [np.nan if getattr(h.spec, "equipment", None) is None else h.spec.equipment for h in people.holders],
        dtype=np.float64,
    )  # type: ignore[union-attr]
    target[:, :, 3] = np.where(
        np.isnan(equipment)[:, None], target[:, :, 3], np.nan_to_num(equipment)[:, None]
    )
    target *= holders.uses[:, :, None]
    home = np.maximum(holders.country, 0)
    abroad = holders.country < 0
    funding = np.where(abroad, 1.0, countries.funding[home] if countries.n else 1.0)
    upkeep = np.where(abroad, 1.0, countries.upkeep[home] if countries.n else 1.0)
    capacity.begin(
        holders,
        target,
        funding,
        upkeep,
        p,
        complements=switches.complements,
        immediate=switches.capture == "immediate",
    )


def _firms(people: Roster, p: Parameters, seed: int, draws: Draws) -> Firms:
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
        outreach=np.zeros(n),
        compliance=np.zeros(n),
        peers=firm_process.peers_on_ring(key, ring, rate > 0, int(p.firms.peers), draws),
        next_export=np.where(rate > 0, gap / np.maximum(rate, 1e-300) * YEAR_DAYS, np.inf),
        exports=np.zeros(n, dtype=np.int64),
    )


def _networks(
    people: Roster, posts: Posts, p: Parameters, seed: int, draws: Draws
) -> tuple[Networks, Fronts]:
    specs = people.networks
    home = {c.id: i for i, c in enumerate(people.countries)}
    n_countries, n_holders = len(people.countries), len(people.holders)
    base = _base(tuple(s.id for s in specs), seed)
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
    fbase = _base(names, seed)
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
        network_known_until=np.full((m, n_holders), -np.inf),
    )
    return networks, fronts


def _donors(people: Roster, seed: int) -> Donors:
    specs = people.donors
    n = len(specs)
    priority = np.ones((n, len(PILLARS)))
    works = np.ones((n, len(people.countries)), dtype=np.bool_)
    for i, d in enumerate(specs):
        if d.priorities:
            priority[i] = 0.0
            for entry in d.priorities:
                priority[i, PILLARS.index(entry.pillar)] = entry.weight
        if d.countries:
            works[i] = [c.id in d.countries for c in people.countries]
    return Donors(
        **_base(tuple(d.id for d in specs), seed),
        budget=np.array([d.budget for d in specs], dtype=np.float64),
        priority=priority,
        works_in=works,
        balance=np.zeros(n),
        active_from=np.array([7.0 * d.active_from_week for d in specs], dtype=np.float64),
        sees_commitments=np.zeros(n, dtype=np.bool_),
        shared_priorities=np.zeros(n, dtype=np.bool_),
        assessed=np.zeros(n, dtype=np.bool_),
        chairs=np.zeros(n, dtype=np.bool_),
    )


def _options(people: Roster, posts: Posts) -> Options:
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
        for k, identity in enumerate(posts.ids):
            if bool(posts.stretch[k]) == (name == "open_stretch"):
                way.append(w)
                post.append(k)
                country.append(int(posts.country[k]))
                names.append(f"{name}:{identity}")
    return Options(
        way=np.array(way, dtype=np.int64),
        post=np.array(post, dtype=np.int64),
        country=np.array(country, dtype=np.int64),
        key=keys_of(tuple(names)),
    )
