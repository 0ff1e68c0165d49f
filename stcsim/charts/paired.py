"""Paired differences of a few runs: how much, and whether chance alone could make it.

Runs of one replication share the potential world, so a difference is taken run by run. A few runs under
default assumptions say nothing about other assumptions: for those a comparison is needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from stcsim.draws import F8
from stcsim.pictures.words import MISSING, counted

LEVEL = 0.95
LEAST = 4
"""Fewer pairs than these name no direction."""
MANY = 20
"""So many runs a comparison has at first; with fewer, what is unclear here may be clear there."""


@dataclass(frozen=True)
class Paired:
    """Difference of an arm to the baseline over paired runs.

    Parameters
    ----------
    base, level : means of baseline and arm
    mean : mean difference
    low, high : its interval, by Student's t; NaN from fewer than two pairs
    pairs : how many
    """

    base: float
    level: float
    mean: float
    low: float
    high: float
    pairs: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.pairs >= LEAST and (self.low > 0 or self.high < 0)

    def times(self, many: float) -> Paired:
        """Return the same of `many` in place of one: a share as a count."""
        return Paired(
            self.base * many,
            self.level * many,
            self.mean * many,
            self.low * many,
            self.high * many,
            self.pairs,
        )

    @property
    def none(self) -> bool:
        """Whether no run differs at all."""
        return self.pairs >= LEAST and max(abs(self.low), abs(self.high)) < 1e-9

    @property
    def sign(self) -> int:
        """1 for more, -1 for less, 0 where that is unclear."""
        return 0 if not self.clear else 1 if self.mean > 0 else -1


def paired(base: F8, arm: F8, at_once: int = 1) -> Paired:
    """Return the difference of runs that belong together.

    Parameters
    ----------
    base, arm : one value a run, in the same order
    at_once : intervals that are to hold together with 95%, by Bonferroni's inequality
    """
    gap = np.asarray(arm, float) - np.asarray(base, float)
    gap = gap[np.isfinite(gap)]
    n = len(gap)
    if not n:
        return Paired(_mean(base), _mean(arm), math.nan, math.nan, math.nan, 0)
    mean, half = float(gap.mean()), math.nan
    if n > 1:
        spread = float(gap.std(ddof=1)) / math.sqrt(n)
        half = spread * float(stdtrit(n - 1, 1 - (1 - LEVEL) / (2 * max(1, at_once))))
    return Paired(_mean(base), _mean(arm), mean, mean - half, mean + half, n)


def paired_rates(base: F8, base_of: F8, arm: F8, arm_of: F8, at_once: int = 1) -> Paired:
    """Return the difference of two shares of all runs together, from parts and wholes run by run.

    Levels are sums over sums, as figures show them. The interval is that of a ratio of means: what a run has
    more or less only because more or fewer of all came up in it is no uncertainty of the share (Cochran,
    Sampling Techniques, 1977, chapter 6).

    Parameters
    ----------
    base, base_of : part and whole of each run in the baseline
    arm, arm_of : the same in the arm, in the same order
    at_once : see `paired`
    """
    return paired(_linear(base, base_of), _linear(arm, arm_of), at_once)


def _linear(part: F8, whole: F8) -> F8:
    """Return one value a run whose mean is the share of all runs, and whose spread is that of the share."""
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    mean = float(whole.mean()) if len(whole) else 0.0
    if mean <= 0:
        return np.full(len(whole), np.nan)
    share = float(part.mean()) / mean
    return share + (part - share * whole) / mean


def points_words(x: float) -> str:
    """Return a difference of shares in percentage points, no finer than a hundredth of one."""
    size = 100 * abs(x)
    if not math.isfinite(size):
        return MISSING
    if size < 0.005:
        return "0"
    return f"{'−' if x < 0 else '+'}{size:.{0 if size >= 9.95 else 1 if size >= 0.995 else 2}f}"


def points_against(change: Paired, what: str) -> str:
    """Return how a share differs from the baseline, as a sentence.

    Parameters
    ----------
    change : of a share
    what : share of what, in words
    """
    if change.pairs < LEAST:
        return (
            f"{what}: from {counted(change.pairs, 'pair')} of runs no difference to the baseline can be told."
        )
    if change.none:
        return f"{what}: in each of {counted(change.pairs, 'paired run')} as in the baseline."
    ends = f"{points_words(change.low)} to {points_words(change.high)}"
    unclear = "" if change.clear else ", unclear"
    return (
        f"{what}, against the baseline: {points_words(change.mean)} points ({ends}: 95% interval over "
        f"{counted(change.pairs, 'paired run')}, default assumptions{unclear})."
        f"{few_runs(change)}"
    )


def few_runs(change: Paired) -> str:
    """Return that many more runs may tell what these do not; empty where they tell it."""
    if change.clear or change.pairs >= MANY:
        return ""
    return f" So few runs tell only large differences: page Compare, with {MANY} at first, may tell this one."


def points_finding(change: Paired, more: str = "more", less: str = "fewer") -> str:
    """Return the end of a title: how a share differs from the baseline, where that is clear."""
    if change.none:
        return "as in the baseline"
    if not change.clear:
        return f"no clear difference to the baseline in {counted(change.pairs, 'run')}"
    size = points_words(change.mean).lstrip("+−")
    return f"{size} points {more if change.mean > 0 else less} than in the baseline"


def _mean(values: F8) -> float:
    found = np.asarray(values, float)
    found = found[np.isfinite(found)]
    return float(found.mean()) if len(found) else math.nan
