"""How many replications: until a paired difference is known as well as was asked, or it is said why not.

A look compares the half-width of the interval of the mean paired difference with what was asked. Where that
is not enough, the number of pairs that will be is predicted from the spread so far, and the next look is
there: two to three looks as a rule, where a look after each pair would be hundreds.

Looks are at the spread, never at the difference, so they favour no side; but they end where the spread
happens to look small, and the plain interval then covers too rarely: 94.2% with 20 pairs at first, 93.6% with
10 (a sequential interval of fixed width, Chow & Robbins 1965, doi 10.1214/aoms/1177700156). The first look
takes Student's critical value as it is; every later one takes it times ``1 + 2/n``, a correction that fades
with the pairs, as the selection does. So corrected, the interval covers in 95.0 to 95.3% of normal samples at
every ratio of spread and asked half-width, with 10 to 40 pairs at first (`tests/study/test_stopping.py`).
Strongly skewed differences cover less, as they do without looking.

Where no pair differs at all, no spread was seen, which is not the same as a difference that is known: what
happens in one run of forty is absent from ten pairs in three cases of four. So looking goes on to the most
replications, and then it is said how rare a difference may be and not be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.special import stdtrit

from stcsim.draws import F8
from stcsim.spec import Spec

LEVEL = 0.95
"""Of the intervals that a rule is about."""
CORRECTION = 2.0
"""Critical values of later looks are Student's times ``1 + CORRECTION / pairs``."""
FEWEST_PAIRS = 10
"""A spread from fewer pairs says too little about how many will be needed."""
LEAST_STEP = 0.1
"""The next look is at least this share of the pairs so far away."""
ROUNDING = 1e-11
"""A spread below this share of the values is rounding."""
BASELINE_MEAN, UNIT = "baseline_mean", "unit"

Status = Literal["enough", "more", "cannot"]


class Until(Spec):
    """What has to be known, and how well."""

    outcome: str = Field(min_length=1)
    """Name of the outcome whose paired difference is looked at."""

    halfwidth: str | float
    """Half-width of its 95% interval: a percentage such as ``5%``, or a number in the outcome's unit."""

    of: Literal["baseline_mean", "unit"] = "baseline_mean"
    """What a percentage is of: ``baseline_mean``; ``unit`` where a number is given."""

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.of == UNIT:
            if isinstance(self.halfwidth, str) or not self.halfwidth > 0:
                raise ValueError("a half-width in the outcome's unit is a number above 0, such as 2.5")
        elif not 0 < _percent(self.halfwidth) < 100:
            raise ValueError("a half-width of the baseline's mean is a percentage above 0%, such as 5%")
        return self

    @property
    def amount(self) -> float:
        """The half-width as a share of the baseline's mean, or in the outcome's unit."""
        return float(self.halfwidth) if self.of == UNIT else _percent(self.halfwidth) / 100.0

    @property
    def asked(self) -> str:
        """What is asked for, in words."""
        return f"±{self.amount:g}" if self.of == UNIT else f"±{100 * self.amount:g}% of the baseline's mean"


