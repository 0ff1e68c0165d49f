"""Which folders among the results hold something that can be opened; no link is followed out of them."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from stcsim.api.portfolio import FOUND
from stcsim.api.provenance import RESOLVED
from stcsim.api.results import JSON
from stcsim.api.study_state import is_being_prepared
from stcsim.dashboard.sources import title_in
from stcsim.pictures.words import capital_words, clean
from stcsim.study.store.lock import LOCK
from stcsim.study.store.manifest import MANIFEST
from stcsim.study.store.shard import RUNS

Kind = Literal["study", "comparison", "portfolio"]
KINDS: dict[str, Kind] = {MANIFEST: "study", FOUND: "portfolio", JSON: "comparison"}
"""File that makes a folder one of a kind, in the order in which they are looked for."""
DEEPEST = 3
"""Folders within folders that are looked into."""
MOST_LOOKED = 4_000
"""Entries that are looked at, so that a huge folder takes no minutes."""
_LONGEST = 300


@dataclass(frozen=True)
class Found:
    """A folder that can be opened.

    Parameters
    ----------
    name : from the folder of results, with slashes
    kind : what it holds
    title : for people
    changed : seconds since 1970 when it was last written
    """

    name: str
    kind: Kind
    title: str
    changed: float


def found_in(results: Path) -> tuple[Found, ...]:
    """Return what lies in a folder of results, the newest first.

    Neither links nor hidden folders are looked into, and nothing within what was found.
    """
    seen = [0]
    found = list(_look(results, "", seen))
    return tuple(sorted(found, key=lambda one: (-one.changed, one.name)))


def folder_named(results: Path | None, name: str) -> tuple[Path, Kind] | None:
    """Return the folder that an address names and what it holds; None where there is none among the results.

    Parameters
    ----------
    name : as in `Found.name`; anything else, such as an absolute path, dots, or a link on the way, is nothing
    """
    parts = name.split("/")
    if results is None or not name or len(name) > _LONGEST or len(parts) > DEEPEST:
        return None
    if any(not part or part.startswith(".") or "\\" in part or not part.isprintable() for part in parts):
        return None
    path = results
    try:
        for part in parts:
            path = path / part
            if not stat.S_ISDIR(path.lstat().st_mode):
                return None
        kind = _kind(path)
    except (OSError, ValueError):
        return None
    return (path, kind) if kind is not None else None


def is_own_file(path: Path) -> bool:
    """Whether a path is a file and no link, so that it can be read without leaving its folder."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def shown_name(results: Path, name: str = "") -> str:
    """Return the name of a folder for who stands where the server was started.

    Results that lie elsewhere are named from beside them: no page tells where that is.

    Parameters
    ----------
    results : folder of results
    name : of a folder in it, with slashes; of the folder itself when not given
    """
    here, own = Path.cwd(), results.absolute()
    base = own.relative_to(here).as_posix() if own.is_relative_to(here) else own.name
    return "/".join(part for part in (base if base != "." else "", name) if part) or "."


def _look(folder: Path, above: str, seen: list[int]) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        seen[0] += 1
        if seen[0] > MOST_LOOKED:
            return
        name = f"{above}{entry.name}"
        try:
            if entry.name.startswith(".") or not entry.is_dir(follow_symlinks=False):
                continue
            path = Path(entry.path)
            kind = _kind(path)
        except OSError:
            continue
        if kind is not None:
            changed = _changed(path, kind)
            yield Found(name, kind, _title(path, kind, changed) or entry.name, changed)
        elif name.count("/") < DEEPEST - 1:
            yield from _look(path, f"{name}/", seen)


def _kind(folder: Path) -> Kind | None:
    found = next((kind for file, kind in KINDS.items() if is_own_file(folder / file)), None)
    return "study" if found is None and is_being_prepared(folder) else found


@lru_cache(maxsize=1_000)
def _title(folder: Path, kind: Kind, changed: float) -> str:  # noqa: ARG001 - another time, another text
    """Return what a folder says that it is about, empty where it does not."""
    file = next(file for file, of in KINDS.items() if of == kind)
    try:
        told: Any = json.loads((folder / file).read_bytes())
        if kind == "study":
            study = told["study"]
            return clean(str(study.get("title") or study.get("question") or "")) or capital_words(
                str(study["name"])
            )
        if kind == "comparison":
            name = clean(str(told["provenance"]["scenario"]))
            return f"Comparison: {clean(title_in(folder / RESOLVED)) or capital_words(name)}"
        return "Portfolio of " + ", ".join(clean(str(part)) for part in told["parts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def _changed(folder: Path, kind: Kind) -> float:
    files = [folder / file for file, of in KINDS.items() if of == kind] + [folder / RUNS, folder / LOCK]
    times = [0.0]
    for path in files:
        try:
            times.append(path.lstat().st_mtime)
        except OSError:
            continue
    return max(times)
