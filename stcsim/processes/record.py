"""Write down, at the end of each period of four weeks, where stocks stand."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, PILLAR_OF, PILLARS
from stcsim.draws import F8, I8, Draws
from stcsim.processes import sustainment
from stcsim.processes.capacity import of_pairs, pairs_of
from stcsim.processes.champions import ties_now
from stcsim.processes.competence import of_components
from stcsim.processes.inspection import detection_at_posts
from stcsim.state.state import MONTH_DAYS, State, When

ANSWERED = 0.8
"""A post lacks answers while fewer than this share of what was answered in time at the start is."""
PILLAR_INDEX = np.array([PILLARS.index(PILLAR_OF[c]) for c in COMPETENCES])


def mean_by_run(values: F8, weights: F8, run: I8, runs: int) -> F8:
    """Return weighted means by run, shape (R,); what has no weight counts nothing, bit for bit."""
    total = np.bincount(run, weights=values * weights, minlength=runs)
    weight = np.bincount(run, weights=weights, minlength=runs)
    return np.asarray(np.where(weight > 0, total / np.maximum(weight, 1e-300), 0.0))


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
    h, c, runs = state.holders, state.countries, state.runs
    out: dict[str, Any] = {
        **_capacity(state),
        "will": mean_by_run(c.will, _at_work(state), c.run, runs),
        "national_money": np.bincount(c.run, sustainment.national_money_now(state), minlength=runs),
        "displaced": mean_by_run(c.displaced, _at_work(state), c.run, runs),
        "backlog": np.bincount(c.run, weights=c.backlog, minlength=runs),
        "licence_days_expected": mean_by_run(c.licence_days, c.applications, c.run, runs),
        "detained_now": np.bincount(state.posts.run, weights=state.posts.detained, minlength=runs),
    }
    at_home = (h.uses * np.minimum(h.staff_base, 1.0)[:, None]).sum(axis=1) * (h.country >= 0)
    out["upkeep_funded"] = mean_by_run(sustainment.upkeep(state), at_home, h.run, runs)
    out["use_funded"] = mean_by_run(sustainment.funding(state), at_home, h.run, runs)
    if state.firms.n:
        f = state.firms
        out["awareness"] = mean_by_run(f.awareness, f.rate, f.run, runs)
        sme = (f.firm_class == 1) & (f.rate > 0)
        out["awareness_sme"] = mean_by_run(f.awareness, sme.astype(np.float64), f.run, runs)
    posts = state.posts
    if posts.n:
        weight = posts.traffic
        out["targeting"] = mean_by_run(posts.targeting, weight, posts.run, runs)
        p = state.at(posts).screening
        days = p.border_days * (1 - p.alignment_saves * h.procedures_known[posts.holder])
        out["border_days"] = mean_by_run(days, weight, posts.run, runs)
        lost = posts.answered < ANSWERED * posts.answered_start
        declared = (~posts.stretch & (posts.traffic > 0)).astype(np.float64)
        out["answers_lost"] = mean_by_run(lost.astype(np.float64), declared, posts.run, runs)
        manned = (~posts.stretch & (h.staff_base[posts.holder] > 0)).astype(np.float64)
        newest = h.list_version[posts.holder] >= state.newest_list[posts.run]
        in_force = state.countries.list_version[posts.country] >= state.newest_list[posts.run]
        out["list_in_force"] = mean_by_run(in_force.astype(np.float64), manned, posts.run, runs)
        out["newest_list"] = mean_by_run(newest.astype(np.float64), manned, posts.run, runs)
        for name, values in (("answered_at", posts.answered), ("detection_at", detection_at_posts(state))):
            per_country = mean_by_run(values, declared, posts.country, len(c.key))
            out[name] = per_country.reshape(runs, -1)
        out["inspected_share"] = mean_by_run(posts.inspected_share, weight, posts.run, runs)
    out["trust"], out["recognition"] = _ties(state)
    return out


def _at_work(state: State) -> F8:
    """1 for a country in which anybody works on trade control, else 0, shape (countries,)."""
    home, staff = state.holders.country, state.holders.staff_base
    at_home = home >= 0
    total = np.bincount(home[at_home], weights=staff[at_home], minlength=len(state.countries.key))
    return (total > 0).astype(np.float64)


def _capacity(state: State) -> dict[str, F8]:
    """Means over holders and the competences that they use, by run, each of shape (R,).

    ``tools_idle`` is the share of tools held by those without the skill to use them: tools above skills, of
    all tools.
    """
    h, runs = state.holders, state.runs
    pairs, rows = pairs_of(h)
    run, weight = h.run.take(rows), np.minimum(h.staff_base, 1.0).take(rows)
    latent, captured = of_pairs(h.latent, pairs), of_pairs(h.captured, pairs)
    competence = h.competence.reshape(-1).take(pairs)
    tools, skills = latent[:, 3] + captured[:, 3], latent[:, 2] + captured[:, 2]
    idle = mean_by_run(np.maximum(tools - skills, 0.0), weight, run, runs)
    out = {
        "captured": mean_by_run(of_components(captured), weight, run, runs),
        "latent": mean_by_run(of_components(latent), weight, run, runs),
        "competence": mean_by_run(competence, weight, run, runs),
        "tools_idle": idle / np.maximum(mean_by_run(tools, weight, run, runs), 1e-12),
    }
    pillar_of = PILLAR_INDEX.take(pairs % h.uses.shape[1])
    for k, pillar in enumerate(PILLARS):
        mine = np.flatnonzero(pillar_of == k)
        out[f"competence_{pillar}"] = mean_by_run(
            competence.take(mine), weight.take(mine), run.take(mine), runs
        )
    return out


def _ties(state: State) -> tuple[F8, F8]:
    """Mean trust, and share of those who know of each other's part, over staffed pairs that can have ties."""
    h, runs = state.holders, state.runs
    staffed = (h.staff_base > 0).reshape(runs, h.n)
    tied = staffed[:, :, None] & staffed[:, None, :] & ~np.eye(h.n, dtype=np.bool_)
    tied &= h.trust_base.reshape(runs, h.n, h.n) > 0
    number = np.maximum(tied.reshape(runs, -1).sum(axis=1), 1)
    trust = h.trust * ties_now(state)
    trust *= tied.reshape(trust.shape)
    run = np.repeat(np.arange(runs), h.n * h.n)
    known = h.recognises.reshape(tied.shape) & tied
    return (
        np.asarray(np.bincount(run, weights=trust.reshape(-1), minlength=runs) / number),
        np.asarray(known.reshape(runs, -1).sum(axis=1) / number),
    )
