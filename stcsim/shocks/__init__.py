"""Shocks: what may befall the ecosystem. One file each; importing this package registers them."""

from importlib import import_module
from pkgutil import iter_modules

from stcsim.shocks.base import REGISTRY, Shock

for _module in sorted(m.name for m in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

SHOCKS: dict[str, type[Shock]] = dict(sorted(REGISTRY.items()))
"""Every shock by the name that scenario files use."""

__all__ = ["SHOCKS", "Shock"]
