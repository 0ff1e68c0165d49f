"""One study opened: how far it is, and what it says, refreshed while it runs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import solara

from stcsim.analysis.study_discovery import WHEN
from stcsim.analysis.study_points import StudyFolder
from stcsim.api.study_analyses import Analysis
from stcsim.api.study_state import StudyState
from stcsim.dashboard.address import choice, use_address, written
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import use_looked, use_made
from stcsim.dashboard.pages.study_answers import Brief, Ranking, Robustness
from stcsim.dashboard.pages.study_causes import Discovery, Sensitivity
from stcsim.dashboard.pages.study_list import document_links, state_chip
from stcsim.dashboard.pages.study_opened import ASKS, VIEWS, Opened, stack
from stcsim.dashboard.pages.study_runs import Runs
from stcsim.dashboard.parts import Choice, Markup, Notice, PageLink, Problems, ProgressLine, TermText
from stcsim.dashboard.parts.file_names import FILES, joined
from stcsim.dashboard.running import this_server
from stcsim.dashboard.studies.folders import shown_name
from stcsim.dashboard.studies.reading import problems_of, read_findings, read_plan, sentence, state_of
from stcsim.dashboard.studies.sections import Shown, moved_targets, ranked_by
from stcsim.report.html import Html, join, tag
from stcsim.report.study import StudyFindings

_VIEWS = {
    "brief": Brief,
    "ranking": Ranking,
    "robustness": Robustness,
    "sensitivity": Sensitivity,
    "discovery": Discovery,
    "runs": Runs,
}
LOOK_SECONDS = 3.0
"""Time between two looks at a study that is open."""
LEAST_PAUSE, PAUSES = 10.0, 8.0
"""While a study runs its analyses are made again after so many seconds, and so many times as they take."""


@dataclass
class Paced:
    """Says of which moment of a running study the analyses are wanted.

    One that began is waited for, however fast the study grows meanwhile.

    Parameters
    ----------
    busy : whether one is under way
    held : stamp of what is shown, empty where nothing is
    seconds : that the last one took
    """

    busy: bool = False
    held: str = ""
    seconds: float = 0.0
    _wanted: tuple[int, str] = (0, "")
    _since: float = 0.0

    def next(self, state: StudyState) -> tuple[int, str]:
        """Return which analysis is to be told now: its number and the stamp of its moment."""
        number, stamp = self._wanted
        waited = time.monotonic() - self._since > max(LEAST_PAUSE, PAUSES * self.seconds)
        # What is shown may be older than what was wanted: another reader had begun with it.
        new = state.stamp != (self.held or stamp)
        if new and not self.busy and (state.kind != "running" or not stamp or waited):
            self._wanted, self._since = (number + 1, state.stamp), time.monotonic()
        return self._wanted


@solara.component
def StudyView(folder: Path, name: str) -> Element:
    """Show a study.

    Parameters
    ----------
    folder : of the study
    name : in the address
    """
    results = this_server().results
    assert results is not None
    shown = Shown(folder, shown_name(results, name))
    paced = solara.use_memo(Paced, [name])

    def look() -> tuple[StudyState, tuple[int, str]]:
        state = state_of(folder)
        return state, paced.next(state)

    seen = use_looked(look, name, LOOK_SECONDS)
    state, wanted = seen if seen is not None else (StudyState("planned"), (0, ""))
    key = wanted if seen is not None and state.kind not in ("unreadable", "preparing") else None
    plan = use_made(lambda _: read_plan(folder, shown.name, wanted[1]), key)
    told = use_made(
        lambda tell: read_findings(folder, shown.name, wanted[1], tell, join=True),
        key if state.done else None,
    )
    paced.busy, paced.seconds = told.busy, told.seconds
    paced.held = told.value.stamp if told.value is not None else ""
    back = PageLink("All results", "/studies")
    if seen is None:
        return stack(back, Markup(tag("p", "Reading the folder …", class_="st-quiet")))
    links = document_links(name, folder, "study", state) if told.value is not None else Html("")
    study, analyses = plan.value if plan.value is not None else (None, ())
    shows = [back, _Head(name, study, state, links)]
    if state.kind == "unreadable":
        lines = tuple(sentence(shown.clean(line)) for line in state.why.splitlines() if line)
        return stack(*shows, Problems(lines, "This study cannot be read"))
    if state.kind == "damaged":
        shows.append(Problems((shown.clean(state.why),), "Files of its runs are damaged or lost"))
    problem = plan.problem or told.problem
    if problem is not None:
        shows.append(Problems(problems_of(problem, folder, shown.name), "It cannot be told what came of it"))
    if told.busy:
        words = "Analysing what is there" if told.value is None else "Analysing what has come since"
        shows.append(ProgressLine(f"{words}: {told.text[:1].lower()}{told.text[1:]}", label="Analysis"))
    if told.value is not None and study is not None:
        read = told.value
        shows.append(_Told(read.findings, study, analyses, shown, read.stamp, state))
    return stack(*shows)


@solara.component
def _Head(name: str, study: StudyFolder | None, state: StudyState, links: Html) -> Element:
    spec = study.plan.spec if study is not None else None
    said = [text.strip() for text in (spec.title, spec.question) if text.strip()] if spec is not None else []
    heading, *more = said or [name.rpartition("/")[2]]
    lines = [Markup(tag("h2", heading)), *(Markup(tag("p", text)) for text in more)]
    if state.kind == "running":
        lines.append(ProgressLine(state.words, state.share, label="Progress of the study"))
    lines.append(Markup(join(state_chip(state), links), "div", "st-links"))
    return html("section", *lines, class_="st-card st-study-head", data_testid="study-head")


@solara.component
def _Told(
    findings: StudyFindings,
    study: StudyFolder,
    analyses: tuple[Analysis, ...],
    shown: Shown,
    stamp: str,
    state: StudyState,
) -> Element:
    """Show the views of a study, the one that the address names opened."""
    parts = {part.name: part for part in findings.parts}
    fields = {
        "view": choice("brief", VIEWS),
        "part": choice(findings.parts[0].name, parts),
        "outcome": choice("", {"", *(name for part in findings.parts for name in ranked_by(part))}),
        "target": choice("0", {"0", *(key for part in findings.parts for key in moved_targets(part))}),
        "arm": choice("", {"", *(arm.name for arm in study.plan.arms[1:])}),
        "when": choice("beaten", WHEN),
    }
    values, change = use_address(fields)
    router = solara.use_router()

    def tab(view: str, label: str) -> Element:
        search = written(router.search, fields, {**values, "view": view})
        current = view == values["view"]
        return html("li", PageLink(label, f"/studies?{search}", kind="st-tab", current=current))

    tabs = html("ul", *(tab(view, label) for view, label in VIEWS.items()), class_="st-tabs")
    shows = [html("nav", tabs, aria_label="Views of the study")]
    shows += [Notice(note) for note in values.notes]
    if state.kind in ("running", "stopped", "damaged"):
        wanted = f"; {state.total:,} are wanted in all" if state.total else ""
        from_runs = findings.facts.ran["Runs"]
        shows.append(Notice(f"Not finished: what follows comes from {from_runs}{wanted}, and may change."))
    if len(parts) > 1:
        names = {name: one.called if name else "All scenarios together" for name, one in parts.items()}
        chooser = Choice("Scenario", values["part"], names, lambda part: change(part=part))
        shows.append(html("div", chooser, class_="st-controls"))
    part = parts[values["part"]]
    about = solara.use_context(FILES)
    solara.provide_context(FILES, joined((about, part.name)) if len(parts) > 1 else about)
    opened = Opened(findings, part, study, analyses, shown, stamp, state, values, change)
    view = values["view"]
    asks = [TermText(ASKS[view], "p", "st-sub")] if ASKS[view] else []
    return stack(*shows, *asks, _VIEWS[view](opened).key(view))
