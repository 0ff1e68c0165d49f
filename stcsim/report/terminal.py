"""The comparison as a table for the terminal: words first, then the change, then both intervals."""

from __future__ import annotations

import codecs
import io
import locale
import math
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from stcsim.analysis.comparison import Comparison
from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effect, Effects, Interval, effects_of
from stcsim.pictures.findings import TOO_FEW, between, design, verdict_words
from stcsim.pictures.words import AT_MOST, capital, number, percent, signed

USUAL = 80
"""Columns of a plain output."""
_TABLE = 60
"""Columns that a table needs; with fewer each headline of an arm has lines of its own."""
_LABEL = 15
_NARROWEST_CELL = 16
_WIDEST = 30
_STYLES = {"better": "green", "worse": "red", "": "bold"}
IN_UNITS = "*"
"""Marks an interval in the outcome's unit among percentages."""
_SUMMED = {"thousand_usd": " over all counted years"}
Ends = Callable[[bool], Interval]
_ASCII = str.maketrans(
    {"−": "-", "×": "x", "–": "-", "…": ".", "·": "|", "─": "-", "≤": "<", "⁻": "^-"}
    | {high: str(low) for low, high in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
)


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
    plain = _letters_only(console)
    for line in _lines(effects_of(comparison, labels), console.width):
        if plain:
            line.plain = line.plain.translate(_ASCII).encode("ascii", "replace").decode("ascii")
        console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)


def _letters_only(console: Console) -> bool:
    """Whether only ASCII may be printed: by the output's encoding, or by the locale of a terminal.

    Python writes UTF-8 in the locale C as well, where a terminal need not show it.
    """
    if not (console.encoding or "utf-8").lower().startswith("utf"):
        return True
    return console.file is sys.stdout and codecs.lookup(locale.getencoding()).name == "ascii"


def to_text(comparison: Comparison, width: int = USUAL, labels: Mapping[str, str] | None = None) -> str:
    """Return what `print_comparison` prints on a plain output of `width` columns."""
    sink = io.StringIO()
    console = Console(file=sink, width=width, force_terminal=False, color_system=None, legacy_windows=False)
    print_comparison(comparison, console, labels)
    return sink.getvalue()


