"""Scenario discovery of a study: under which assumptions an arm is beaten, best, worse or better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from stcsim.analysis.boxes import Mask
from stcsim.analysis.cube import Cube
from stcsim.analysis.discovery import Discovery, discover
from stcsim.analysis.replicates import noise_share
from stcsim.analysis.set_means import Estimates
from stcsim.analysis.study_points import StudyFolder
from stcsim.analysis.targets import order_of
from stcsim.errors import InputError, quote
from stcsim.scenario.arms import BASELINE

When = Literal["beaten", "best", "worse", "better"]
WHEN: Mapping[When, str] = MappingProxyType(
    {
        "beaten": "is beaten by another arm or the baseline",
        "best": "is the best of all arms and the baseline",
        "worse": "is worse than the baseline",
        "better": "is better than the baseline",
    }
)
"""What may be looked for, as it is said of an arm."""


@dataclass(frozen=True, eq=False)
class Discovered:
    """Where something holds of an arm in one scenario.

    Parameters
    ----------
    scenario : its name in the study
    outcome : what the arm is judged by
    arm : which
    when : what holds of it
    noise : share of the variance between points' mean differences of the arm and the baseline that is noise
        of runs: as far as it goes, what holds at a point is chance; None where points share their chance
    found : boxes of the varied inputs
    """

    scenario: str
    outcome: str
    arm: str
    when: When
    noise: Estimates | None
    found: Discovery


def holds(cube: Cube, outcome: str, arm: str, when: When) -> Mask:
    """Return at which points something holds of an arm, by the means of its runs there.

    Parameters
    ----------
    cube : complete
    outcome : of which one direction is better
    arm : one of the cube
    when : ``beaten`` by another arm or the baseline, ``best`` of all, ``worse`` or ``better`` than the
        baseline; a tie is none of these
    """
    gain = cube.gain(outcome).mean(axis=2)
    own = gain[cube.arms.index(arm)]
    others = np.delete(gain, cube.arms.index(arm), axis=0).max(axis=0)
    found = {"beaten": own < others, "best": own > others, "worse": own < 0.0, "better": own > 0.0}
    return np.asarray(found[when], dtype=np.bool_)


def discover_in(
    study: StudyFolder, outcome: str | None = None, arm: str | None = None, when: When = "beaten"
) -> tuple[Discovered, ...]:
    """Look for boxes in every scenario of a study.

    Parameters
    ----------
    study : its folder
    outcome : the first of the study when not given
    arm : the best on average over the points, the baseline aside, when not given
    when : what is looked for

    Raises
    ------
    InputError
        an arm or outcome is not there, a run failed or is missing, or there are too few points
    """
    name = outcome or study.plan.outcomes[0]
    known = [a.name for a in study.plan.arms]
    if arm is not None and arm not in known:
        raise InputError(f"the study has no arm {quote(arm)}; it has {', '.join(known)}")
    if arm == BASELINE and when in ("worse", "better"):
        raise InputError("the baseline is neither better nor worse than itself; choose another arm")
    found = []
    for scenario, cube in study.cubes([name]):
        best = next(cube.arms[i] for i in order_of(cube.gain(name)) if i)
        chosen = arm or best
        wanted = holds(cube, name, chosen, when)
        boxes = discover(cube.inputs, wanted, seed=study.plan.spec.design.seed)
        noise = None
        if not cube.shared_seeds and chosen != BASELINE:
            own = cube.difference(name)[cube.arms.index(chosen) - 1]
            noise = noise_share(own, len(cube.worlds), 0.95)
        found.append(Discovered(scenario, name, chosen, when, noise, boxes))
    return tuple(found)
