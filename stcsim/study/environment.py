"""What numbers were computed with."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

PACKAGES = ("numpy", "scipy", "pandas")


def package_version() -> str:
    """Return the version of this package, or that it runs from a checkout."""
    try:
        return version("stcsim")
    except PackageNotFoundError:
        return "checkout"


def versions(names: Sequence[str] = PACKAGES) -> Mapping[str, str]:
    """Return the versions of installed packages by name."""
    return {name: version(name) for name in names}


def platform_words() -> str:
    """Return what the numbers were computed on, without naming the machine."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
