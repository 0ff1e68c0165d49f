"""The rule of how many replications: closed forms, words where it falls short, coverage under the rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.special import ndtr

from stcsim.draws import F8
from stcsim.study.stopping import CORRECTION, StoppingRule, critical, interval, look

Law = Callable[[np.random.Generator, int], tuple[F8, F8]]
SAMPLES = 400


def rule(halfwidth: str | float = "5%", of: str = "baseline_mean", **bounds: int) -> StoppingRule:
    return StoppingRule.model_validate(
        {"until": {"outcome": "diversions", "halfwidth": halfwidth, "of": of}, **bounds}
    )


def spread_of(n: int, spread: float, base: float = 100.0) -> tuple[F8, F8]:
    """Pairs whose differences have exactly this standard deviation."""
    off = np.where(np.arange(n) % 2 == 0, 1.0, -1.0) * spread * np.sqrt((n - 1) / n)
    return np.full(n, base), base + off[:, None]


def until_the_end(asked: StoppingRule, baseline: F8, treated: F8) -> int:
    """Follow the rule through prepared replications and return how many it takes."""
    n: int | None = asked.min
    while n is not None:
        said = look(asked, baseline[:n], treated[:n])
        last, n = said.pairs, said.next
    return last


def test_the_first_look_is_students_and_later_ones_are_wider() -> None:
    assert critical(np.array(20.0), False) == pytest.approx(2.0930, abs=1e-4)
    assert critical(np.array(20.0), True) == pytest.approx(2.0930 * 1.1, abs=1e-4)


def test_enough_at_first_is_enough() -> None:
    said = look(rule(), *spread_of(20, 10.0))
    # 2.093 x 10 / sqrt(20) = 4.68 of 5
    assert said.status == "enough"
    assert said.next is None
    assert said.halfwidth[0] == pytest.approx(4.68, abs=0.005)
    assert "±4.7% after 20 pairs" in said.words


def test_it_looks_where_enough_is_expected_and_finds_it_there() -> None:
    said = look(rule(), *spread_of(20, 30.0))
    assert said.status == "more"
    assert said.next is not None
    assert look(rule(), *spread_of(said.next, 30.0)).status == "enough"
    assert look(rule(), *spread_of(said.next - 1, 30.0)).status == "more"


def test_what_cannot_be_reached_is_said_before_and_at_the_end() -> None:
    before = look(rule(max=100), *spread_of(20, 90.0))
    assert (before.status, before.next) == ("cannot", 100)
    assert "cannot be reached with 100 pairs" in before.words
    end = look(rule(max=100), *spread_of(100, 90.0))
    assert (end.status, end.next) == ("cannot", None)
    assert end.needed > 1000
    assert end.halfwidth[0] > end.asked


def test_the_arm_that_needs_most_decides_and_is_named() -> None:
    base, calm = spread_of(20, 1.0)
    _, wild = spread_of(20, 40.0)
    said = look(rule(), base, np.concatenate([calm, wild], axis=1), ["calm", "wild"])
    assert said.status == "more"
    assert said.words.startswith("wild: ")


def test_failed_pairs_are_made_up_for() -> None:
    base, treated = spread_of(40, 30.0)
    whole = look(rule(), base, treated)
    half = treated.copy()
    half[20:] = np.nan
    thinned = look(rule(), base, half)
    assert thinned.needed > 1.9 * whole.needed


@pytest.mark.parametrize(
    ("base", "treated", "words"),
    [(0.0, 1.0, "there is no percentage"), (np.nan, 1.0, "defined in 0 of 20 pairs")],
)
def test_what_has_no_percentage_goes_on_to_the_end_and_says_so(
    base: float, treated: float, words: str
) -> None:
    n = 20
    values = np.full((n, 1), treated) * np.arange(float(n))[:, None]
    said = look(rule(max=30), np.full(n, base), values)
    assert (said.status, said.next) == ("more", 30)
    assert words in said.words
    longer = look(rule(max=20), np.full(n, base), values)
    assert (longer.status, longer.next) == ("cannot", None)


def test_differences_that_never_vary_are_known() -> None:
    base = np.random.default_rng(1).normal(100.0, 20.0, 20)
    assert look(rule(), base, base[:, None] - 7.0).status == "enough"


def test_pairs_that_never_differ_say_how_rare_a_difference_may_be() -> None:
    base = np.random.default_rng(1).normal(100.0, 20.0, 20)
    said = look(rule(max=30), base, np.column_stack([base - 7.0, base]), ("one", "two"))
    assert (said.status, said.next) == ("more", 30)
    base = np.resize(base, 30)
    said = look(rule(max=30), base, np.column_stack([base - 7.0, base]), ("one", "two"))
    assert (said.status, said.next) == ("cannot", None)
    assert "two: no pair differs in diversions" in said.words
    assert "of 30 pairs none does, and up to 9.5% of runs may" in said.words  # 1 - 0.05 ** (1 / 30)


def test_too_few_are_never_looked_at() -> None:
    said = look(rule(), *spread_of(5, 0.1))
    assert (said.status, said.next) == ("more", 20)


@pytest.mark.parametrize(
    ("halfwidth", "of"),
    [
        ("5", "baseline_mean"),
        (0.05, "baseline_mean"),
        ("0%", "baseline_mean"),
        ("5%", "unit"),
        (-1.0, "unit"),
    ],
)
def test_half_widths_that_mean_nothing_are_refused(halfwidth: str | float, of: str) -> None:
    with pytest.raises(ValidationError, match="half-width"):
        rule(halfwidth, of)


def test_bounds_stand_in_order() -> None:
    with pytest.raises(ValidationError, match="below min"):
        rule(min=50, max=20)


def normal(spread: float, base: float = 100.0, noise: float = 0.0) -> Law:
    def draw(generator: np.random.Generator, n: int) -> tuple[F8, F8]:
        baseline = generator.normal(base, noise, n) if noise else np.full(n, base)
        return baseline, (baseline + generator.normal(-8.0, spread, n))[:, None]

    return draw


def counts(generator: np.random.Generator, n: int) -> tuple[F8, F8]:
    shared = generator.poisson(20.0, n)
    own = generator.poisson(12.0, n), generator.poisson(8.0, n)
    return (shared + own[0]).astype(float), (shared + own[1]).astype(float)[:, None]


def expected_coverage(
    asked: StoppingRule, spread: float, seed: int, corrected: bool = True
) -> tuple[float, float]:
    """Coverage with normal differences, and its standard error.

    Mean and spread of normal samples are independent, and looks are at spreads alone, so an interval of
    half-width h after n pairs covers with probability 2 Phi(h sqrt(n) / sigma) - 1. The mean of that has a
    smaller error than a count of intervals that cover.
    """
    generator = np.random.default_rng(seed)
    covered = []
    for _ in range(SAMPLES):
        baseline, treated = normal(spread)(generator, asked.max)
        n = until_the_end(asked, baseline, treated)
        mean, low, _ = interval(asked, baseline[:n], treated[:n])
        widened = 1.0 if corrected or n == asked.min else 1.0 + CORRECTION / n
        covered.append(2 * ndtr(float(mean[0] - low[0]) / widened * np.sqrt(n) / spread) - 1)
    return float(np.mean(covered)), float(np.std(covered) / np.sqrt(SAMPLES))


@pytest.mark.parametrize("spread", [9.0, 11.5, 13.0, 17.0, 35.0])
@pytest.mark.parametrize("first", [10, 20])
def test_intervals_cover_under_the_rule(spread: float, first: int, seed_of: Callable[[str], int]) -> None:
    asked = rule(min=first, max=300)
    at = spread * np.sqrt(first / 20)
    share, error = expected_coverage(asked, at, seed_of(f"stopping/{first}/{spread}"))
    assert abs(share - 0.951) < 3.5 * error + 0.002


def test_without_correction_they_do_not(seed_of: Callable[[str], int]) -> None:
    asked = rule(min=10, max=300)
    share, error = expected_coverage(asked, 10.0, seed_of("stopping/plain"), corrected=False)
    assert share < 0.95 - 3.5 * error


@pytest.mark.slow
@pytest.mark.parametrize(
    ("law", "truth"),
    [
        (normal(13.0, noise=25.0), -8.0),
        (normal(17.0, noise=10.0), -8.0),
        (normal(25.0), -8.0),
        (counts, -4.0),
    ],
    ids=["the baseline varies more", "about fifty", "about a hundred", "counts"],
)
def test_intervals_cover_under_the_rule_by_trial(
    law: Law, truth: float, seed_of: Callable[[str], int], request: pytest.FixtureRequest
) -> None:
    """Within 3.5 standard errors of 95%, where the percentage itself varies or differences are counts."""
    trials = 4000
    asked = rule(max=300)
    generator = np.random.default_rng(seed_of(f"stopping/{request.node.callspec.id}"))
    covered = 0
    for _ in range(trials):
        baseline, treated = law(generator, asked.max)
        n = until_the_end(asked, baseline, treated)
        _, low, high = interval(asked, baseline[:n], treated[:n])
        covered += bool(low[0] <= truth <= high[0])
    assert abs(covered / trials - 0.95) < 3.5 * np.sqrt(0.95 * 0.05 / trials)


def test_looks_are_few(seed_of: Callable[[str], int]) -> None:
    generator = np.random.default_rng(seed_of("stopping/looks"))
    asked, looks = rule(), []
    for _ in range(100):
        baseline, treated = normal(30.0)(generator, asked.max)
        n: int | None = asked.min
        count = 0
        while n is not None:
            n, count = look(asked, baseline[:n], treated[:n]).next, count + 1
        looks.append(count)
    assert np.mean(looks) < 3.5
