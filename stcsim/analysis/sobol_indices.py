"""Sobol's indices of a target: shares of its variance over assumptions, noise of runs taken out and told.

The estimators are those of Saltelli and others (2010, doi 10.1016/j.cpc.2009.09.018), as in SALib, with which
they agree where each point has one run: ``mean(B (AB - A))`` of first order, ``mean((A - AB)^2) / 2`` in
total. With several runs, products are taken over distinct runs (`stcsim.analysis.replicates`), so that they
say what the quantity does to the expected value. What they are related to is the variance of what was seen.
So first-order shares, interactions and noise add up to 1, and a target that is all noise has no index near 1.

Rows are the sample: intervals come from them (`stcsim.analysis.set_means`), and since points of a row share
seeds, and rows share none, they hold the chance of runs as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from stcsim.analysis.findings import Finding, findings
from stcsim.analysis.moments import ROUNDING
from stcsim.analysis.replicates import FEWEST_RUNS, joint_noise, product
from stcsim.analysis.set_means import Estimates, ratios
from stcsim.draws import F8


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """Shares of the variance of one target over all points of the design.

    Parameters
    ----------
    paths : the quantities
    first : share that goes with each alone
    total : share that goes with each alone or together with others
    interactions : share that goes with several together; one cell
    noise : share that is noise of runs; one cell, NaN with one run a point, where the others hold it
    pairs : share that goes with two together, in the order of `itertools.combinations`; None where the design
        does not tell
    rows : of the design
    findings : what may be said of each quantity
    """

    paths: tuple[str, ...]
    first: Estimates
    total: Estimates
    interactions: Estimates
    noise: Estimates
    pairs: Estimates | None
    rows: int
    findings: tuple[Finding, ...]


def sobol_indices(
    values: F8,
    paths: Sequence[str],
    *,
    second_order: bool = False,
    scale: float = 0.0,
    level: float = 0.95,
    seed: int = 0,
) -> SobolIndices:
    """Analyse rows.

    Parameters
    ----------
    values : of one target, shape (points, runs), in the order of `stcsim.study.designs.sobol.sobol_sample`;
        all finite
    paths : names of the quantities
    second_order : whether rows hold what tells pairs of quantities apart
    scale : size of the numbers that the target was made of, beside which rounding is no change
    level : coverage of all intervals together
    seed : of the bootstrap behind it

    Raises
    ------
    ValueError
        the points are no whole number of rows
    """
    quantities, runs = len(paths), values.shape[1]
    length = (2 if second_order else 1) * quantities + 2
    if not len(values) or len(values) % length:
        raise ValueError(f"{len(values)} points are no whole number of rows of {length}")
    size = float(np.abs(values).max(initial=scale))
    rows = (values - values.mean()).reshape(-1, length, runs)
    a, b, mixed = rows[:, :1], rows[:, -1:], rows[:, 1 : 1 + quantities]
    change = mixed - a
    change = np.where(np.abs(change) <= ROUNDING * size, 0.0, change)
    first, total = product(b, change), product(change, change) / 2.0

    ends = np.concatenate([a, b], axis=1)
    mean = ends.mean(axis=2)
    seen = ((mean - mean.mean()) ** 2).mean(axis=1)
    noise = joint_noise(ends, ends).mean(axis=1)
    together = seen - first.sum(axis=1) - noise
    parts = [first, total, together[:, None], noise[:, None]]
    if second_order:
        other = rows[:, 1 + quantities : -1]
        alone = product(a, b)
        parts.append(
            np.concatenate(
                [
                    product(other[:, j : j + 1], mixed[:, k : k + 1]) - alone - first[:, [j]] - first[:, [k]]
                    for j, k in combinations(range(quantities), 2)
                ]
                or [np.zeros((len(rows), 0))],
                axis=1,
            )
        )
    # A variance that is only rounding of the values is none.
    seen = np.where(seen.mean() > (ROUNDING * size) ** 2, seen, 0.0)
    found = ratios(np.concatenate(parts, axis=1), seen, level, seed)
    q = quantities
    moved = (change != 0.0).any(axis=(0, 2))
    unknown = np.full(1, np.nan)
    return SobolIndices(
        tuple(paths),
        found.part(slice(0, q)),
        found.part(slice(q, 2 * q)),
        found.part(slice(2 * q, 2 * q + 1)),
        found.part(slice(2 * q + 1, 2 * q + 2))
        if runs >= FEWEST_RUNS
        else Estimates(unknown, unknown, unknown, level),
        found.part(slice(2 * q + 2, None)) if second_order else None,
        len(rows),
        findings(moved, found.part(slice(q, 2 * q))),
    )
