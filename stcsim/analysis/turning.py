"""Where the order of two arms turns: one assumption, and the value beyond which the other arm is better.

For an assumption the sets are put in its order, and the cut is looked for beyond which taking the other arm
gains most over all sets. Where the expected contrast is monotone in the assumption this is where it crosses 0
(the isotonic fit crosses 0 where the sum of the contrasts on one side is extreme); nothing else about its
shape is assumed. Of a switch, those values count as beyond the cut that gain.

The cut that was chosen as the best one looks better than it is, even where nothing turns. So it is judged on
sets that had no part in choosing it: cuts are made on four fifths of the sets, and what they gain is taken on
the last fifth, every fifth in turn, several times over (cross-fitting). Student's test of this gain over sets
against "no value of the assumption turns the order" is made for each assumption, and the error of looking at
many is shared out (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr

from stcsim.draws import F8

FOLDS, REPEATS = 5, 4
LEAST_SHARE = 0.05
"""Share of the sets that have to lie on either side of a cut."""
FEWEST_BEYOND = 5
"""Sets beyond the cut below which nothing is said."""
RESAMPLED = 200
"""Bootstrapped cuts behind the interval of one."""

_WRITTEN = {"sme": "SME", "usd": "USD", "fte": "FTE"}
"""Words of names that people write otherwise."""

B1 = NDArray[np.bool_]


@dataclass(frozen=True)
class Turn:
    """An assumption, or switch, that turns the order of two arms.

    Parameters
    ----------
    path : of the assumption
    above : whether the other arm is better above the threshold, or below it
    threshold, low, high : where the order turns, with an interval by bootstrap over sets; NaN of a switch
    values : of a switch, those with which the other arm is better
    share : of the sets, those that lie beyond
    before, beyond : mean contrast of the two arms on either side, in the unit of the gain
    gain : what taking the other arm beyond the cut gains on average over all sets, on sets that had no part
        in choosing the cut
    p : of finding so much if the assumption turned nothing, the many assumptions looked at accounted for
    """

    path: str
    above: bool
    threshold: float
    low: float
    high: float
    values: tuple[str, ...]
    share: float
    before: float
    beyond: float
    gain: float
    p: float

    def words(self, label: str = "", unit: str = "") -> str:
        """Return it as the end of a sentence that begins "the order turns when ...".

        Parameters
        ----------
        label : name of the assumption for people; made of its path when not given
        unit : stands behind the numbers
        """
        name = label or plain_label(self.path)
        if self.values:
            return f"{name} is {' or '.join(value.replace('_', ' ') for value in self.values)}"
        ends = f"{_number(self.low)} to {_number(self.high)}"
        side = "above" if self.above else "below"
        behind = f" {unit}" if unit else ""
        return f"{name} is {side} {_number(self.threshold)}{behind} (interval {ends})"


def find_turns(
    contrast: F8,
    inputs: pd.DataFrame,
    *,
    paths: Sequence[str] | None = None,
    level: float = 0.95,
    most: int = 3,
    seed: int = 0,
) -> tuple[Turn, ...]:
    """Return the assumptions that turn the order of two arms, the weightiest first.

    Parameters
    ----------
    contrast : by how much one arm is better than the other in each set, shape (worlds,). Noise of few runs
        does no harm but to the power
    inputs : one row a set, one column an assumption or switch
    paths : which of them to look at; all when not given. Fewer find more
    level : probability of naming none where nothing turns the order
    most : how many to return
    seed : of the folds
    """
    wanted = [p for p in (inputs.columns if paths is None else paths) if inputs[p].nunique() > 1]
    known = np.isfinite(contrast)
    if known.sum() < 2 * FOLDS or not wanted:
        return ()
    own, table = contrast[known], inputs.loc[known, wanted].reset_index(drop=True)
    folds = _folds(len(own), seed)
    columns = {path: _coded(table[path]) for path in wanted}
    judged = []
    for path, (values, names) in columns.items():
        far = _beyond(values, bool(names), own, (~folds).astype(np.float64))
        gains = -own * (far & folds).sum(axis=0) / REPEATS
        if (far & folds).sum() >= FEWEST_BEYOND * REPEATS:
            judged.append((_chance(gains), path, float(gains.mean())))
    judged.sort()
    found = []
    for place, (p, path, gain) in enumerate(judged):
        adjusted = min(1.0, p * (len(wanted) - place))
        if adjusted > 1.0 - level:
            break
        found.append(_turn(path, *columns[path], own, gain, adjusted, seed))
    return tuple(sorted(found, key=lambda turn: -turn.gain)[:most])


def plain_label(path: str) -> str:
    """Return a path as words: ``parameters.firms.sme_awareness`` is ``SME awareness (firms)``."""
    *above, name = ([_WRITTEN.get(word, word) for word in part.split("_")] for part in path.split("."))
    return f"{' '.join(name)} ({' '.join(above[-1])})" if above else " ".join(name)


def _coded(column: pd.Series[float]) -> tuple[F8, tuple[str, ...]]:
    """Return values as numbers, and of a switch the words behind them."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return np.asarray(column, dtype=np.float64), ()
    codes, names = pd.factorize(column.astype(str), sort=True)
    return codes.astype(np.float64), tuple(str(name) for name in names)


