"""Firms: awareness of what is controlled, and the chance that a recognised export is licensed.

Awareness ``w`` is the chance of recognising that a transfer is controlled:
``dw/dt = (1 - w) * (outreach + beta * mean(w of peers)) - delta * w``, stepped by its exact solution with
the peers' mean held over the step. Compliance of a recognised export weighs perceived detection times the
fine against burden (Becker 1968), with the peers' norm: ``sigmoid(c0 + p * fine / margin + norm * (c_peers -
1/2) + protection
- burden * days / 30)``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import FATES
from stcsim.draws import F8, Draws, compiled
from stcsim.parameters.firms import FirmParameters
from stcsim.processes.keeping import kept
from stcsim.processes.peers import BLOCK, mean_of_peers, means_over_peers
from stcsim.processes.rows import part_of
from stcsim.processes.tiers import waits
from stcsim.state.populations import B1, DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import State, When

THRESHOLD_PEERS = 0.5
"""Mean awareness of peers from which awareness spreads in the structural alternative ``threshold``.
Assumed."""
SEIZED = FATES.index("interdicted_checkpoint")
APPLYING = 0.3
"""Share of potential attempts that apply for a licence, as expected when the authority was staffed.
Assumed."""
PUBLICITY_MEMORY = 1.0
"""Rate a year at which firms forget the seizures that they heard of. Assumed."""
_KERNELS, _A_FIRM = "stcsim.processes.firms_kernels", 3
"""Compiled loops, and what NumPy takes longer for each firm, in words hashed."""


def awareness_after(w: F8, push: Any, decay: Any, dt: float) -> F8:
    """Return awareness after `dt` years under a constant push: the exact solution of the linear equation.

    Parameters
    ----------
    push, decay : rates, 1/yr, none of them negative
    """
    rate = push + decay
    if np.min(decay, initial=1.0) > 1e-300:
        steady = push / rate
    else:
        steady = np.where(rate > 0, push / np.maximum(rate, 1e-300), w)
    later = w - steady
    rate *= -dt
    later *= np.exp(rate)
    later += steady
    return np.asarray(later)


def compliance_of(state: State) -> F8:
    """Return the chance that each firm licenses a recognised export now, shape (firms,)."""
    firms, countries = state.firms, state.countries
    law, at = countries.law, state.at(countries)
    p, strain = at.firms, countries.strain
    # what countries and runs share is worked out for firms without and with a compliance programme, (2, C)
    fine, left, protection = kept(
        state, "compliance", (law, state.compiled.linked), lambda: _under_law(state)
    )
    feared = np.minimum(countries.perceived_detection * strain[:, DRIVE_INDEX["deterrence"]], 1.0)
    wait = countries.licence_days * left
    drive = p.compliance_constant + feared * fine / p.margin
    burden = p.burden_per_30_days * wait / 30.0 * strain[:, DRIVE_INDEX["hurry"]]
    drive, burden, norm = drive.reshape(-1), burden.reshape(-1), state.at(firms).firms.norm
    if (kernels := compiled.form(_KERNELS, _A_FIRM * len(firms.key))) is not None:
        chance = np.empty(len(firms.key))
        columns = firms.compliance, firms.programme, firms.country, np.atleast_1d(norm)
        for rows, *peers in means_over_peers(state).parts():
            score = chance[rows]
            kernels.weighed(*peers, rows.start, *columns, drive, burden, protection, score)
            np.exp(score, out=score)
            score += 1
            np.divide(1, score, out=score)
        return chance
    chance = mean_of_peers(state, firms.compliance)
    size = len(countries.key)
    cases = kept(state, "programmes", (firms.programme,), lambda: firms.programme * size + firms.country)
    for first in range(0, len(chance), BLOCK):
        some = slice(first, first + BLOCK)
        home, case = firms.country[some], cases[some]
        score = drive.take(case)
        score += part_of(norm, some) * (chance[some] - 0.5)
        score += protection.take(home)
        score -= burden.take(case)
        chance[some] = 1 / (1 + np.exp(-score))
    return chance


def _under_law(state: State) -> tuple[F8, F8, F8]:
    """Return the fine, the share of the wait that tiers leave, each of shape (2, countries), and protection.

    The first two for firms without and with a compliance programme; protection has shape (countries,).
    """
    law, at = state.countries.law, state.at(state.countries)
    p, programme = at.firms, np.array([[False], [True]])
    penalties = law[:, LAW_INDEX["administrative_penalties"]] | law[:, LAW_INDEX["criminal_penalties"]]
    fine = np.where(penalties, p.fine_multiple, 0.0)
    credit = law[:, LAW_INDEX["disclosure_credit"]] & programme
    fine = fine * (1 - np.where(credit, p.penalty_credit * disclosing(p, credit), 0.0))
    left = waits(programme, law[:, LAW_INDEX["licence_tiers"]], at)
    return fine, left, np.asarray(p.protection * register_seen(state))


def disclosing(p: FirmParameters, credit: B1) -> F8:
    """Return the chance that a firm discloses a violation that it found, more where that earns credit."""
    more = np.where(credit, 1 + np.asarray(p.disclosure_gain), 1.0)
    return np.minimum(p.disclosure_probability * more, 1.0)


def register_seen(state: State) -> F8:
    """Return the share of a country's posts that see its licence register or can ask, shape (countries,).

    What a licence saves an honest firm at the border holds only where the officer can see that there is one.
    """
    posts, n = state.posts, len(state.countries.key)
    declared = ~posts.stretch
    asked = np.bincount(posts.country, weights=declared & state.compiled.linked, minlength=n)
    share = np.asarray(asked / np.maximum(np.bincount(posts.country, weights=declared, minlength=n), 1.0))
    return np.where(state.countries.law[:, LAW_INDEX["register_visible"]], 1.0, share)


def start(state: State, draws: Draws) -> None:
    """Set what makes the start steady: own outreach, compliance, expected licence days, applications."""
    firms, countries = state.firms, state.countries
    p, q = state.at(firms).firms, state.at(firms).licensing
    w = firms.awareness
    heard, threshold = mean_of_peers(state, w), state.switches.contagion == "threshold"
    push = _contagion(p.contagion, heard, threshold)
    firms.outreach_own[:] = np.maximum(p.awareness_decay * w / np.maximum(1 - w, 1e-9) - push, 0.0)
    at = state.at(countries)
    countries.perceived_detection[:] = at.firms.perceived_detection_start
    countries.clarity[:] = at.trust.clarity
    lic = at.licensing
    countries.licence_days[:] = lic.handling_days + lic.referral_share * lic.referral_days
    firms.compliance[:] = 0.8
    for _ in range(30):
        firms.compliance[:] = compliance_of(state)
    alone = (1 - q.general_share) * np.where(firms.programme, 1 - q.global_share, 1.0)
    flow = firms.rate * w * firms.compliance * alone
    networks = state.networks.rate.reshape(state.runs, -1).sum(axis=1)[countries.run]
    supply = countries.supply.reshape(state.runs, -1).sum(axis=1)[countries.run]
    share = countries.supply / np.maximum(supply, 1e-9)
    expected = np.bincount(firms.country, weights=flow, minlength=len(countries.key))
    # an authority is staffed for what a law makes firms apply for, even where the law is yet to come
    countries.applications[:] = expected + APPLYING * networks * share
    under_law = np.where(countries.law[:, LAW_INDEX["export"]], expected, 0.0)
    countries.flow[:] = under_law + APPLYING * networks * share


def step_awareness(state: State, draws: Draws, when: When) -> None:
    """Move awareness on, then what firms would do with a recognised export."""
    firms, p = state.firms, state.at(state.firms).firms
    w, threshold = firms.awareness, state.switches.contagion == "threshold"
    kernels = compiled.form(_KERNELS, _A_FIRM * len(w))
    if kernels is not None and not threshold:
        _move_on(kernels, state, p, when.dt)
    else:
        heard = mean_of_peers(state, w)
        for first in range(0, len(w), BLOCK):
            some = slice(first, first + BLOCK)
            push = firms.outreach_own[some] + state.compiled.outreach[some]
            push += _contagion(part_of(p.contagion, some), heard[some], threshold)
            w[some] = awareness_after(w[some], push, part_of(p.awareness_decay, some), when.dt)
    if when.week_ends:
        firms.compliance[:] = compliance_of(state)


def _move_on(kernels: Any, state: State, p: FirmParameters, dt: float) -> None:
    """Move awareness on in compiled loops, all firms by what their peers knew before."""
    firms, before = state.firms, state.firms.awareness.copy()
    given = firms.outreach_own, state.compiled.outreach, *map(np.atleast_1d, (p.contagion, p.awareness_decay))
    for rows, *peers in means_over_peers(state).parts():
        w = firms.awareness[rows]
        steady, exponent = np.empty(len(w)), np.empty(len(w))
        kernels.pushed(*peers, rows.start, before, *given, dt, steady, exponent)
        w -= steady
        w *= np.exp(exponent, out=exponent)
        w += steady


def _contagion(beta: Any, heard: F8, threshold: bool) -> F8:
    return np.asarray(beta * (heard > THRESHOLD_PEERS if threshold else heard))


def step_perception(state: State, draws: Draws, when: When) -> None:
    """Firms hear of seizures: perceived detection rises with each and is forgotten."""
    countries, cases = state.countries, state.cases
    p = state.at(countries).firms
    rows = cases.in_process()
    day = cases.fate_day.take(rows)
    heard = rows[(day > when.day) & (day <= when.end)]
    heard = heard[cases.fate.take(heard) == SEIZED]
    number = np.bincount(cases.country.take(heard), minlength=len(countries.key))
    base = p.perceived_detection_start
    kept = np.exp(-PUBLICITY_MEMORY * when.dt)
    risen = 1 - (1 - p.perceived_detection_gain) ** number
    now = base + (countries.perceived_detection - base) * kept
    countries.perceived_detection[:] = np.minimum(np.maximum(now + (1 - now) * risen, 0.0), 1.0)
