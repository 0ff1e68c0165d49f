"""What a design for sensitivity draws: places in the unit cube, and which of them share their chance."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from stcsim.draws import F8
from stcsim.errors import InputError, Problem


@dataclass(frozen=True, eq=False)
class Sample:
    """Points of a design, in the order in which its analysis wants them.

    Differences are taken between points of one set (a trajectory of Morris', a row of Sobol's), so these
    share seeds and most of the noise of runs falls out of the difference. Sets share none: they are
    independent in what is assumed and in chance, which is what makes an interval over sets an honest one.

    Parameters
    ----------
    places : share of its range at which each quantity stands, ends included, shape (points, quantities)
    chance : number of the set, from 0, shape (points,): it stands in for the number of the point where seeds
        are made
    """

    places: F8
    chance: NDArray[np.int64]


def salib(module: str) -> ModuleType:
    """Return a module of SALib, such as ``sample.morris``, imported late since that takes a second.

    Raises
    ------
    InputError
        it is not installed
    """
    from importlib import import_module

    try:
        return import_module(f"SALib.{module}")
    except ModuleNotFoundError:
        said = "designs morris and sobol, and what they say, need SALib, which is not installed"
        raise InputError([Problem("", 0, 0, "", said, "Run: pip install 'stcsim[studies]'.")]) from None


def unit_cube(quantities: int) -> dict[str, object]:
    """Return what SALib calls a problem: quantities that vary from 0 to 1."""
    names = [f"x{i}" for i in range(quantities)]
    return {"num_vars": quantities, "names": names, "bounds": [[0.0, 1.0]] * quantities, "groups": None}


def check_number(path: str, value: int, least: int, most: int) -> None:
    """Refuse a number of a design that is out of range.

    Raises
    ------
    InputError
        it is
    """
    if not least <= value <= most:
        said = f"{value} is not a whole number from {least} to {most}"
        raise InputError([Problem("", 0, 0, path, said, "")])
