"""Which assumptions move a result over sampled sets of them: rank correlations that are not chance.

Spearman's correlation of the result with each assumption over the sets sees what moves it up or down, though
no effect that turns round within its range. All assumptions are judged together: those are named whose
correlation is larger than the largest of all in ``level`` of the permutations of the results over the sets
(Westfall & Young 1993, single-step maxT). So the chance of naming any where none moves it is ``1 - level``,
however many are looked at and whatever the law of the result, as with counts that are mostly 0. What is not
named is not thereby shown to move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from stcsim.draws import F8

FEWEST_SETS = 10
PERMUTATIONS = 999


@dataclass(frozen=True)
class Mover:
    """An assumption, or switch, that moves a result.

    Parameters
    ----------
    path : of it
    value : of a switch, that which differs most from the others
    correlation : rank correlation with the result
    p : of finding so much in any of those looked at, if none moved it
    """

    path: str
    value: str
    correlation: float
    p: float


def movers(result: F8, inputs: pd.DataFrame, *, level: float = 0.95, seed: int = 0) -> tuple[Mover, ...]:
    """Return the assumptions that move a result and are distinguishable from chance, the weightiest first.

    Parameters
    ----------
    result : in each set, shape (sets,); sets without one (NaN) are left out
    inputs : one row a set, one column an assumption or switch, drawn independently of each other
    level : probability of naming none where none moves it
    seed : of the permutations
    """
    known = np.isfinite(result)
    own, table = result[known], inputs.loc[known]
    if len(own) < FEWEST_SETS or np.ptp(own) == 0:
        return ()
    names, columns = _columns(table)
    if not names:
        return ()
    ranks, outcome = _standard(np.stack(columns, axis=1)), _standard(rankdata(own)[:, None])
    seen = (ranks.T @ outcome)[:, 0]
    generator = np.random.default_rng(seed)
    shuffled = generator.permuted(np.repeat(outcome, PERMUTATIONS, axis=1), axis=0)
    largest = np.abs(ranks.T @ shuffled).max(axis=0)
    found: dict[str, Mover] = {}
    for place in np.argsort(-np.abs(seen), kind="stable"):
        # 1e-12: correlations that are equal but for rounding.
        p = (1.0 + float((largest >= abs(seen[place]) - 1e-12).sum())) / (1.0 + PERMUTATIONS)
        if p > 1.0 - level:
            break
        path, value = names[place]
        found.setdefault(path, Mover(path, value, float(seen[place]), p))
    return tuple(found.values())


def _columns(table: pd.DataFrame) -> tuple[list[tuple[str, str]], list[F8]]:
    """Return ranks of what varies, with path and value; a switch has one column of 0 and 1 a value."""
    names: list[tuple[str, str]] = []
    columns: list[F8] = []
    for path in map(str, table.columns):
        own = table[path]
        if own.nunique() < 2:
            continue
        if pd.api.types.is_numeric_dtype(own) and not pd.api.types.is_bool_dtype(own):
            names.append((path, ""))
            columns.append(np.asarray(rankdata(own.to_numpy(dtype=np.float64))))
            continue
        for value in sorted(own.astype(str).unique()):
            names.append((path, value))
            columns.append((own.astype(str) == value).to_numpy(dtype=np.float64))
    return names, columns


def _standard(columns: F8) -> F8:
    """Return columns of mean 0 and length 1."""
    centred = columns - columns.mean(axis=0)
    return np.asarray(centred / np.sqrt((centred**2).sum(axis=0)), dtype=np.float64)
