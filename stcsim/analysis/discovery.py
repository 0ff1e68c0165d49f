"""Scenario discovery: under which assumptions something holds, told on points that did not choose the box.

A box that was chosen because it looks good looks better than it is. So the points are divided at random: one
half finds boxes (`stcsim.analysis.prim`), the other tells how frequent what is looked for is in them. A box
is reported where the second half confirms that it is more frequent inside than outside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from stcsim.analysis.boxes import Limit, Limits, Mask, inside
from stcsim.analysis.prim import prim
from stcsim.errors import InputError

FEWEST_POINTS = 40
"""Points below which nothing is looked for."""
MOST_BOXES = 3
DOUBT = 0.05
"""Chance that a box is confirmed which says nothing, over all boxes together."""


@dataclass(frozen=True)
class Share:
    """A share of points with its interval of 95% (Clopper and Pearson 1934)."""

    hits: int
    count: int

    @property
    def value(self) -> float:
        """Share, NaN of none."""
        return self.hits / self.count if self.count else float("nan")

    @property
    def low(self) -> float:
        """Lower end."""
        return float(betaincinv(self.hits, self.count - self.hits + 1, 0.025)) if self.hits else 0.0

    @property
    def high(self) -> float:
        """Upper end."""
        open_ = self.hits < self.count
        return float(betaincinv(self.hits + 1, self.count - self.hits, 0.975)) if open_ else 1.0


@dataclass(frozen=True, eq=False)
class Box:
    """Where something is frequent, as points tell that did not choose it.

    Parameters
    ----------
    limits : of its inputs
    density : share of the points within where it holds
    outside : share of the points outside of it, and of boxes before it, where it holds
    coverage : share of all points where it holds that lie within
    mass : share of all points that lie within
    doubt : chance of such a difference between inside and outside if there were none
    """

    limits: tuple[Limit, ...]
    density: Share
    outside: Share
    coverage: Share
    mass: Share
    doubt: float

    def words(self, name: Callable[[str], str]) -> str:
        """Return the box in words of its inputs.

        Parameters
        ----------
        name : gives names of inputs
        """
        return " and ".join(limit.words(name(limit.path)) for limit in self.limits)


@dataclass(frozen=True, eq=False)
class Discovery:
    """What was found.

    Parameters
    ----------
    everywhere : share of all points where it holds
    boxes : confirmed ones, in the order in which they were found
    unconfirmed : how many were found that the second half does not confirm
    """

    everywhere: Share
    boxes: tuple[Box, ...]
    unconfirmed: int


def discover(inputs: pd.DataFrame, wanted: Mask, *, seed: int = 0, most: int = MOST_BOXES) -> Discovery:
    """Look for boxes of inputs in which something holds more often than elsewhere.

    Parameters
    ----------
    inputs : one row a point, one column an input, numbers or words
    wanted : where it holds
    seed : of the division into two halves
    most : boxes at most, each found where the earlier ones are not

    Raises
    ------
    InputError
        there are too few points
    """
    if len(inputs) < FEWEST_POINTS:
        raise InputError(f"{len(inputs)} points are too few to look for boxes; {FEWEST_POINTS} are needed")
    order = np.random.default_rng(seed).permutation(len(inputs))
    finding, telling = np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])
    known, truth = inputs.iloc[finding], wanted[finding]
    boxes: list[Box] = []
    unconfirmed = 0
    told, happened = inputs.iloc[telling], wanted[telling]
    left, unseen = np.ones(len(known), dtype=np.bool_), np.ones(len(told), dtype=np.bool_)
    for _ in range(most):
        limits = prim(known[left], truth[left])
        if not limits:
            break
        box = _told(limits, told, happened, unseen)
        left &= ~inside(known, limits)
        if box.doubt <= DOUBT / most:
            unseen &= ~inside(told, limits)
            boxes.append(box)
        else:
            unconfirmed += 1
        if not truth[left].any() or truth[left].all():
            break
    return Discovery(Share(int(wanted.sum()), len(wanted)), tuple(boxes), unconfirmed)


def _told(limits: Limits, inputs: pd.DataFrame, wanted: Mask, unseen: Mask) -> Box:
    """Return a box as a set of points tells it, those aside that lie in boxes before it."""
    within = inside(inputs, limits) & unseen
    hits, count = int((wanted & within).sum()), int(within.sum())
    held, whole = int((wanted & unseen).sum()), int(unseen.sum())
    return Box(
        tuple(limits.values()),
        Share(hits, count),
        Share(held - hits, whole - count),
        Share(hits, int(wanted.sum())),
        Share(count, len(wanted)),
        _doubt(hits, count, held, whole),
    )


def _doubt(hits: int, count: int, held: int, whole: int) -> float:
    """Return the chance of so many within if the box said nothing (Fisher's exact test, one side)."""
    if not count or not held:
        return 1.0
    from scipy.stats import hypergeom

    return float(hypergeom.sf(hits - 1, whole, held, count))
