"""A file that the reader hands in: its text, never a path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.term import with_terms

LARGEST = 512 * 1024
"""Bytes that are taken where no other limit is given."""
_LONGEST_NAME = 120


@solara.component_vue("file_field.vue", vuetify=False)
def _File(
    label: str,
    accept: str,
    largest: int,
    note: str,
    problem: str,
    event_give: Callable[[dict[str, Any]], None],
) -> None: ...


@solara.component
def FileField(
    label: str,
    on_file: Callable[[str, str], None],
    *,
    accept: str = ".yaml,.yml",
    largest: int = LARGEST,
    note: str = "",
    problem: str = "",
) -> Element:
    """Hand in a text file, by keyboard too.

    What is larger than `largest` is not sent, and what is sent all the same is dropped here, unread.

    Parameters
    ----------
    label : above it
    on_file : called with the file's own name, without folders, and its text
    accept : endings that the browser offers
    largest : bytes that are taken
    note, problem : see `Choice`
    """

    def give(sent: dict[str, Any]) -> None:
        name, content = sent.get("name"), sent.get("text")
        if not isinstance(name, str) or not isinstance(content, str) or len(content) > largest:
            return
        bare = name.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME]
        on_file("".join(c for c in bare if c.isprintable()), content)

    return _File(
        label=label,
        accept=accept,
        largest=largest,
        note=str(with_terms(note)),
        problem=problem,
        event_give=give,
    )
