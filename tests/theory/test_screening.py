"""Screening against closed forms, against scoring everything, and against the published effect of rarity."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import bdtr, betaincc, ndtr, ndtri

from stcsim.draws import Draws, mix
from stcsim.processes.binomial import capped_quantile, expansion, stays_within
from stcsim.processes.counted import count_instead, score_everything
from stcsim.processes.inspection import visible
from stcsim.processes.recognition import rarity, steady_prevalence

DRAWS = Draws()
Seed = Callable[[str], int]
F8 = NDArray[np.float64]


def keys(seed: int, n: int) -> NDArray[np.uint64]:
    return mix(np.uint64(seed), np.arange(n))


def chance_inspected(trade: int, slots: int, separation: float) -> float:
    """P(fewer than `slots` of `trade` ordinary scores above one violation), by the trapezoidal rule."""
    x = np.linspace(-8.5, 8.5, 20_001)
    below = betaincc(slots, trade - slots + 1.0, ndtr(-(x + separation)))
    return float(np.sum(below * np.exp(-x * x / 2)) * (x[1] - x[0]) / math.sqrt(2 * math.pi))


def mean_inspected(seed: int, posts: int, trade: int, slots: int, separation: float) -> float:
    """Share inspected of one violation at each of many posts."""
    k = keys(seed, posts)
    looked = count_instead(
        separation + DRAWS.normal("score", 0, k),
        np.arange(posts),
        DRAWS.uniform("place", 0, k),
        np.full(posts, trade),
        np.full(posts, slots),
    )
    return float(looked.mean())


# ---- the binomial law


@pytest.mark.parametrize("trials", [1, 7, 60])
@pytest.mark.parametrize("chance", [1e-9, 0.03, 0.5, 0.97, 1.0])
def test_binomial_comparison_and_quantile_follow_the_definition(trials: int, chance: float) -> None:
    mass = [math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(trials + 1)]
    total = np.cumsum(mass)
    u = (np.arange(199) + 0.5137) / 199
    n, p = np.full(199, trials), np.full(199, chance)
    want = np.searchsorted(total, u - 1e-13)
    for k in range(-2, trials + 3):
        assert np.array_equal(stays_within(np.full(199, k), u, n, p), want <= k)
    assert np.array_equal(capped_quantile(expansion(u, p), n * 1.0, n * 1.0), want)


def test_binomial_distribution_function_is_within_its_stated_error() -> None:
    k = keys(5, 4000)
    trials = np.repeat([1_000, 30_000, 1_000_000], [1000, 1000, 2000])
    chance = 10 ** (-6 + 5.9 * DRAWS.uniform("p", 0, k))
    mean = trials * chance
    at = np.clip(mean + np.sqrt(mean) * DRAWS.normal("at", 0, k), 0, trials - 1).astype(np.int64)
    exact = betaincc(at + 1.0, (trials - at) * 1.0, chance)
    assert stays_within(at, exact - 1e-8, trials, chance).all()
    assert not stays_within(at, exact + 1e-8, trials, chance)[exact + 1e-8 < 1].any()


def bisected(u: F8, trials: NDArray[np.int64], chance: F8) -> NDArray[np.int64]:
    """The quantile by asking the distribution function alone."""
    low, high = np.full(len(u), -1), trials
    while (high - low > 1).any():
        middle = (low + high) // 2
        enough = stays_within(middle, u, trials, chance)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


@pytest.mark.parametrize("most", [4, 60, 3_000, 100_000])
def test_quantiles_told_by_expansion_are_those_of_the_distribution_function(most: int) -> None:
    """Any trials up to a number, any chance and its ends, ties, and numbers next to 0 and 1."""
    n = 20_000
    k = keys(17, n)
    u, v, w = DRAWS.uniform(("u", "trials", "chance"), 0, k)
    trials = np.floor((most + 1) ** v).astype(np.int64) - 1
    chance = np.where(np.arange(n) % 2, w, 10 ** (-9 * w))
    chance[::50], chance[1::50] = 0.0, 1.0
    u[:500] = np.arange(1, 1000, 2) * 2.0**-53
    u[500:900] = 1 - 1e-13 * np.arange(1, 401)
    mean = np.floor(trials * chance)
    tie = bdtr(mean, trials, chance)
    u[2::9] = np.where((tie > 0) & (tie < 1 - 1e-13), tie, u)[2::9]
    want, terms = bisected(u, trials, chance), expansion(u, chance)
    assert np.array_equal(capped_quantile(terms, trials * 1.0, trials * 1.0), want)
    # room for more inspections than there is trade, and none
    for cap in (mean, np.floor(mean / 2), np.full(n, -1.0), np.full(n, 7.0)):
        assert np.array_equal(capped_quantile(terms, trials * 1.0, cap), np.minimum(want, cap))


def test_the_distribution_function_is_seldom_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near a step of the law only, so the cost does not grow with trade."""
    asked = 0

    def counting(k: F8, **given: F8) -> NDArray[np.bool_]:
        nonlocal asked
        asked += len(k)
        return stays_within(k, **given)

    monkeypatch.setattr("stcsim.processes.binomial.stays_within", counting)
    n = 10_000
    u = DRAWS.uniform("asked", 0, keys(3, n))
    for trials, share in ((3_000, 0.2), (30_000, 0.02), (10**8, 1e-5)):
        asked = 0
        terms = expansion(u, np.full(n, 0.02))
        capped_quantile(terms, np.full(n, trials * 1.0), np.full(n, trials * 1.0))
        assert asked <= share * n


