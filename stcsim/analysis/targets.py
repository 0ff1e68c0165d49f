"""What sensitivity is asked of: the paired difference of each arm, the order of arms, and levels.

A level mostly follows from assumptions that no arm changes, so what moves it need not move what an arm does.
The paired difference does; the order of arms is what a choice hangs on, and may stand where all differences
move. All are given run by run, or half by half, so that the noise of runs can be taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from stcsim.analysis.cube import Cube
from stcsim.draws import F8
from stcsim.outcomes.registry import INFOS

Kind = Literal["difference", "lead", "order", "level"]
KINDS: tuple[Kind, ...] = ("difference", "lead", "order", "level")


@dataclass(frozen=True, eq=False)
class Target:
    """One number of each point, as seen by runs that are independent given the point.

    Parameters
    ----------
    kind : ``difference`` of an arm and the baseline; ``lead`` of the arm that is best on average over the
        next; ``order``, the share of pairs of arms that stand otherwise than on average; ``level`` of the
        baseline
    outcome : name of the outcome
    arm : what it is about: an arm, the leading two joined by `` over ``, or empty
    values : shape (points, runs); of an order two columns, one of each half of the runs
    unit : of the values
    scale : size of the outcome's own values, beside which rounding is no change
    """

    kind: Kind
    outcome: str
    arm: str
    values: F8
    unit: str
    scale: float = 0.0

    @property
    def name(self) -> str:
        """Name for people."""
        label = INFOS[self.outcome].label if self.outcome in INFOS else self.outcome
        return {
            "difference": f"{label}, {self.arm} against the baseline",
            "lead": f"{label}, lead of {self.arm}",
            "order": f"{label}, order of arms",
            "level": f"{label} in the baseline",
        }[self.kind]


def targets(cube: Cube, outcome: str, kinds: Sequence[Kind] = KINDS) -> tuple[Target, ...]:
    """Return what can be asked of one outcome.

    Parameters
    ----------
    cube : every run there, as `stcsim.analysis.complete.require_complete` makes sure
    outcome : one of its outcomes
    kinds : which are wanted; `lead` and `order` are left out where neither direction of the outcome is better
    """
    unit = INFOS[outcome].unit if outcome in INFOS else ""
    ranked = outcome in INFOS and INFOS[outcome].better != "none"
    size = float(np.abs(cube.of(outcome)).max(initial=0.0))
    found: list[Target] = []
    if "difference" in kinds:
        for arm, values in zip(cube.arms[1:], cube.difference(outcome), strict=True):
            found.append(Target("difference", outcome, arm, values, unit, size))
    if ranked and "lead" in kinds and len(cube.arms) > 2:
        gain = cube.gain(outcome)
        first, second = order_of(gain)[:2]
        arm = f"{cube.arms[first]} over {cube.arms[second]}"
        found.append(Target("lead", outcome, arm, gain[first] - gain[second], unit, size))
    if ranked and "order" in kinds:
        found.append(Target("order", outcome, "", swapped_pairs(cube.gain(outcome)), "share of pairs"))
    if "level" in kinds:
        found.append(Target("level", outcome, "", cube.of(outcome)[0], unit, size))
    return tuple(found)


def order_of(gain: F8) -> list[int]:
    """Return the arms from the best to the worst on average over points and runs, ties as they stand.

    Parameters
    ----------
    gain : more is better, shape (arms, points, runs)
    """
    return [int(a) for a in np.argsort(-gain.mean(axis=(1, 2)), kind="stable")]


def swapped_pairs(gain: F8) -> F8:
    """Return the share of pairs of arms that stand otherwise than on average, shape (points, halves).

    It is 0 where all stand as on average and 1 where the order is turned round; a tie counts one half. Each
    half of the runs orders the arms by their mean, so that two answers of a point are independent.

    Parameters
    ----------
    gain : more is better, shape (arms, points, runs)
    """
    order = order_of(gain)
    pairs = list(combinations(order, 2))
    runs = gain.shape[2]
    halves = [gain] if runs < 2 else [gain[:, :, : runs // 2], gain[:, :, runs // 2 :]]
    shares = []
    for half in halves:
        mean = half.mean(axis=2)
        turned = [0.5 - 0.5 * np.sign(mean[better] - mean[worse]) for better, worse in pairs]
        shares.append(np.mean(turned, axis=0))
    return np.stack(shares, axis=1)
