"""The patient rule induction method: a box of inputs in which what is looked for is frequent.

From all points a slice is cut away again and again at one side of one input (peeling); what is then cut too
deep is given back (pasting). Friedman and Fisher (1999), doi 10.1023/A:1008894516817; for scenarios Bryant
and Lempert (2010), doi 10.1016/j.techfore.2009.08.002. Both were made for thousands of points. A study has
some hundred, and as many inputs, so that some slice of some input always holds nothing of what is looked
for, by chance. Hence

- the search begins with the `CANDIDATES` inputs whose values differ most between the points looked for and
  the others. An input that matters only together with another, and not at all by itself, is not found so;
- slices of several thicknesses are tried, and the one goes that has the most evidence: what is looked for is
  rarer in it than in the box by the most standard errors. Words, which cut many points at once, and numbers
  are so held against each other fairly;
- which box of the sequence is taken is a rule and no choice by eye: the one of the largest *weighted gain*,
  its share of the points times how much more frequent the looked-for is in it than among all. Each of its
  sides is then moved to where that is largest;
- as long as some limit does not tell (Bryant and Lempert's quasi-p-values, at a level shared by all
  candidates), the input that is missed least goes, and the search is done again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import bdtrc, kolmogorov

from stcsim.analysis.boxes import Limit, Limits, Mask, has_order, inside
from stcsim.draws import F8

SLICES = (0.05, 0.1, 0.2, 0.3)
"""Shares of the points of a box that are tried as slices."""
SMALLEST = 0.05
"""Share of all points that a box has at least."""
CANDIDATES = 8
"""Inputs that the search begins with."""
ERROR = 0.05
"""Chance that a limit stays which says nothing, over all candidates together."""


def prim(inputs: pd.DataFrame, wanted: Mask) -> Limits:
    """Return the limits of a box in which what is looked for is more frequent; none where there is no such.

    Parameters
    ----------
    inputs : one row a point, one column an input, numbers or words
    wanted : which points are looked for
    """
    if not wanted.any() or wanted.all():
        return {}
    left = candidates(inputs, wanted)
    level = ERROR / max(1, len(left))
    while left:
        limits = best_box(inputs[left], wanted)
        if all(quasi_p(inputs, wanted, limits, path) <= level for path in limits):
            return limits
        left = [path for path in limits if path != _least_missed(inputs, wanted, limits)]
    return {}


def candidates(inputs: pd.DataFrame, wanted: Mask, count: int = CANDIDATES) -> list[str]:
    """Return the inputs whose values differ most between the points looked for and the others.

    Numbers by the test of Kolmogorov and Smirnov, words by the chi-squared test of their table.
    """
    from scipy.stats import chi2_contingency

    chance = {}
    for path in inputs.columns:
        values = inputs[path]
        if values.nunique() < 2:
            continue
        if has_order(values):
            chance[path] = _different(values.to_numpy(dtype=np.float64), wanted)
        else:
            table = pd.crosstab(values.astype(str).to_numpy(), wanted)
            chance[path] = float(chi2_contingency(table.to_numpy(), correction=False).pvalue)
    return sorted(chance, key=lambda path: chance[path])[:count]


def _different(numbers: F8, wanted: Mask) -> float:
    """Return the chance, for many points, of so large a distance between two distributions that are one."""
    order = np.argsort(numbers, kind="stable")
    hits = wanted[order]
    distance = np.cumsum(hits) / hits.sum() - np.cumsum(~hits) / (~hits).sum()
    last = np.append(np.diff(numbers[order]) > 0, True)
    size = np.sqrt(hits.sum() * (~hits).sum() / len(hits))
    return float(kolmogorov(size * np.abs(distance[last]).max()))


def best_box(inputs: pd.DataFrame, wanted: Mask) -> Limits:
    """Return the box of the largest weighted gain in the sequence of peels, its sides moved to the best."""
    columns = {path: _readable(inputs[path]) for path in inputs.columns}
    least = _least(inputs)
    best: Limits = {}
    most = 0.0
    limits: Limits = {}
    within = np.ones(len(inputs), dtype=np.bool_)
    while True:
        gain = weighted_gain(wanted, within)
        if gain > most:
            best, most = limits, gain
        cuts = chain.from_iterable(_cuts(path, values[within]) for path, values in columns.items())
        scored = [(_evidence(wanted, within, rest), limit) for rest, limit in cuts if rest.sum() >= least]
        if not scored:
            break
        limit = max(scored, key=lambda cut: cut[0])[1]
        limits = {**limits, limit.path: _narrower(limits.get(limit.path), limit)}
        within &= limit.holds(inputs[limit.path])
    return _moved(inputs, wanted, best, least)


def _least(inputs: pd.DataFrame) -> int:
    return max(1, int(np.ceil(SMALLEST * len(inputs))))


def weighted_gain(wanted: Mask, within: Mask) -> float:
    """Return the share of points within times how much more frequent what is looked for is there."""
    return float(within.mean()) * (float(wanted[within].mean()) - float(wanted.mean()))


def _readable(values: pd.Series[Any]) -> NDArray[Any]:
    return values.to_numpy(dtype=np.float64) if has_order(values) else values.astype(str).to_numpy()


def _cuts(path: str, own: NDArray[Any]) -> Iterator[tuple[Mask, Limit]]:
    """Yield what a slice leaves of the values of one input, and the limit that cuts it away."""
    present = np.unique(own)
    if len(present) < 2:
        return
    if own.dtype.kind != "f":
        for out in present:
            yield own != out, Limit(path, among=tuple(str(p) for p in present if p != out))
        return
    for low in np.unique(np.quantile(own, SLICES)):
        # Points that share the value at the end go together.
        end = present[1] if low <= present[0] else present[np.searchsorted(present, low)]
        yield own >= end, Limit(path, low=float(end))
    for high in np.unique(np.quantile(own, [1.0 - s for s in SLICES])):
        end = present[-2] if high >= present[-1] else present[np.searchsorted(present, high, "right") - 1]
        yield own <= end, Limit(path, high=float(end))


def _evidence(wanted: Mask, within: Mask, rest: Mask) -> float:
    """Return by how many standard errors the looked-for is rarer in a slice than in the box.

    Parameters
    ----------
    within : points of the box
    rest : which of these stay
    """
    hits = wanted[within]
    count, lost = len(hits), int((~rest).sum())
    share = float(hits.mean())
    error = np.sqrt(share * (1.0 - share) * (count - lost) / max(1, count - 1) / lost)
    return (share - float(hits[~rest].mean())) / float(error) if error > 0 else 0.0


def _narrower(old: Limit | None, new: Limit) -> Limit:
    """Return a limit with one side moved."""
    if old is None or new.among:
        return new
    return Limit(
        new.path, old.low if new.low is None else new.low, old.high if new.high is None else new.high
    )


def _moved(inputs: pd.DataFrame, wanted: Mask, limits: Limits, least: int) -> Limits:
    """Move the sides of a box, one at a time, as long as that raises its weighted gain."""
    most = weighted_gain(wanted, inside(inputs, limits))
    improved = bool(limits)
    while improved:
        improved = False
        for path in list(limits):
            others = inside(inputs, {p: v for p, v in limits.items() if p != path})
            for limit in _sides(limits[path], inputs[path], wanted, others, least):
                within = others & limit.holds(inputs[path])
                if within.sum() >= least and (gain := weighted_gain(wanted, within)) > most + 1e-12:
                    limits, most, improved = {**limits, path: limit}, gain, True
    return {path: limit for path, limit in limits.items() if limit != Limit(path)}


def _sides(limit: Limit, values: pd.Series[Any], wanted: Mask, others: Mask, least: int) -> Iterator[Limit]:
    """Yield the limit with one side at its best place; of words, with one more or one less."""
    if limit.among:
        for word in sorted({str(v) for v in values} | set(limit.among)):
            among = tuple(sorted({*limit.among} ^ {word}))
            if among:
                yield replace(limit, among=among)
        return
    if limit.low is not None:
        yield replace(limit, low=_best_end(replace(limit, low=None), values, wanted, others, least, 1))
    if limit.high is not None:
        yield replace(limit, high=_best_end(replace(limit, high=None), values, wanted, others, least, -1))


def _best_end(
    open_: Limit, values: pd.Series[Any], wanted: Mask, others: Mask, least: int, side: int
) -> float | None:
    """Return where one side gives the largest weighted gain, None where it is best left open.

    Parameters
    ----------
    open_ : the limit without this side
    others : points within all other limits
    side : 1 for the lower end, -1 for the upper one
    """
    within = others & open_.holds(values)
    own = values.to_numpy(dtype=np.float64)[within]
    order = np.argsort(-side * own, kind="stable")
    gain = np.cumsum(wanted[within][order] - wanted.mean())
    # A place is an end where the next value is another.
    last = np.append(own[order][1:] != own[order][:-1], True)
    gain = np.where(last & (np.arange(len(own)) + 1 >= least), gain, -np.inf)
    place = int(gain.argmax()) if len(own) else -1
    return None if place == len(own) - 1 else float(own[order][place])


def _least_missed(inputs: pd.DataFrame, wanted: Mask, limits: Limits) -> str:
    """Return the input without which the box, its other sides moved to the best, keeps most of its gain."""

    def kept(path: str) -> float:
        rest = _moved(inputs, wanted, {p: v for p, v in limits.items() if p != path}, _least(inputs))
        return weighted_gain(wanted, inside(inputs, rest))

    return max(limits, key=kept)


def quasi_p(inputs: pd.DataFrame, wanted: Mask, limits: Limits, path: str) -> float:
    """Return the chance of as many looked-for points in the box if the limit on `path` said nothing.

    The points within would then be a sample of those within the other limits (Bryant and Lempert 2010). The
    limit was chosen because it looks good, so the chance is too small, which a second set of points mends.
    """
    within = inside(inputs, limits)
    without = inside(inputs, {p: v for p, v in limits.items() if p != path})
    count, hits = int(within.sum()), int(wanted[within].sum())
    return float(bdtrc(hits - 1, count, float(wanted[without].mean()))) if hits else 1.0
