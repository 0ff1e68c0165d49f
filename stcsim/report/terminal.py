"""The comparison as a table for the terminal: words first, then the change, then both intervals."""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.text import Text

from stcsim.analysis.comparison import Comparison
from stcsim.pictures.effects import Effect, Effects, effects_of
from stcsim.pictures.findings import design, verdict_words
from stcsim.pictures.words import capital, number, percent, signed, span

NARROWEST = 80
"""Columns that the table needs; on a narrower terminal its lines run on."""
_LABEL = 15
_WIDEST = 30
_STYLES = {"better": "green", "worse": "red", "": "bold"}
_ASCII = str.maketrans({"−": "-", "×": "x", "–": "-", "…": ".", "·": "|", "⁻": "-"})


def print_comparison(
    comparison: Comparison, console: Console, labels: Mapping[str, str] | None = None
) -> None:
    """Print the headlines of a comparison, one block of lines an arm.

    Parameters
    ----------
    comparison : as the analysis returns it
    console : where to; without colours when it is no terminal
    labels : names of arms for people, by name
    """
    plain = not (console.encoding or "utf-8").lower().startswith("utf")
    for line in _lines(effects_of(comparison, labels), max(console.width, NARROWEST)):
        if plain:
            line.plain = line.plain.translate(_ASCII).encode("ascii", "replace").decode("ascii")
        console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)


def to_text(comparison: Comparison, width: int = NARROWEST, labels: Mapping[str, str] | None = None) -> str:
    """Return what `print_comparison` prints on a plain output of `width` columns."""
    sink = io.StringIO()
    console = Console(file=sink, width=width, force_terminal=False, color_system=None, legacy_windows=False)
    print_comparison(comparison, console, labels)
    return sink.getvalue()


def _lines(effects: Effects, width: int) -> Iterator[Text]:
    cell = min(_WIDEST, (width - _LABEL) // len(effects.headline))
    wide = _LABEL + cell * len(effects.headline)
    yield from (Text(row) for row in textwrap.wrap(design(effects), width))
    yield Text()
    yield from _head(effects, cell)
    yield Text("─" * wide, style="dim")
    for arm in effects.own:
        yield Text(_cut(effects.label(arm), width), style="bold")
        yield from _block(effects, arm, cell)
        yield Text()
    yield from _foot(effects, width)


def _head(effects: Effects, cell: int) -> Iterator[Text]:
    """The names of the headline outcomes, as many lines as the longest needs."""
    columns = [textwrap.wrap(capital(effects.info(o).label), cell - 1)[:3] for o in effects.headline]
    for i in range(max(len(c) for c in columns)):
        yield _row("", [(column[i] if i < len(column) else "", "bold") for column in columns], cell)


def _block(effects: Effects, arm: str, cell: int) -> Iterator[Text]:
    found = [effects.get(arm, outcome) for outcome in effects.headline]
    yield _row("  verdict", [(verdict_words(e), _style(e)) for e in found], cell)
    yield _row("  change", [(_change(effects, e), _style(e)) for e in found], cell)
    yield _row("  runs", [(_span(effects, e, e.runs(_relative(effects, e))), "") for e in found], cell)
    if effects.worlds:
        spans = [(_span(effects, e, e.assumptions(_relative(effects, e))), "") for e in found]
        yield _row("  assumptions", spans, cell)
    rival = effects.rival(arm)
    if rival is not None:
        others = [effects.get(rival, outcome) for outcome in effects.headline]
        words = [(f"{_size(effects, e)} {e.verdict}", "" if e.clear else "dim") for e in others]
        yield _row("  on staff", words, cell)
    yield _row("  level", [(_levels(e, cell - 1), "dim") for e in found], cell)


def _row(label: str, cells: list[tuple[str, str]], cell: int) -> Text:
    line = Text(label.ljust(_LABEL), style="")
    for words, style in cells:
        line.append(_cut(words, cell - 1).ljust(cell), style=style)
    line.rstrip()
    return line


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1]}…"


def _style(e: Effect) -> str:
    return _STYLES[e.judged] if e.clear else "dim"


def _relative(effects: Effects, e: Effect) -> bool:
    return effects.relative(e.outcome) and math.isfinite(e.share)


def _size(effects: Effects, e: Effect) -> str:
    return percent(e.share) if _relative(effects, e) else signed(e.mean)


def _change(effects: Effects, e: Effect) -> str:
    return f"{_size(effects, e)} {e.judged}".strip() if e.clear else _size(effects, e)


def _span(effects: Effects, e: Effect, ends: tuple[float, float]) -> str:
    return span(*ends, relative=_relative(effects, e))


def _levels(e: Effect, room: int) -> str:
    both = f"{number(e.level)} / {number(e.base)}"
    return both if len(both) <= room else number(e.level)


def _foot(effects: Effects, width: int) -> Iterator[Text]:
    plain = [effects.info(o) for o in effects.headline if not effects.relative(o)]
    notes = [
        f"Change to the baseline in percent of it. Runs: {100 * effects.level:g}% interval of the mean "
        "difference under "
        "other chance and the same assumptions, for all arms and headlines at once."
    ]
    if plain:
        notes.append("In its own unit: " + ", ".join(f"{i.label} ({i.unit})" for i in plain) + ".")
    notes.append("Level: mean of the arm / of the baseline.")
    if effects.worlds:
        notes.append(
            f"Assumptions: {100 * effects.level:g}% of expected differences over {effects.worlds} sampled "
            "sets of them; "
            "the verdict comes from these."
        )
    else:
        notes.append(
            "Assumptions were not varied: verdicts speak of chance alone. Repeat with --worlds 10 or more "
            "before "
            "drawing conclusions."
        )
    notes += [f"{note}." for note in effects.notes if "not varied" not in note]
    for note in notes:
        yield from (Text(row, style="dim") for row in textwrap.wrap(note, width))
