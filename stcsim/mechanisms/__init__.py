"""Coordination mechanisms, what a policymaker can choose: one file each, registered on import."""

from importlib import import_module
from pkgutil import iter_modules

from stcsim.mechanisms.base import REGISTRY, Mechanism

for _module in sorted(m.name for m in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

MECHANISMS: dict[str, type[Mechanism]] = dict(sorted(REGISTRY.items()))
"""Every mechanism by the name that scenario files use."""

__all__ = ["MECHANISMS", "Mechanism"]
