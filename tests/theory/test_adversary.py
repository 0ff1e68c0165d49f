"""Networks against closed forms: logit routing to the weakest checkpoint, displacement, fronts, felt risk."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stcsim.actors.vocabulary import FATES, WAYS
from stcsim.draws import Draws
from stcsim.engine.build import build
from stcsim.processes.adversary import step_attempts, step_fronts, step_learning
from stcsim.processes.fates import settle
from stcsim.state.state import State, Switches, When
from tests.equivalence import equivalent, same_law
from tests.regions import changed, spec_of

Seed = Callable[[str], int]
DRAWS = Draws()
DETECTION = np.array([0.9, 0.8, 0.7, 0.2])
NEVER = 1e9
ONLY_UNLICENSED = {
    f"adversary.cost_{way}": NEVER
    for way in ("deceive", "unaware", "third_country", "intangible", "open_stretch", "after_delivery", "wait")
}


def networks(
    seed: int, rate: float = 400.0, number: int = 40, switches: Switches | None = None, **parameters: Any
) -> State:
    """Networks that ship by four posts of one country, without licences; nobody acts against them."""
    kinds = ("air", "land", "rail", "sea")
    country = {"id": "A", "supply": 1.0, "checkpoints": [{"kind": k} for k in kinds]}
    raw = {
        "name": "routing",
        "countries": [country],
        "networks": [{"id": f"n{i}", "home": "A", "attempts": rate, "fronts": 2} for i in range(number)],
    }
    spec = spec_of(raw)
    p = changed(spec.parameters, **{**ONLY_UNLICENSED, **parameters})
    return build(spec, seed, p, switches=switches)


def attempt(state: State, weeks: int = 52) -> np.ndarray[Any, Any]:
    """Let networks try for some weeks; return the posts chosen."""
    for week in range(weeks):
        step_attempts(state, DRAWS, When(7 * week, 7, 0))
    assert (state.cases.col("way") == WAYS.index("unlicensed")).all()
    return np.asarray(state.cases.col("post"))


@pytest.mark.parametrize(
    ("intensity", "detected"), [(1e-6, 0.65), (1.0, 0.570), (2.0, 0.481), (5.0, 0.279), (10.0, 0.205)]
)
def test_logit_routing_to_the_weakest_checkpoint(intensity: float, detected: float, seed_of: Seed) -> None:
    """Detection .9, .8, .7, .2, seen as it is: .570, .481, .279, .205 at lambda 1, 2, 5, 10; .65 blindly."""
    exact = np.exp(-intensity * DETECTION)
    assert exact @ DETECTION / exact.sum() == pytest.approx(detected, abs=6e-4)
    given = {"adversary.choice_intensity": intensity, "adversary.hearsay_weight": 1.0}
    state = networks(seed_of("routing"), **given)
    state.posts.seen[:] = DETECTION
    chosen = attempt(state)
    assert len(chosen) > 14_000
    # standard error at most .0025
    assert equivalent(DETECTION[chosen] - detected, margin=0.01)


def test_the_best_response_is_the_weakest_checkpoint(seed_of: Seed) -> None:
    best = Switches(adversary="best_response")
    state = networks(seed_of("best"), 100.0, switches=best, **{"adversary.hearsay_weight": 1.0})
    state.posts.seen[:] = DETECTION
    assert (attempt(state, 26) == 3).mean() > 0.999


@pytest.mark.parametrize("switches", [Switches(adversary="none"), Switches(feedback=False)])
def test_networks_that_do_not_adapt_take_all_alike(switches: Switches, seed_of: Seed) -> None:
    state = networks(seed_of("fixed"), switches=switches, **{"adversary.hearsay_weight": 1.0})
    state.posts.seen[:] = DETECTION
    assert equivalent(DETECTION[attempt(state)] - 0.65, margin=0.01)


def test_equal_checkpoints_beat_unequal_ones_of_the_same_mean(seed_of: Seed) -> None:
    """Consistency pays where smugglers look: .65 everywhere detects .65, whatever they do."""
    state = networks(seed_of("equal"), 100.0, **{"adversary.hearsay_weight": 1.0})
    state.posts.seen[:] = 0.65
    chosen = attempt(state)
    for post in range(4):
        assert equivalent((chosen == post) - 0.25, margin=0.04)


def test_tightening_one_checkpoint_moves_the_flow_to_the_weakest(seed_of: Seed) -> None:
    """Displacement: of what leaves the tightened post, the weakest of the others gets most."""
    shares = []
    for seen in ((0.3, 0.6, 0.6, 0.4), (0.9, 0.6, 0.6, 0.4)):
        state = networks(seed_of("displacement"), 200.0, **{"adversary.hearsay_weight": 1.0})
        state.posts.seen[:] = seen
        shares.append(np.bincount(attempt(state), minlength=4) / state.cases.count)
    moved = shares[1] - shares[0]
    assert moved[0] < -0.3
    assert moved[3] > 2 * moved[1] > 0
    assert moved[3] > 2 * moved[2] > 0


def test_waiting_costs_what_it_is_given(seed_of: Seed) -> None:
    """The odds of letting pass against trying are ``exp(-lambda (c_wait - risk))``, post by post."""
    given = {"adversary.choice_intensity": 4.0, "adversary.hearsay_weight": 1.0, "adversary.cost_wait": 0.5}
    state = networks(seed_of("wait"), **given)
    state.posts.seen[:] = 0.6
    for week in range(52):
        step_attempts(state, DRAWS, When(7 * week, 7, 0))
    waits = state.cases.col("fate") == FATES.index("forgone")
    assert ((state.cases.col("way") == WAYS.index("wait")) == waits).all()
    # the ways of one kind count once, however many posts there are
    odds = math.exp(-4.0 * (0.5 - 0.6))
    assert equivalent(waits - odds / (1 + odds), margin=0.015)


def test_potential_attempts_are_a_poisson_process(seed_of: Seed) -> None:
    state = networks(seed_of("renewal"), rate=50.0, number=100)
    attempt(state)
    born, network = state.cases.col("born"), state.cases.col("network")
    order = np.lexsort((born, network))
    gaps = np.diff(born[order])[np.diff(network[order]) == 0]
    assert same_law(gaps, lambda t: 1 - np.exp(-t * 50.0 / 364.0))


def test_one_step_or_many_the_same_attempts(seed_of: Seed) -> None:
    found = []
    for step in (1, 7):
        state = networks(seed_of("step"), number=5)
        for day in range(0, 182, step):
            step_attempts(state, DRAWS, When(day, step, 0))
        order = np.argsort(state.cases.col("born"))
        found.append([state.cases.col(c)[order] for c in ("born", "post", "family", "new_goods")])
    for a, b in zip(*found, strict=True):
        assert np.array_equal(a, b)


# ---- what is felt


def test_losses_raise_and_passes_lower_what_is_felt_and_time_forgets() -> None:
    """``r <- 1 - (1 - r)(1 - up)`` on a loss, ``r (1 - down)`` on a pass, back to the prior at the drift."""
    state = networks(1, rate=50.0, number=1)
    attempt(state, 4)
    c = state.cases
    p = state.values.runs[0].adversary
    way = WAYS.index("unlicensed")
    posts = len(WAYS) + c.col("post")[:2]
    settle(c, np.array([0]), "interdicted_checkpoint", 5.0)
    step_learning(state, DRAWS, When(7, 7, 0))
    up = 1 - (1 - p.risk_prior) * (1 - p.risk_up)
    assert state.networks.risk[0, [way, posts[0]]] == pytest.approx(up)
    kept = math.exp(-p.risk_drift * 7 / 364)
    settle(c, np.array([1]), "completed", 12.0)
    step_learning(state, DRAWS, When(14, 7, 0))
    drifted = p.risk_prior + (up - p.risk_prior) * kept
    assert state.networks.risk[0, way] == pytest.approx(drifted * (1 - p.risk_down))
    other = p.risk_prior if posts[1] != posts[0] else drifted
    assert state.networks.risk[0, posts[1]] == pytest.approx(other * (1 - p.risk_down))


@pytest.mark.parametrize(("listed", "rate"), [(False, 0.5), (True, 2.5)])
def test_fronts_live_as_long_as_their_hazard_says(listed: bool, rate: float, seed_of: Seed) -> None:
    """Exponential life at ``b0``, at ``b0 + b1`` once publicly listed; the week in which it ends is known."""
    given = {
        "adversary.front_drop": 0.5,
        "adversary.front_drop_listed": 2.0,
        "adversary.front_replacement": 1e6,
    }
    state = networks(seed_of("fronts"), rate=0.0, number=1500, **given)
    state.fronts.first_used[:] = 0.0
    state.fronts.listed[:] = listed
    for week in range(52 * 12):
        step_fronts(state, DRAWS, When(7 * week, 7, 0))
    life = state.closed_fronts.col("closed") / 364
    assert len(life) > 2980
    within = DRAWS.uniform("within the week", 0, np.arange(len(life), dtype=np.uint64)) * 7 / 364
    assert same_law(life - within, lambda t: 1 - np.exp(-rate * t))
