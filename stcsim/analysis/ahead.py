"""In which sampled sets of assumptions an arm is ahead of all others, and in which nothing tells them apart.

The expected number of sets in which an arm is best (`stcsim.analysis.robustness`) shares a set out: evenly
among arms that do the same in it, and by chance among those that its few runs cannot tell apart. Read as a
count it makes an arm "first" that changes nothing. Here a set counts for one arm, or for none: not where the
two best have the same gain in every pair, and not where the chance that the first one is best, the noise of
runs taken out (`stcsim.analysis.expected_gains`), is below `ENOUGH`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from stcsim.analysis.cube import Cube
from stcsim.analysis.expected_gains import expected_gains
from stcsim.draws import F8

ENOUGH = 0.8
"""Chance to be best in a set from which on an arm counts as ahead in it, as ``probably`` asks for it."""
LEAST = 0.05
"""Chance to be best from which on an arm counts among those that may be first in a set that is close."""


@dataclass(frozen=True)
class Ahead:
    """Sets of assumptions by the arm that is ahead in them.

    Parameters
    ----------
    sets : number of sets in which an arm is ahead of all others, by its name
    same : sets in which the best ones have the same gain in every pair
    close : sets in which they differ by no more than chance explains
    of : sets in which every arm has a value; all of these together
    level : number of the sets without one ahead in which an arm is among those that may be first, by its name
    """

    sets: Mapping[str, int]
    same: int
    close: int
    of: int
    level: Mapping[str, int]

    @property
    def none(self) -> int:
        """Sets in which no arm is ahead."""
        return self.same + self.close

    def none_words(self) -> str:
        """Return in how many sets no arm is ahead, and why; empty where there is none."""
        return none_words(self.same, self.close)

    def words(self, labels: Mapping[str, str]) -> str:
        """Return who is ahead in how many sets, the most frequent first, as the end of a sentence.

        Parameters
        ----------
        labels : of arms, by name
        """
        order = sorted((arm for arm, n in self.sets.items() if n), key=lambda arm: -self.sets[arm])
        told = [f"{labels.get(arm, arm)} is ahead in {self.sets[arm]}" for arm in order]
        told += [words] if (words := self.none_words()) else []
        return f"of {self.of} sampled sets, {'; '.join(told)}"


def none_words(same: int, close: int) -> str:
    """Return in how many sets no arm is ahead, and why; empty where there is none.

    Parameters
    ----------
    same, close : as in `Ahead`
    """
    told = [f"nothing differs in {same}"] if same else []
    told += [f"in {close} no more than chance explains"] if close else []
    return ", ".join(told)


def ahead(cube: Cube, by: str | Mapping[str, float]) -> Ahead:
    """Return in how many sampled sets each arm is ahead of all others by an outcome.

    Parameters
    ----------
    cube : sampled points
    by : an outcome, or weights of several

    Raises
    ------
    InputError
        fewer than two sets have a value in every arm, or the outcome has no better direction
    """
    gain = cube.gain(by) if isinstance(by, str) else cube.score(by)
    found = expected_gains(gain, shared_seeds=cube.shared_seeds)
    own = gain[:, found.rows]
    alike = _like_the_best(np.where(np.isfinite(own).all(axis=0), own, np.nan))
    tied = alike.sum(axis=0) > 1
    chance = found.best().mean(axis=0)  # (worlds, arms)
    sure = ~tied & (chance.max(axis=1) >= ENOUGH)
    close = ~tied & ~sure
    first = chance.argmax(axis=1)
    counts = np.bincount(first[sure], minlength=len(cube.arms))
    level = alike[:, tied].sum(axis=1) + (chance[close] >= LEAST).sum(axis=0)
    return Ahead(
        dict(zip(cube.arms, map(int, counts), strict=True)),
        int(tied.sum()),
        int(close.sum()),
        len(found.rows),
        dict(zip(cube.arms, map(int, level), strict=True)),
    )


def _like_the_best(gain: F8) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return in which sets an arm has the gain of the best one by its mean in every complete pair.

    Parameters
    ----------
    gain : shape (arms, worlds, replications); NaN in pairs that are not complete
    """
    known = np.isfinite(gain[0])
    best = np.where(known, gain, 0.0).sum(axis=2).argmax(axis=0)
    return np.asarray((~known | (gain == gain[best, np.arange(gain.shape[1])])).all(axis=2))
