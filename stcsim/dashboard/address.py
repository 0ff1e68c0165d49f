"""The address holds what a page shows: read on every rendering, written on every change, so that Back works.

A page says what its fields may be; a value that is none of these falls back to the default and a line says
so. Fields of other pages in the address are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import solara

from stcsim.errors import quote

FIRST = "small_region"
"""Scenario of every page whose address names none: what it is asked takes seconds."""
CARRIED = ("scenario", "arms", "seed", "outcome", "saved")
"""Fields that a link to another page takes along."""
_LONGEST = 4_000
"""Characters of an address that are read."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:~+-]{0,199}")
_WORD = 200
"""Characters of a word, of which only what is found later says whether there is such a thing."""


@dataclass(frozen=True)
class Field:
    """What one name in the address may say.

    Parameters
    ----------
    default : where it says nothing, or nothing that is allowed
    read : gives the value of a text, None where it is not allowed
    write : gives the text of a value
    instead : says in words what is shown in place of a text that is not allowed
    lacks : gives what of a text that is read is not to be had, empty where nothing is
    """

    default: Any
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    instead: Callable[[], str] = lambda: "the default is shown"
    lacks: Callable[[str], str] = lambda _: ""


def choice(default: str, allowed: Iterable[str] | Callable[[str], bool]) -> Field:
    """Return a field that is one of some words."""
    fits = _fits(allowed)
    return Field(default, lambda text: text if fits(text) else None, instead=_instead(default))


def word() -> Field:
    """Return a field that is some word, until it is known which ones there are."""
    return choice("", is_word)


def is_word(text: str) -> bool:
    """Whether a text is short enough to be what something is called."""
    return len(text) < _WORD


def is_name(text: str) -> bool:
    """Whether a text is what an arm may be called, or a sum of arms."""
    return _NAME.fullmatch(text) is not None


def whole(default: int, least: int, most: int) -> Field:
    """Return a field that is a whole number within bounds."""

    def read(text: str) -> int | None:
        # Python would take underscores, spaces and digits of every script.
        fits = text.isascii() and text.isdigit() and len(text) <= 16
        return int(text) if fits and least <= int(text) <= most else None

    return Field(default, read, instead=lambda: f"this is {default}")


def names(allowed: Iterable[str] | Callable[[str], bool], most: int = 24) -> Field:
    """Return a field that is a list of names with commas between; those that are allowed stay."""
    fits = _fits(allowed)

    def read(text: str) -> tuple[str, ...] | None:
        found = _listed(text)
        return tuple(filter(fits, found)) if len(found) <= most else None

    def lacks(text: str) -> str:
        return ",".join(name for name in _listed(text) if not fits(name))

    return Field((), read, ",".join, _instead(""), lacks)


def _listed(text: str) -> tuple[str, ...]:
    # A plus that was typed into the address arrives as a space.
    parts = (part.strip().replace(" ", "+") for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _fits(allowed: Iterable[str] | Callable[[str], bool]) -> Callable[[str], bool]:
    return allowed if callable(allowed) else frozenset(allowed).__contains__


def _instead(default: str) -> Callable[[], str]:
    return lambda: "the default is shown" if default else "it is left out"


def flag(default: bool = False) -> Field:
    """Return a field that is on or off."""
    return Field(default, {"1": True, "0": False}.get, lambda value: "1" if value else "0")


def scenario(default: str = FIRST) -> Field:
    """Return the field that names a scenario which this session may use."""
    from stcsim.dashboard.sources import label_of, source_of

    found = choice(default, lambda name: source_of(name) is not None)
    return replace(found, instead=lambda: f"this is {label_of(default)}")


class Values(dict[str, Any]):
    """Values by name, and what had to be left out of the address.

    Attributes
    ----------
    notes : a sentence for each value that was not allowed
    """

    notes: tuple[str, ...] = ()


def read(search: str | None, fields: Mapping[str, Field]) -> Values:
    """Return what the part of an address behind ``?`` says."""
    said = said_in(search)
    found = Values({name: field.default for name, field in fields.items()})
    notes: list[str] = []
    for name, field in fields.items():
        if name not in said:
            continue
        value = field.read(said[name])
        if value is None:
            notes.append(note(name, said[name], field.instead()))
            continue
        found[name] = value
        if lacking := field.lacks(said[name]):
            notes.append(note(name, lacking, "it is left out"))
    found.notes = tuple(notes)
    return found


def note(name: str, text: str, instead: str) -> str:
    """Return the sentence for a value that is not to be had, and what is shown instead."""
    return f"The address asks for {name} {quote(text)}, which is not to be had: {instead}."


def written(search: str | None, fields: Mapping[str, Field], values: Mapping[str, Any]) -> str:
    """Return the part behind ``?`` that says `values`; defaults are left out, other names stay."""
    kept = {name: text for name, text in said_in(search).items() if name not in fields}
    own = {n: f.write(values[n]) for n, f in fields.items() if n in values and values[n] != f.default}
    return urlencode({**kept, **own}, safe=":,~")


def use_address(
    fields: Mapping[str, Field], meant: Callable[[str | None], str | None] = lambda search: search
) -> tuple[Values, Callable[..., None]]:
    """Return what the address says now, and a function that changes it: ``change(arms=("channel",))``.

    A change is a step that Back takes back. Names that it is not given keep what they have; None stands for
    the default.

    Parameters
    ----------
    fields : what it may say
    meant : gives what stands behind ``?`` with what that implies
    """
    router = solara.use_router()
    said = meant(router.search)
    values = read(said, fields)

    def change(**new: Any) -> None:
        given = {name: fields[name].default if value is None else value for name, value in new.items()}
        search = written(said, fields, {**values, **given})
        router.push(f"{router.path}?{search}" if search else router.path)

    return values, change


def implied(search: str | None, more: Mapping[str, str]) -> str:
    """Return the part behind ``?`` with what it implies; what it says itself holds."""
    return urlencode({**more, **said_in(search)}, safe=":,~")


def link(path: str, search: str | None, **more: str) -> str:
    """Return the address of another page that takes along what pages share.

    Parameters
    ----------
    path : such as ``/flows``
    search : of the page that is left
    more : fields as texts
    """
    kept = {name: text for name, text in said_in(search).items() if name in CARRIED}
    said = urlencode({**kept, **more}, safe=":,~")
    return f"{path}?{said}" if said else path


def said_in(search: str | None) -> dict[str, str]:
    """Return the texts of an address by name, as they stand behind ``?``."""
    # What stands behind # belongs to the browser.
    text = (search or "")[:_LONGEST].partition("#")[0]
    try:
        found = parse_qs(text, keep_blank_values=True, max_num_fields=60)
    except ValueError:
        return {}
    return {name: texts[0] for name, texts in found.items()}
