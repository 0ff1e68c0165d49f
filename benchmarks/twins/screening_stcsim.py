"""A week of screening with stcsim's own functions, enumerating ordinary trade or counting it.

The order is that of `stcsim.processes.screening`: keyed counts of trade, slots from capacity, which
violations are inspected, who is recognised, honest goods held by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtri

from benchmarks.twins.screening_law import MISTAKEN, RECOGNISED, SEPARATION, VIOLATIONS, screening_law
from benchmarks.worker import Block
from stcsim.draws import F8, I8, U64, Draws, mix, poisson_quantile
from stcsim.processes.counted import count_instead, score_everything

_TRADE, _FRACTION, _MISTAKES = range(3)
_POST_USES = np.arange(3)[:, None]
_SCORE, _PLACE, _RECOGNISE = range(3)
_CASE_USES = np.arange(3)[:, None]


@dataclass(frozen=True)
class Border:
    """Checkpoints and how their trade is screened.

    Parameters
    ----------
    trade, capacity : of each checkpoint in a week, shape (posts,)
    keys : of checkpoints, shape (posts,)
    enumerate_all : draw every ordinary score instead of counting
    """

    trade: F8
    capacity: F8
    keys: U64
    enumerate_all: bool
    post: I8 = field(init=False)
    """Where each violation of a week is, shape (violations,)."""
    ordinal: I8 = field(init=False)
    """Which of its post's it is."""

    def __post_init__(self) -> None:
        posts = np.arange(len(self.keys))
        object.__setattr__(self, "post", np.repeat(posts, VIOLATIONS))
        object.__setattr__(self, "ordinal", np.tile(np.arange(VIOLATIONS), len(posts)))

    def screen(self, draws: Draws, week: int) -> dict[str, float]:
        """Screen one week and return its totals."""
        posts = len(self.keys)
        u = draws.uniform("week", len(_POST_USES) * week + _POST_USES, self.keys)
        trade = poisson_quantile(u[_TRADE], self.trade)
        slots = np.floor(self.capacity + (1 - u[_FRACTION])).astype(np.int64)
        post = self.post
        key = mix(self.keys[post], week * VIOLATIONS + self.ordinal)
        v = draws.uniform("screening", _CASE_USES, key)
        score = SEPARATION + ndtri(v[_SCORE])
        if self.enumerate_all:
            looked = score_everything(score, post, trade, slots, week, self.keys)
        else:
            looked = count_instead(score, post, v[_PLACE], trade, slots)
        inspected = np.minimum(slots, trade + VIOLATIONS)
        honest = inspected - np.bincount(post[looked], minlength=posts)
        mistakes = np.minimum(poisson_quantile(u[_MISTAKES], honest * MISTAKEN), honest)
        return {
            "declarations": float(trade.sum()),
            "inspections": float(inspected.sum()),
            "inspected_violations": float(looked.sum()),
            "recognised": float((looked & (v[_RECOGNISE] < RECOGNISED)).sum()),
            "mistakes": float(mistakes.sum()),
        }


def build(
    consignments: float, checkpoints: int, weeks: int = 1, seed: int = 1, enumerate_all: bool = False
) -> Block:
    """Return a block of some weeks; each block takes the weeks that follow those of the last."""
    law = screening_law(consignments, checkpoints)
    keys = mix(np.uint64(seed), np.arange(checkpoints))
    border = Border(np.array(law.trade), np.array(law.capacity), keys, enumerate_all)
    draws, week = Draws(), 0

    def block() -> dict[str, float]:
        nonlocal week
        found: dict[str, float] = {}
        for _ in range(weeks):
            for name, value in border.screen(draws, week).items():
                found[name] = found.get(name, 0.0) + value
            week += 1
        return found

    return block
