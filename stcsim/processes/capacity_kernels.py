"""Kinetics of capacity as compiled loops, cell by cell: a cell is one component of one pair in use.

States the same as `capacity.moved` and `kinetics.advance`, which are the reference, and has to give the same
bits: only sums, products, quotients and square roots are taken here, each in the order of the NumPy form; the
exponentials between the two loops are NumPy's. Imports Numba: see `stcsim.draws.compiled` for when this is
wanted.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from stcsim.draws.kernels import made, read_only
from stcsim.processes.kinetics import LEAST_SPLIT, TOOLS


def _gathered(rows: Any, holders: Any, decay_latent: Any, decay_captured: Any, cells: Any) -> None:
    """Bring what is of holders to their cells: share, capture and both losses, in which tools are set.

    Parameters
    ----------
    rows : holder of each pair
    holders : share, rate of capture and of losing tools, shape (3, holders)
    cells : shape (4, n); written
    """
    cells[2, :], cells[3, :] = decay_latent, decay_captured
    for pair in range(len(rows)):
        row, first = rows[pair], 4 * pair
        for i in range(first, first + 4):
            cells[0, i], cells[1, i] = holders[0, row], holders[1, row]
        cells[2, first + TOOLS] = cells[3, first + TOOLS] = holders[2, row]


def _exponents(
    doses: Any,
    given: Any,
    shifted: Any,
    least: Any,
    planned: Any,
    cells: Any,
    dt: Any,
    captured_at_once: Any,
    modes: Any,
) -> Any:
    """Set what is captured at once, and the exponents of the modes; return whether any cell turns.

    Parameters
    ----------
    least : one number, or one for each cell
    captured_at_once : dose rate into captured capacity, shape (n,); written
    modes : exponent of the slower mode, what both are apart, and root, shape (3, n); written
    """
    several, turning = len(least) > 1, 0
    for i in range(len(doses)):
        to_captured = ((least[i] if several else least[0]) + planned[i] * cells[0, i]) * shifted[i]
        to_captured = min(to_captured, given[i])
        to_latent, capture = doses[i] - to_captured, cells[1, i]
        out_latent, out_captured = to_latent + capture + cells[2, i], to_captured + cells[3, i]
        gap, mean = (out_latent - out_captured) * 0.5, (out_latent + out_captured) * 0.5
        split = gap * gap - to_latent * (capture - to_captured)
        turning += split < 0
        root = np.sqrt(abs(split) + LEAST_SPLIT)
        modes[0, i] = (root - mean) * dt
        modes[1, i] = root * (-2 * dt)
        modes[2, i] = root
        captured_at_once[i] = to_captured
    return turning > 0


def _advance(doses: Any, captured_at_once: Any, cells: Any, modes: Any, stocks: Any) -> None:
    """Move latent and captured capacity, the rows of `stocks`, on by modes that do not turn."""
    for i in range(len(doses)):
        to_captured, capture = captured_at_once[i], cells[1, i]
        to_latent = doses[i] - to_captured
        rest_latent = to_latent / (capture + cells[2, i])
        rest_captured = (to_captured + capture * rest_latent) / cells[3, i]
        free = 1 / (1 + rest_latent + rest_captured)
        rest_latent *= free
        rest_captured *= free
        out_latent, out_captured = to_latent + capture + cells[2, i], to_captured + cells[3, i]
        gap, across = (out_latent - out_captured) * 0.5, capture - to_captured
        even = (0.5 * modes[1, i] + 1) * modes[0, i]
        odd = modes[0, i] * modes[1, i] / (-2 * modes[2, i])
        off_latent, off_captured = stocks[0, i] - rest_latent, stocks[1, i] - rest_captured
        latent = even * off_latent + rest_latent
        latent -= odd * (gap * off_latent + to_latent * off_captured)
        captured = even * off_captured + rest_captured
        captured += odd * (across * off_latent + gap * off_captured)
        latent = min(max(latent, 0.0), 1.0)
        stocks[0, i] = latent
        stocks[1, i] = min(max(captured, 0.0), 1.0 - latent)


_real, _table = numba.types.float64, numba.types.float64[:, ::1]
_column, _given = read_only(_real), read_only(_real, 2)
gathered = made(_gathered, read_only(numba.types.int64), _given, _column, _column, _table)
exponents = made(_exponents, *[_column] * 5, _given, _real, _real[::1], _table, gives=numba.types.boolean)
advance = made(_advance, _column, _column, _given, _given, _table)
