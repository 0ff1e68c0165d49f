"""Verdicts: what the numbers of a row say, by rules that are written down, and what it hangs on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import rankdata

from stcsim.study.worlds import drawn_quantities
from tests.evidence.measuring import Effect
from tests.evidence.rows import Row
from tests.evidence.running import world_of

HOLDS, DEPENDS, WRONG, NOT_SHOWN = "holds", "depends on assumptions", "expectation wrong", "not shown"
VERDICTS = (HOLDS, DEPENDS, WRONG, NOT_SHOWN)
ENOUGH = 0.8
"""Share of sets of assumptions in which the expected sign has to hold."""
LEFT_OVER = 0.1
"""Share of an effect that a cut may leave."""


@dataclass(frozen=True)
class Judged:
    """A row with its numbers.

    Parameters
    ----------
    effect : at the defaults, relative where the row has a level; of a property its figure
    share : of sets of assumptions in which the expected sign holds, or the null is within its margin
    cut : effect with the route cut, None for nulls and properties
    matter : the two assumptions that the effect goes with most, with the rank correlation of each
    """

    row: Row
    effect: Effect
    share: float
    cut: Effect | None = None
    verdict: str = NOT_SHOWN
    matter: tuple[tuple[str, float], ...] = field(default=())
    told: str = ""


def cut_works(effect: Effect, cut: Effect) -> bool:
    """Whether a cut leaves nothing of an effect that could be told from none, or at most a tenth of it."""
    left = cut.value * math.copysign(1.0, effect.value)
    return cut.low <= 0 <= cut.high or left <= LEFT_OVER * abs(effect.value)


def verdict(row: Row, effect: Effect, share: float, gone: bool) -> str:
    """Return the verdict on a row, whose effect is gone with its route cut or not.

    An effect *holds* where at the defaults its interval excludes none on the expected side, it has the size
    expected at least, goes when its route is cut, and has the sign in four sets of assumptions of five. In
    fewer sets it *depends on assumptions*. An interval wholly on the other side makes the *expectation
    wrong*. Everything else is *not shown*. A null holds where its interval lies within the margin and four
    sets in five do, and is wrong where the interval lies wholly beyond.
    """
    if row.kind == "property":
        return HOLDS if share == 1.0 else WRONG
    if math.isnan(effect.value) or math.isnan(share):
        return NOT_SHOWN
    if row.sign == 0:
        if min(abs(effect.low), abs(effect.high)) > row.size and effect.sign != 0:
            return WRONG
        if max(abs(effect.low), abs(effect.high)) > row.size:
            return NOT_SHOWN
        return HOLDS if share >= ENOUGH else DEPENDS
    if effect.sign == -row.sign:
        return WRONG
    if effect.sign != row.sign or abs(effect.value) < row.size:
        return NOT_SHOWN
    if not gone:
        return NOT_SHOWN
    return HOLDS if share >= ENOUGH else DEPENDS


def reason(j: Judged) -> str:
    """Return why a row is not shown; nothing for other verdicts."""
    row, e = j.row, j.effect
    if j.verdict != NOT_SHOWN:
        return ""
    if math.isnan(e.value) or math.isnan(j.share):
        return "not defined in these runs"
    if row.sign == 0:
        beyond = abs(e.value) > row.size
        return "beyond the margin, and not clearly so" if beyond else "the interval is wider than the margin"
    if e.sign != row.sign:
        return "cannot be told from none"
    if abs(e.value) < row.size:
        return "as expected in sign, smaller in size"
    return "not by this route alone"


def matter_most(row: Row, by_world: Mapping[int, float], offset: int) -> tuple[tuple[str, float], ...]:
    """Return the two assumptions with the strongest rank correlation between draws and effects over the sets.

    Only assumptions that some arm of the row could meet are asked: the register's, and the parameters of its
    own mechanisms.
    """
    worlds = [w for w, value in by_world.items() if w > 0 and not math.isnan(value)]
    if len(worlds) < 4:
        return ()
    used = {m.name for cell in row.arms.values() for m in cell.arm}
    source = next(iter(row.arms.values())).source
    drawn = [dict(world_of(source, (), w, offset)) for w in worlds]
    effects = rankdata([by_world[w] for w in worlds])
    found: list[tuple[str, float]] = []
    if np.ptp(effects) == 0:
        return ()
    for quantity in drawn_quantities():
        head, group, _ = quantity.path.split(".")
        if head == "mechanisms" and group not in used:
            continue
        values = [d.get(quantity.path) for d in drawn]
        if any(v is None for v in values) or len(set(values)) < 2:
            continue
        found.append((quantity.path, float(np.corrcoef(rankdata(values), effects)[0, 1])))
    found.sort(key=lambda f: (-abs(f[1]), f[0]))
    return tuple(found[:2])
