"""Firms: awareness of what is controlled, and whether a recognised export is licensed.

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

from stcsim.actors.vocabulary import FAMILIES, FATES, FIRM_CLASSES, ORIGINS, WAYS
from stcsim.draws import F8, I8, U64, Draws, exponential, mix
from stcsim.parameters.firms import FirmParameters
from stcsim.processes.fates import IN_PROCESS
from stcsim.processes.licensing import licence_days
from stcsim.processes.listed import unlisted
from stcsim.processes.peers import BLOCK, mean_of_peers
from stcsim.processes.renewal import due_events
from stcsim.processes.tiers import covered, waits
from stcsim.state.events import STAGES
from stcsim.state.populations import B1, DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import State, When

THRESHOLD_PEERS = 0.5
"""Mean awareness of peers from which awareness spreads in the structural alternative ``threshold``.
Assumed."""
DAYS_TO_BORDER = 5.0
"""Mean days from shipping to the border, exponential. Assumed; delays nothing but the order of events."""
SEIZED = FATES.index("interdicted_checkpoint")
BROKER = FIRM_CLASSES.index("broker")
APPLYING = 0.3
"""Share of potential attempts that apply for a licence, as expected when the authority was staffed.
Assumed."""
PUBLICITY_MEMORY = 1.0
"""Rate a year at which firms forget the seizures that they heard of. Assumed."""


def awareness_after(w: F8, push: Any, decay: Any, dt: float) -> F8:
    """Return awareness after `dt` years under a constant push: the exact solution of the linear equation."""
    rate = push + decay
    if np.min(rate, initial=1.0) > 1e-300:
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
    programme = np.array([[False], [True]])
    penalties = law[:, LAW_INDEX["administrative_penalties"]] | law[:, LAW_INDEX["criminal_penalties"]]
    fine = np.where(penalties, p.fine_multiple, 0.0)
    credit = law[:, LAW_INDEX["disclosure_credit"]] & programme
    fine = fine * (1 - np.where(credit, p.penalty_credit * disclosing(p, credit), 0.0))
    feared = np.minimum(countries.perceived_detection * strain[:, DRIVE_INDEX["deterrence"]], 1.0)
    wait = countries.licence_days * waits(programme, law[:, LAW_INDEX["licence_tiers"]], at)
    drive = p.compliance_constant + feared * fine / p.margin
    burden = p.burden_per_30_days * wait / 30.0 * strain[:, DRIVE_INDEX["hurry"]]
    protection = p.protection * register_seen(state)
    home = firms.country
    case = firms.programme * len(countries.key) + home
    score = drive.reshape(-1)[case]
    score += state.at(firms).firms.norm * (mean_of_peers(state, firms.compliance) - 0.5)
    score += protection[home]
    score -= burden.reshape(-1)[case]
    return np.asarray(1 / (1 + np.exp(-score)))


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
    heard = mean_of_peers(state, w)
    for first in range(0, len(w), BLOCK):
        some = slice(first, first + BLOCK)
        push = firms.outreach_own[some] + state.compiled.outreach[some]
        push += _contagion(of_rows(p.contagion, some), heard[some], threshold)
        w[some] = awareness_after(w[some], push, of_rows(p.awareness_decay, some), when.dt)
    if when.week_ends:
        firms.compliance[:] = compliance_of(state)


def of_rows(value: Any, rows: slice) -> Any:
    """Return the part of a parameter that belongs to some rows, where it is not the same for all."""
    return value[rows] if isinstance(value, np.ndarray) else value


def _contagion(beta: Any, heard: F8, threshold: bool) -> F8:
    return np.asarray(beta * (heard > THRESHOLD_PEERS if threshold else heard))


def step_exports(state: State, draws: Draws, when: When) -> None:
    """Let firms export what is due: licensed, shipped unknowingly, shipped knowingly, or sent intangibly."""
    firms = state.firms
    rows, ordinals, days, _ = due_events(
        draws, "export", firms.key, firms.next_export, firms.exports, firms.rate, when.end
    )
    if len(rows):
        _export(state, draws, when, rows, mix(firms.key[rows], ordinals), days)


def _export(state: State, draws: Draws, when: When, rows: I8, key: U64, days: F8) -> None:
    firms, countries = state.firms, state.countries
    p = state.values.at(firms.run[rows])
    home, run = firms.country[rows], firms.run[rows]
    law = countries.law
    tiers, credit = law[:, LAW_INDEX["licence_tiers"]], law[:, LAW_INDEX["disclosure_credit"]]
    recognises, misclassifies, willing, how = draws.uniform(
        ("recognises", "misclassifies", "complies", "intangible"), 0, key
    )
    recognised = recognises < firms.awareness[rows]
    slip = misclassifies < p.firms.self_classification_error
    slip &= recognised & ~firms.programme[rows]
    recognised &= ~slip
    complies = willing < firms.compliance[rows]
    intangible = how < p.firms.intangible_share
    broker = firms.firm_class[rows] == BROKER
    goods = np.where(broker, law[home, LAW_INDEX["brokering"]], law[home, LAW_INDEX["export"]])
    controlled = np.where(intangible, law[home, LAW_INDEX["intangible"]], goods)
    licensed = controlled & recognised & complies
    applies = licensed & ~covered(draws, key, firms.programme[rows], tiers[home], p)
    countries.arrived += np.bincount(home[applies], minlength=len(countries.key))
    _apply(state, draws, when, run[applies], home[applies], key[applies], days[applies])
    leak = controlled & intangible & ~licensed
    state.ledger.add("leaks_by_firms", when.month, run[leak])
    breach = controlled & ~intangible & ~licensed
    origin = np.where(recognised, ORIGINS.index("evasion"), ORIGINS.index("ignorance"))
    _ship(state, draws, rows[breach], key[breach], days[breach], origin[breach], slip[breach])
    state.ledger.add("controlled_exports", when.month, run[controlled])
    # a firm with a compliance programme finds some of its own slips and discloses them
    told = breach & ~recognised & firms.programme[rows]
    told &= draws.uniform("discloses", 0, key) < disclosing(p.firms, credit[home])
    state.ledger.add("disclosures", when.month, run[told])


def _apply(state: State, draws: Draws, when: When, run: I8, home: I8, key: U64, days: F8) -> None:
    """Honest applications: decided when their time is over; the outcome and time are known by their keys."""
    if not len(run):
        return
    p = state.values.at(run).licensing
    took = licence_days(state, draws, run, home, key)
    u = draws.uniform("decision", 0, key)
    outcome = np.where(u < p.false_refusal, 1, np.where(u < p.false_refusal + p.returned_share, 2, 0))
    if when.counted:
        state.licences.append(
            run=run,
            country=home,
            day=days,
            days=took,
            outcome=outcome,
            honest=np.ones(len(run), dtype=np.bool_),
            key=key,
        )
        state.ledger.add("licences", when.month, run)
        state.ledger.add("refusals", when.month, run[outcome == 1])


def _ship(state: State, draws: Draws, rows: I8, key: U64, days: F8, origin: I8, slip: B1) -> None:
    """Put unlicensed exports on the way to a post of the firm's country, chosen by traffic."""
    if not len(rows):
        return
    firms = state.firms
    run, home = firms.run[rows], firms.country[rows]
    post = post_by_traffic(state, draws, home, key)
    kind, newness, to_border = draws.uniform(("family", "new_goods", "to_border"), 0, key)
    p = state.values.at(run).screening
    n = len(rows)
    none = np.full(n, -1, dtype=np.int64)
    new = newness < p.list_newness_share
    state.cases.append(
        run=run,
        key=key,
        origin=origin,
        network=none,
        firm=rows,
        front=none,
        generation=0,
        country=home,
        supplier=home,
        post=post,
        way=np.full(n, WAYS.index("unlicensed")),
        option=none,
        family=(kind * len(FAMILIES)).astype(np.int64),
        new_goods=new,
        technology=none,
        unlisted=unlisted(state, home, new, none, days),
        licensed=False,
        born=days,
        stage=np.where(post >= 0, STAGES.index("border"), STAGES.index("delivered")),
        due=days + DAYS_TO_BORDER * exponential(to_border),
        release=np.inf,
        fate=IN_PROCESS,
        fate_day=np.nan,
        misclassified=slip,
        opportunities=0.0,
        list_selected=False,
        inspected=False,
        recognised=False,
        discovered=np.inf,
        returns=0,
        felt=0,
        borne=0,
        ladder=0,
        ladder_due=np.inf,
        effort=0.0,
    )


