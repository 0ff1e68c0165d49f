"""Ties between bodies layer by layer: who knows, trusts, reaches, informs and meets whom, as matrices.

Means over the runs of an arm, as an observation keeps them (`stcsim.study.observation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stcsim.study.observation import TIE_KINDS, Observation

F8 = NDArray[np.float64]
B1 = NDArray[np.bool_]
BODIES = ("agency", "partner")
"""Kinds of actors that know, trust and meet each other."""
FRONTLINE = ("post", "stretch")
"""Kinds of actors that channels and items reach, too."""
SLOWEST_DAYS = 365.0
"""A channel that takes longer than this on average to pass an item on is none."""


@dataclass(frozen=True)
class Layer:
    """One kind of tie, and from when on it counts as one.

    Parameters
    ----------
    kind : as in `TIE_KINDS`
    label : for people
    both : whether the weaker direction counts, because a tie takes two; else the stronger, or their sum
    total : whether values of several pairs, and of two directions, add up; else they are averaged
    frontline : whether checkpoints and stretches of border have such ties
    least : value from which a pair is tied; assumed
    tied : what a pair that is tied does
    least_words : what counts as a tie, for people
    unit : of a value, for people
    column : what a value is called above a column of a table, see `told`
    """

    kind: str
    label: str
    both: bool
    total: bool
    frontline: bool
    least: float
    tied: str
    least_words: str
    unit: str
    column: str

    def told(self, value: F8) -> F8:
        """Return values as people read them: a channel by the days that it takes, NaN where there is none."""
        if self.kind != "channel":
            return value
        days = np.full(value.shape, np.nan)
        days[value > 0] = 1.0 / value[value > 0]
        return days


LAYERS: Mapping[str, Layer] = MappingProxyType(
    {
        layer.kind: layer
        for layer in (
            Layer(
                "recognition",
                "Recognition",
                True,
                False,
                False,
                0.5,
                "know each other",
                "each knows what the other is for, in at least half of the runs",
                "share of runs in which both know",
                "Runs in which both know, share",
            ),
            Layer(
                "trust",
                "Trust",
                True,
                False,
                False,
                0.5,
                "trust each other",
                "each trusts the other by a half or more",
                "trust, 0 to 1",
                "Trust, 0 to 1",
            ),
            Layer(
                "channel",
                "Channels",
                False,
                False,
                True,
                1 / SLOWEST_DAYS,
                "have a channel",
                "what one has read reaches the other within a year on average",
                "items passed on a day, of each that was read",
                "Days to pass on",
            ),
            Layer(
                "intelligence",
                "Intelligence",
                False,
                True,
                True,
                0.5,
                "inform each other",
                "at least one item in two quarters is read that the other brought up",
                "items read in the quarter",
                "Items in the quarter",
            ),
            Layer(
                "meeting",
                "Meetings",
                False,
                True,
                False,
                0.5,
                "meet",
                "at least one joint meeting in two years",
                "joint meetings a year",
                "Meetings a year",
            ),
        )
    }
)
"""Layers in the order of `TIE_KINDS`."""


@dataclass(frozen=True, eq=False)
class Ties:
    """Ties of all arms and quarters, to be looked up.

    Parameters
    ----------
    actors : those that can have ties, by country, one row a place in the matrices
    arms : names
    days : on which quarters end, 0 for quarter 0
    needed : importance of pairs that should know each other by role, symmetric, shape (n, n)
    """

    actors: pd.DataFrame
    arms: tuple[str, ...]
    days: tuple[int, ...]
    needed: F8
    _code: NDArray[np.int64]
    _pair: NDArray[np.int64]
    _value: F8

    @classmethod
    def of(cls, seen: Observation) -> Ties:
        """Return the ties of an observation."""
        kept = seen.actors[seen.actors["kind"].isin((*BODIES, *FRONTLINE))]
        actors = kept.reset_index(drop=True)
        arms = tuple(seen.arms)
        place = {name: i for i, name in enumerate(actors["id"])}
        n, table = len(actors), seen.ties
        source, target = _places(table["source"], place), _places(table["target"], place)
        arm = _places(table["arm"], {name: i for i, name in enumerate(arms)})
        kind = _places(table["kind"], {name: i for i, name in enumerate(TIE_KINDS)})
        known = (source >= 0) & (target >= 0) & (arm >= 0) & (kind >= 0)
        codes = ((kind * len(arms) + arm) * len(seen.days) + table["quarter"].to_numpy())[known]
        order = np.argsort(codes, kind="stable")
        pair = (source * n + target)[known]
        needed = np.zeros((n, n))
        for a, b, weight in seen.pairs[["source", "target", "importance"]].itertuples(index=False):
            needed[place[a], place[b]] = needed[place[b], place[a]] = weight
        value = table["value"].to_numpy(dtype=np.float64)[known][order]
        return cls(actors, arms, seen.days, needed, codes[order], pair[order], value)

    @property
    def quarters(self) -> int:
        """How many quarters there are, quarter 0 included."""
        return len(self.days)

    @property
    def n(self) -> int:
        """How many actors can have ties."""
        return len(self.actors)

    @cached_property
    def bodies(self) -> B1:
        """Which of them are agencies or partners, shape (n,)."""
        return np.asarray(self.actors["kind"].isin(BODIES), dtype=np.bool_)

    def within(self, layer: Layer) -> B1:
        """Return which actors may have ties of a layer, shape (n,)."""
        return np.ones(self.n, dtype=np.bool_) if layer.frontline else self.bodies

    def directed(self, layer: Layer, arm: str, quarter: int) -> F8:
        """Return the value from each actor to each other, shape (n, n)."""
        code = (TIE_KINDS.index(layer.kind) * len(self.arms) + self.arms.index(arm)) * self.quarters + quarter
        first, last = np.searchsorted(self._code, (code, code + 1))
        found = np.zeros(self.n * self.n)
        found[self._pair[first:last]] = self._value[first:last]
        return found.reshape(self.n, self.n)

    def strength(self, layer: Layer, arm: str, quarter: int) -> F8:
        """Return the value of each pair of actors, symmetric, shape (n, n)."""
        one = self.directed(layer, arm, quarter)
        if layer.both:
            return np.minimum(one, one.T)
        return one + one.T if layer.total else np.maximum(one, one.T)

    def links(self, layer: Layer, arm: str, quarter: int) -> B1:
        """Return which pairs are tied, symmetric, shape (n, n)."""
        # A mean of values that are a half each may end just below it.
        tied: B1 = self.strength(layer, arm, quarter) >= layer.least - 1e-9
        return tied & ~np.eye(self.n, dtype=np.bool_)


def _places(names: pd.Series[str], places: Mapping[str, int]) -> NDArray[np.int64]:
    """Return the place of each name, -1 where it has none."""
    code, found = pd.factorize(names)
    of = np.array([places.get(str(name), -1) for name in found], dtype=np.int64)
    return of[code]