def _folds(n: int, seed: int) -> B1:
    """Return which sets each cut is judged on, shape (repetitions x folds, sets)."""
    generator = np.random.default_rng(seed)
    fold = np.stack([generator.permutation(np.arange(n) % FOLDS) for _ in range(REPEATS)])
    return np.asarray(fold[:, None, :] == np.arange(FOLDS)[None, :, None]).reshape(-1, n)


def _beyond(values: F8, switch: bool, contrast: F8, weights: F8) -> B1:
    """Return which sets lie beyond the best cut for each row of weights, shape as `weights`.

    Parameters
    ----------
    weights : how often each set counts in the choice of the cut, shape (cuts, sets)
    """
    if switch:
        member = values[None, :] == np.unique(values)[:, None]  # (codes, sets)
        losing = (weights * contrast) @ member.T < 0  # (cuts, codes)
        losing &= ~losing.all(axis=1, keepdims=True)
        return np.asarray(losing @ member, dtype=bool)
    side, low, high = _thresholds(values, contrast, weights)
    threshold = 0.5 * (low + high)
    far = np.where(side[:, None], values > threshold[:, None], values < threshold[:, None])
    return np.asarray(far, dtype=bool)


def _thresholds(values: F8, contrast: F8, weights: F8) -> tuple[B1, F8, F8]:
    """Return the best cut for each row of weights: whether beyond is above, and the sets next to it.

    The values of these are NaN, beyond which nothing lies, where no cut gains.
    """
    order = np.argsort(values, kind="stable")
    ordered, own = values[order], weights[:, order]
    count = np.cumsum(own, axis=1)
    total = count[:, -1:]
    sums = np.cumsum(own * contrast[order], axis=1)
    below, count = sums[:, :-1], count[:, :-1]
    least = np.maximum(1.0, np.floor(LEAST_SHARE * total))
    usable = (ordered[1:] > ordered[:-1]) & (count >= least) & (count <= total - least)
    # Taking the other arm below a place gains what is lost there, above it what is lost above.
    gains = np.where(usable[:, None], np.stack([-below, below - sums[:, -1:]], axis=1), -np.inf)
    flat = gains.reshape(len(weights), -1)
    first = flat.argmax(axis=1)
    gain = flat[np.arange(len(flat)), first]
    above, width = first >= below.shape[1], below.shape[1]
    # Sets that do not count lie between two cuts that gain the same.
    own_side = gains[np.arange(len(flat)), above.astype(np.int64)]
    last = width - 1 - own_side[:, ::-1].argmax(axis=1)
    low = np.where(gain > 0, ordered[first % width], np.nan)
    high = np.where(gain > 0, ordered[last + 1], np.nan)
    return np.asarray(above, dtype=bool), low, high


def _chance(gains: F8) -> float:
    """Return the probability of so large a mean gain if there were none."""
    error = float(gains.std(ddof=1)) / np.sqrt(len(gains))
    if not error > 0:
        return 1.0
    return float(stdtr(len(gains) - 1, -float(gains.mean()) / error))


def _turn(
    path: str, values: F8, names: tuple[str, ...], contrast: F8, gain: float, p: float, seed: int
) -> Turn:
    """Return the turn that all sets together show."""
    n = len(values)
    all_sets = np.ones((1, n))
    far = _beyond(values, bool(names), contrast, all_sets)[0]
    above, low, high, threshold = False, np.nan, np.nan, np.nan
    if not names:
        sides, under, over = _thresholds(values, contrast, all_sets)
        above, threshold = bool(sides[0]), float(0.5 * (under[0] + over[0]))
        drawn = np.random.default_rng([seed, 1]).multinomial(n, np.full(n, 1.0 / n), RESAMPLED)
        sides, unders, overs = _thresholds(values, contrast, drawn.astype(np.float64))
        alike = (sides == above) & np.isfinite(unders)
        low = np.quantile(unders[alike] if alike.any() else under, 0.025)
        high = np.quantile(overs[alike] if alike.any() else over, 0.975)
    return Turn(
        path=path,
        above=above,
        threshold=threshold,
        low=float(low),
        high=float(high),
        values=tuple(names[int(c)] for c in np.unique(values[far])) if names else (),
        share=float(far.mean()),
        before=float(contrast[~far].mean()),
        beyond=float(contrast[far].mean()),
        gain=gain,
        p=p,
    )


def _number(x: float) -> str:
    return f"{x:.3g}"