def post_by_traffic(state: State, draws: Draws, country: I8, key: U64) -> I8:
    """Return a post of each country, drawn in proportion to traffic; -1 where there is none."""
    posts = state.posts
    if not posts.n:
        return np.full(len(country), -1, dtype=np.int64)
    run = country // state.countries.n
    weight = np.log(np.maximum(posts.traffic, 1e-300))
    weight[posts.stretch | (posts.traffic <= 0)] = -np.inf
    here = posts.country.reshape(-1, posts.n)[run] == country[:, None]
    utility = np.where(here, weight.reshape(-1, posts.n)[run], -np.inf)
    index = draws.choose("post", 0, utility, key, _post_keys(state))
    return np.where(index >= 0, run * posts.n + index, -1)


def _post_keys(state: State) -> U64:
    """Unseeded keys of the posts, shape (n,): the chooser's key carries the seed."""
    post, key = state.options.post, state.options.key
    keys = np.zeros(state.posts.n, dtype=np.uint64)
    keys[post[post >= 0]] = key[post >= 0]
    return keys


def step_perception(state: State, draws: Draws, when: When) -> None:
    """Firms hear of seizures: perceived detection rises with each and is forgotten."""
    countries, cases = state.countries, state.cases
    p = state.at(countries).firms
    rows = cases.in_process()
    day = cases.fate_day[rows]
    heard = rows[(day > when.day) & (day <= when.end)]
    heard = heard[cases.fate[heard] == SEIZED]
    number = np.bincount(cases.country[heard], minlength=len(countries.key))
    base = p.perceived_detection_start
    kept = np.exp(-PUBLICITY_MEMORY * when.dt)
    risen = 1 - (1 - p.perceived_detection_gain) ** number
    now = base + (countries.perceived_detection - base) * kept
    countries.perceived_detection[:] = np.minimum(np.maximum(now + (1 - now) * risen, 0.0), 1.0)
