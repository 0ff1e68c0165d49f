"""Write down, at the end of each period of four weeks, where stocks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, PILLAR_OF, PILLARS
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
PILLAR_INDEX = np.array([PILLARS.index(PILLAR_OF[c]) for c in COMPETENCES])


def mean_by_run(values: F8, weights: F8, run: I8, runs: int) -> F8:
    """Return weighted means by run, shape (R,); what has no weight counts nothing, bit for bit."""
    total = np.bincount(run, weights=values * weights, minlength=runs)
    weight = np.bincount(run, weights=weights, minlength=runs)
    return np.asarray(np.where(weight > 0, total / np.maximum(weight, 1e-300), 0.0))


def means_by_run(values: Sequence[F8 | B1], weights: F8, run: I8, runs: int) -> list[F8]:
    """Return several means under the same weights, each as `mean_by_run` does."""
    weight = np.bincount(run, weights=weights, minlength=runs)
    some, least = weight > 0, np.maximum(weight, 1e-300)
    totals = (np.bincount(run, weights=each * weights, minlength=runs) for each in values)
    return [np.where(some, total / least, 0.0) for total in totals]


@dataclass(frozen=True)
class Counted:
    """Whom and what the stocks count: of declared staff and roles, so that it never changes.

    Parameters
    ----------
    pair, row, run, weight : pairs of holder and competence in use, flat; their holders, runs and weights
    pillars : places in these of the competences of each pillar
    tied : whether two staffed holders can have ties, shape (holders, n)
    number : pairs that can in each run, at least 1
    at_work : 1 for a country in which anybody works on trade control, else 0
    at_home : competences that each holder at home uses, weighted by its staff up to one
    """

    pair: I8
    row: I8
    run: I8
    weight: F8
    pillars: tuple[I8, ...]
    tied: B1
    number: I8
    at_work: F8
    at_home: F8

    @classmethod
    def of(cls, state: State) -> Counted:
        """Return whom and what is counted."""
        h = state.holders
        pair, row = pairs_of(h)
        pillar_of = PILLAR_INDEX[pair % h.uses.shape[1]]
        staffed = (h.staff_base > 0).reshape(state.runs, h.n)
        ties = staffed[:, :, None] & staffed[:, None, :] & ~np.eye(h.n, dtype=np.bool_)
        tied = ties.reshape(h.trust_base.shape) & (h.trust_base > 0)
        return cls(
            pair,
            row,
            h.run[row],
            np.minimum(h.staff_base, 1.0)[row],
            tuple((pillar_of == k).nonzero()[0] for k in range(len(PILLARS))),
            tied,
            np.maximum(tied.reshape(state.runs, -1).sum(axis=1), 1),
            _at_work(state),
            (h.uses * np.minimum(h.staff_base, 1.0)[:, None]).sum(axis=1) * (h.country >= 0),
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
    will, displaced = means_by_run((c.will, c.displaced), who.at_work, c.run, runs)
    out: dict[str, Any] = {
        **_capacity(state, who),
        "will": will,
        "national_money": np.bincount(c.run, sustainment.national_money_now(state), minlength=runs),
        "displaced": displaced,
        "backlog": np.bincount(c.run, weights=c.backlog, minlength=runs),
        "licence_days_expected": mean_by_run(c.licence_days, c.applications, c.run, runs),
        "detained_now": np.bincount(state.posts.run, weights=state.posts.detained, minlength=runs),
    }
    funded = sustainment.upkeep(state), sustainment.funding(state)
    out["upkeep_funded"], out["use_funded"] = means_by_run(funded, who.at_home, h.run, runs)
    if state.firms.n:
        f = state.firms
        out["awareness"] = mean_by_run(f.awareness, f.rate, f.run, runs)
        sme = (f.firm_class == 1) & (f.rate > 0)
        out["awareness_sme"] = mean_by_run(f.awareness, sme.astype(np.float64), f.run, runs)
    posts = state.posts
    if posts.n:
        p = state.at(posts).screening
        days = p.border_days * (1 - p.alignment_saves * h.procedures_known[posts.holder])
        out["targeting"], out["border_days"], out["inspected_share"] = means_by_run(
            (posts.targeting, days, posts.inspected_share), posts.traffic, posts.run, runs
        )
        lost = posts.answered < ANSWERED * posts.answered_start
        declared = (~posts.stretch & (posts.traffic > 0)).astype(np.float64)
        out["answers_lost"] = mean_by_run(lost.astype(np.float64), declared, posts.run, runs)
        manned = (~posts.stretch & (h.staff_base[posts.holder] > 0)).astype(np.float64)
        newest = h.list_version[posts.holder] >= state.newest_list[posts.run]
        in_force = state.countries.list_version[posts.country] >= state.newest_list[posts.run]
        out["list_in_force"], out["newest_list"] = means_by_run((in_force, newest), manned, posts.run, runs)
        for name, values in zip(
            ("answered_at", "detection_at"),
            means_by_run((posts.answered, detection_at_posts(state)), declared, posts.country, len(c.key)),
            strict=True,
        ):
            out[name] = values.reshape(runs, -1)
    out["trust"], out["recognition"] = _ties(state, who)
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
    h, runs = state.holders, state.runs
    latent, captured = of_pairs(h.latent, who.pair), of_pairs(h.captured, who.pair)
    competence = h.competence.reshape(-1).take(who.pair)
    tools, skills = latent[:, 3] + captured[:, 3], latent[:, 2] + captured[:, 2]
    values = (
        of_components(captured),
        of_components(latent),
        competence,
        np.maximum(tools - skills, 0.0),
        tools,
    )
    used, unused, skilled, idle, held = means_by_run(values, who.weight, who.run, runs)
    out = {
        "captured": used,
        "latent": unused,
        "competence": skilled,
        "tools_idle": idle / np.maximum(held, 1e-12),
    }
    for pillar, mine in zip(PILLARS, who.pillars, strict=True):
        out[f"competence_{pillar}"] = mean_by_run(competence[mine], who.weight[mine], who.run[mine], runs)
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
    return (
        np.asarray(np.bincount(run, weights=trust.reshape(-1), minlength=runs) / who.number),
        np.asarray(known.reshape(runs, -1).sum(axis=1) / who.number),
    )
