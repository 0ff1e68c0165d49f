"""Sobol's design as Saltelli extends it: two independent points, and one mixed of both for each quantity.

A row holds a point A, for each quantity A with that one quantity taken from B, and B (Saltelli and others
2010, doi 10.1016/j.cpc.2009.09.018); where pairs of quantities are asked for, B with each quantity taken from
A stands before the last. Points come from a scrambled Sobol' sequence, so rows are a power of 2.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.errors import InputError, Problem
from stcsim.study.designs.sample import Sample, check_number, salib, unit_cube

FEWEST_ROWS = 8
MOST_ROWS = 2**20


def sobol_sample(quantities: int, rows: int, seed: int, second_order: bool = False) -> Sample:
    """Return ``rows * (quantities + 2)`` points, row after row; the points of a row share their chance.

    Parameters
    ----------
    quantities : how many are varied, 1 or more
    rows : a power of 2
    seed : of the design
    second_order : whether pairs of quantities are told apart, with ``2 quantities + 2`` points a row

    Raises
    ------
    InputError
        a number is out of range
    """
    check_number("design.points", rows, FEWEST_ROWS, MOST_ROWS)
    if rows & (rows - 1):
        near = 2 ** (rows.bit_length() - 1)
        said = f"{rows} is not a power of 2, which Sobol's sequence has to have"
        raise InputError([Problem("", 0, 0, "design.points", said, f"Take {near} or {2 * near}.")])

    def draw() -> F8:
        places = salib("sample.sobol").sample(
            unit_cube(quantities), rows, calc_second_order=second_order, seed=np.random.default_rng(seed)
        )
        return np.asarray(places, dtype=np.float64)

    points = (2 * quantities if second_order else quantities) + 2
    return Sample(np.repeat(np.arange(rows), points), draw)