# ---- one violation: quadrature and limit


@pytest.mark.parametrize(
    ("trade", "slots", "separation"),
    [(10, 1, 1.35), (58, 3, 0.8), (3_000, 24, 1.35), (40_000, 900, 0.3)],
)
def test_one_violation_is_inspected_as_often_as_quadrature_says(
    trade: int, slots: int, separation: float, seed_of: Seed
) -> None:
    """Equivalence within .01 at 95%; the standard error of 60,000 posts is at most .002, the power above
    .99."""
    n = 60_000
    want = chance_inspected(trade, slots, separation)
    got = mean_inspected(seed_of(f"quadrature/{trade}"), n, trade, slots, separation)
    error = math.sqrt(want * (1 - want) / n)
    assert abs(got - want) + 1.645 * error < 0.01


def test_limit_for_large_trade_is_the_threshold_formula(seed_of: Seed) -> None:
    """1 - Phi(t - d') where t cuts off the inspected share; equivalence within .01 as above."""
    n, trade, slots, separation = 60_000, 300_000, 12_000, 1.37
    want = float(ndtr(separation - ndtri(1 - slots / trade)))
    got = mean_inspected(seed_of("limit"), n, trade, slots, separation)
    assert abs(got - want) + 1.645 * math.sqrt(want * (1 - want) / n) < 0.01
    assert abs(chance_inspected(trade, slots, separation) - want) < 5e-4


def test_threshold_formula_is_too_high_by_a_fifth_at_a_small_river_post() -> None:
    """Ten declarations a week, of which one is inspected."""
    ratio = float(ndtr(1.35 - ndtri(0.9))) / chance_inspected(10, 1, 1.35)
    assert ratio == pytest.approx(1.2, abs=0.02)


def test_more_capacity_or_separation_never_loses_a_violation() -> None:
    """With the same keyed numbers: what is inspected stays inspected (common random numbers are monotone)."""
    n = 4_000
    k = keys(8, n)
    score, u, post = DRAWS.normal("score", 0, k), DRAWS.uniform("place", 0, k), np.arange(n)
    trade = np.full(n, 500)
    base = count_instead(score + 1.0, post, u, trade, np.full(n, 10))
    for more in (
        count_instead(score + 1.0, post, u, trade, np.full(n, 11)),
        count_instead(score + 1.1, post, u, trade, np.full(n, 10)),
        count_instead(score + 1.0, post, u, trade - 50, np.full(n, 10)),
    ):
        assert (more >= base).all()
        assert more.sum() > base.sum()


