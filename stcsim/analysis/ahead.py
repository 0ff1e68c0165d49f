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


@dataclass(frozen=True)
class Ahead:
    """Sets of assumptions by the arm that is ahead in them.

    Parameters
    ----------
    sets : number of sets in which an arm is ahead of all others, by its name
    same : sets in which the best ones have the same gain in every pair
    close : sets in which they differ by no more than chance explains
    of : sets in which every arm has a value; all of these together
    """

    sets: Mapping[str, int]
    same: int
    close: int
    of: int

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


def ahead(cube: Cube, outcome: str) -> Ahead:
    """Return in how many sampled sets each arm is ahead of all others by an outcome.

    Parameters
    ----------
    cube : sampled points

    Raises
    ------
    InputError
        fewer than two sets have a value in every arm, or the outcome has no better direction
    """
    gain = cube.gain(outcome)
    found = expected_gains(gain, shared_seeds=cube.shared_seeds)
    own = gain[:, found.rows]
    tied = _tied(np.where(np.isfinite(own).all(axis=0), own, np.nan))
    chance = found.best().mean(axis=0)  # (worlds, arms)
    sure = ~tied & (chance.max(axis=1) >= ENOUGH)
    first = chance.argmax(axis=1)
    counts = np.bincount(first[sure], minlength=len(cube.arms))
    return Ahead(
        dict(zip(cube.arms, map(int, counts), strict=True)),
        int(tied.sum()),
        int((~tied & ~sure).sum()),
        len(found.rows),
    )


def _tied(gain: F8) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return in which sets the two best arms by their means have the same gain in every complete pair.

    Parameters
    ----------
    gain : shape (arms, worlds, replications); NaN in pairs that are not complete
    """
    known = np.isfinite(gain[0])
    mean = np.where(known, gain, 0.0).sum(axis=2)
    one, two = np.argsort(-mean, axis=0, kind="stable")[:2]
    worlds = np.arange(gain.shape[1])
    return np.asarray((~known | (gain[one, worlds] == gain[two, worlds])).all(axis=1))