def _lines(effects: Effects, width: int) -> Iterator[Text]:
    cell = min(_WIDEST, (width - _LABEL) // len(effects.headline))
    yield from (Text(row) for row in textwrap.wrap(design(effects), width))
    yield Text()
    if width < _TABLE or cell < _NARROWEST_CELL:
        for arm in effects.own:
            yield from (Text(row, style="bold") for row in textwrap.wrap(effects.label(arm), width))
            for outcome in effects.headline:
                yield from _stack(effects, arm, outcome, width)
            yield Text()
        yield from _foot(effects, width, stacked=True)
        return
    wide = _LABEL + cell * len(effects.headline)
    yield from _head(effects, cell)
    yield Text("─" * wide, style="dim")
    base = (
        [effects.get(effects.arms[0], outcome).base for outcome in effects.headline] if effects.arms else []
    )
    yield from _row("Baseline level", [(number(x), "dim") for x in base], cell)
    yield Text()
    for arm in effects.own:
        yield Text(_cut(effects.label(arm), width), style="bold")
        yield from _block(effects, arm, cell)
        yield Text()
    yield from _foot(effects, width, stacked=False)


def _head(effects: Effects, cell: int) -> Iterator[Text]:
    """The names of the headline outcomes, as many lines as the longest needs."""
    columns = [textwrap.wrap(capital(effects.info(o).label), cell - 1)[:3] for o in effects.headline]
    for i in range(max(len(c) for c in columns)):
        yield from _row("", [(column[i] if i < len(column) else "", "bold") for column in columns], cell)


def _block(effects: Effects, arm: str, cell: int) -> Iterator[Text]:
    found = [effects.get(arm, outcome) for outcome in effects.headline]
    yield from _row("  verdict", [(verdict_words(e), _style(e)) for e in found], cell)
    yield from _row("  change", [(_change(effects, e), _style(e)) for e in found], cell)
    yield from _row("  runs", [(_span(effects, e, e.runs), "") for e in found], cell)
    if effects.worlds:
        yield from _row("  mean over", [(_over_worlds(effects, e)[0], "") for e in found], cell)
        yield from _row("   assumptions", [(_over_worlds(effects, e)[1], "") for e in found], cell)
        yield from _row("  95% of sets", [(_span(effects, e, e.assumptions), "") for e in found], cell)
    rival = effects.rival(arm)
    if rival is not None:
        others = [effects.get(rival, outcome) for outcome in effects.headline]
        yield from _row("  on staff", [(_size(effects, e), "" if e.clear else "dim") for e in others], cell)
        yield from _row("", [(verdict_words(e), "" if e.clear else "dim") for e in others], cell)
    yield from _row("  level", [(number(e.level), "dim") for e in found], cell)


def _stack(effects: Effects, arm: str, outcome: str, width: int) -> Iterator[Text]:
    """One headline of one arm in lines of its own."""
    e = effects.get(arm, outcome)
    lines = [
        (f"{capital(effects.info(outcome).label)}: {verdict_words(e)}, {_change(effects, e)}", _style(e)),
        (f"runs: {_span(effects, e, e.runs)}", ""),
    ]
    if e.worlds:
        centre, ends = _over_worlds(effects, e)
        lines.append((f"mean over assumptions: {centre} ({ends})", ""))
        lines.append((f"assumptions (95% of sets): {_span(effects, e, e.assumptions)}", ""))
    elif e.undefined:
        lines.append((f"assumptions: {TOO_FEW}", ""))
    rival = effects.rival(arm)
    if rival is not None:
        other = effects.get(rival, outcome)
        lines.append((f"on staff: {_size(effects, other)} {verdict_words(other)}", ""))
    lines.append((f"level: {number(e.level)} / {number(e.base)}", "dim"))
    for i, (line, style) in enumerate(lines):
        first = "  " if i == 0 else "    "
        rows = textwrap.wrap(line, width, initial_indent=first, subsequent_indent="      ")
        yield from (Text(row, style=style) for row in rows)


def _row(label: str, cells: list[tuple[str, str]], cell: int) -> Iterator[Text]:
    """As many lines as the longest cell needs: a number is never cut."""
    columns = [textwrap.wrap(words, cell - 1) for words, _ in cells]
    for i in range(max([1, *map(len, columns)])):
        line = Text("" if i else label)
        line.pad_right(_LABEL - len(line))
        for column, (_, style) in zip(columns, cells, strict=True):
            line.append((column[i] if i < len(column) else "").ljust(cell), style=style)
        line.rstrip()
        yield line


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


def _span(effects: Effects, e: Effect, ends: Ends) -> str:
    """An interval in percent; in the outcome's unit, and marked, where only that one is defined."""
    words = between(ends, _relative(effects, e), IN_UNITS)
    return words.replace(AT_MOST, "≤−100%").replace(f" {IN_UNITS}", IN_UNITS)


def _over_worlds(effects: Effects, e: Effect) -> tuple[str, str]:
    """The mean over assumptions and the interval that the verdict comes from."""
    share, _ = e.over_worlds(True)
    relative = _relative(effects, e) and math.isfinite(share)
    centre, _ = e.over_worlds(relative)
    mark = IN_UNITS if _relative(effects, e) and not relative and math.isfinite(centre) else ""
    ends = _span(effects, e, lambda shares: e.over_worlds(shares)[1])
    return (percent(centre) if relative else f"{signed(centre)}{mark}"), ends


def _needs_units(effects: Effects, arm: str, outcome: str) -> bool:
    e = effects.get(arm, outcome)
    told = [_span(effects, e, e.runs), *_over_worlds(effects, e), _span(effects, e, e.assumptions)]
    return any(words.endswith(IN_UNITS) for words in told)


def _foot(effects: Effects, width: int, *, stacked: bool) -> Iterator[Text]:
    holds = (
        "for all arms and headlines at once."
        if effects.worlds
        else "the one that the word comes from: beside clearly it holds for all arms and headlines at once, "
        "elsewhere it stands alone."
    )
    notes = [
        f"Change to the baseline in percent of it. Runs: {100 * effects.level:g}% interval of the mean "
        f"difference under other chance and the same assumptions, {holds}"
    ]
    infos = [effects.info(o) for o in effects.headline]
    units = "; ".join(f"{i.label}: {unit_words(i.unit)}{_SUMMED.get(i.unit, '')}" for i in infos)
    both = " (after a stroke, of the baseline)" if stacked else ""
    notes.append(f"Level: mean of the arm{both}. Units of levels and of what has no %: {units}.")
    if any(_needs_units(effects, arm, o) for arm in effects.own for o in effects.headline):
        notes.append(
            f"{IN_UNITS} in the outcome's unit: the baseline's own level is too uncertain for bounds in "
            "percent."
        )
    if effects.worlds:
        notes.append(
            "Mean over assumptions: the mean difference over "
            f"{effects.worlds} sampled sets of them, and its interval; the verdict comes from this one "
            "(for clearly it holds for all arms and headlines at once). "
            f"95% of sets: where {100 * effects.level:g}% of the expected differences lie; no verdict "
            "comes from it."
        )
    else:
        notes.append(
            "Assumptions were not varied: verdicts speak of chance alone. Repeat with --worlds 10 or more "
            "before "
            "drawing conclusions."
        )
    notes += [f"{capital(note)}." for note in effects.notes if "not varied" not in note]
    for note in notes:
        yield from (Text(row, style="dim") for row in textwrap.wrap(note, width))
