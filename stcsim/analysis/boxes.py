"""Boxes: ranges of a few inputs, what lies in them, and how they are told in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Limit:
    """What a box asks of one input.

    Parameters
    ----------
    path : name of the input
    low, high : ends that are within, None where the box is open to that side
    among : values that are within, of an input that has no order; empty for one that has
    """

    path: str
    low: float | None = None
    high: float | None = None
    among: tuple[str, ...] = ()

    def holds(self, values: pd.Series[Any]) -> Mask:
        """Return which of the values are within."""
        if self.among:
            return np.asarray(values.astype(str).isin(list(self.among)), dtype=np.bool_)
        numbers = values.to_numpy(dtype=np.float64)
        within = np.ones(len(numbers), dtype=np.bool_)
        if self.low is not None:
            within &= numbers >= self.low
        if self.high is not None:
            within &= numbers <= self.high
        return within

    def words(self, name: str = "") -> str:
        """Return the limit in words, such as ``capacity.decay from 0.2 to 0.31``."""
        head = name or self.path.removeprefix("parameters.")
        if self.among:
            return f"{head} {' or '.join(self.among)}"
        low, high = (f"{end:.3g}" if end is not None else "" for end in (self.low, self.high))
        if low and high:
            return f"{head} {low}" if low == high else f"{head} from {low} to {high}"
        return f"{head} {low} or more" if low else f"{head} {high} or less"


Limits = Mapping[str, Limit]
"""Limits of a box by path."""


def inside(inputs: pd.DataFrame, limits: Limits) -> Mask:
    """Return which rows of the inputs lie within all limits."""
    within = np.ones(len(inputs), dtype=np.bool_)
    for path, limit in limits.items():
        within &= limit.holds(inputs[path])
    return within


def has_order(values: pd.Series[Any]) -> bool:
    """Whether an input is a number, so that below and above mean something."""
    return bool(pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values))
