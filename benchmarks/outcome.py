"""What a row found, and the page that tells it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from benchmarks import machine
from benchmarks.interleaved import Ratio
from benchmarks.rows import NAMES
from benchmarks.settings import Settings

REMARK = """\
{made}; nothing here is written by hand. Each ratio is one of medians over interleaved rounds, in processor
time where nothing else is said, each variant in a process of its own; in brackets the lowest and the
highest of the rounds. Twins state the same law, and their totals agreed within the error of chance in this
run, or there is no ratio; where the work differs by design, the line says so. "Algorithm" marks a row in
which counting is compared with enumeration: such a ratio grows with the volume of trade and says nothing
of speed per consignment."""


def number(value: float) -> str:
    """Return three digits of a number, never with an exponent."""
    return format(Decimal(f"{value:.3g}"), ",f")


def times(ratio: Ratio) -> str:
    """Return a ratio with its spread."""
    return f"{number(ratio.value)} times ({number(ratio.low)} to {number(ratio.high)})"


def milliseconds(seconds: Sequence[float]) -> str:
    """Return the median of rounds with their lowest and highest."""
    middle, low, high = (number(f(seconds) * 1e3) for f in (statistics.median, min, max))
    return f"{middle} ms ({low} to {high})"


def reason(error: Exception) -> str:
    """Return in one line why something failed: the last that a process said, or what the error says."""
    said = getattr(error, "stderr", None) or str(error)
    lines = (said.decode(errors="replace") if isinstance(said, bytes) else said).strip().splitlines()
    return f"{type(error).__name__}: {lines[-1] if lines else ''}"[:200]


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Parameters
    ----------
    work : what is done
    against : with whom, or in what unit
    value : what was measured, as text
    goal : as text
    met : whether the goal is met; None where there is none
    detail : times, sizes, remarks
    """

    work: str
    against: str
    value: str
    goal: str
    met: bool | None
    detail: str = ""


@dataclass
class Found:
    """What one row found.

    Parameters
    ----------
    judged : whether what is found is held against goals
    """

    judged: bool = True
    failed: bool = False
    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def times(self, work: str, against: str, ratio: Ratio, goal: float, detail: str = "") -> None:
        """Add a ratio that should be at least `goal`."""
        self._add(work, against, times(ratio), f"at least {number(goal)}", ratio.value >= goal, detail)

    def most(
        self, work: str, against: str, value: float, goal: float, unit: str = "", detail: str = ""
    ) -> None:
        """Add a number that should be at most `goal`."""
        if math.isnan(value):
            self.left_out(work, against, "this system does not tell it")
            return
        said, asked = (f"{number(v)} {unit}".strip() for v in (value, goal))
        self._add(work, against, said, f"at most {asked}", value <= goal, detail)

    def _add(self, work: str, against: str, said: str, goal: str, met: bool, detail: str) -> None:
        if self.judged:
            self.lines.append(Line(work, against, said, goal, met, detail))
        else:
            self.told(work, against, said, detail)

    def told(self, work: str, against: str, value: str, detail: str = "") -> None:
        """Add what is told without a goal."""
        self.lines.append(Line(work, against, value, "", None, detail))

    def left_out(self, work: str, against: str, why: str) -> None:
        """Say that a line could not be measured."""
        self.lines.append(Line(work, against, "not measured", "", None, why))

    @contextmanager
    def line(self, work: str, against: str) -> Iterator[None]:
        """Let what fails inside cost no more than its own line, which says why."""
        try:
            yield
        except Exception as error:
            self.failed = True
            self.left_out(work, against, reason(error))


def text_of(line: Line) -> str:
    """Return a line for the terminal."""
    mark = {True: "reached", False: "missed", None: ""}[line.met]
    asked = f"; {line.goal}: {mark}" if line.goal else ""
    return f"{line.work}, against {line.against}: {line.value}{asked}" + (
        f" [{line.detail}]" if line.detail else ""
    )


def page(found: Mapping[str, Found], settings: Settings) -> str:
    """Return the page of results as Markdown; its head says what is missing to a whole run.

    Parameters
    ----------
    found : by name of the row, in order
    """
    mark = {True: "yes", False: "no", None: ""}
    rows = [
        "| Work | Against | Measured | Goal | Reached | Detail |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in found.values():
        for line in one.lines:
            cells = (line.work, line.against, line.value, line.goal, mark[line.met], line.detail)
            rows.append("| " + " | ".join(" ".join(c.replace("|", "/").split()) for c in cells) + " |")
    told = [f"- {remark}" for one in found.values() for remark in one.remarks]
    about = (
        f"Measured on {datetime.now(UTC):%d %B %Y, %H:%M} UTC, commit {machine.commit() or 'unknown'}, on "
        f"{machine.processor()}, {machine.memory()}; load at the end {machine.load()}; {settings.rounds} "
        f"rounds. {machine.versions()}; {machine.compiled()}."
    )
    missing = settings.short_of()
    if absent := [name for name in NAMES if name not in found]:
        missing.append(f"without the rows {', '.join(absent)}")
    made = (
        f"**Not a whole run: {'; '.join(missing)}.** Made" if missing else "Made with `make bench`, that is"
    )
    parts = ["# Benchmarks", REMARK.format(made=f"{made} by `python -m benchmarks`"), about, "\n".join(rows)]
    return "\n\n".join([*parts, *(["\n".join(told)] if told else [])]) + "\n"
