"""What a row found, and the page that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from benchmarks import machine
from benchmarks.interleaved import Ratio

REMARK = """\
Made by `make bench`; nothing here is written by hand. Each ratio is one of medians over interleaved
rounds, in processor time where nothing else is said, each variant in a process of its own; in brackets
the lowest and the highest of the rounds. Twins state the same law, and their totals agreed within the
error of chance in this run, or there is no ratio. "Algorithm" marks a row in which counting is compared
with enumeration: such a ratio grows with the volume of trade and says nothing of speed per consignment."""


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
    """What one row found."""

    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def times(self, work: str, against: str, ratio: Ratio, goal: float, detail: str = "") -> None:
        """Add a ratio that should be at least `goal`."""
        value = f"{ratio.value:,.3g} times ({ratio.low:,.3g} to {ratio.high:,.3g})"
        self.lines.append(Line(work, against, value, f"at least {goal:,g}", ratio.value >= goal, detail))

    def most(
        self, work: str, against: str, value: float, goal: float, unit: str = "", detail: str = ""
    ) -> None:
        """Add a number that should be at most `goal`."""
        said, asked = (f"{v:,.3g} {unit}".strip() for v in (value, goal))
        self.lines.append(Line(work, against, said, f"at most {asked}", value <= goal, detail))

    def told(self, work: str, against: str, value: str, detail: str = "") -> None:
        """Add what is told without a goal."""
        self.lines.append(Line(work, against, value, "", None, detail))

    def left_out(self, work: str, against: str, why: str) -> None:
        """Say that a line could not be measured."""
        self.lines.append(Line(work, against, "not measured", "", None, why))


def text_of(line: Line) -> str:
    """Return a line for the terminal."""
    mark = {True: "reached", False: "missed", None: ""}[line.met]
    asked = f"; {line.goal}: {mark}" if line.goal else ""
    return f"{line.work}, against {line.against}: {line.value}{asked}" + (
        f" [{line.detail}]" if line.detail else ""
    )


def page(found: Sequence[Found], rounds: int) -> str:
    """Return the page of results as Markdown."""
    mark = {True: "yes", False: "no", None: ""}
    rows = [
        "| Work | Against | Measured | Goal | Reached | Detail |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in found:
        for line in one.lines:
            cells = (line.work, line.against, line.value, line.goal, mark[line.met], line.detail)
            rows.append("| " + " | ".join(c.replace("|", "/") for c in cells) + " |")
    told = [f"- {remark}" for one in found for remark in one.remarks]
    about = (
        f"Measured on {datetime.now(UTC):%d %B %Y, %H:%M} UTC, commit {machine.commit() or 'unknown'}, on "
        f"{machine.processor()}, {machine.memory()}; load at the end {machine.load()}; {rounds} rounds. "
        f"{machine.versions()}."
    )
    parts = ["# Benchmarks", REMARK, about, "\n".join(rows)]
    return "\n\n".join([*parts, *(["\n".join(told)] if told else [])]) + "\n"
