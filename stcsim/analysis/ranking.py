"""The order of arms and how sure it is: chance of each place, by bootstrap over worlds.

The arm that looks best among many was also lucky. Taken at their word, bootstrapped means would be too sure
of it, the more so the closer the arms lie. So their draws are pulled together as far as chance explains how
far they lie apart: true means are ``N(m, s^2)``, noise adds `v`, and the share ``b = v / (s^2 + v)`` of what
is seen that is noise has, under the uniform shrinkage prior (Strawderman 1971, doi 10.1214/aoms/1177693528)
and K arms, the density ``b^((K - 1) / 2) exp(-b Q / 2)`` on (0, 1), with Q the squared distances between the
arms over `v`. Each draw takes a `b` of its own. Where arms lie far apart `b` is near 0 and the draws are the
bootstrap's.

Chances of places are pulled in this way; the intervals of single arms are not, for each says something of
that arm alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv

from stcsim.analysis.bootstrap import DRAWS, MeanDraws, complete, mean_draws
from stcsim.analysis.cube import Cube
from stcsim.draws import F8
from stcsim.errors import InputError

SAME = 1e-9
"""Draws that differ by less than this share of the largest are the same: ties are shared out evenly."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Arms in their order, and how sure it is.

    Parameters
    ----------
    arms : names, the baseline first
    mean, low, high : gain over the baseline, mean over worlds with a plain interval; more is better
    places : chance that an arm stands at a place, shape (arms, places); rows and columns sum to 1
    units, over, left_out : of `stcsim.analysis.bootstrap.MeanDraws`
    level : coverage of the intervals
    same : units in which the first two have the same gain in all pairs
    """

    arms: tuple[str, ...]
    mean: F8
    low: F8
    high: F8
    places: F8
    units: int
    over: str
    left_out: int
    level: float
    same: int = 0

    @property
    def best(self) -> F8:
        """Chance that each arm is the best of all on average over worlds."""
        return np.asarray(self.places[:, 0], dtype=np.float64)

    @property
    def differs(self) -> bool:
        """Whether any arm differs from another in some unit: where none does, chances are those of ties."""
        return bool(np.any(self.mean) or np.any(self.low) or np.any(self.high))

    @property
    def order(self) -> tuple[str, ...]:
        """Arms from the best to the worst by their means, those that are equal in their own order."""
        return tuple(self.arms[i] for i in np.argsort(-self.mean, kind="stable"))

    @property
    def winner(self) -> str:
        """The arm with the best mean: it was chosen by these runs, and has to be estimated on others."""
        return self.order[0]

    @property
    def expected_place(self) -> F8:
        """Mean place of each arm, from 1."""
        return np.asarray(self.places @ np.arange(1, len(self.arms) + 1), dtype=np.float64)

    def table(self) -> pd.DataFrame:
        """Return one row an arm, best first: `arm`, `mean`, `low`, `high`, `best`, `expected_place`."""
        columns = {
            "arm": self.arms,
            "mean": self.mean,
            "low": self.low,
            "high": self.high,
            "best": self.best,
            "expected_place": self.expected_place,
        }
        order = np.argsort(-self.mean, kind="stable")
        return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def rank(cube: Cube, outcome: str, *, level: float = 0.95, draws: int = DRAWS, seed: int = 0) -> Ranking:
    """Rank all arms of a study, the baseline among them, by one outcome.

    Parameters
    ----------
    cube : runs of the study
    outcome : its better direction is that of the register of outcomes
    level : coverage of the intervals of single arms
    draws, seed : of the bootstrap

    Raises
    ------
    InputError
        neither direction of the outcome is better, or fewer than two worlds have a value in every arm
    """
    gain = cube.gain(outcome)
    found = mean_draws(gain, shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
    ranking = ranking_of(found, cube.arms, level=level, seed=seed)
    return replace(ranking, same=_same(gain, ranking.mean))


def _same(gain: F8, mean: F8) -> int:
    """Return the units in which the first two by their means have the same gain in every complete pair."""
    first, second = np.argsort(-mean, kind="stable")[:2]
    usable = complete(gain)
    apart = usable & (gain[first] != gain[second])
    if len(usable) == 1:
        return int((usable & ~apart).sum())
    return int((usable.any(axis=1) & ~apart.any(axis=1)).sum())


def rank_by_weights(
    cube: Cube, weights: Mapping[str, float], *, level: float = 0.95, draws: int = DRAWS, seed: int = 0
) -> Ranking:
    """Rank all arms by a reader's own weights on several outcomes (`stcsim.analysis.cube.Cube.score`).

    Gains are in percent of the baseline, weighted. Parameters and errors as for `rank`.
    """
    cube.score(weights)  # says what is wrong with them
    total = float(sum(weights.values()))
    # Outcomes are drawn beside each other and then added: rare events of one would not be seen in a sum.
    parts = [weight / total * cube.score({outcome: 1.0}) for outcome, weight in weights.items()]
    found = mean_draws(np.stack(parts, axis=3), shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
    summed = replace(found, mean=found.mean.sum(axis=1), draws=found.draws.sum(axis=2))
    return ranking_of(summed, cube.arms, level=level, seed=seed)


def ranking_of(found: MeanDraws, arms: Sequence[str], *, level: float = 0.95, seed: int = 0) -> Ranking:
    """Return the ranking that draws of means give, whatever they are means of."""
    low, high = found.interval(level)
    generator = np.random.default_rng([seed, 1])
    places = place_chances(pulled_together(found, generator), generator)
    return Ranking(tuple(arms), found.mean, low, high, places, found.units, found.over, found.left_out, level)


def best_by_outcome(
    cube: Cube, outcomes: Sequence[str] | None = None, *, draws: int = DRAWS, seed: int = 0
) -> pd.DataFrame:
    """Return the chance that each arm is best by each outcome: one row an outcome, one column an arm.

    Outcomes of which neither direction is better, that no two worlds define in every arm, or in which no arm
    differs from another are NaN.
    """
    rows = {}
    for outcome in cube.outcomes if outcomes is None else outcomes:
        try:
            found = rank(cube, outcome, draws=draws, seed=seed)
            rows[outcome] = found.best if found.differs else np.full(len(cube.arms), np.nan)
        except InputError:
            rows[outcome] = np.full(len(cube.arms), np.nan)
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(cube.arms)).rename_axis("outcome")


def best_over_all_weights(
    cube: Cube, outcomes: Sequence[str], *, draws: int = DRAWS, seed: int = 0
) -> dict[str, float]:
    """Return the chance of each arm to be best where nothing is known of the reader's weights.

    Weights are drawn uniformly from all that are possible, means as for `rank` (stochastic multicriteria
    acceptability analysis: Lahdelma, Hokkanen & Salminen 1998, doi 10.1016/S0377-2217(97)00163-X).
    """
    parts = np.stack([cube.score({outcome: 1.0}) for outcome in outcomes], axis=3)
    found = mean_draws(parts, shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
    generator = np.random.default_rng([seed, 2])
    weights = generator.standard_exponential((draws, len(outcomes)))
    scores = np.einsum("dao,do->da", found.draws, weights / weights.sum(axis=1, keepdims=True))
    return dict(zip(cube.arms, place_chances(scores, generator)[:, 0].tolist(), strict=True))


def pulled_together(found: MeanDraws, generator: np.random.Generator) -> F8:
    """Return draws of the true means, pulled together as far as noise explains how far they lie apart.

    Parameters
    ----------
    found : means of shape (arms,) with their draws

    Returns
    -------
    shape (draws, arms), up to a common constant in each draw
    """
    deviation = found.draws - found.mean
    deviation = deviation - deviation.mean(axis=1, keepdims=True)
    centred = found.mean - found.mean.mean()
    free = len(found.mean) - 1
    # The tails of few units would make a mean of squares the square of one draw: take a middle one.
    noise = float(np.median((deviation**2).sum(axis=1))) / free if free else 0.0
    if not noise > 0 or free < 2:
        return found.draws
    share = _noise_share(float((centred**2).sum()) / noise, free, generator.random(len(deviation)))
    kept = (1.0 - share)[:, None]
    return np.asarray(kept * centred + np.sqrt(kept) * deviation, dtype=np.float64)


def _noise_share(distance: float, free: int, u: F8) -> F8:
    """Return quantiles of the share of the squared distances that is noise.

    The density ``b^(free / 2) exp(-b distance / 2)`` on (0, 1): a gamma law cut off at 1.
    """
    shape = free / 2.0 + 1.0
    if distance < 1e-6:
        return np.asarray(u ** (1.0 / shape), dtype=np.float64)
    whole = gammainc(shape, distance / 2.0)
    quantile = 2.0 / distance * gammaincinv(shape, u * whole)
    return np.asarray(np.clip(quantile, 0.0, 1.0), dtype=np.float64)


def place_chances(draws: F8, generator: np.random.Generator) -> F8:
    """Return how often each arm stands at each place, shape (arms, places); arms that tie share places.

    Parameters
    ----------
    draws : more is better, shape (draws, arms)
    """
    size = np.abs(draws).max(initial=0.0)
    whole = np.round(draws / (SAME * size)) if size > 0 else np.zeros_like(draws)
    order: NDArray[np.int64] = np.lexsort((generator.random(draws.shape), -whole), axis=1)
    arms = draws.shape[1]
    counts = np.zeros((arms, arms))
    for place in range(arms):
        counts[:, place] = np.bincount(order[:, place], minlength=arms)
    return counts / len(draws)
