"""The lines below the table, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stcsim.pictures.leading import best_of
from stcsim.report.brief.headlines import licences_line
from stcsim.report.brief.holding import again_line, doubts_line, turning_line
from stcsim.report.brief.hours import hours_line
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.next_step import next_step
from stcsim.report.brief.statistics import statistics_line
from stcsim.report.brief.timing import needs_line, timing_line

NEEDS_ELSEWHERE = "Others: stcsim list mechanisms."
"""Where the prerequisites of options stand that no room is left for."""


@dataclass(frozen=True)
class Line:
    """A labelled line.

    Parameters
    ----------
    label : what it tells
    parts : sentences, the weightiest first; the last ones are left out where there is no room
    most : rows of text that it may take at most
    rest : sentence that stands for those left out
    whole : whether it is as long on a full page, since half a command is none
    """

    label: str
    parts: tuple[str, ...]
    most: int = 4
    rest: str = ""
    whole: bool = False


def lines_of(inputs: BriefInputs, told: Sequence[str]) -> list[Line]:
    """Return the lines, in the order in which they are read.

    Parameters
    ----------
    told : options that the table shows, without rivals
    """
    leading = best_of(inputs.effects) or (told[0] if told else "")
    own = [leading, *(a for a in told if a != leading)] if leading else []
    licences = licences_line(inputs)
    return [
        *([Line("Licences decided", licences, 3, f"Others: in {inputs.report}.")] if licences else []),
        Line("Hours, by body", hours_line(inputs, own), 5, f"Others: in {inputs.report}."),
        Line("What it needs", needs_line(inputs, own), 5, NEEDS_ELSEWHERE),
        Line("From when it bites", timing_line(inputs, own), 5, "No room for the others."),
        Line("When the order turns", turning_line(inputs, leading), 5),
        *([Line("Run again on fresh seeds", again, 4, whole=True)] if (again := again_line(inputs)) else []),
        Line("What your statistics will show meanwhile", statistics_line(inputs, leading), 5),
        Line("What we do not know", doubts_line(inputs), 6),
        Line("Next step", (next_step(inputs),), 6, whole=True),
    ]
