"""Every figure once: from the tables of a comparison to a drawing whose title states what was computed.

What is named here is imported when it is first used: numbers in words need no figures.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stcsim.pictures.picture import Picture
    from stcsim.pictures.plot import plot_comparison, plot_series

__all__ = ["Picture", "plot_comparison", "plot_series"]

_HOMES = {
    "Picture": "stcsim.pictures.picture",
    "plot_comparison": "stcsim.pictures.plot",
    "plot_series": "stcsim.pictures.plot",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'stcsim.pictures' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
