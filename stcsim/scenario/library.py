"""Scenarios by name: from the checkout's folder ``scenarios`` or the copy that travels in the wheel."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from stcsim.errors import InputError, Problem, quote

SUFFIX = ".yaml"
_LISTED = 12
"""So many names are listed where none is near to the one that is not known."""
_PACKAGE = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """Return the folder of the library: the package's own copy, or the checkout's where there is none."""
    packed = _PACKAGE / "_library" / "scenarios"
    return packed if packed.is_dir() else _PACKAGE.parent / "scenarios"


def names() -> tuple[str, ...]:
    """Return the names of the scenarios in the library, sorted."""
    return tuple(sorted(p.stem for p in folder().glob(f"*{SUFFIX}") if p.is_file()))


def did_you_mean(word: str, known: list[str] | tuple[str, ...], before: str = "Did you mean '") -> str:
    """Return a question that offers the entry of `known` closest to `word`, empty when none is close."""
    close = get_close_matches(word[:60].lower(), [k.lower() for k in known], n=1, cutoff=0.6)
    match = next((k for k in known if close and k.lower() == close[0]), "")
    return f"{before}{match}'?" if match else ""


def known_here(known: list[str] | tuple[str, ...]) -> str:
    """Return a sentence that names the first entries of `known`, empty when there is none."""
    more = f" and {len(known) - _LISTED:,} more" if len(known) > _LISTED else ""
    return f"Known here: {', '.join(known[:_LISTED])}{more}." if known else ""


def is_name(text: str) -> bool:
    """Whether `text` has the form of a name rather than of a path."""
    return bool(text) and not any(c in text for c in "/\\\0") and not text.endswith((".yaml", ".yml"))


def find(text: str | os.PathLike[str]) -> Path:
    """Return the path of the scenario that `text` names: a file, or a scenario of the library.

    A file that exists goes before a name of the library, and that before a folder of the same name, for the
    output of a comparison may well be called like its scenario.

    Raises
    ------
    InputError
        For a name that the library does not have. A path is returned as it is, whether it exists or not.
    """
    path = Path(text)
    given = os.fspath(text)
    if not isinstance(text, str) or (given and not is_name(given)):
        return path
    try:
        kind_known, is_file = bool(given) and path.exists(), path.is_file()
    except (OSError, ValueError):
        kind_known, is_file = False, False
    if is_file:
        return path
    if given in names():
        return folder() / f"{given}{SUFFIX}"
    if kind_known:
        return path
    nearby = Path(f"{given}{SUFFIX}")
    repair = did_you_mean(given, names())
    if len(given) < 100 and nearby.is_file():
        repair = f"Did you mean '{nearby}'?"
    message = f"there is no scenario {quote(given)} in the library, and no file of that name"
    raise InputError([Problem("", 0, 0, "", message, repair)], "stcsim list scenarios")
