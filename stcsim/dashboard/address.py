"""The address holds what a page shows: read on every rendering, written on every change, so that Back works.

A page says what its fields may be; a value that is none of these falls back to the default and a line says
so. Fields of other pages in the address are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

import solara

from stcsim.errors import quote

FIRST = "small_region"
"""Scenario of every page whose address names none: what it is asked takes seconds."""
CARRIED = ("scenario", "arms", "seed", "outcome")
"""Fields that a link to another page takes along."""
_LONGEST = 4_000
"""Characters of an address that are read."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:~+-]{0,199}")


@dataclass(frozen=True)
class Field:
    """What one name in the address may say.

    Parameters
    ----------
    default : where it says nothing, or nothing that is allowed
    read : gives the value of a text, None where it is not allowed
    write : gives the text of a value
    """

    default: Any
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def choice(default: str, allowed: Iterable[str] | Callable[[str], bool]) -> Field:
    """Return a field that is one of some words."""
    fits = allowed if callable(allowed) else frozenset(allowed).__contains__
    return Field(default, lambda text: text if fits(text) else None)


def whole(default: int, least: int, most: int) -> Field:
    """Return a field that is a whole number within bounds."""

    def read(text: str) -> int | None:
        # Python would take underscores, spaces and digits of every script.
        fits = text.isascii() and text.isdigit() and len(text) <= 16
        return int(text) if fits and least <= int(text) <= most else None

    return Field(default, read)


def names(
    default: Sequence[str], allowed: Iterable[str] | Callable[[str], bool] | None = None, most: int = 24
) -> Field:
    """Return a field that is a list of names with commas between; without `allowed`, of any such names."""
    fits: Callable[[str], bool] = lambda name: _NAME.fullmatch(name) is not None  # noqa: E731
    if allowed is not None:
        fits = allowed if callable(allowed) else frozenset(allowed).__contains__

    def read(text: str) -> tuple[str, ...] | None:
        # A plus that was typed into the address arrives as a space.
        parts = (part.strip().replace(" ", "+") for part in text.split(","))
        found = tuple(dict.fromkeys(part for part in parts if part))
        return found if len(found) <= most and all(fits(name) for name in found) else None

    return Field(tuple(default), read, ",".join)


def flag(default: bool = False) -> Field:
    """Return a field that is on or off."""
    return Field(default, {"1": True, "0": False}.get, lambda value: "1" if value else "0")


def scenario(default: str = FIRST) -> Field:
    """Return the field that names a scenario which this session may use."""
    from stcsim.dashboard.sources import source_of

    return choice(default, lambda name: source_of(name) is not None)


class Values(dict[str, Any]):
    """Values by name, and what had to be left out of the address.

    Attributes
    ----------
    notes : a sentence for each value that was not allowed
    """

    notes: tuple[str, ...] = ()


def read(search: str | None, fields: Mapping[str, Field]) -> Values:
    """Return what the part of an address behind ``?`` says."""
    said = _said(search)
    found = Values({name: field.default for name, field in fields.items()})
    notes: list[str] = []
    for name, field in fields.items():
        if name not in said:
            continue
        value = field.read(said[name])
        if value is None:
            shown = field.write(field.default)
            instead = f"this is {shown}" if shown else "it is left out"
            notes.append(
                f"The address asks for {name} {quote(said[name])}, which is not to be had: {instead}."
            )
        else:
            found[name] = value
    found.notes = tuple(notes)
    return found


def written(search: str | None, fields: Mapping[str, Field], values: Mapping[str, Any]) -> str:
    """Return the part behind ``?`` that says `values`; defaults are left out, other names stay."""
    kept = {name: text for name, text in _said(search).items() if name not in fields}
    own = {n: f.write(values[n]) for n, f in fields.items() if n in values and values[n] != f.default}
    return urlencode({**kept, **own}, safe=":,~")


def use_address(fields: Mapping[str, Field]) -> tuple[Values, Callable[..., None]]:
    """Return what the address says now, and a function that changes it: ``change(arms=("channel",))``.

    A change is a step that Back takes back. Names that it is not given keep what they have; None stands for
    the default.
    """
    router = solara.use_router()
    values = read(router.search, fields)

    def change(**new: Any) -> None:
        given = {name: fields[name].default if value is None else value for name, value in new.items()}
        search = written(router.search, fields, {**values, **given})
        router.push(f"{router.path}?{search}" if search else router.path)

    return values, change


def link(path: str, search: str | None, **more: str) -> str:
    """Return the address of another page that takes along what pages share.

    Parameters
    ----------
    path : such as ``/flows``
    search : of the page that is left
    more : fields as texts
    """
    kept = {name: text for name, text in _said(search).items() if name in CARRIED}
    said = urlencode({**kept, **more}, safe=":,~")
    return f"{path}?{said}" if said else path


def _said(search: str | None) -> dict[str, str]:
    # What stands behind # belongs to the browser.
    text = (search or "")[:_LONGEST].partition("#")[0]
    try:
        found = parse_qs(text, keep_blank_values=True, max_num_fields=60)
    except ValueError:
        return {}
    return {name: texts[0] for name, texts in found.items()}
