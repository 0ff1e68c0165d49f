"""The page: the table and the lines, as many options as one side of A4 holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from stcsim.pictures.leading import ranked
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, clean, counted, listed
from stcsim.report.brief.answer import summary
from stcsim.report.brief.fitting import HEIGHT, SPARE, WIDTH, fitted, fitted_parts
from stcsim.report.brief.headlines import elsewhere, in_order, licences_in_table, more_headlines
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.lines import lines_of
from stcsim.report.brief.options import Row, rows_of, silent_rows
from stcsim.report.brief.table import LEAD, Table, columns_of, table_html, table_of
from stcsim.report.html import Html, tag
from stcsim.study.whole_files import write_page

NAME = "brief.html"
MOST_OPTIONS = 7
MOST_SILENT = 3
_TITLE, _QUESTION, _SUMMARY, _TEXT, _CELL, _FOOT = 15.0, 10.0, 10.5, 8.6, 8.2, 6.8
"""Sizes of type in pt, as in style.css."""
_LABEL = 92.0
"""Width of the labels of lines, pt."""
_SCALES = (1.3, 1.25, 1.2, 1.15, 1.1, 1.05)
"""Type is set larger by these, the first that fits, where there is little to tell."""
_REST_ROWS = 4
"""Rows below the table, in which options that it leaves out are named."""
_SHORT = 24
"""Characters of a name there where all would not fit."""
_COMMAND_ROWS = 40
"""Rows of the line that repeats the numbers: more than anybody writes."""
_BESIDE_ROWS = 3
"""Rows that one sentence on another headline may take in the box."""
_GAP = 5.0
"""Between lines, pt."""


@dataclass(frozen=True)
class _Sheet:
    """One try at filling the page: what would be set, and how high it stands."""

    title: str
    question: str
    answer: str
    beside: tuple[str, ...]
    table: Table
    rest: str
    lines: tuple[tuple[str, str], ...]
    foot: str
    again: str
    height: float
    scale: float


class _Told:
    """What there is to tell, computed once for all tries."""

    def __init__(self, inputs: BriefInputs) -> None:
        effects = inputs.effects
        self.order = in_order(inputs)
        shown = self.order[:MOST_OPTIONS]
        arms = [x for a in shown for x in (a, effects.rival(a)) if x is not None]
        self.inputs = inputs
        self.answer = summary(inputs)
        others = elsewhere(inputs)
        self.beside = tuple(found.words for found in others)
        # An option that the box names is one to be seen in the table.
        self.fewest = min(len(self.order), max(2, 1 + len({found.arm for found in others})))
        self.columns = columns_of(inputs)
        rows = rows_of(inputs, arms, more_headlines(inputs), licences=licences_in_table(inputs))
        self.rows = {row.arm: row for row in rows}
        self.silent = silent_rows(inputs.gaps, len(self.columns))[:MOST_SILENT]
        self.lines = {n: lines_of(inputs, shown[:n]) for n in range(1, len(shown) + 1)}

    def rows_for(self, arms: Sequence[str]) -> list[Row]:
        """Return the row of going on as now, those of some arms, and those of options without a result."""
        return [*(self.rows[arm] for arm in (BASELINE, *arms)), *self.silent]


def write_brief(path: Path | str, inputs: BriefInputs) -> Path:
    """Write the brief as one HTML file and return it; the same inputs give the same bytes.

    Parameters
    ----------
    path : file to write; in a folder, ``brief.html``
    inputs : what to tell
    """
    return write_page(path, NAME, render_brief(inputs))


def render_brief(inputs: BriefInputs) -> str:
    """Return the page."""
    sheet = _fullest(inputs)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"stcsim {inputs.provenance.version}"),
        tag("title", f"{sheet.title} · brief"),
        Html(
            f"<style>{files('stcsim.report.brief').joinpath('style.css').read_text(encoding='utf-8')}</style>"
        ),
    )
    body = tag(
        "body",
        tag(
            "main",
            tag("header", tag("p", "Brief", class_="kind"), tag("h1", sheet.title)),
            tag("p", tag("b", "Question. "), sheet.question, class_="question"),
            tag("p", sheet.answer, *(x for text in sheet.beside for x in (tag("br"), text)), class_="answer"),
            table_html(sheet.table),
            tag("p", sheet.rest, class_="rest") if sheet.rest else None,
            tag("dl", *(tag("div", tag("dt", label), tag("dd", text)) for label, text in sheet.lines)),
            tag("footer", sheet.foot, tag("br"), sheet.again),
            class_="sheet",
            style=f"--scale:{sheet.scale:g}",
        ),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def _fullest(inputs: BriefInputs) -> _Sheet:
    """Return the first of the tries, from full to sparse, that fits; the last one always does."""
    told = _Told(inputs)
    sheet = None
    for arms, options, most in _tries(told):
        sheet = _sheet(told, arms, options, most)
        if sheet.height <= HEIGHT - SPARE:
            for scale in _SCALES:
                larger = _sheet(told, arms, options, most, scale)
                if larger.height <= HEIGHT - SPARE:
                    return larger
            break
    assert sheet is not None
    return sheet


def _tries(told: _Told) -> Iterator[tuple[list[str], list[str], int]]:
    """Yield arms of the table, options among them, and the most rows of text of a line.

    Sentences that the report has as well give way first, then rivals, then options.
    """
    effects, order, fewest = told.inputs.effects, told.order, told.fewest
    for mosts, largest in (((6, 5, 4), MOST_OPTIONS), ((3,), MOST_OPTIONS), ((2,), fewest)):
        for n in range(min(len(order), largest), fewest - 1, -1):
            shown = list(order[:n])
            for rivals in (shown, shown[:1]):
                arms = [
                    x for a in shown for x in (a, effects.rival(a) if a in rivals else None) if x is not None
                ]
                for most in mosts:
                    yield arms, shown, most
    yield list(order[:1]), list(order[:1]), 1


def _sheet(told: _Told, arms: Sequence[str], shown: Sequence[str], most: int, scale: float = 1.0) -> _Sheet:
    inputs = told.inputs
    info = inputs.info
    heights = []
    cell, size_of_text = _CELL * scale, _TEXT * scale

    def set_(text: str, size: float, rows: int, width: float = WIDTH, *, bold: bool = False) -> str:
        size = size * scale
        kept, used = fitted(text, width, size, rows, bold=bold)
        heights.append(used * size * LEAD)
        return kept

    title = set_(clean(info.title) or capital(info.name.replace("_", " ")), _TITLE, 2, WIDTH - 60, bold=True)
    asked = clean(info.question) or "Which option does most, at what price?"
    question = set_(asked, _QUESTION, min(most, 3), WIDTH - 55)
    answer = set_(told.answer, _SUMMARY, 5 if most > 1 else 3, WIDTH - 14, bold=True)
    beside = tuple(set_(text, _SUMMARY, _BESIDE_ROWS, WIDTH - 14, bold=True) for text in told.beside)
    heights.append(7 + 4 + 5 + 14)
    table = table_of(told.columns, told.rows_for(arms), most, cell)
    heights.append(table.height)
    rest = _rest(inputs, shown, arms)
    if rest:
        if fitted(rest, WIDTH, cell, _REST_ROWS)[0] != rest:
            rest = _rest(inputs, shown, arms, short=True)
        rest = set_(rest, _CELL, _REST_ROWS)
        heights.append(3.0)
    lines = []
    for line in told.lines[len(shown)]:
        room = WIDTH - _LABEL - 8
        text, used = fitted_parts(
            line.parts, room, size_of_text, line.most if line.whole else min(line.most, most), line.rest
        )
        _, label = fitted(line.label, _LABEL - 4, size_of_text, 3, bold=True)
        heights.append(max(used, label) * size_of_text * LEAD + _GAP)
        lines.append((line.label, text))
    # The line that repeats the numbers is whole, whatever has to give way for it.
    foot = set_(_origin(inputs), _FOOT, 4)
    again = set_(_again(inputs), _FOOT, _COMMAND_ROWS)
    heights.append(8.0)
    return _Sheet(
        title, question, answer, beside, table, rest, tuple(lines), foot, again, sum(heights), scale
    )


def _rest(inputs: BriefInputs, shown: Sequence[str], arms: Sequence[str], *, short: bool = False) -> str:
    """Say which options the table leaves out, and which have no rival in it.

    Parameters
    ----------
    shown : options of the table
    arms : options and rivals of the table
    short : whether long names are cut, so that every option is named
    """
    effects = inputs.effects

    def named(label: str) -> str:
        return f"{label[: _SHORT - 1].rstrip()}…" if short and len(label) > _SHORT else label

    left = [named(effects.label(a)) for a in ranked(effects) if a not in shown]
    said = []
    if left:
        said.append(
            f"{counted(len(left), 'more option')}, with less or no clear gain: {listed(left, len(left))}."
        )
    if silent := inputs.gaps.silent[MOST_SILENT:]:
        quiet = [named(label) for label, _ in silent]
        said.append(f"No result, as their runs failed or are missing: {listed(quiet, len(quiet))}.")
    hidden = [r for r in effects.rivals if r not in arms]
    if not effects.rivals:
        said.append("The same money on staff was not run.")
    elif hidden:
        also = f"{counted(len(hidden), 'more option')}"
        said.append(f"The same money on staff was run for {also} too: see {inputs.report}.")
    return " ".join(said)


def _origin(inputs: BriefInputs) -> str:
    """Return how sure the words are, and where they come from."""
    effects, origin = inputs.effects, inputs.provenance
    if effects.worlds:
        sure = (
            "Clearly: the range of the mean over sampled assumptions leaves out zero for all options and "
            "main outcomes at once and 95% of the sets agree. Probably: for this one alone, and 80% agree."
        )
    else:
        sure = (
            "Clearly: the range over chance leaves out zero for all options and main outcomes at once. "
            "Probably: for this one alone. Assumptions were not varied."
        )
    if effects.worlds:
        sure += (
            " Changes, levels and licences: means over the sampled sets. Cost, hours, who pays and months: "
            "default assumptions."
        )
    runs = (
        f"{counted(effects.pairs, 'pair')} of runs, {counted(effects.worlds, 'sampled set')} of assumptions"
    )
    return (
        f"{sure} All changes are against going on as now. {capital(runs)}; "
        f"scenario {origin.scenario_hash[:12]}, seed {origin.seed}, stcsim {origin.version}."
    )


def _again(inputs: BriefInputs) -> str:
    """Return the line that gives the same numbers."""
    again = "Same numbers" if not inputs.gaps.unfinished else "Stopped; other numbers come from all of it"
    return f"{again}: {inputs.provenance.command}"