class StoppingRule(Spec):
    """Replications of a point until a paired difference is known well enough, within bounds."""

    until: Until
    """What has to be known."""

    min: int = Field(20, ge=FEWEST_PAIRS)
    """Replications before the first look."""

    max: int = Field(500, ge=FEWEST_PAIRS)
    """Replications at most."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max < self.min:
            raise ValueError(f"max ({self.max}) is below min ({self.min})")
        return self


@dataclass(frozen=True, eq=False)
class Look:
    """What a look at the pairs so far says.

    Parameters
    ----------
    status : ``enough``; ``more``: enough is expected at `next`; ``cannot``: more than the rule's most are
        needed
    pairs : replications that have been run
    next : replications at which to look again, all together; None where nothing is left to do. Beside
        ``cannot`` it is the rule's most, which makes the interval as short as it may become
    needed : replications that are expected to be enough, NaN where nobody can tell
    halfwidth : of each arm in the outcome's unit, shape (arms,); NaN where undefined
    asked : half-width that was asked for, in the outcome's unit; NaN where undefined
    words : the same for people
    """

    status: Status
    pairs: int
    next: int | None
    needed: float
    halfwidth: F8
    asked: float
    words: str


def look(rule: StoppingRule, baseline: F8, treated: F8, arms: Sequence[str] = ()) -> Look:
    """Say whether the replications of a point are enough.

    Parameters
    ----------
    rule : what is asked for
    baseline : the outcome in each replication of the baseline, shape (n,); NaN where missing
    treated : the same of every other arm, shape (n, arms)
    arms : their names, for the words

    Returns
    -------
    Look
        about the arm that needs most: all have to be known as well as was asked
    """
    n = len(baseline)
    found = _pairs(baseline, treated)
    if n < rule.min:
        said = f"{n} of at least {rule.min} pairs"
        return Look("more", n, rule.min, float("nan"), found.half(rule), found.asked(rule), said)
    half, asked = found.half(rule), found.asked(rule)
    needed = found.needed(asked)
    worst = int(np.argmax(np.where(np.isnan(needed), np.inf, needed))) if len(needed) else 0
    most = float(needed[worst]) if len(needed) else 0.0
    name = f"{arms[worst]}: " if len(arms) > 1 else ""
    reach = n < rule.max
    if len(same := found.same()):
        said = _unseen(rule, int(found.count[same[0]]), f"{arms[same[0]]}: " if len(arms) > 1 else "")
        ahead = min(rule.max, 2 * n) if reach else None
        return Look("more" if reach else "cannot", n, ahead, float("nan"), half, asked, said)
    if np.all(half <= asked):
        said = f"{name}{_shown(rule, half, worst, asked)} after {n} pairs, {rule.until.asked} was asked for"
        return Look("enough", n, None, float(n), half, asked, said)
    problem = found.problem(rule, worst, asked)
    if problem:
        ahead = min(rule.max, 2 * n) if reach else None
        said = f"{name}{problem}"
        return Look("more" if reach else "cannot", n, ahead, float("nan"), half, asked, said)
    if most <= rule.max and reach:
        ahead = min(rule.max, max(ceil(most), ceil(n * (1 + LEAST_STEP))))
        said = f"{name}{_shown(rule, half, worst, asked)} after {n} pairs; about {ceil(most):,} are needed"
        return Look("more", n, ahead, most, half, asked, said)
    said = (
        f"{name}{rule.until.asked} cannot be reached with {rule.max:,} pairs: "
        f"{_shown(rule, half, worst, asked)} after {n}; about {ceil(max(most, n + 1)):,} are needed"
    )
    if reach:
        foreseen = half * np.sqrt(n / rule.max)
        said += f", and {rule.max:,} give about {_shown(rule, foreseen, worst, asked)}"
    return Look("cannot", n, rule.max if reach else None, max(most, n + 1.0), half, asked, said)


def interval(rule: StoppingRule, baseline: F8, treated: F8) -> tuple[F8, F8, F8]:
    """Return the mean paired difference of each arm with its interval under the rule, each of shape (arms,).

    Covers with the stated level although the number of pairs was chosen by looking.
    """
    found = _pairs(baseline, treated)
    half = found.half(rule)
    return found.mean, found.mean - half, found.mean + half


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Paired differences so far: replications, baseline's mean, and of each arm pairs, mean and spread."""

    n: int
    base: float
    count: NDArray[np.int64]
    mean: F8
    spread: F8

    def half(self, rule: StoppingRule) -> F8:
        """Half-width of each arm's interval; NaN with fewer than two pairs."""
        count = np.maximum(self.count, 2).astype(np.float64)
        half = critical(count, self.n > rule.min) * self.spread / np.sqrt(count)
        return np.where(self.count >= 2, half, np.nan)

    def asked(self, rule: StoppingRule) -> float:
        """Half-width that is asked for, in the outcome's unit."""
        return rule.until.amount * (1.0 if rule.until.of == UNIT else abs(self.base))

    def needed(self, asked: float) -> F8:
        """Replications at which each arm is expected to be known well enough; NaN where nobody can tell."""
        out = np.full(self.count.shape, np.nan)
        if not asked >= 0:
            return out
        for arm, (count, spread) in enumerate(zip(self.count, self.spread, strict=True)):
            if count < 2 or (asked == 0 and spread > 0):
                continue
            # of the replications only this share has given a pair
            out[arm] = _pairs_for(spread, asked) * self.n / count if spread > 0 else self.n
        return out

    def same(self) -> NDArray[np.int64]:
        """Return the arms of which every pair, and there are some, is the same as the baseline."""
        return np.flatnonzero((self.count >= 2) & (self.spread == 0) & (self.mean == 0))

    def problem(self, rule: StoppingRule, arm: int, asked: float) -> str:
        """Why nothing can be predicted of an arm, empty where something can."""
        if self.count[arm] < 2:
            return f"{rule.until.outcome} is defined in {self.count[arm]} of {self.n} pairs"
        if not asked > 0:
            what = "undefined" if np.isnan(self.base) else "0"
            return f"the baseline's mean of {rule.until.outcome} is {what}: there is no percentage of it"
        return ""


