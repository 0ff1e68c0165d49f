"""Morris' screening: how far a target moves when one quantity does, noise of runs taken out (Morris 1991).

An elementary effect is the change of the target by one step, over the step's share of the range. Over
trajectories their mean says which way a quantity works, and the mean of their squares how much it does in
either way. Squares are products over distinct runs, so that noise adds nothing to them
(`stcsim.analysis.replicates`): the usual mean of absolute effects (``mu_star`` of Campolongo and others 2007,
doi 10.1016/j.envsoft.2006.10.004) is above zero for a quantity without effect as soon as runs are noisy. It
is given beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stcsim.analysis.findings import Finding, findings
from stcsim.analysis.moments import ROUNDING
from stcsim.analysis.replicates import FEWEST_RUNS, product
from stcsim.analysis.set_means import Estimates, means, ratios
from stcsim.draws import F8

REMAIN = 12
"""Quantities that go on to Sobol's indices."""


@dataclass(frozen=True, eq=False)
class Screening:
    """What trajectories say about one target: arrays of shape (quantities,).

    Parameters
    ----------
    paths : the quantities
    effect : mean change of the target over the whole range of a quantity, with its interval
    square : mean squared change, noise taken out, with its interval; may be below 0 by chance
    shares : mean squared change of each, noise taken out, in the sum of those of all with noise; 0 where it
        is below 0. What is missing to 1 is noise
    mu_star : mean absolute change, noise included
    sigma : standard deviation of the change over trajectories, noise included
    noise : share of the squared changes of all quantities that is noise of runs; NaN with one run a point
    findings : what may be said of each
    """

    paths: tuple[str, ...]
    effect: Estimates
    square: Estimates
    shares: F8
    mu_star: F8
    sigma: F8
    noise: Estimates
    findings: tuple[Finding, ...]


def screen(
    values: F8,
    places: F8,
    paths: Sequence[str],
    *,
    scale: float = 0.0,
    level: float = 0.95,
    seed: int = 0,
) -> Screening:
    """Analyse trajectories.

    Parameters
    ----------
    values : of one target, shape (points, runs), in the order of `places`; all finite
    places : shape (points, quantities), as `stcsim.study.designs.morris.morris_sample` gives them
    paths : names of the quantities
    scale : size of the numbers that the target was made of, beside which rounding is no change
    level : coverage of the intervals of all quantities together
    seed : of the bootstrap behind it
    """
    quantities, runs = places.shape[1], values.shape[1]
    changes = elementary_effects(values, places, scale)
    mean = changes.mean(axis=2)
    squares = product(changes, changes)
    whole = float((mean**2).mean(axis=0).sum())
    moved = np.asarray((changes != 0.0).any(axis=(0, 2)))
    # With one run a square shows noise as well, so only the mean is evidence; its cells stay in the family.
    both = means(np.concatenate([mean, squares], axis=1), level, seed)
    effect, square = both.part(slice(0, quantities)), both.part(slice(quantities, None))
    evidence = (effect, square) if runs >= FEWEST_RUNS else (effect,)
    return Screening(
        tuple(paths),
        effect,
        square,
        np.maximum(square.value, 0.0) / whole if whole > 0 else np.zeros(quantities),
        np.abs(mean).mean(axis=0),
        mean.std(axis=0, ddof=1),
        _noise(mean**2, squares, runs, level, seed),
        findings(moved, *evidence),
    )


def elementary_effects(values: F8, places: F8, scale: float = 0.0) -> F8:
    """Return the changes of a target over the whole range, shape (trajectories, quantities, runs).

    Parameters
    ----------
    values, places, scale : as in `screen`
    """
    points, quantities = places.shape
    shape = (points // (quantities + 1), quantities + 1)
    step = np.diff(places.reshape(*shape, quantities), axis=1)
    which = np.abs(step).argmax(axis=2)
    length = np.take_along_axis(step, which[:, :, None], axis=2)
    own = values.reshape(*shape, -1)
    change = np.diff(own, axis=1)
    size = np.maximum(np.maximum(np.abs(own[:, 1:]), np.abs(own[:, :-1])), scale)
    change = np.where(np.abs(change) <= ROUNDING * size, 0.0, change)
    # Steps stand in the order in which quantities were moved; each quantity is moved once.
    back = np.argsort(which, axis=1)
    return np.take_along_axis(change / length, back[:, :, None], axis=1)


def _noise(seen: F8, squares: F8, runs: int, level: float, seed: int) -> Estimates:
    """Return the share of the squared changes that is noise; one cell."""
    if runs < FEWEST_RUNS:
        nothing = np.full(1, np.nan)
        return Estimates(nothing, nothing, nothing, level)
    whole = seen.sum(axis=1)
    return ratios((whole - squares.sum(axis=1))[:, None], whole, level, seed)


def remaining(screenings: Mapping[str, Screening], count: int = REMAIN) -> tuple[str, ...]:
    """Return the quantities that go on, the largest first.

    A quantity counts by its largest share of the squared changes of any target, so that one which moves a
    single target much is not lost among those that move all of them a little, and a target that is mostly
    noise says little about any.

    Parameters
    ----------
    screenings : by name of the target, of the same quantities
    count : how many go on; fewer where fewer have an effect
    """
    found = list(screenings.values())
    if not found:
        return ()
    largest = np.max([s.shares for s in found], axis=0)
    order = np.argsort(-largest, kind="stable")[:count]
    return tuple(found[0].paths[i] for i in order if largest[i] > 0)
