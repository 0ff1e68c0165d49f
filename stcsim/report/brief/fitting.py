"""How much stands on one side of A4: text is measured before it is set.

It is measured in a family wider than Arial and what stands in for it. `NARROWER` takes part of that back: the
rest is room for browsers that break rows elsewhere, or have that wide family alone and set it smaller, by
``font-size-adjust`` of the style sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from stcsim.pictures.measure import text_width
from stcsim.pictures.words import clean

WIDTH = 516.0
"""Text width in pt: A4 less 14 mm on either side."""
HEIGHT = 776.0
"""Text height in pt: A4 less 11.5 mm above and below."""
NARROWER = 0.94
"""Width that is reckoned with over the width that is measured."""
_LARGE = 100.0
_MOST_CHARACTERS = 4000
"""More than a page can hold."""
SPARE = 8.0
"""What rounding in a browser may take, pt."""


def fitted(text: str, width: float, size: float, most: int, *, bold: bool = False) -> tuple[str, int]:
    """Return `text`, cut with an ellipsis where it takes more than `most` rows, and its rows.

    Parameters
    ----------
    width : of the column in pt
    size : of the type in pt
    """
    room = _room(width, size)
    rows, used, space = 1, 0.0, _width(" ", bold)
    kept = ""
    for word in clean(text[:_MOST_CHARACTERS]).split():
        pieces = _pieces(word, room, bold)
        for i, piece in enumerate(pieces):
            wide, gap = _width(piece, bold), "" if i else " "
            # what follows a piece begins a row, where the browser breaks the word
            if not used or (not i and used + space + wide <= room):
                used += wide + (space if used else 0.0)
            elif rows < most:
                rows, used = rows + 1, wide
            else:
                return _cut(kept), rows
            kept += (gap if kept else "") + piece
    return kept, rows


def _cut(text: str) -> str:
    """Return a text that ends in an ellipsis; its last word makes room for it."""
    before, _, last = text.rpartition(" ")
    last = last[:-2].rstrip(",;:.(")
    return (f"{before} {last}" if before and last else before or last) + "…"


def _pieces(word: str, room: float, bold: bool) -> list[str]:
    """Break a word that is wider than a row."""
    if _width(word, bold) <= room:
        return [word]
    n = max(1, int(room / _width("W", bold)))
    return [word[i : i + n] for i in range(0, len(word), n)]


def _room(width: float, size: float) -> float:
    """Return a width in the units that text is measured in.

    It is measured large: at the size of type, widths are rounded to whole dots.
    """
    return width / NARROWER * _LARGE / size


@cache
def _width(word: str, bold: bool) -> float:
    return text_width(word, _LARGE, bold)


def fitted_parts(parts: Sequence[str], width: float, size: float, most: int, rest: str) -> tuple[str, int]:
    """Return as many of `parts` as stand in `most` rows, joined, and the rows they take.

    The first one always stands there, cut where it has to be.

    Parameters
    ----------
    rest : sentence that stands for the parts left out
    """
    for n in range(len(parts), 0, -1):
        left = [rest] if n < len(parts) and rest else []
        text = " ".join([*parts[:n], *left])
        kept, rows = fitted(text, width, size, most)
        if kept == text or n == 1:
            return kept, rows
    return "", 0


def mixed_rows(lead: str, rest: str, width: float, size: float) -> int:
    """Return the rows of a cell whose `lead` is set bold before the `rest`."""
    rows, used, width = 1, 0.0, _room(width, size)
    space = _width(" ", False)
    for text, bold in ((lead, True), (rest, False)):
        for word in text.split():
            wide = _width(word, bold)
            if used and used + space + wide > width:
                rows, used = rows + 1, wide
            else:
                used += wide + (space if used else 0.0)
    return rows


def shared_widths(shares: Sequence[float]) -> list[float]:
    """Return widths of columns in pt that together take the whole width."""
    total = sum(shares)
    return [WIDTH * s / total for s in shares]
