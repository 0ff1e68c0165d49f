"""Write down, at the end of each period of four weeks, where stocks stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, FIRM_CLASSES, PILLAR_OF, PILLARS
from stcsim.draws import F8, I8, Draws
from stcsim.processes import sustainment
from stcsim.processes.capacity import of_pairs, pairs_of
from stcsim.processes.champions import both_ends, champion_factor
from stcsim.processes.competence import of_components
from stcsim.processes.inspection import detection_at_posts
from stcsim.processes.keeping import kept
from stcsim.state.populations import B1
from stcsim.state.state import MONTH_DAYS, State, When

ANSWERED = 0.8
"""A post lacks answers while fewer than this share of what was answered in time at the start is."""
SMALL = FIRM_CLASSES.index("sme")
PILLAR_INDEX = np.array([PILLARS.index(PILLAR_OF[c]) for c in COMPETENCES])


@dataclass(frozen=True)
class Weights:
    """Weights of rows, by which means of groups (runs, or countries) are taken, and their sums.

    Parameters
    ----------
    group, each : group and weight of each row
    some : whether a group has any weight, shape (groups,)
    total : sum of a group's weights, not below 1e-300, shape (groups,)
    """

    group: I8
    each: F8 | B1
    some: B1
    total: F8

    @classmethod
    def of(cls, group: I8, each: F8 | B1, groups: int) -> Weights:
        """Return the weights of rows."""
        total = np.bincount(group, weights=each, minlength=groups)
        return cls(group, each, total > 0, np.maximum(total, 1e-300))

    def mean(self, values: F8 | B1) -> F8:
        """Return weighted means of groups; what has no weight counts nothing, bit for bit."""
        sums = np.bincount(self.group, weights=values * self.each, minlength=len(self.total))
        return np.where(self.some, sums / self.total, 0.0)


@dataclass(frozen=True)
class Counted:
    """Whom and what the stocks count: of declared staff, roles and traffic, so that it never changes.

    Parameters
    ----------
    pair : pairs of holder and competence in use, flat
    pairs : their weights, by run
    pillars : places in these of the competences of each pillar, and their weights
    tied : whether two staffed holders can have ties, shape (holders, n)
    number : pairs that can in each run, at least 1
    at_work : countries in which anybody works on trade control
    at_home : holders at home, weighted by the competences that they use and their staff up to one
    traffic, declared, manned : posts by traffic; those where goods are declared; those of them with staff
    declared_at : the second, by country
    trade, small : firms by what they export; the small ones that export
    """

    pair: I8
    pairs: Weights
    pillars: tuple[tuple[I8, Weights], ...]
    tied: B1
    number: I8
    at_work: Weights
    at_home: Weights
    traffic: Weights
    declared: Weights
    manned: Weights
    declared_at: Weights
    trade: Weights
    small: Weights

    @classmethod
    def of(cls, state: State) -> Counted:
        """Return whom and what is counted."""
        h, posts, firms, runs = state.holders, state.posts, state.firms, state.runs
        pair, row = pairs_of(h)
        pillar_of = PILLAR_INDEX[pair % h.uses.shape[1]]
        run, weight = h.run[row], np.minimum(h.staff_base, 1.0)[row]
        places = [(pillar_of == k).nonzero()[0] for k in range(len(PILLARS))]
        staffed = (h.staff_base > 0).reshape(runs, h.n)
        ties = staffed[:, :, None] & staffed[:, None, :] & ~np.eye(h.n, dtype=np.bool_)
        tied = ties.reshape(h.trust_base.shape) & (h.trust_base > 0)
        used = (h.uses * np.minimum(h.staff_base, 1.0)[:, None]).sum(axis=1)
        declared = ~posts.stretch & (posts.traffic > 0)
        return cls(
            pair=pair,
            pairs=Weights.of(run, weight, runs),
            pillars=tuple((mine, Weights.of(run[mine], weight[mine], runs)) for mine in places),
            tied=tied,
            number=np.maximum(tied.reshape(runs, -1).sum(axis=1), 1),
            at_work=Weights.of(state.countries.run, _at_work(state), runs),
            at_home=Weights.of(h.run, used * (h.country >= 0), runs),
            traffic=Weights.of(posts.run, posts.traffic, runs),
            declared=Weights.of(posts.run, declared, runs),
            manned=Weights.of(posts.run, ~posts.stretch & (h.staff_base[posts.holder] > 0), runs),
            declared_at=Weights.of(posts.country, declared, len(state.countries.key)),
            trade=Weights.of(firms.run, firms.rate, runs),
            small=Weights.of(firms.run, (firms.firm_class == SMALL) & (firms.rate > 0), runs),
        )


def counted(state: State) -> Counted:
    """Return whom and what the stocks count, worked out once for the bodies that there are."""
    made_of = state.holders.staff_base, state.holders.uses
    return kept(state, "counted", made_of, lambda: Counted.of(state))


def step_record(state: State, draws: Draws, when: When) -> None:
    """Keep this month's stocks."""
    if when.month < 0 or (when.end - when.warm_up) % MONTH_DAYS:
        return
    for name, values in stocks(state).items():
        state.ledger.snapshot(name, values)


