"""What a design for sensitivity draws: places in the unit cube, and which of them share their chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from stcsim.draws import F8
from stcsim.errors import InputError, Problem

INSTALL = "Run: pip install -c constraints.txt -e '.[studies]'."
"""What gets SALib."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Points of a design, in the order in which its analysis wants them.

    Differences are taken between points of one set (a trajectory of Morris', a row of Sobol's), so these
    share seeds and most of the noise of runs falls out of the difference. Sets share none: they are
    independent in what is assumed and in chance, which is what makes an interval over sets an honest one.

    What draws the places may not be installed where runs are only read, so they are drawn when they are asked
    for; how many there are, and which share their chance, is known without.

    Parameters
    ----------
    chance : number of the set, from 0, shape (points,): it stands in for the number of the point where seeds
        are made
    draw : gives the places
    """

    chance: NDArray[np.int64]
    draw: Callable[[], F8]

    @cached_property
    def places(self) -> F8:
        """Share of its range at which each quantity stands, ends included, shape (points, quantities).

        Raises
        ------
        InputError
            what draws them is not installed
        """
        return self.draw()


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
        raise InputError([Problem("", 0, 0, "", said, INSTALL)]) from None


def has_salib() -> bool:
    """Whether SALib is installed; it is not imported."""
    from importlib.util import find_spec

    return find_spec("SALib") is not None


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
