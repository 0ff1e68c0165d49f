"""What was read of studies, kept for all sessions: functions of a folder's files, made one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stcsim.analysis.study_discovery import When, discover_in
from stcsim.analysis.study_points import StudyFolder, open_study
from stcsim.api.opening_studies import open_for_report
from stcsim.api.study_analyses import Analysis, analyses_of
from stcsim.api.study_findings import findings_of
from stcsim.api.study_state import StudyState, StudyWatch
from stcsim.dashboard.status import without_paths
from stcsim.dashboard.studies.keeping import Kept, Tell
from stcsim.errors import StcsimError
from stcsim.pictures.words import capital
from stcsim.report.study import StudyFindings
from stcsim.report.study.inputs import Where

_kept, _plans = Kept(), Kept()
_watches: dict[Path, StudyWatch] = {}


@dataclass(frozen=True, eq=False)
class Read:
    """Everything that was said of a study at one moment.

    Parameters
    ----------
    findings : what was said
    stamp : of its state at that moment
    """

    findings: StudyFindings
    stamp: str


def state_of(folder: Path, *, wanted: bool = True) -> StudyState:
    """Return how far a study is; cheap from the second time on."""
    return _watches.setdefault(folder, StudyWatch(folder)).look(wanted=wanted)


def read_findings(
    folder: Path, shown: str, stamp: str, tell: Tell | None = None, *, join: bool = False
) -> Read:
    """Return everything that can be said of a study.

    Parameters
    ----------
    shown : the folder as a reader writes it
    stamp : of its state
    tell : told what is being computed; what it raises ends the waiting
    join : whether to take what is being made of an earlier moment, where it is: a study that grows faster
        than it is analysed would else never be told of

    Raises
    ------
    InputError
        it cannot be opened, or nothing was run
    """

    def make(tell: Tell) -> Read:
        tell("Reading the runs")
        return Read(findings_of(open_for_report(folder), shown, tell), stamp)

    name = ("findings", folder, stamp)
    return _kept.get(name, make, tell, of=name[:2] if join else None)


def read_plan(folder: Path, shown: str, stamp: str) -> tuple[StudyFolder, tuple[Analysis, ...]]:
    """Return a study without its runs, and what may be asked of it.

    Raises
    ------
    InputError
        it cannot be opened
    """

    def make(_: Tell) -> tuple[StudyFolder, tuple[Analysis, ...]]:
        study = open_study(folder)
        return study, analyses_of(study, shown)

    return _plans.get(("plan", folder, stamp), make)


def read_boxes(
    folder: Path, stamp: str, place: int, outcome: str, arm: str, when: When, tell: Tell | None = None
) -> tuple[str, Where]:
    """Return the arm that was looked at, and the boxes of assumptions in which something holds of it.

    Parameters
    ----------
    place : of the scenario
    outcome, arm : empty for the first outcome and for the best arm
    when : what is looked for

    Raises
    ------
    InputError
        there are too few points, or runs of them are missing
    """

    def make(tell: Tell) -> tuple[str, Where]:
        tell("Looking for boxes of assumptions")
        study = open_study(folder)
        found = discover_in(study, outcome or None, arm or None, when)[place]
        points = study.kept.points.select_dtypes("number")
        ranges = {str(c): (float(points[c].min()), float(points[c].max())) for c in points.columns}
        return found.arm, Where("", found.found, ranges)

    return _kept.get(("boxes", folder, stamp, place, outcome, arm, when), make, tell)


def problems_of(error: StcsimError, folder: Path, shown: str) -> tuple[str, ...]:
    """Return what is wrong, a problem a line, without a path of this machine."""
    lines = (without_place(line, folder, shown).strip() for line in str(error).splitlines())
    return tuple(sentence(line) for line in lines if line)


def sentence(line: str) -> str:
    """Return a line with its first letter in upper case, unless a path stands there, which is no word."""
    first = line.split(" ", 1)[0]
    return line if "/" in first or "." in first.rstrip(".") or ":" in first.rstrip(":") else capital(line)


def without_place(text: str, folder: Path, shown: str) -> str:
    """Return text in which a folder is called as readers call it, and no path of this machine is left."""
    return without_paths(text.replace(str(folder), shown))
