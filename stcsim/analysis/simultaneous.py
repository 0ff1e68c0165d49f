"""Intervals that hold all at once, over every arm and headline outcome together.

The family covers when the largest studentised deviation ``max |t|`` of its cells stays below the critical
value, so the law of that maximum is what has to be known. It is found by a multiplier bootstrap of the paired
rows. A row is a replication: the differences of all arms and headlines under one chance. A bootstrapped row
is a combination of the observed residual rows with independent standard normal weights, so that whatever
moves together in the data moves together in the bootstrap, and each bootstrapped table is studentised by its
own variances (Chernozhukov, Chetverikov & Kato 2013, doi 10.1214/13-AOS1161, for the multiplier form).

Why not rows drawn with replacement: with six replications these have too few distinct values and variances,
and cells of small counts lose theirs altogether. With normal multipliers each cell has, on its own, exactly
Student's law.

Few rows also show correlations that are not there: six rows of sixty cells span five dimensions, and a
maximum over five dimensions is too small. So the correlation is shrunk towards none, by the weight that
minimises the expected squared error (Schäfer & Strimmer 2005, doi 10.2202/1544-6115.1175) with the normal
variance ``(1 - r^2)^2 / (n - 2)`` of a correlation; independent cells are the conservative side (Šidák 1967).
With two or three rows all of the weight goes there.

The result is a level for each cell rather than one critical value, so that cells with fewer pairs use their
own degrees of freedom. Joint coverage is nominal from six rows on for any correlation when differences are
near normal, counts of a handful included. Skewness takes some, as it does from every single interval of
Student's: with six rows about one point in a hundred at skewness 1, up to fifteen at that of an exponential
law.
"""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr

from stcsim.analysis.moments import moments
from stcsim.draws import F8

MOST_ROWS = 60
"""Bootstrapped tables have at most so many rows: the level of a cell no longer depends on it beyond."""
CHUNK = 2_000_000
"""Numbers drawn at a time."""


def standard_residuals(values: F8, scale: F8 | None = None) -> F8:
    """Return residual columns of length 1, shape (n, cells), of those cells of `values` (n, m) that vary."""
    found = moments(values, scale)
    varying = (found.count >= 2) & (found.variance > 0)
    residual = np.where(np.isfinite(values), values - found.mean, 0.0)[:, varying]
    return np.asarray(residual / np.sqrt((residual**2).sum(axis=0)), dtype=np.float64)


def identity_weight(residuals: F8) -> float:
    """Return the weight in [0, 1] with which the correlation of the cells is shrunk towards none.

    Parameters
    ----------
    residuals : columns of length 1, shape (n, cells)
    """
    rows, cells = residuals.shape
    if rows < 4 or cells < 2:
        return 1.0
    square = (residuals.T @ residuals)[np.triu_indices(cells, 1)] ** 2
    total = float(square.sum())
    noise = float(((1.0 - square) ** 2).sum()) / (rows - 2)
    return 1.0 if noise >= total else noise / total


def cell_level(values: F8, level: float, *, bootstrap: int, seed: int, scale: F8 | None = None) -> float:
    """Return the level for each cell's own interval so that all cover together with probability `level`.

    Parameters
    ----------
    values : paired differences, rows are replications (or worlds), shape (n, cells); NaN where a pair is
        missing
    level : joint coverage, in (0, 1)
    bootstrap : number of bootstrapped tables
    seed : seed of the multipliers
    scale : as in `moments`

    Returns
    -------
    level of a cell, not below `level`, which it is for one varying cell; at most ``level ** (1 / cells)``
    beyond the error of the bootstrap
    """
    residuals = standard_residuals(values, scale)
    rows, cells = residuals.shape
    if cells < 2:
        return level
    weight = identity_weight(residuals)
    drawn = min(rows, MOST_ROWS)
    # Many rows: their triangular factor has the same covariance, and so gives multipliers of the same law.
    factor = np.linalg.qr(residuals, mode="r") if rows > cells else residuals
    generator = np.random.default_rng(seed)
    largest = np.empty(bootstrap)
    step = max(1, CHUNK // (drawn * max(len(factor), cells)))
    for start in range(0, bootstrap, step):
        tables = min(step, bootstrap - start)
        multipliers = generator.standard_normal((tables, drawn, len(factor)))
        table = np.sqrt(1.0 - weight) * (multipliers @ factor)
        table += np.sqrt(weight) * generator.standard_normal((tables, drawn, cells))
        mean = table.mean(axis=1)
        table -= mean[:, None, :]
        variance = np.einsum("brc,brc->bc", table, table) / (drawn - 1)
        largest[start : start + tables] = np.sqrt(drawn * (mean**2 / variance).max(axis=1))
    critical = np.quantile(largest, level, method="higher")
    # Where all cells are as one the bootstrap's error could put the joint interval inside the plain one.
    return max(level, float(1.0 - 2.0 * stdtr(drawn - 1, -critical)))