# ---- several violations: against scoring everything


@pytest.mark.parametrize(
    ("name", "posts", "trade", "slots", "shifts"),
    [
        ("river", 16_000, 9, 2, (1.35, 0.8, 0.8)),
        ("full", 16_000, 3, 5, (1.0, 0.0, -1.0)),
        ("quiet", 16_000, 0, 2, (1.0, 0.0, -1.0)),
        ("port", 12_000, 600, 8, (2.2, 1.6, 1.6)),
    ],
)
def test_counting_is_equivalent_to_scoring_everything(
    name: str, posts: int, trade: int, slots: int, shifts: tuple[float, ...], seed_of: Seed
) -> None:
    """Two one-sided tests at 95% with margin .025, for each rank of violation.

    The violations' own scores are shared, so differences are paired. Unpaired, 12,000 posts give a standard
    error of at most sqrt(.5 / 12000) = .0065, so a true difference of 0 passes each test with probability 2
    Phi(.025 / .0065 - 1.645) - 1 = .97 at least.
    """
    margin, chunk, k = 0.025, 1_000, len(shifts)
    seed = seed_of(f"brute/{name}")
    differences = []
    for start in range(0, posts, chunk):
        post_keys = mix(np.uint64(seed), np.arange(start, start + chunk))
        case = mix(post_keys[:, None], np.arange(1, k + 1)[None, :]).ravel()
        where = np.repeat(np.arange(chunk), k)
        score = np.tile(shifts, chunk) + DRAWS.normal("score", 0, case)
        n, m = np.full(chunk, trade), np.full(chunk, slots)
        counted = count_instead(score, where, DRAWS.uniform("place", 0, case), n, m)
        brute = score_everything(score, where, n, m, 0, post_keys)
        order = np.lexsort((-score, where))
        a, b = (x[order].reshape(chunk, k).astype(float) for x in (counted, brute))
        # inspected violations are the best ones under both
        assert (np.diff(a, axis=1) <= 0).all()
        assert (np.diff(b, axis=1) <= 0).all()
        differences.append(a - b)
    d = np.concatenate(differences)
    by_rank = np.abs(d.mean(axis=0)) + 1.645 * d.std(axis=0) / math.sqrt(posts)
    assert (by_rank < margin).all()


def test_counting_sees_the_difference_that_one_inspection_makes(seed_of: Seed) -> None:
    """Power the other way: a mistake of one slot at a river post is far outside the margin."""
    assert chance_inspected(9, 3, 1.35) - chance_inspected(9, 2, 1.35) > 0.1


# ---- what smugglers see, what officers miss


def test_what_can_be_seen_is_the_detection_of_plain_smuggling_doubled_up_to_one() -> None:
    share = np.array([0.0, 0.001, 0.04, 0.5, 1.0])
    seen = visible(share, np.full(5, 1.37))
    threshold = ndtri(1 - share[1:4])
    assert seen[0] == 0
    assert seen[1:4] == pytest.approx(np.minimum(2 * (1 - ndtr(threshold - 1.37)), 1))
    assert seen[3] == seen[4] == 1


def test_misses_grow_with_rarity_as_published() -> None:
    """7, 16 and 30% missed at prevalence 50, 10 and 1% (Wolfe et al. 2005), within a point and a half."""
    probit = ndtri(0.93)
    miss = 1 - ndtr(probit - rarity(np.array([0.5, 0.1, 0.01]), 0.207, 0.5))
    assert miss == pytest.approx([0.07, 0.16, 0.30], abs=0.015)


def test_steady_prevalence_reproduces_itself() -> None:
    violations = np.array([0.0, 1e-5, 1e-3, 0.02, 0.5, 1.0])
    probit = np.array([0.7, -1.0, 0.7, 0.0, 0.7, 2.0])
    p = steady_prevalence(violations, probit, 0.207, 0.02)
    assert p == pytest.approx(violations * ndtr(probit - rarity(p, 0.207, 0.02)), abs=1e-12)
    assert (p <= violations).all()