def stocks(state: State) -> dict[str, F8]:
    """Return the stocks of each run, weighted by declared roles and staff.

    Each has shape (R,), those whose names end in ``_at`` one value for each country, shape (R, countries).
    """
    h, c, runs, who = state.holders, state.countries, state.runs, counted(state)
    out: dict[str, Any] = {
        **_capacity(state, who),
        "will": who.at_work.mean(c.will),
        "national_money": np.bincount(c.run, sustainment.national_money_now(state), minlength=runs),
        "displaced": who.at_work.mean(c.displaced),
        "backlog": np.bincount(c.run, weights=c.backlog, minlength=runs),
        "licence_days_expected": Weights.of(c.run, c.applications, runs).mean(c.licence_days),
        "detained_now": np.bincount(state.posts.run, weights=state.posts.detained, minlength=runs),
        "upkeep_funded": who.at_home.mean(sustainment.upkeep(state)),
        "use_funded": who.at_home.mean(sustainment.funding(state)),
    }
    if state.firms.n:
        awareness = state.firms.awareness
        out["awareness"], out["awareness_sme"] = who.trade.mean(awareness), who.small.mean(awareness)
    posts = state.posts
    if posts.n:
        p = state.at(posts).screening
        days = p.border_days * (1 - p.alignment_saves * h.procedures_known[posts.holder])
        out["targeting"], out["border_days"] = who.traffic.mean(posts.targeting), who.traffic.mean(days)
        out["inspected_share"] = who.traffic.mean(posts.inspected_share)
        lost = posts.answered < ANSWERED * posts.answered_start
        out["answers_lost"] = who.declared.mean(lost)
        newest = h.list_version[posts.holder] >= state.newest_list[posts.run]
        in_force = state.countries.list_version[posts.country] >= state.newest_list[posts.run]
        out["list_in_force"], out["newest_list"] = who.manned.mean(in_force), who.manned.mean(newest)
        out["answered_at"] = who.declared_at.mean(posts.answered).reshape(runs, -1)
        out["detection_at"] = who.declared_at.mean(detection_at_posts(state)).reshape(runs, -1)
    made_of = h.trust, h.recognises, h.champion
    out["trust"], out["recognition"] = kept(state, "ties", made_of, lambda: _ties(state, who))
    return out


def _at_work(state: State) -> F8:
    """1 for a country in which anybody works on trade control, else 0, shape (countries,)."""
    home, staff = state.holders.country, state.holders.staff_base
    at_home = home >= 0
    total = np.bincount(home[at_home], weights=staff[at_home], minlength=len(state.countries.key))
    return (total > 0).astype(np.float64)


def _capacity(state: State, who: Counted) -> dict[str, F8]:
    """Means over holders and the competences that they use, by run, each of shape (R,).

    ``tools_idle`` is the share of tools held by those without the skill to use them: tools above skills, of
    all tools.
    """
    h = state.holders
    latent, captured = of_pairs(h.latent, who.pair), of_pairs(h.captured, who.pair)
    competence = h.competence.reshape(-1).take(who.pair)
    tools, skills = latent[:, 3] + captured[:, 3], latent[:, 2] + captured[:, 2]
    mean = who.pairs.mean
    out = {
        "captured": mean(of_components(captured)),
        "latent": mean(of_components(latent)),
        "competence": mean(competence),
        "tools_idle": mean(np.maximum(tools - skills, 0.0)) / np.maximum(mean(tools), 1e-12),
    }
    for pillar, (mine, weights) in zip(PILLARS, who.pillars, strict=True):
        out[f"competence_{pillar}"] = weights.mean(competence[mine])
    return out


def _ties(state: State, who: Counted) -> tuple[F8, F8]:
    """Mean trust, and share of those who know of each other's part, over staffed pairs that can have ties."""
    h, runs = state.holders, state.runs
    factor = champion_factor(state)
    trust = h.trust * who.tied
    if (factor != 1).any():
        trust *= both_ends(state, factor)
    known = h.recognises & who.tied
    run = np.arange(runs).repeat(h.n * h.n)
    total = np.bincount(run, weights=trust.reshape(-1), minlength=runs)
    return (
        np.asarray(total / who.number),
        np.asarray(known.reshape(runs, -1).sum(axis=1) / who.number),
    )
