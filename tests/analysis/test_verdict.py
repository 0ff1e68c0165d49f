"""Which word stands where, and how often a word is said of nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.analysis.verdict import certainty_of, side_of
from tests.analysis.samples import F8, info, runs_of

Seed = Callable[[str], int]
NAMES = ["diversions", "latency"]
INFOS = [info("diversions"), info("latency", "none")]


@pytest.mark.parametrize(
    ("low", "high", "side"), [(-3, -1, -1), (1, 3, 1), (-1, 1, 0), (0, 2, 0), (-2, 0, 0), (np.nan, np.nan, 0)]
)
def test_an_interval_lies_on_a_side_only_without_zero(low: float, high: float, side: int) -> None:
    assert side_of(low, high) == side


@pytest.mark.parametrize(
    ("plain", "wide", "share", "headline", "word"),
    [
        (-1, -1, 1.0, True, "clearly"),
        (-1, -1, 1.0, False, "probably"),
        (-1, -1, 0.94, True, "probably"),
        (-1, -1, 0.79, True, "unclear"),
        (-1, 0, 1.0, True, "probably"),
        (0, 0, 1.0, True, "unclear"),
    ],
)
def test_certainty_needs_the_interval_and_the_worlds(
    plain: int, wide: int, share: float, headline: bool, word: str
) -> None:
    assert certainty_of(plain, wide, share, headline=headline) == word


def effect(
    seed: int, default: float, mean: float, between: float, *, worlds: int = 20, arms: int = 1
) -> dict[tuple[str, int], F8]:
    """Runs with an expected difference of `default` in world 0 and N(mean, between) in others, noise 1."""
    generator = np.random.default_rng(seed)
    values: dict[tuple[str, int], F8] = {}
    for world in range(worlds + 1):
        base = generator.normal(100.0, 10.0, (2 if world else 12, 2))
        values["baseline", world] = base
        for arm in range(arms):
            shift = mean + between * generator.standard_normal() if world else default
            values[f"arm_{arm}", world] = base + shift + generator.standard_normal(base.shape)
    return values


@pytest.mark.parametrize(
    ("default", "mean", "between", "word", "wanted"),
    [
        (-6.0, -6.0, 1.0, "clearly lower", "better"),
        (6.0, 6.0, 1.0, "clearly higher", "worse"),
        (-6.0, -6.0, 5.0, "probably lower", "better"),
        (-6.0, 0.0, 8.0, "unclear", ""),
        (6.0, -6.0, 1.0, "unclear", ""),
    ],
)
def test_words_come_from_the_worlds(
    default: float, mean: float, between: float, word: str, wanted: str, seed_of: Seed
) -> None:
    values = effect(seed_of("words"), default, mean, between)
    if between:  # the sampled worlds have exactly the wanted mean and spread, so that the word is certain
        shifts = np.array([values["arm_0", w].mean() - values["baseline", w].mean() for w in range(1, 21)])
        wished = mean + between * (shifts - shifts.mean()) / shifts.std()
        for world, (now, then) in enumerate(zip(shifts, wished, strict=True), start=1):
            values["arm_0", world] = values["arm_0", world] + then - now
    found = compare_arms(runs_of(values, NAMES), INFOS, ["diversions"], bootstrap=300).verdicts
    row = found.query("outcome == 'diversions'").iloc[0]
    assert (row["verdict"], row["wanted"], row["basis"]) == (word, wanted, "assumptions")


def test_words_come_from_runs_when_assumptions_were_not_varied(seed_of: Seed) -> None:
    values = effect(seed_of("words of runs"), -6.0, 0.0, 0.0, worlds=0)
    found = compare_arms(runs_of(values, NAMES), INFOS, ["diversions"], bootstrap=300).verdicts
    assert found["verdict"].tolist() == ["clearly lower", "probably lower"]
    assert found["wanted"].tolist() == ["better", ""]
    assert set(found["basis"]) == {"runs only: assumptions not varied"}


@pytest.mark.parametrize(
    ("pairs", "certainty", "constant"),
    [(2, "probably", "probably"), (4, "probably", "clearly"), (6, "clearly", "clearly")],
)
def test_one_change_of_a_count_in_a_few_pairs_may_be_coincidence(
    pairs: int, certainty: str, constant: str
) -> None:
    base = np.column_stack([np.arange(8.0, 8.0 + pairs), np.full(pairs, 50.0)])
    runs = runs_of({("baseline", 0): base, ("arm", 0): base - 2.0}, NAMES)
    found = compare_arms(runs, INFOS, NAMES, bootstrap=100)
    assert found.verdicts["certainty"].tolist() == [certainty, constant]
    told = any("may be coincidence" in note for note in found.notes)
    assert told == (certainty == "probably")


@pytest.mark.slow
@pytest.mark.parametrize("worlds", [0, 8])
def test_arms_without_effect_are_hardly_ever_clear(worlds: int, seed_of: Seed) -> None:
    """At most 5 of 100 comparisons say ``clearly`` of anything: of 40 at most 7 (four deviations up).

    Plain intervals would do so in 40 of 100.
    """
    seed = seed_of(f"nothing/{worlds}")
    wrong = 0
    for repetition in range(40):
        values = effect(seed + repetition, 0.0, 0.0, 0.0, worlds=worlds, arms=5)
        found = compare_arms(runs_of(values, NAMES), INFOS, NAMES, bootstrap=150, seed=repetition).verdicts
        wrong += bool((found["certainty"] == "clearly").any())
    assert wrong <= 7


def few_worlds(changes: list[float], noise: float = 0.0) -> dict[tuple[str, int], F8]:
    """Runs whose change in each world is that given, `noise` up in one pair and down in the other."""
    base = np.column_stack([np.arange(20.0, 28.0), np.arange(50.0, 58.0)])
    values = {("baseline", 0): base, ("arm", 0): base - np.array([[1.0], [2.0]] * 4)}
    for world, change in enumerate(changes, start=1):
        own = base[:2] + 3.0 * world
        values["baseline", world] = own
        values["arm", world] = own + change + np.array([[noise], [-noise]])
    return values


def word_of(values: dict[tuple[str, int], F8]) -> tuple[str, tuple[str, ...]]:
    found = compare_arms(runs_of(values, NAMES), INFOS, ["diversions"], bootstrap=200)
    verdict = found.verdicts.query("outcome == 'diversions'")["certainty"].iloc[0]
    return str(verdict), found.notes


def test_two_worlds_that_coincide_say_nothing() -> None:
    values = few_worlds([-1.5, -1.5], noise=0.5)
    found = compare_arms(runs_of(values, NAMES), INFOS, ["diversions"], bootstrap=200)
    row = found.worlds.iloc[0]
    assert row["mean_low"] == row["mean_high"] == -1.5
    word, notes = word_of(values)
    assert word == "unclear"
    assert [n for n in notes if "sampled" in n] == [
        "too few sampled sets of assumptions for a verdict: 2; use 10 or more"
    ]


@pytest.mark.parametrize(
    ("worlds", "noise", "word"),
    [
        (4, 0.5, "unclear"),
        (5, 0.5, "clearly"),  # every pair in every world is lower
        (5, 3.0, "probably"),  # the means are lower, single pairs are not
        (9, 3.0, "probably"),
        (10, 3.0, "clearly"),
    ],
)
def test_few_worlds_bound_the_word(worlds: int, noise: float, word: str) -> None:
    changes = [-2.0 - 0.1 * (world % 4) for world in range(worlds)]
    found, notes = word_of(few_worlds(changes, noise))
    assert found == word
    assert any(n.startswith("too few sampled sets") for n in notes) == (worlds < 5)
    assert any(n.startswith("few sampled sets") for n in notes) == (5 <= worlds < 10)


@pytest.mark.parametrize(
    ("worlds", "noise", "word"), [(5, 0.0, "probably"), (6, 0.0, "clearly"), (12, 0.5, "probably")]
)
def test_equal_means_of_worlds_may_be_coincidence(worlds: int, noise: float, word: str) -> None:
    assert word_of(few_worlds([-2.0] * worlds, noise))[0] == word


def test_identical_pairs_in_few_worlds_are_no_change() -> None:
    values = few_worlds([0.0, 0.0])
    values["arm", 0] = values["baseline", 0]
    assert word_of(values)[0] == "no change"


def with_gaps(defined: int, *, worlds: int = 12) -> Comparison:
    """Both outcomes are clearly lower in every world; the second is defined in the first worlds alone."""
    values = effect(3, -6.0, -6.0, 1.0, worlds=worlds)
    for (_, world), block in values.items():
        if world > defined:
            block[:, 1] = np.nan
    return compare_arms(runs_of(values, NAMES), INFOS, NAMES, bootstrap=300)


@pytest.mark.parametrize("defined", [0, 1])
def test_what_the_sampled_worlds_leave_undefined_is_unclear(defined: int) -> None:
    """The default assumptions alone would call it clear, and no word of a comparison may come from them."""
    found = with_gaps(defined)
    rows = found.verdicts.set_index("outcome")
    assert rows["verdict"].tolist() == ["clearly lower", "unclear"]
    assert rows["basis"].tolist() == ["assumptions", "none: defined in too few sampled sets of assumptions"]
    assert found.notes == (
        "defined in too few sampled sets of assumptions for a verdict: latency of arm_0 (fewer than 2 of 12)",
    )
    alone = with_gaps(0, worlds=0).verdicts
    assert alone["verdict"].tolist() == ["clearly lower", "clearly lower"]


@pytest.mark.parametrize(
    ("defined", "said"),
    [
        (3, "defined in too few sampled sets of assumptions for a verdict: latency of arm_0 (3 of 12)"),
        (
            7,
            "defined in few sampled sets of assumptions, where a verdict is probably at most, unless every "
            "pair in every set has the same sign: latency of arm_0 (7 of 12)",
        ),
    ],
)
def test_headlines_that_fewer_worlds_define_are_named(defined: int, said: str) -> None:
    assert with_gaps(defined).notes == (said,)
    assert with_gaps(10).notes == with_gaps(12).notes == ()
