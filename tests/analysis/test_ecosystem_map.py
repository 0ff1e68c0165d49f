"""Maps from incomplete reports: planted gaps are found, what was left out is inferred, a plan can use it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from stcsim.analysis.ecosystem_map import BROKER, ISOLATE, ecosystem_map, left_out, weights
from stcsim.analysis.network_measures import betweenness, degree, influence, similarity
from stcsim.mechanisms.engagement_plan import EngagementPlan
from stcsim.structure.arrangements import Convening, only
from tests.analysis.planted import B1, MISSING, PLANTED, region, scores, symmetric, truth
from tests.mechanisms.views import rich_view

Seed = Callable[[str], int]
SEEDS = range(8)


@pytest.mark.parametrize("number", SEEDS)
def test_planted_gaps_are_recovered_where_each_side_leaves_out_a_fifth(number: int, seed_of: Seed) -> None:
    """Gaps at random; recall and precision of .8 or more, on every seed."""
    rng = np.random.default_rng(seed_of(f"map/{number}"))
    roles, countries = region()
    needed = weights(roles, countries) > 0
    gaps = needed & (symmetric(rng.random(needed.shape)) < PLANTED)
    real = truth(rng, needed, gaps)
    reports = real & (rng.random(real.shape) >= MISSING)
    found = ecosystem_map(roles, countries, reports)
    recall, precision = scores(found.gaps, gaps)
    assert recall >= 0.8
    assert precision >= 0.8
    assert left_out(reports) == pytest.approx(MISSING**2, abs=0.015)


@pytest.mark.parametrize("number", SEEDS)
def test_bodies_that_were_left_out_are_found_where_a_fifth_of_links_is_told_by_nobody(
    number: int, seed_of: Seed
) -> None:
    """Gaps stand around left-out bodies; links of the others that nobody tells are inferred."""
    rng = np.random.default_rng(seed_of(f"left out/{number}"))
    roles, countries = region()
    n = len(roles)
    needed = weights(roles, countries) > 0
    out = rng.random(n) < 0.15
    gaps = needed & (out[:, None] | out[None, :])
    real = truth(rng, needed, gaps)
    reports = real & (symmetric(rng.random(real.shape)) >= MISSING)
    found = ecosystem_map(roles, countries, reports, unreported=MISSING)
    recall, precision = scores(found.gaps, gaps)
    assert recall >= 0.8
    assert precision >= 0.8
    untold = needed & real & ~reports
    assert scores(found.inferred, untold)[0] >= 0.6


def test_complete_reports_give_the_truth() -> None:
    rng = np.random.default_rng(1)
    roles, countries = region()
    needed = weights(roles, countries) > 0
    gaps = needed & (symmetric(rng.random(needed.shape)) < PLANTED)
    real = truth(rng, needed, gaps)
    found = ecosystem_map(roles, countries, real)
    assert np.array_equal(found.links, real)
    assert np.array_equal(found.gaps, gaps)
    assert not found.inferred.any()
    order = found.gaps_by_importance()
    assert len(order) == gaps.sum() / 2
    importance = [found.weight[pair] for pair in order]
    assert importance == sorted(importance, reverse=True)


def links(n: int, pairs: Sequence[tuple[int, int]]) -> B1:
    made = np.zeros((n, n), dtype=np.bool_)
    for i, j in pairs:
        made[i, j] = made[j, i] = True
    return made


def test_measures_of_a_star_and_a_chain() -> None:
    star = links(5, [(0, i) for i in range(1, 5)])
    assert degree(star).tolist() == [1.0, 0.25, 0.25, 0.25, 0.25]
    assert betweenness(star).tolist() == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert influence(star) == pytest.approx([1.0, 0.5, 0.5, 0.5, 0.5], abs=1e-6)
    chain = links(4, [(0, 1), (1, 2), (2, 3)])
    # by hand: the inner two each lie between 2 of the 3 pairs of others
    assert betweenness(chain) == pytest.approx([0.0, 2 / 3, 2 / 3, 0.0])
    assert betweenness(links(2, [(0, 1)])).tolist() == [0.0, 0.0]
    assert influence(np.zeros((3, 3), dtype=np.bool_)).tolist() == [0.0, 0.0, 0.0]
    # a square has two shortest ways between opposite corners
    square = links(4, [(0, 1), (1, 2), (2, 3), (3, 0)])
    assert betweenness(square) == pytest.approx([1 / 6] * 4)
    assert similarity(square)[0, 2] == 1.0
    assert similarity(square)[0, 1] == 0.0


def test_overlaps_and_positions() -> None:
    roles = ["customs_headquarters", "regulator", "regulator", "licensing_authority", "media", "regulator"]
    ties = links(6, [(0, 3), (0, 1), (0, 2), (1, 3), (2, 3), (0, 5)])
    found = ecosystem_map(roles, ["A"] * 5 + ["B"], ties, unreported=0.0)
    assert found.overlaps == ((1, 2),)
    assert found.position[0] == BROKER
    assert found.position[4] == ISOLATE


def test_order_of_bodies_does_not_matter() -> None:
    rng = np.random.default_rng(3)
    roles, countries = region()
    reports = rng.random((len(roles), len(roles))) < 0.3
    order = rng.permutation(len(roles))
    one = ecosystem_map(roles, countries, reports)
    other = ecosystem_map(
        [roles[i] for i in order], [countries[i] for i in order], reports[np.ix_(order, order)]
    )
    assert np.array_equal(one.gaps[np.ix_(order, order)], other.gaps)
    assert other.betweenness == pytest.approx(one.betweenness[order])


def test_shapes_have_to_agree() -> None:
    with pytest.raises(ValueError, match="2 roles, 1 countries"):
        ecosystem_map(["media", "media"], ["A"], np.zeros((2, 2), dtype=np.bool_))


@pytest.mark.parametrize("number", range(3))
def test_a_plan_from_the_map_closes_more_real_gaps_than_meetings_by_lot(number: int, seed_of: Seed) -> None:
    """The plan sees the map made from reports a fifth of which is missing, not the truth."""
    rng = np.random.default_rng(seed_of(f"plan/{number}"))
    view = rich_view()
    bodies = [h for h in view.holders if h.kind in ("agency", "partner")]
    ids, roles = [h.id for h in bodies], [h.role for h in bodies]
    countries = [h.country for h in bodies]
    needed = weights(roles, countries) > 0
    gaps = needed & (symmetric(rng.random(needed.shape)) < PLANTED)
    real = truth(rng, needed, gaps)
    made = ecosystem_map(roles, countries, real & (rng.random(real.shape) >= MISSING))
    i, j = np.nonzero(made.links)
    seen = replace(view, recognised=frozenset((ids[a], ids[b]) for a, b in zip(i, j, strict=True)))

    def closed(choice: str) -> int:
        plan = EngagementPlan.model_validate_json(json.dumps({"choice": choice, "meetings_per_year": 16}))
        met = [c.members for c in only(Convening, plan.arrange(seen))]
        return len({m for m in met if gaps[ids.index(m[0]), ids.index(m[1])]})

    assert closed("gaps") > 2 * closed("random")
