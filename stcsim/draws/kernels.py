"""The hash of `hashing` as compiled loops. Imports Numba: see `compiled` for when this is wanted.

Only integers are shifted, multiplied and compared, and one exact conversion made, so the bits are those of
the NumPy form on every machine.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from stcsim.draws import hashing

GOLDEN, FIRST, SECOND = (np.uint64(k) for k in (hashing.GOLDEN, hashing.FIRST, hashing.SECOND))
S30, S27, S31, S12, ONE = (np.uint64(k) for k in (30, 27, 31, 12, 1))
STEP, HALF_STEP = 2.0**-52, 2.0**-53


def _finalise(z: Any) -> Any:
    z = (z ^ (z >> S30)) * FIRST
    z = (z ^ (z >> S27)) * SECOND
    return z ^ (z >> S31)


def _uniform(keys: Any, code: Any, added: Any, out: Any) -> None:
    c, a = code[()], added[()]
    for i in range(keys.size):
        z = finalise(finalise(keys[i] ^ c) + a)
        out[i] = np.float64(z >> S12) * STEP + HALF_STEP


def _uniform_steps(keys: Any, code: Any, steps: Any, out: Any) -> None:
    c = code[()]
    for i in range(keys.size):
        z = finalise(finalise(keys[i] ^ c) + (np.uint64(steps[i]) + ONE) * GOLDEN)
        out[i] = np.float64(z >> S12) * STEP + HALF_STEP


def _mix(first: Any, second: Any, out: Any) -> None:
    one = second[0] * GOLDEN + FIRST
    for i in range(first.size):
        b = one if second.size == 1 else second[i] * GOLDEN + FIRST
        out[i] = finalise(finalise(first[i] + GOLDEN) ^ b)


def read_only(kind: Any, axes: int = 1) -> Any:
    """Return the type of an array that is only read."""
    return numba.types.Array(kind, axes, "C", readonly=True)


def made(function: Any, *arguments: Any, gives: Any = numba.types.void) -> Any:
    """Return a function compiled for its one signature, kept on disk."""
    # as NumPy divides: nothing is raised, and loops can be done several numbers at once
    return numba.njit([gives(*arguments)], cache=True, nogil=True, error_model="numpy")(function)


_word, _real = numba.types.uint64, numba.types.float64
finalise = numba.njit(_finalise)
uniform = made(_uniform, read_only(_word), read_only(_word, 0), read_only(_word, 0), _real[::1])
uniform_steps = made(
    _uniform_steps, read_only(_word), read_only(_word, 0), read_only(numba.types.int64), _real[::1]
)
mix = made(_mix, read_only(_word), read_only(_word), _word[::1])
