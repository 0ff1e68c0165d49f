"""What differs between the files that lie in the folder of a study and those that it would have now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from stcsim.errors import quote

MOST_SHOWN = 3
"""Values that are told; of more their number."""
_NOTHING = object()
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def changes(folder: Path, files: Mapping[str, str], among: str, heads: Collection[str] = ()) -> list[str]:
    """Return which values are others, such as ``time.counted_weeks was 26 and is 52``; none that are labels.

    Files of the folder that are missing, or no mappings, say nothing.

    Parameters
    ----------
    files : texts as they would be now, by path in the folder
    among : part of the paths of the files that are looked at
    heads : how paths of values have to begin; all but arms and texts for people when none is given
    """
    found: list[str] = []
    for name in (name for name in files if among in name):
        before, now = _values(_read(folder / name)), _values(files[name])
        if not before:
            continue
        for path in (*before, *(p for p in now if p not in before)):
            was, is_now = before.get(path, _NOTHING), now.get(path, _NOTHING)
            if was != is_now and _looked_at(path, heads):
                found.append(f"{path} {_told('was', was)} and {_told('is', is_now)}")
    return found


def shown(found: list[str]) -> str:
    """Return changes in a sentence."""
    more = f", and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return f"{'; '.join(found[:MOST_SHOWN])}{more}"


def _looked_at(path: str, heads: Collection[str]) -> bool:
    if heads:
        return any(path == head or path.startswith((f"{head}.", f"{head}[")) for head in heads)
    return path.partition("[")[0] not in ("arms", "name", "title", "description", "notes", "format")


def _told(verb: str, value: object) -> str:
    return f"{verb} not given" if value is _NOTHING else f"{verb} {quote(value) if value == '' else value}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _values(text: str) -> dict[str, Any]:
    """Return the single values of a file by their paths."""
    try:
        return dict(_leaves("", yaml.load(text, Loader=_LOADER)))
    except yaml.YAMLError:
        return {}


def _leaves(path: str, node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), value)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _leaves(f"{path}[{place}]", value)
    elif path:
        yield path, node
