"""Signal detection in review and checks against published curves, through the functions that decide."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from stcsim.actors.vocabulary import COMPETENCES, WAYS
from stcsim.draws import Draws, mix
from stcsim.engine.build import build
from stcsim.processes.checks import chance_checked
from stcsim.processes.fates import IN_PROCESS
from stcsim.processes.licensing import refuses
from stcsim.state.events import Cases
from stcsim.state.state import State
from stcsim.state.table import columns_of
from tests.equivalence import equivalent
from tests.regions import changed, spec_of

Seed = Callable[[str], int]
DRAWS = Draws()
REVIEW = COMPETENCES.index("licensing_review")


@pytest.mark.parametrize(("separation", "hit"), [(1.0, 0.2595), (1.5, 0.4424), (2.0, 0.6388), (3.0, 0.9123)])
def test_hits_at_a_false_alarm_rate_of_five_per_cent(separation: float, hit: float) -> None:
    """``1 - Phi(Phi^-1(1 - c) - d')``: .26, .44, .64, .91 at d' = 1, 1.5, 2, 3."""
    assert chance_checked(np.array([0.05]), np.array([separation])) == pytest.approx(hit, abs=5e-5)
    # of what is picked, few are bad where one in a hundred is
    picked = 0.01 * hit / (0.01 * hit + 0.99 * 0.05)
    assert 0.04 < picked < 0.16


def test_a_good_system_finds_four_fifths_in_the_three_tenths_of_highest_risk() -> None:
    """Grigoriou (2019): d' = 1.37; without any separation the share found is the share looked at."""
    share = np.array([0.05, 0.3, 0.6, 1.0])
    assert chance_checked(share, np.full(4, 1.37))[1] == pytest.approx(0.80, abs=0.005)
    assert chance_checked(share, np.zeros(4)) == pytest.approx(share)


def applications(n: int, seed: int, way: str, **parameters: float) -> State:
    """Applications of one network's front, all of one way, at an authority of competence one half."""
    agencies = [{"role": "licensing_authority", "staff": 20.0}]
    raw = {
        "name": "review",
        "countries": [{"id": "A", "agencies": agencies}],
        "networks": [{"id": "n", "home": "A", "fronts": 1}],
    }
    spec = spec_of(raw)
    state = build(spec, 1, changed(spec.parameters, **parameters))
    state.holders.competence[:, REVIEW] = 0.5
    values = {f.name: 0 for f in columns_of(Cases)}
    values |= {"key": mix(np.uint64(seed), np.arange(n)), "way": WAYS.index(way), "fate": IN_PROCESS}
    state.cases.append(**values)
    return state


@pytest.mark.parametrize(("way", "factor"), [("deceive_licensing", 1.0), ("after_delivery", 0.5)])
def test_review_sees_through_an_end_user_as_far_as_he_differs(way: str, factor: float, seed_of: Seed) -> None:
    """A threshold that refuses f of honest applications refuses ``1 - Phi(t - d')`` of false ones.

    Half the separation is left where the end user is real and sells on.
    """
    n, f, base, slope = 6000, 0.05, 0.4, 2.2
    given = {"licensing.false_refusal": f, "licensing.review_base": base, "licensing.review_slope": slope}
    state = applications(n, seed_of(f"review/{way}"), way, **given)
    refused = refuses(state, DRAWS, np.arange(n))
    separation = factor * (base + slope * 0.5)
    # standard error at most .0065
    assert equivalent(refused - (1 - ndtr(ndtri(1 - f) - separation)), margin=0.025)


def test_a_party_on_the_list_is_refused_while_the_item_is_fresh() -> None:
    state = applications(
        300, 5, "deceive_licensing", **{"licensing.review_slope": 0.0, "licensing.review_base": -5.0}
    )
    rows = np.arange(300)
    assert refuses(state, DRAWS, rows).mean() < 0.01
    authority = int(state.countries.authority[0])
    state.cases.due[:300] = 10.0
    state.fronts.known_until[0, authority] = 11.0
    assert refuses(state, DRAWS, rows).all()
    state.fronts.known_until[0, authority] = 9.0
    assert refuses(state, DRAWS, rows).mean() < 0.01
    # a name is worth nothing once the front has been replaced
    state.fronts.known_until[0, authority] = 11.0
    state.fronts.generation[0] += 1
    assert refuses(state, DRAWS, rows).mean() < 0.01
