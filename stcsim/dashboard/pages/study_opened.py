"""A study that is open, and the pieces that its views are put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stcsim.analysis.study_points import StudyFolder
from stcsim.api.study_analyses import Analysis, commands_of
from stcsim.api.study_state import StudyState
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Markup, Repeat
from stcsim.dashboard.studies.sections import (
    Drawn,
    Shown,
    lacking_lines,
)
from stcsim.report.html import tag
from stcsim.report.study import ScenarioFindings, StudyFindings
from stcsim.report.study.asked import facts_markup

VIEWS = {
    "brief": "In brief",
    "ranking": "Ranking",
    "robustness": "Robustness",
    "sensitivity": "Sensitivity",
    "discovery": "Discovery",
    "runs": "Runs",
}
"""What may be looked at, in the order of the tabs."""
ASKS = {
    "brief": "",
    "ranking": "Which [[arm]] is best by what, at what price, and what choosing it may lose.",
    "robustness": "An order is [[robustness|robust]] that stays the same whatever is assumed. Is this one?",
    "sensitivity": "A result is [[sensitivity|sensitive]] to an assumption that moves it. Which ones do so?",
    "discovery": "In which ranges of assumptions an [[arm]] fails, or wins: see [[discovery]].",
    "runs": "What was run, what failed, and the commands that go on with it.",
}
"""What each view answers, in a sentence with terms; the brief speaks for itself."""


@dataclass(frozen=True, eq=False)
class Opened:
    """A study with all that was found, and what of it is looked at.

    Parameters
    ----------
    findings : of the whole study
    part : the scenario that is looked at
    study : its folder and plan
    analyses : what may be asked
    shown : how its folder is called
    stamp : of the runs that the findings are made from
    state : how far it is now
    chosen, change : the address, see `stcsim.dashboard.address.use_address`
    """

    findings: StudyFindings
    part: ScenarioFindings
    study: StudyFolder
    analyses: tuple[Analysis, ...]
    shown: Shown
    stamp: str
    state: StudyState
    chosen: Mapping[str, Any]
    change: Callable[..., None]

    def why(self, analysis: str) -> str:
        """Return why the design of this study does not allow an analysis, empty where it does."""
        return next((a.why for a in self.analyses if a.name == analysis), "")

    @property
    def place(self) -> int:
        """Number of the scenario that is looked at."""
        return self.study.plan.names.index(self.part.name) if self.part.name else 0


def why_not(opened: Opened, *analyses: str, of: str) -> Element:
    """Show why there is nothing of an analysis: the design, or runs that are missing."""
    lines = [why for name in analyses if (why := opened.why(name))]
    if not lines:
        lines = [line for line in lacking_lines(opened.part, opened.shown) if of.lower()[:7] in line.lower()]
    if not lines:
        lines = ["Too little was run to say anything yet."]
    return Card(f"{of}: not from this study", children=[points(lines)])


def card_of(drawn: Drawn) -> Element:
    """Return a card of a chart with the line that gives the same numbers."""
    return Card(chart=drawn.chart, repeat=Repeat(drawn.command)).key(drawn.chart.name)


def repeat_of(shown: Shown, name: str) -> Repeat:
    """Return the line of a command that reads the study."""
    return Repeat(commands_of(shown.name)[name])


def points(lines: Sequence[str]) -> Element:
    """Return sentences as a list."""
    return Markup(tag("ul", *(tag("li", line) for line in lines), class_="st-points"))


def sentence(line: str) -> Element:
    """Return a sentence."""
    return Markup(tag("p", line))


def facts_list(opened: Opened) -> Element:
    """Return what was asked and run by its headings."""
    facts = opened.findings.facts
    entries = {
        name: opened.shown.clean(said) if isinstance(said, str) else said
        for name, said in {**facts.asked, **facts.ran}.items()
    }
    return Markup(facts_markup(entries, "st-facts"))


def stack(*children: Element) -> Element:
    """Return elements below one another."""
    return html("div", *children, class_="st-stack")
