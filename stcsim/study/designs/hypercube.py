"""Latin hypercubes: each quantity has one point in each of as many equal shares of its values.

McKay, Beckman and Conover (1979), Technometrics 21, 239-245.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import qmc

from stcsim.draws import F8
from stcsim.study.designs.sample import Sample


def hypercube_sample(quantities: int, points: int, seed: int) -> Sample:
    """Return `points` points that share no chance.

    Parameters
    ----------
    quantities : how many are varied, 1 or more
    points : how many are drawn; with another number all of them differ
    seed : of the design
    """

    def draw() -> F8:
        places: F8 = qmc.LatinHypercube(quantities, seed=np.random.default_rng(seed)).random(points)
        return places

    return Sample(np.arange(points), draw)
