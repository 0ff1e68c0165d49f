"""What the brief is made from, besides the effects: needs of each option, robustness, assumptions, origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from stcsim.analysis.again import Again
from stcsim.pictures.effects import Effects
from stcsim.report.inputs import Provenance, ScenarioInfo


@dataclass(frozen=True)
class Need:
    """What one mechanism of an option asks for before it can work.

    Parameters
    ----------
    title : of the mechanism
    prerequisite : in words
    start, lead_time : week of the decision, and weeks from it to the effect
    missing : what the scenario lacks of it at the start, empty where nothing
    late : whether it would take effect only after the counted time
    """

    title: str
    prerequisite: str
    start: int
    lead_time: int
    missing: str = ""
    late: bool = False


@dataclass(frozen=True)
class Robust:
    """How far the order of options holds over sampled assumptions.

    Parameters
    ----------
    first : number of sets of assumptions in which an option, or going on as now, is ahead of all others
        (`stcsim.analysis.ahead`), by its name
    of : number of sets, those in which none is ahead among them
    turns : where the order turns, in words, the weightiest first; empty where nothing was found
    looked : whether it was looked for where the order turns
    fresh : whether the first was estimated again with chance that had no part in choosing it
    same, close : sets in which nothing differs, and in which no more than chance explains
    """

    first: Mapping[str, int]
    of: int
    turns: tuple[str, ...] = ()
    looked: bool = False
    fresh: bool = False
    same: int = 0
    close: int = 0


@dataclass(frozen=True)
class Gaps:
    """What was asked for and has no result.

    Parameters
    ----------
    asked : runs asked for
    failed : those that failed
    missing : those that neither failed nor came to their end
    stopped : whether it was stopped before its end
    silent : labels of options without any result, with the reason: ``failed`` or ``missing``
    finish : command that runs what is missing
    look : commands that show why runs failed
    """

    asked: int = 0
    failed: int = 0
    missing: int = 0
    stopped: bool = False
    silent: tuple[tuple[str, str], ...] = ()
    finish: str = ""
    look: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether something was not run to its end."""
        return self.stopped or self.missing > 0

    def words(self) -> tuple[str, ...]:
        """Return what is missing and what failed, a sentence each."""
        said = []
        if self.missing:
            runs = "run is" if self.asked == 1 else "runs are"
            said.append(f"{self.missing:,} of {self.asked:,} {runs} missing")
        elif self.stopped:
            said.append("It was stopped before its end")
        if self.failed:
            said.append(f"{self.failed:,} of {self.asked:,} run{'' if self.asked == 1 else 's'} failed")
        return tuple(said)


@dataclass(frozen=True, eq=False)
class BriefInputs:
    """Everything that the brief tells.

    Parameters
    ----------
    info : title and question
    effects : every outcome that was kept
    runs, series, bodies : tables of the runs; the latter two may be empty
    needs : by option, in the order of its mechanisms
    provenance : origin
    assumed, parameters : how many of the register's numbers rest on no public figure, and how many there are
    robust : None where assumptions were not varied, or in too few sets
    sampled : sets of assumptions that were sampled
    report : where options are told that no room is left for, in words
    weighty : assumptions that move what the first option gains, in words, the weightiest first: only those
        that are distinguishable from zero
    command : line that would make what the brief lacks, empty where it lacks nothing
    lacking : what that is, in words
    gaps : runs that were asked for and have no result
    again : what options gain on seeds that had no part in choosing them
    """

    info: ScenarioInfo
    effects: Effects
    runs: pd.DataFrame
    series: pd.DataFrame
    bodies: pd.DataFrame
    needs: Mapping[str, Sequence[Need]]
    provenance: Provenance
    assumed: int
    parameters: int
    robust: Robust | None = None
    weighty: tuple[str, ...] = ()
    command: str = ""
    lacking: str = ""
    counted_weeks: int = field(default=0)
    gaps: Gaps = field(default=Gaps())
    again: tuple[Again, ...] = ()
    sampled: int = 0
    report: str = "the report"
