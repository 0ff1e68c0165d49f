"""How wide a text is, and how it is cut or broken to fit."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font

from stcsim.pictures.words import clean

FONT = "DejaVu Sans"
"""Text is measured in this family, which comes with matplotlib: it is wider than what browsers will show."""
SIZE = 11.0
"""Size of text in px; 72 dots per inch make a point a pixel."""


@contextmanager
def any_script() -> Iterator[None]:
    """Names in any script may be drawn: browsers have the glyphs that the measuring family lacks."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


@cache
def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Return the width of `text` in px, as measured in `FONT`."""
    font = get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))
    font.set_size(size, 72)
    with any_script():
        font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64


def fit(text: str, room: float, size: float = SIZE, bold: bool = False) -> str:
    """Return `text`, cut with an ellipsis when it is wider than `room` px."""
    text = clean(text)
    if text_width(text, size, bold) <= room:
        return text
    kept = text
    while kept and text_width(kept + "…", size, bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrap(text: str, room: float, lines: int, size: float = SIZE, bold: bool = False) -> list[str]:
    """Return `text` in at most `lines` lines of at most `room` px; what does not fit ends in an ellipsis."""
    rows: list[str] = []
    words = clean(text).split()
    while words:
        if len(rows) == lines - 1:
            rows.append(fit(" ".join(words), room, size, bold))
            break
        taken = 1
        while taken < len(words) and text_width(" ".join(words[: taken + 1]), size, bold) <= room:
            taken += 1
        rows.append(fit(" ".join(words[:taken]), room, size, bold))
        words = words[taken:]
    return rows or [""]
