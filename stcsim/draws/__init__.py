"""Random numbers as a function of (stream, step or ordinal, stable key): never of order or count.

A key already carries the seed of its run (`seeded`), so one stateless function serves every run that is
stacked in one state. Because every number is named by what it is for, adding an actor changes no other
actor's numbers, arms of one seed share their potential world, and neither the number of processes nor the
order of a file matters.
"""

from __future__ import annotations

from stcsim.draws.hashing import F8, I8, U64, stream_code
from stcsim.draws.keyed import Draws, exponential
from stcsim.draws.keys import key_of, keys_of, mix, seeded
from stcsim.draws.ordinals import first_place_above, places
from stcsim.draws.poisson import SMALL_MEAN, poisson_quantile

__all__ = [
    "F8",
    "I8",
    "SMALL_MEAN",
    "U64",
    "Draws",
    "exponential",
    "first_place_above",
    "key_of",
    "keys_of",
    "mix",
    "places",
    "poisson_quantile",
    "seeded",
    "stream_code",
]
