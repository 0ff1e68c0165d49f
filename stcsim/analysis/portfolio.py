"""The best sets of mechanisms under a budget, estimated on fresh seeds, and what their parts do together.

Two questions of a set, each a contrast of gains under one chance and one set of assumptions:

- *synergy*: does it gain more than its parts alone add up to, ``gain(a+b) - gain(a) - gain(b)``;
- *what each part adds* to the others, ``gain(a+b+c) - gain(a+b)``: a part that adds nothing may be left out.

Intervals of one kind hold all at once, over all sets and parts (by Bonferroni's inequality); draws are those
of `stcsim.analysis.bootstrap`. Where an interval holds 0 the words are "not distinguishable".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.bootstrap import DRAWS, MeanDraws, mean_draws
from stcsim.analysis.cube import Cube, sign_of
from stcsim.analysis.halving import Parts
from stcsim.analysis.moments import ROUNDING
from stcsim.analysis.ranking import ranking_of
from stcsim.draws import F8

MORE, LESS, SAME = "more", "less", "not distinguishable"
"""What is said of a contrast."""
JOIN = "+"


@dataclass(frozen=True)
class Estimate:
    """A mean with its interval.

    Parameters
    ----------
    mean, low, high : in the unit of what is estimated
    """

    mean: float
    low: float
    high: float

    @property
    def word(self) -> str:
        """``more`` or ``less`` than nothing, or ``not distinguishable`` from it."""
        return MORE if self.low > 0 else LESS if self.high < 0 else SAME


@dataclass(frozen=True)
class ChosenSet:
    """One of the sets that the search has found, estimated on runs that did not choose it.

    Parameters
    ----------
    parts : names of its parts
    gain : over the baseline, more is better
    cost : over the baseline
    best : chance that it is the best of the sets that were found
    affordable : whether its mean cost keeps the budget
    searched : its gain in the runs that chose it, which is too good
    synergy : gain beyond the sum of its parts alone; None of a single part
    adds : what each part adds to the others; empty of a single part
    """

    parts: Parts
    gain: Estimate
    cost: Estimate
    best: float
    affordable: bool
    searched: float
    synergy: Estimate | None
    adds: Mapping[str, Estimate]

    @property
    def name(self) -> str:
        """As an arm is called, such as ``a+b``."""
        return JOIN.join(self.parts)


@dataclass(frozen=True)
class Portfolio:
    """The sets that were found, the best first by what they gain on fresh seeds.

    Parameters
    ----------
    sets : estimated on fresh seeds
    budget : what a set may cost
    units, over : worlds or replications behind the estimates
    level : coverage of intervals
    """

    sets: tuple[ChosenSet, ...]
    budget: float
    units: int
    over: str
    level: float

    def table(self) -> pd.DataFrame:
        """Return one row a set."""
        rows = []
        for chosen in self.sets:
            row: dict[str, object] = {"set": chosen.name}
            both = {"gain": chosen.gain, "cost": chosen.cost, "synergy": chosen.synergy}
            for name, estimate in both.items():
                nothing = Estimate(np.nan, np.nan, np.nan)
                e = estimate or nothing
                row |= {name: e.mean, f"{name}_low": e.low, f"{name}_high": e.high}
            row |= {
                "synergy_word": chosen.synergy.word if chosen.synergy else "",
                "best": chosen.best,
                "affordable": chosen.affordable,
                "searched": chosen.searched,
            }
            rows.append(row)
        return pd.DataFrame(rows)


def portfolio(
    fresh: Cube,
    gain: F8,
    cost: str,
    found: Sequence[Parts],
    searched: Sequence[float],
    budget: float,
    *,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Portfolio:
    """Return what the sets that were found gain on fresh seeds, and what their parts do together.

    Parameters
    ----------
    fresh : runs that had no part in choosing, of the baseline and of `stcsim.analysis.halving.subsets_to_run`
    gain : of its arms, such as `Cube.gain` or `Cube.score`
    cost : outcome that the budget limits
    found : the sets
    searched : their gains in the runs that chose them
    budget : what a set may cost

    Raises
    ------
    InputError
        fewer than two units have a value in every arm
    """
    spent = sign_of(cost) * fresh.gain(cost)
    both = mean_draws(
        np.stack([gain, spent], axis=3), shared_seeds=fresh.shared_seeds, draws=draws, seed=seed
    )
    place = {name: i for i, name in enumerate(fresh.arms)}
    rows = [place[JOIN.join(chosen)] for chosen in found]
    mine = MeanDraws(both.mean[rows, 0], both.draws[:, rows, 0], both.units, both.over, both.left_out)
    best = ranking_of(mine, [JOIN.join(chosen) for chosen in found], seed=seed).best
    compound = [chosen for chosen in found if len(chosen) > 1]
    contrasts = max(1, sum(len(chosen) for chosen in compound))
    estimate = _Estimates(both, place)
    sets = [
        ChosenSet(
            parts=chosen,
            gain=estimate.of({chosen: 1.0}, 0, level, len(found)),
            cost=estimate.of({chosen: 1.0}, 1, level, len(found)),
            best=float(best[i]),
            affordable=bool(both.mean[rows[i], 1] <= budget),
            searched=float(searched[i]),
            synergy=estimate.of({chosen: 1.0, **{(part,): -1.0 for part in chosen}}, 0, level, len(compound))
            if len(chosen) > 1
            else None,
            adds={
                part: estimate.of(
                    {chosen: 1.0, tuple(p for p in chosen if p != part): -1.0}, 0, level, contrasts
                )
                for part in (chosen if len(chosen) > 1 else ())
            },
        )
        for i, chosen in enumerate(found)
    ]
    return Portfolio(tuple(sorted(sets, key=lambda s: -s.gain.mean)), budget, both.units, both.over, level)


@dataclass(frozen=True, eq=False)
class _Estimates:
    """Contrasts of the means of arms."""

    found: MeanDraws
    place: Mapping[str, int]

    def of(self, contrast: Mapping[Parts, float], which: int, level: float, together: int) -> Estimate:
        """Return the sum of some means by their factors, with an interval that holds with others."""
        rows = [self.place[JOIN.join(parts)] for parts in contrast]
        factors = np.array(list(contrast.values()))
        mean = float(self.found.mean[rows, which] @ factors)
        tail = (1.0 - level) / 2.0 / max(1, together)
        terms = self.found.draws[:, rows, which]
        low, high = np.quantile(terms @ factors, [tail, 1.0 - tail])
        # A sum that is only rounding beside its terms is 0.
        least = ROUNDING * float(np.abs(terms).max(initial=0.0)) * len(rows)
        ends = [0.0 if abs(x) <= least else float(x) for x in (mean, low, high)]
        return Estimate(*ends)
