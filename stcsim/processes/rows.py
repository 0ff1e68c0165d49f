"""Rows of populations: sums over groups of rows, and a row's value as a column against its components."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8, I8

_COUNTED = np.arange(1 << 14)
_COUNTED.flags.writeable = False


def ordinals(number: int) -> I8:
    """Return 0, 1, 2 and so on, as many as asked for; nobody may write to it."""
    return _COUNTED[:number] if number <= len(_COUNTED) else np.arange(number)


def sums(group: I8, weights: F8, groups: int) -> F8:
    """Return the sum of `weights` of each group, added in the order of rows, shape (groups,).

    Adding in order makes a row of weight 0 change no bit of any sum, which a pairwise sum does not promise.
    """
    found: F8 = np.bincount(group, weights=weights, minlength=groups).astype(np.float64, copy=False)
    return found


def held(column: F8, row: I8, none: float = 0.0) -> F8:
    """Return a column's value at each row, `none` where the row is -1 (and where nobody is there at all)."""
    if not len(column):
        return np.full(row.shape, none)
    return np.where(row >= 0, column[np.maximum(row, 0)], none)


def powered(base: F8, exponent: Any) -> F8:
    """Return ``base ** exponent`` of positive numbers, the same to the last bit for one exponent as for many.

    Numpy takes short cuts for a few exponents where one number holds for all, so that a run would depend on
    the assumptions of those that it is stacked with.
    """
    return np.asarray(np.exp(exponent * np.log(np.maximum(base, 1e-300))))


def part_of(value: Any, part: slice) -> Any:
    """Return a part of one value per row; a number that all rows share stays what it is."""
    return value[part] if isinstance(value, np.ndarray) else value


def as_column(value: Any) -> Any:
    """Return one value per row as a column; a number that all rows share stays what it is."""
    return value[:, None] if isinstance(value, np.ndarray) else value