def critical(pairs: F8, later: bool) -> F8:
    """Return the critical value of a look at so many pairs.

    Parameters
    ----------
    pairs : 2 or more
    later : whether it is not the first look
    """
    student = -np.asarray(stdtrit(pairs - 1.0, (1.0 - LEVEL) / 2.0), dtype=np.float64)
    return student * (1.0 + CORRECTION / pairs) if later else student


def _pairs_for(spread: float, asked: float) -> float:
    """Return the smallest number of pairs with which a later look finds the half-width that is asked for."""
    low, high = 1, 2
    while _half(spread, high) > asked and high < 2**40:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _half(spread, middle) > asked else (low, middle)
    return float(high)


def _half(spread: float, pairs: int) -> float:
    return float(critical(np.array(float(pairs)), True)) * spread / float(np.sqrt(pairs))


def _pairs(baseline: F8, treated: F8) -> _Pairs:
    base = np.asarray(baseline, dtype=np.float64)[:, None]
    arms = np.asarray(treated, dtype=np.float64)
    known = np.isfinite(base) & np.isfinite(arms)
    count = known.sum(axis=0)
    difference = np.where(known, arms - base, 0.0)
    mean = np.divide(difference.sum(axis=0), count, out=np.full(count.shape, np.nan), where=count > 0)
    off = np.where(known, difference - mean, 0.0)
    spread = np.sqrt((off**2).sum(axis=0) / np.maximum(count - 1, 1))
    size = np.where(known, np.maximum(np.abs(arms), np.abs(base)), 0.0).max(axis=0, initial=0.0)
    spread = np.where(spread <= ROUNDING * size, 0.0, spread)
    finite = base[np.isfinite(base)]
    own = float(finite.mean()) if len(finite) else float("nan")
    return _Pairs(len(base), own, count.astype(np.int64), mean, spread)


def _unseen(rule: StoppingRule, pairs: int, name: str) -> str:
    """Say what pairs that are all the same leave open: how many runs may differ (Clopper and Pearson)."""
    share = 1.0 - (1.0 - LEVEL) ** (1.0 / pairs)
    return (
        f"{name}no pair differs in {rule.until.outcome}, so that {rule.until.asked} cannot be told: "
        f"of {pairs:,} pairs none does, and up to {100 * share:.2g}% of runs may"
    )


def _shown(rule: StoppingRule, half: F8, arm: int, asked: float) -> str:
    """Return a half-width in the terms in which one was asked for."""
    if not len(half):
        return "nothing to compare"
    if rule.until.of == UNIT:
        return f"±{half[arm]:.3g}"
    share = half[arm] / asked * rule.until.amount if asked > 0 else 0.0
    return f"±{100 * share:.2g}%"


def _percent(text: str | float) -> float:
    """Return the number of a percentage, NaN where it is none."""
    if not isinstance(text, str) or not text.strip().endswith("%"):
        return float("nan")
    try:
        return float(text.strip()[:-1])
    except ValueError:
        return float("nan")
