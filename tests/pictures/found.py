"""What analyses find on invented numbers with a known truth: the ground of pictures and of a report."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from stcsim.analysis.ahead import Ahead, ahead
from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.discovery import Discovery, discover
from stcsim.analysis.over_values import ValueEffects, over_values
from stcsim.analysis.pareto import Front, front
from stcsim.analysis.ranking import Ranking, rank
from stcsim.analysis.robustness import Robustness, robustness, sampled
from stcsim.analysis.screening import Screening, screen
from stcsim.analysis.sobol_indices import SobolIndices, sobol_indices
from stcsim.draws import F8
from tests.report import synthetic

ARMS = ("frontline_channel", "capacity_capture", "coordinating_entity", "donor_coordination")
LABELS = {**synthetic.LABELS, "baseline": "Baseline"}
AWARENESS = "parameters.firms.awareness_start"
WORLDS = 60


@cache
def cube(arms: tuple[str, ...] = ARMS) -> Cube:
    """Return sampled points in which the best arm harms where firms are aware above 0.6."""
    rng = np.random.default_rng(3)
    points = pd.DataFrame(
        {
            "world": np.arange(WORLDS + 1),
            "scenario": "region",
            AWARENESS: [0.5, *rng.random(WORLDS)],
            "parameters.screening.recognition_base": [0.5, *rng.random(WORLDS)],
            "structure.capture": ["rate", *rng.choice(["rate", "immediate"], WORLDS)],
        }
    )
    runs = synthetic.runs_of({a: synthetic.ARMS[a] for a in arms}, worlds=WORLDS, replications=4)
    aware = runs["world"].map(dict(zip(points["world"], points[AWARENESS], strict=True))) > 0.6
    runs.loc[(runs["arm"] == "coordinating_entity") & aware, "diversions"] *= 1.5
    return sampled(cube_of(runs, points, ["diversions", "total_cost"], arms=list(arms)))


@cache
def ranking() -> Ranking:
    return rank(cube(), "diversions", draws=400)


@cache
def crowded_ranking() -> Ranking:
    return rank(cube(tuple(synthetic.ARMS)), "diversions", draws=200)


@cache
def edge() -> Front:
    return front(cube(), "diversions", "total_cost", draws=400)


@cache
def held() -> Robustness:
    return robustness(cube(), "diversions", arm="coordinating_entity", draws=100)


@cache
def sets() -> Ahead:
    return ahead(cube(), "diversions")


@cache
def boxes() -> Discovery:
    inputs = cube().inputs
    return discover(inputs, np.asarray(inputs[AWARENESS] > 0.6))


def _target(places: F8, noise: float) -> F8:
    rng = np.random.default_rng(4)
    values = 3 * places[:, 0] + 2 * places[:, 1] * places[:, 2]
    return values[:, None] + rng.normal(0, noise, (len(places), 2))


def names(number: int) -> tuple[str, ...]:
    return tuple(f"parameters.firms.quantity_{i}_with_a_name_that_goes_on_and_on" for i in range(number))


@cache
def screened() -> Screening:
    """Return trajectories of ten quantities, of which the first three matter; drawn here, without SALib."""
    rng = np.random.default_rng(5)
    rows = []
    for _ in range(12):
        at = rng.integers(0, 2, 10) / 3
        rows.append(at)
        for i in rng.permutation(10):
            at = at.copy()
            at[i] += 2 / 3
            rows.append(at)
    places = np.array(rows)
    return screen(_target(places, 0.1), places, names(10))


@cache
def indices() -> SobolIndices:
    """Return rows of four quantities; drawn here, without SALib."""
    rng = np.random.default_rng(6)
    rows = []
    for a, b in zip(rng.random((96, 4)), rng.random((96, 4)), strict=True):
        rows.append(a)
        for i in range(4):
            mixed = a.copy()
            mixed[i] = b[i]
            rows.append(mixed)
        rows.append(b)
    places = np.array(rows)
    return sobol_indices(_target(places, 0.1), names(4))


@cache
def by_donors() -> ValueEffects:
    """Return a grid over donors: coordinating gains with their number, a channel does not."""
    rng = np.random.default_rng(7)
    rows = []
    for world, donors in enumerate((2, 4, 6, 8)):
        for replication in range(6):
            base = 200 + rng.normal(0, 10)
            values = {"baseline": base, "channel": base - 20, "group": base - 6 * donors + 8}
            rows += [
                {"arm": arm, "world": world, "replication": replication, "diversions": v + rng.normal(0, 1)}
                for arm, v in values.items()
            ]
    points = pd.DataFrame({"world": range(4), "scenario": "region", "donors": [2, 4, 6, 8]})
    found = over_values(cube_of(pd.DataFrame(rows), points, ["diversions"]), "diversions", "donors")
    assert found is not None
    return found
