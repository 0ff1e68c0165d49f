"""Simulation of how a strategic trade control ecosystem coordinates, and what coordination buys.

>>> import stcsim
>>> result = stcsim.compare("reference_region", ["frontline_channel"], replications=4)  # doctest: +SKIP
>>> result.headlines  # doctest: +SKIP

What is named here is imported when it is first used, so that ``import stcsim`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stcsim.api import ComparisonInterrupted, ComparisonResult, SingleRun, compare, load, run
    from stcsim.errors import InputError, Interrupted, ModelError, StcsimError
    from stcsim.model import EcosystemModel

    __version__: str

__all__ = [
    "ComparisonInterrupted",
    "ComparisonResult",
    "EcosystemModel",
    "InputError",
    "Interrupted",
    "ModelError",
    "SingleRun",
    "StcsimError",
    "__version__",
    "compare",
    "load",
    "run",
]

_HOMES = {
    "stcsim.api": ("ComparisonInterrupted", "ComparisonResult", "SingleRun", "compare", "load", "run"),
    "stcsim.errors": ("InputError", "Interrupted", "ModelError", "StcsimError"),
    "stcsim.model": ("EcosystemModel",),
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from stcsim.study.environment import package_version

        return package_version()
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'stcsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
