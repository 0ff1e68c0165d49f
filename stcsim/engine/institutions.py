"""Starting columns of those who control: countries, holders, posts, and the capacity they start with."""

from __future__ import annotations

import numpy as np

from stcsim.actors.agency import ANALYST_SHARE, COMPETENCES_OF, INTEREST_OF_AGENCIES
from stcsim.actors.checkpoint import CheckpointSpec, StretchSpec
from stcsim.actors.partner import INTEREST_OF_PARTNERS
from stcsim.actors.vocabulary import COMPETENCES, DRIVES, LAW
from stcsim.draws import F8, I8, Draws, mix
from stcsim.engine.identity import identity
from stcsim.parameters import Parameters
from stcsim.processes import capacity
from stcsim.scenario.roster import HolderEntry, Roster
from stcsim.state.populations import HOLDER_KINDS, Countries, Holders, Posts
from stcsim.state.state import Switches

COMPETENCES_OF_OTHERS: dict[str, tuple[str, ...]] = {
    "post": ("risk_targeting", "commodity_identification", "inspection", "coordination"),
    "stretch": ("inspection", "coordination"),
    "partner": ("industry_outreach", "end_use_verification", "coordination"),
}
"""Competences that posts, stretches and partners use."""
INTERNATIONAL_COMPETENCE = 0.5
"""Mean competence of an international body when the scenario gives none. Assumed."""
CALENDAR_DAYS_PER_WORKING_DAY = 7 / 5
_EVIDENCE = {"none": 0, "ad_hoc": 1, "joint": 2}


def holders_at_start(
    people: Roster, p: Parameters, roles: tuple[str, ...], seed: int, draws: Draws
) -> Holders:
    """Return holders with their staff, roles, first trust and who recognises whom."""
    entries = people.holders
    n = len(entries)
    home = {c.id: i for i, c in enumerate(people.countries)}
    country = np.array([home.get(h.country, -1) for h in entries], dtype=np.int64)
    kind = np.array([HOLDER_KINDS.index(h.kind) for h in entries], dtype=np.int64)
    base = identity(tuple(h.id for h in entries), seed)
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
        manning=np.ones(n),
        exchange=np.ones(n),
        added_inspectors=zeros.copy(),
        added_officers=zeros.copy(),
        added_investigators=zeros.copy(),
        added_analysts=zeros.copy(),
        added_liaison=zeros.copy(),
        authority=np.array([getattr(h.spec, "authority", 0.5) for h in entries]),
        interest=np.array([interest_of(h) for h in entries], dtype=np.float64),
        tied=np.zeros((n, n), dtype=np.bool_),
        identity=np.full(n, p.trust.identity),
        champion=np.ones(n),
        champion_hazard=zeros.copy(),
        champion_back=zeros.copy(),
        champions_lost=np.zeros(n, dtype=np.int64),
        attends=np.ones(n),
        attends_courses=np.ones(n),
        analyst_share=np.array([ANALYST_SHARE.get(h.role, 0.1) for h in entries]),
        uses=uses,
        latent=cube.copy(),
        captured=cube.copy(),
        academy=cube.copy(),
        dose=cube.copy(),
        capture_shift=cube.copy(),
        met=np.zeros((n, n)),
        trainers=np.zeros((n, len(COMPETENCES))),
        taught_at_home=np.zeros((n, len(COMPETENCES))),
        institutionalised=np.full(n, p.capacity.institutionalised),
        plan=np.zeros((n, len(COMPETENCES))),
        competence=np.zeros((n, len(COMPETENCES))),
        competence_start=np.zeros((n, len(COMPETENCES))),
        hours=zeros.copy(),
        hours_before=zeros.copy(),
        course_hours=zeros.copy(),
        available=np.ones(n),
        available_start=np.ones(n),
        available_quarter=np.ones(n),
        competence_quarter=np.zeros((n, len(COMPETENCES))),
        recognises=recognises,
        recognised_start=recognises.copy(),
        trust=trust,
        trust_base=trust.copy(),
        reading=zeros.copy(),
        list_version=zeros.copy(),
        false_listings=zeros.copy(),
        procedures_known=zeros.copy(),
    )


def interest_of(holder: HolderEntry) -> float:
    """Return what an agency or partner looks to, its role's where it says nothing; others follow orders."""
    given: float | None = getattr(holder.spec, "interest", None)
    if given is not None:
        return given
    return INTEREST_OF_AGENCIES.get(holder.role, INTEREST_OF_PARTNERS.get(holder.role, 0.5))


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


def countries_at_start(people: Roster, holders: Holders, roles: tuple[str, ...], seed: int) -> Countries:
    """Return countries with law, will and the rows of their central bodies."""
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
                (holders.role == roles.index(role))
                & (holders.country >= 0)
                & (holders.kind == 0)
                & (holders.staff_base > 0)
            )
            rows[holders.country[mine][::-1]] = mine[::-1]
        return rows

    clock = np.array([c.law.detention_working_days for c in specs], dtype=np.float64)
    longer = np.maximum(clock, np.array([c.law.extension_working_days for c in specs], dtype=np.float64))
    will = np.array([c.will for c in specs], dtype=np.float64)

    def zeros() -> F8:
        return np.zeros(n)

    return Countries(
        **identity(tuple(c.id for c in specs), seed),
        law_base=law,
        law=law.copy(),
        detention_days=clock * CALENDAR_DAYS_PER_WORKING_DAY,
        extended_days=longer * CALENDAR_DAYS_PER_WORKING_DAY,
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
        willing=np.ones((n, n)),
        success=zeros(),
        incidents=zeros(),
        aid=zeros(),
        counted_on=zeros(),
        displaced=zeros(),
        handed_over=zeros(),
        fatigue=zeros(),
        reported=np.zeros((n, len(COMPETENCES))),
        holding_since=np.full(n, np.inf),
        handover_until=np.full(n, -np.inf),
        graduated=np.full(n, np.inf),
        caseload=zeros(),
        clarity=zeros(),
        strain=np.ones((n, len(DRIVES))),
        tips=zeros(),
        backlog=zeros(),
        load_noise=zeros(),
        staff_noise=zeros(),
        applications=zeros(),
        arrived=zeros(),
        flow=zeros(),
        perceived_detection=zeros(),
        licence_days=zeros(),
        list_lag=np.array([c.list_lag for c in specs], dtype=np.float64),
        list_version=zeros(),
        list_since=zeros(),
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


def posts_at_start(people: Roster, holders: Holders, p: Parameters, seed: int, draws: Draws) -> Posts:
    """Return posts and open stretches with traffic and inspectors."""
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
        **identity(tuple(h.id for h in entries), seed),
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
        answered=zeros(),
        answered_start=zeros(),
        waved=zeros(),
    )


def set_capacity(
    people: Roster, holders: Holders, countries: Countries, p: Parameters, switches: Switches, draws: Draws
) -> None:
    """Set latent and captured capacity and the academy that holds them steady.

    The level of holder and competence varies around the holder's or country's mean with the register's
    coefficient of variation; knowledge, practices, skills and tools start at that level, tools of a post
    at its equipment.
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
    given = [h.spec.equipment if isinstance(h.spec, CheckpointSpec) else None for h in people.holders]
    equipment = np.array([np.nan if share is None else share for share in given], dtype=np.float64)
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
