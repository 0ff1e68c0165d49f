"""Which sets of mechanisms are best under a budget: successive halving on common random numbers.

All sets are run on a few units (worlds, or replications) that they share, so that chance and assumptions move
all of them together; the better half goes on, on twice as many units, of which the first are those that were
run before, until few are left on many (Jamieson & Talwalkar 2016, arXiv:1502.07943; common random numbers:
Glasserman & Yao 1992, doi 10.1287/mnsc.38.6.884). Each round costs about the same, and most runs are spent on
sets that may be the best.

What a set costs is measured like what it gains. First every part alone: where parts together cost more than
the budget by more than `SLACK`, the set is not tried, for costs add up but for little. Then a set is dropped
when the interval of its cost lies above the budget, and in the end when its mean does.

The sets that remain were chosen by these runs, so they look better than they are; they have to be estimated
on others (`stcsim.analysis.portfolio`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from stcsim.analysis.moments import moments
from stcsim.draws import F8
from stcsim.errors import InputError

MOST_SETS = 5_000
"""Sets that are tried at most."""
SLACK = 0.1
"""Share of the budget by which the summed costs of parts may exceed it for a set to be tried."""
LEVEL = 0.95
"""Level of the interval of the cost by which a set is dropped before the end."""

Parts = tuple[str, ...]
"""A set, as the names of its parts in their order."""


@dataclass(frozen=True, eq=False)
class Round:
    """One round of the search.

    Parameters
    ----------
    units : on which the sets were compared
    sets : that were compared
    gain, cost : mean over units, over the baseline, shape (sets,)
    kept : places of the sets that went on, best first
    """

    units: int
    sets: tuple[Parts, ...]
    gain: F8
    cost: F8
    kept: tuple[int, ...]


@dataclass
class Search:
    """A search that is told what it asks for, until it asks for nothing more.

    Parameters
    ----------
    parts : that sets are made of
    budget : what a set may cost over the baseline
    most_parts : in a set
    start, last : units of the first round and of the last
    keep : sets that remain in the end

    Attributes
    ----------
    asked : sets that are to be run next, none when the search has ended
    units : on how many units, of which the first are those of the round before
    rounds : so far; the first is of the parts alone and drops none for its gain
    """

    parts: Parts
    budget: float
    most_parts: int = 3
    start: int = 8
    last: int = 64
    keep: int = 4
    asked: tuple[Parts, ...] = field(init=False)
    units: int = field(init=False)
    rounds: list[Round] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        if len(self.parts) < 2:
            raise InputError("a portfolio is made of two arms or more")
        self.asked = tuple((part,) for part in self.parts)
        self.units = min(self.start, self.last)

    @property
    def found(self) -> tuple[Parts, ...]:
        """The sets that remain, best first; none while the search goes on, or where none is affordable."""
        # The first round is of the parts alone, and chooses nothing.
        if self.asked or len(self.rounds) < 2:
            return ()
        end = self.rounds[-1]
        return tuple(end.sets[place] for place in end.kept)

    def take(self, gain: F8, cost: F8) -> None:
        """Take what was asked for and decide what goes on.

        Parameters
        ----------
        gain, cost : over the baseline of the same unit, more gain is better, shape (sets, units); NaN where a
            run is missing

        Raises
        ------
        InputError
            there are too many sets to be tried
        """
        gained, paid = moments(gain.T), moments(cost.T)
        if not self.rounds:
            alone = tuple(range(len(self.parts)))
            self.rounds.append(Round(self.units, self.asked, gained.mean, paid.mean, alone))
            self.asked = self._candidates(paid.mean)
            return
        final = self.units >= self.last
        lowest = paid.mean if final else paid.interval(LEVEL)[0]
        lowest = np.where(np.isfinite(lowest), lowest, paid.mean)
        usable = np.isfinite(gained.mean) & (lowest <= self.budget)
        order = [int(i) for i in np.argsort(-gained.mean, kind="stable") if usable[i]]
        number = self.keep if final else max(self.keep, -(-len(order) // 2))
        kept = tuple(order[:number])
        self.rounds.append(Round(self.units, self.asked, gained.mean, paid.mean, kept))
        self.asked = () if final else tuple(self.asked[place] for place in kept)
        self.units = min(2 * self.units, self.last)

    def _candidates(self, cost: F8) -> tuple[Parts, ...]:
        """Return the sets that may be affordable, small ones first."""
        room = self.budget * (1.0 + SLACK)
        price = {part: float(c) for part, c in zip(self.parts, cost, strict=True)}
        found: list[Parts] = []
        for size in range(1, min(self.most_parts, len(self.parts)) + 1):
            for chosen in combinations(self.parts, size):
                if sum(price[part] for part in chosen) <= room:
                    found.append(chosen)
                if len(found) > MOST_SETS:
                    raise InputError(
                        f"more than {MOST_SETS:,} sets are affordable: name fewer arms, or allow fewer parts"
                    )
        return tuple(found)


def most_runs(sets: int, start: int, last: int, keep: int) -> int:
    """Return how many runs a search of that many sets takes at most, the baseline and parts aside."""
    units, total, left = min(start, last), 0, sets
    done = 0
    while True:
        total += left * (units - done)
        if units >= last:
            return total
        done, units, left = units, min(2 * units, last), max(min(left, keep), -(-left // 2))


def subsets_to_run(found: Sequence[Parts]) -> tuple[Parts, ...]:
    """Return the sets, and what has to stand beside them to tell what their parts do together.

    These are their parts alone, and what is left of each without one of its parts.
    """
    wanted: dict[Parts, None] = dict.fromkeys(found)
    for chosen in found:
        for size in {1, len(chosen) - 1} - {0, len(chosen)}:
            wanted.update(dict.fromkeys(combinations(chosen, size)))
    return tuple(wanted)
