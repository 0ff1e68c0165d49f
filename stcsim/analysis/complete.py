"""A design is complete or it is not analysed: what failed is run again, and never filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from stcsim.analysis.cube import Cube
from stcsim.errors import InputError, Problem

MOST_NAMED = 20
"""Points that a message names."""


def require_complete(cube: Cube, outcomes: Sequence[str], command: str) -> None:
    """Refuse a cube in which a run of a point is missing, or has no value of an outcome.

    A run is missing where none of the outcomes of the cube has a value. One that came to its end and has no
    value of one outcome cannot be mended by running it again: that outcome is undefined there.

    Parameters
    ----------
    cube : points of the design, and the runs that each should have
    outcomes : what is going to be analysed
    command : what runs the missing runs again

    Raises
    ------
    InputError
        naming the points
    """
    there = np.any([np.isfinite(cube.of(name)) for name in cube.outcomes], axis=0)
    lacking = np.flatnonzero(~there.all(axis=(0, 2)))
    if len(lacking):
        runs = int((~there).sum())
        said = (
            f"{runs:,} of {there.size:,} runs failed or are missing, at {named(cube.worlds[lacking])}; "
            "this design says nothing without them, and none is filled in"
        )
        raise InputError([Problem("", 0, 0, "", said, f"Run them again: {command}.")])
    problems = []
    for name in outcomes:
        undefined = np.flatnonzero(~np.isfinite(cube.of(name)).all(axis=(0, 2)))
        if len(undefined):
            said = f"has no value in a run at {named(cube.worlds[undefined])}, and none is filled in"
            problems.append(Problem("", 0, 0, name, said, "Choose an outcome that is always defined."))
    if problems:
        raise InputError(problems)


def named(points: Iterable[int]) -> str:
    """Return points in words, the first `MOST_NAMED` of them by number."""
    numbers = [int(p) for p in points]
    shown = ", ".join(str(p) for p in numbers[:MOST_NAMED])
    more = f" and {len(numbers) - MOST_NAMED:,} more" if len(numbers) > MOST_NAMED else ""
    return f"point{'' if len(numbers) == 1 else 's'} {shown}{more}"
