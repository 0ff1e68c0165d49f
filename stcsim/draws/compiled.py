"""When compiled forms are taken: once a process has spent as much without them as loading them costs.

Loading Numba and the kernels costs what hashing some hundred million words in NumPy does, so for one short
run it is lost. What NumPy takes longer is counted in words hashed, of the hash itself and of processes that
have a compiled form. A process that has spent as much loads them: at worst it loses as much again, and a long
one wins.

The environment variable ``STCSIM_COMPILED`` decides otherwise: 0 never, 1 from the first number. Without
Numba, or where its kernels cannot be kept on disk (they would be compiled in every process), NumPy it is.
"""

from __future__ import annotations

import importlib
import os
import warnings
from typing import Any

VARIABLE = "STCSIM_COMPILED"
CALL = 1500
"""Fixed cost of a call in NumPy, in words hashed."""
LOADING = 1 << 27
"""Cost of loading Numba and the kernels, in words hashed."""

_asked = os.environ.get(VARIABLE, "")
if _asked not in ("", "0", "1"):
    warnings.warn(f"{VARIABLE}={_asked} is neither 0 nor 1 and taken as not set", stacklevel=2)
_left = {"0": 0, "1": 1}.get(_asked, LOADING)
"""Words until the kernels are loaded; 0 and below: they were, or never will be."""
_kernels: Any = None
_forms: dict[str, Any] = {}
"""Kernels of processes, by module; None where they cannot be had."""


def worth(words: int) -> Any:
    """Return the kernels for a call of so many words, or None where NumPy hashes them."""
    global _left
    if _kernels is not None:
        return _kernels
    if _left > 0:
        _left -= words + CALL
        if _left <= 0:
            _load()
    return _kernels


def form(module: str, words: int) -> Any:
    """Return the kernels of a process, or None where NumPy does it.

    Parameters
    ----------
    module : that has them
    words : what NumPy takes longer than they, in words hashed
    """
    if worth(words) is None:
        return None
    if module not in _forms:
        _forms[module] = _loaded(module)
    return _forms[module]


def _load() -> None:
    """Load the kernels of the hash, if they can be had."""
    global _kernels
    _kernels = _loaded("stcsim.draws.kernels")


def _loaded(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except Exception as error:
        # no Numba, no folder for its kernels, a torn file there: NumPy gives the same bits, and what only
        # saves time may not end a run
        if _asked == "1":
            warnings.warn(f"{VARIABLE}=1, but there is no compiled form: {error}", stacklevel=3)
        return None
