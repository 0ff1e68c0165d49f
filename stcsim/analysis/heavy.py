"""Whether the noise of runs is that of rare events, so that few pairs make most of it.

Two arms differ by nothing in nearly all pairs and by much in a few. Which of them is better in expectation in
one set of assumptions is then told neither by the few pairs seen there, nor by a normal law of expectations
with normal noise around them, which takes the sets without an event for a part of one smooth whole.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8

NORMAL = 3.0
"""Kurtosis of a normal law."""
HEAVY = 2.0 * NORMAL
"""From here on noise counts as that of rare events. Chosen: of sixty sets with normal noise, two pairs each,
one in a thousand comes so far."""


def kurtosis(differences: F8) -> float:
    """Return the kurtosis of paired differences around the means of their sets; NaN where nothing varies.

    Parameters
    ----------
    differences : of two arms, shape (sets, pairs); NaN where there is none. Sets with one pair say nothing
    """
    known = np.isfinite(differences)
    own = known & (known.sum(axis=1) > 1)[:, None]
    count = own.sum(axis=1, keepdims=True)
    filled = np.where(own, differences, 0.0)
    apart = np.where(own, filled - filled.sum(axis=1, keepdims=True) / np.maximum(count, 1), 0.0)
    square = float((apart**2).sum())
    return float(own.sum() * (apart**4).sum()) / square**2 if square > 0 else float("nan")


def first_as_seen(means: F8) -> F8:
    """Return the number of sets in which each arm has the highest mean, shape (arms,); ties share a set.

    Parameters
    ----------
    means : gains, shape (arms, sets)
    """
    top = means.max(axis=0)
    first = (means >= top - 1e-9 * np.abs(means).max(axis=0)).astype(np.float64)
    return np.asarray((first / first.sum(axis=0)).sum(axis=1), dtype=np.float64)
