"""Numbers and verdicts in words: the same wording in pictures, report and terminal."""

from __future__ import annotations

import math
from typing import Final

MISSING: Final = "–"
"""What stands where a number is not defined."""
AT_MOST: Final = "−100% or more"
"""What stands where an interval reaches below the loss of everything, which no count can."""
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MEASURES = frozenset({"share", "dose", "thousand_usd", "of 100", "correlation", ""})
"""Units that are not counted one by one, beside ratios."""
_LONG = frozenset({"days", "weeks"})
_NAMES = ((1e9, "billion"), (1e6, "million"))


def _digits(x: float, significant: int) -> int:
    """Decimals that show `x` with that many significant digits."""
    return max(0, significant - 1 - math.floor(math.log10(abs(x)))) if x else 0


def number(x: float, significant: int = 3) -> str:
    """Return `x` for people: ``1,234``, ``0.0312``, ``2.4 million``, ``3.1×10⁻⁷``; a dash if not finite."""
    if not math.isfinite(x):
        return MISSING
    if x == 0:
        return "0"
    sign, size = ("−" if x < 0 else ""), abs(x)
    if size < 1e-3 or size >= 1e12:
        digits, _, power = f"{size:.1e}".partition("e")
        return f"{sign}{digits}×10{str(int(power)).translate(_SUPERSCRIPT)}"
    for unit, name in _NAMES:
        if size >= unit:
            return f"{sign}{_plain(size / unit, significant)} {name}"
    return f"{sign}{_plain(size, significant)}"


def _plain(size: float, significant: int) -> str:
    text = f"{size:,.{_digits(size, significant)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_column(x: float, largest: float) -> str:
    """Return `x` as finely as its column needs: ``791`` and ``<1`` rather than ``791`` and ``0.0432``.

    Parameters
    ----------
    largest : number of the column that is farthest from 0; three of its digits are shown
    """
    if not (math.isfinite(x) and math.isfinite(largest)) or largest == 0:
        return number(x)
    decimals = max(0, 2 - math.floor(math.log10(abs(largest))))
    if x and round(abs(x), decimals) == 0:
        return f"{'>−' if x < 0 else '<'}{number(10.0**-decimals)}"
    text = f"{abs(x):,.{decimals}f}"
    return f"{'−' if x < 0 else ''}{text}"


def signed(x: float, significant: int = 3) -> str:
    """Return a difference with its sign: ``+12``, ``−0.3``, ``0``."""
    text = number(x, significant)
    return f"+{text}" if math.isfinite(x) and x > 0 else text


def percent(x: float) -> str:
    """Return a relative difference with its sign: ``−15%``, ``+0.4%``, ``0%``; ``×13`` from tenfold on.

    Below a fall by everything, where only the end of an interval can lie, it says ``−100% or more``.

    Parameters
    ----------
    x : share of the reference; −0.15 is a fall by 15%
    """
    if not math.isfinite(x):
        return MISSING
    return AT_MOST if x < -1.0005 else _unbounded(x)


def _unbounded(x: float) -> str:
    if x >= 9:
        # Two digits are all that a multiple needs.
        return f"×{number(float(f'{1 + x:.2g}'))}"
    return f"{_percent_number(x)}%"


def share_percent(x: float, decimals: int = 0) -> str:
    """Return a part of a whole: ``12%``, or ``12.4%`` with one decimal."""
    return f"{100 * x:.{decimals}f}%"


def tick(x: float) -> str:
    """Return a relative difference on an axis, without needless decimals."""
    value = 100 * x
    if 1e-9 < abs(value) < 0.95:
        # ticks are round numbers: as many digits as they need, so that no two read the same
        return f"{'−' if value < 0 else '+'}{number(abs(value), 2)}%"
    return _unbounded(x).replace(".0%", "%")


def _percent_number(x: float) -> str:
    value = 100 * x
    decimals = 1 if abs(value) < 9.95 else 0
    text = f"{abs(value):,.{decimals}f}"
    if float(text.replace(",", "")) == 0:
        if abs(value) < 1e-9:
            return "0" if value == 0 else "0.0"
        # The side of 0 must show, since an interval may end just beside it; more digits would not fit.
        text = f"{abs(value):.2f}" if abs(value) >= 0.005 else text
    return f"{'−' if value < 0 else '+'}{text}"


def span(low: float, high: float, *, relative: bool) -> str:
    """Return an interval: ``−21 to −9%`` of relative differences, ``−1.2 to +0.4`` of plain ones."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "not defined"
    if not relative:
        return f"{signed(low)} to {signed(high)}"
    first, last = percent(low), percent(high)
    short = first.endswith("%") and last.endswith("%")
    return f"{first.removesuffix('%') if short else first} to {last}"


def arrow(change: float) -> str:
    """Return the sign that says up or down without colour."""
    return "▼" if change < 0 else "▲" if change > 0 else "■"


def less_and_more(unit: str) -> tuple[str, str]:
    """Return the words for a decrease and an increase, such as ``fewer`` and ``more``.

    Parameters
    ----------
    unit : of the outcome, such as ``transfers``
    """
    if unit in _LONG:
        return "shorter", "longer"
    return ("lower", "higher") if unit in _MEASURES or "/" in unit else ("fewer", "more")


def listed(items: list[str], limit: int = 4) -> str:
    """Return ``a, b and c``; what goes beyond `limit` is counted."""
    if len(items) > limit:
        items = [*items[: limit - 1], f"{len(items) - limit + 1} more"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case and all others as they are."""
    return text[:1].upper() + text[1:]


def counted(n: int, noun: str) -> str:
    """Return ``1 run`` or ``6 runs``."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def capital_words(name: str) -> str:
    """Return an identifier as words: ``frontline_channel`` is ``Frontline channel``."""
    words = name.replace("_", " ").replace("+", " + ").strip()
    return words[:1].upper() + words[1:]


def clean(text: str) -> str:
    """Return `text` in one line, with what cannot be printed or written to XML made visible."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
