"""Morris' design: trajectories that change one quantity at a time, for screening many (Morris 1991).

Each trajectory has one point more than there are quantities; from each of its points to the next one quantity
moves by a fixed share of its range, in random order (doi 10.1080/00401706.1991.10484804).
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.errors import InputError, Problem
from stcsim.study.designs.sample import Sample, check_number, salib, unit_cube

LEVELS = 4
"""Places at which a quantity may stand when nothing else is said: a step is two thirds of its range."""
MOST_LEVELS = 1000
FEWEST_TRAJECTORIES = 4
MOST_TRAJECTORIES = 10_000


def morris_sample(quantities: int, trajectories: int, seed: int, levels: int = LEVELS) -> Sample:
    """Return ``trajectories * (quantities + 1)`` points, trajectory after trajectory; each shares its chance.

    Trajectories that are added leave the earlier ones as they are.

    Parameters
    ----------
    quantities : how many are varied, 1 or more
    trajectories : how many are drawn
    seed : of the design
    levels : places at which a quantity may stand, an even number; a step goes over half of them, which is
        ``levels / 2 / (levels - 1)`` of the range

    Raises
    ------
    InputError
        a number is out of range
    """
    check_number("design.trajectories", trajectories, FEWEST_TRAJECTORIES, MOST_TRAJECTORIES)
    check_number("design.levels", levels, 2, MOST_LEVELS)
    if levels % 2:
        raise InputError([Problem("", 0, 0, "design.levels", f"{levels} is not even", f"Take {levels + 1}.")])

    def draw() -> F8:
        places = salib("sample.morris").sample(
            unit_cube(quantities), trajectories, num_levels=levels, seed=np.random.default_rng(seed)
        )
        # A third and its double are what SALib's sums make of them; ends may miss 0 and 1 by rounding.
        return np.clip(np.asarray(places, dtype=np.float64), 0.0, 1.0)

    return Sample(np.repeat(np.arange(trajectories), quantities + 1), draw)
