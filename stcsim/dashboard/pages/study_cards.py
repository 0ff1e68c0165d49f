"""The views of a study that is open: in brief, ranking, robustness, sensitivity, discovery, runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import solara

from stcsim.analysis.study_discovery import WHEN, When
from stcsim.analysis.study_points import StudyFolder
from stcsim.api.study_analyses import Analysis, commands_of
from stcsim.api.study_state import StudyState
from stcsim.charts.forest import forest_chart
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import use_made
from stcsim.dashboard.parts import Card, Choice, DataTable, Markup, Option, ProgressLine, Repeat
from stcsim.dashboard.studies.reading import problems_of, read_boxes
from stcsim.dashboard.studies.sections import (
    Drawn,
    Shown,
    boxes_drawn,
    brief_lines,
    chances_table,
    failures_table,
    first_outcome,
    front_drawn,
    holding_drawn,
    holding_lines,
    lacking_lines,
    leaders,
    moved_drawn,
    moved_targets,
    ranked_by,
    ranking_drawn,
    regret_finding,
    regret_table,
    values_drawn,
)
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.bands import Over
from stcsim.pictures.ranking import share_words
from stcsim.pictures.words import counted
from stcsim.report.html import Html, tag
from stcsim.report.study import ScenarioFindings, StudyFindings
from stcsim.scenario.arms import BASELINE

VIEWS = {
    "brief": "In brief",
    "ranking": "Ranking",
    "robustness": "Robustness",
    "sensitivity": "Sensitivity",
    "discovery": "Discovery",
    "runs": "Runs",
}
"""What may be looked at, in the order of the tabs."""
SAID: dict[When, str] = {
    "beaten": "is beaten by another arm or the baseline",
    "best": "is the best of all arms and the baseline",
    "worse": "is worse than the baseline",
    "better": "is better than the baseline",
}
"""What may be looked for, of an arm."""


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


@solara.component
def ViewOf(opened: Opened) -> Element:
    """Show the view that the address names."""
    views: dict[str, Callable[[Opened], Element]] = {
        "brief": _Brief,
        "ranking": _Ranking,
        "robustness": _Robustness,
        "sensitivity": _Sensitivity,
        "discovery": _Discovery,
        "runs": _Runs,
    }
    return views[opened.chosen["view"]](opened)


@solara.component
def _Brief(opened: Opened) -> Element:
    findings, part, shown = opened.findings, opened.part, opened.shown
    lines = brief_lines(findings, part, shown)
    facts = {**findings.facts.asked, **findings.facts.ran}
    effects = part.effects
    forests = []
    if effects is not None:
        over: Over = "assumptions" if effects.worlds else "runs"
        command = Repeat(
            commands_of(shown.name)["report"], note="Below its figure stands the line that draws it."
        )
        forests = [
            Card(chart=forest_chart(effects, outcome, over), repeat=command, level=3).key(f"forest {outcome}")
            for outcome in effects.headline
        ]
    return _stack(
        Card("What was found", children=[_points(lines)] if lines else [], repeat=_repeat(shown, "ranking")),
        html("div", *forests, class_="st-grid") if forests else Markup(Html(""), "span"),
        Card("What was asked and run", children=[_facts({k: shown.clean(v) for k, v in facts.items()})]),
        _Asked(opened),
    )


@solara.component
def _Asked(opened: Opened) -> Element:
    """Show which analyses the design allows."""
    allowed = [a for a in opened.analyses if a.allowed]
    refused = [a for a in opened.analyses if not a.allowed]
    rows = [
        *(tag("div", tag("dt", a.title), tag("dd", tag("code", a.command))) for a in allowed),
        *(tag("div", tag("dt", a.title), tag("dd", a.why)) for a in refused),
    ]
    title = f"This design can answer {len(allowed)} of {len(opened.analyses)} questions"
    meaning = "By the command that gives the answer, or why the design does not allow it."
    return Card(title, meaning, children=[Markup(tag("dl", *rows, class_="st-facts"))])


@solara.component
def _Ranking(opened: Opened) -> Element:
    findings, part, shown = opened.findings, opened.part, opened.shown
    names = ranked_by(part)
    if not names:
        return _why(opened, "ranking", "regret", of="Ranking")
    by = opened.chosen["outcome"] if opened.chosen["outcome"] in names else next(iter(names))
    chooser = Choice("Ranked by", by, names, lambda name: opened.change(outcome=name))
    drawn = ranking_drawn(findings, part, by, shown)
    first = first_outcome(part)
    info = INFOS[first]
    cards: list[Element] = []
    if drawn is not None:
        cards.append(
            Card(
                chart=drawn.chart, repeat=Repeat(drawn.command), controls=[chooser] if len(names) > 1 else []
            )
        )
    front = front_drawn(findings, part, shown)
    if front is not None:
        cards.append(_card(front))
    chances = chances_table(findings, part)
    if len(names) > 1:
        heading = leaders(part, findings.labels)
        written = {str(column): _chance for column in chances.columns[1:]}
        cards.append(
            Card(
                heading,
                "Chance of each arm to be best, on average over the sampled sets.",
                children=[DataTable(chances, "Chance to be best", formats=written)],
                table=chances,
                repeat=_repeat(shown, "ranking"),
            )
        )
    lost = regret_table(part, findings.labels)
    if not lost.empty:
        meaning = (
            f"[[regret|Regret]] by {info.label}, {unit_words(info.unit)}: what is lost where another arm "
            "would have been better. Interval: 95%, for another sample of sets."
        )
        table = DataTable(lost, "Regret", formats={str(lost.columns[-1]): _chance})
        title = regret_finding(part, findings.labels)
        cards.append(Card(title, meaning, children=[table], table=lost, repeat=_repeat(shown, "ranking")))
    return _stack(*cards)


def _chance(percent: float) -> str:
    return share_words(percent / 100) or "0%"


@solara.component
def _Robustness(opened: Opened) -> Element:
    findings, part, shown = opened.findings, opened.part, opened.shown
    drawn = holding_drawn(findings, part, shown)
    over = values_drawn(findings, part, shown)
    if not drawn and not over:
        return _why(opened, "robustness", "values", of="Robustness")
    cards = [_card(one) for one in (*drawn, *over)]
    lines = holding_lines(findings, part)
    if lines:
        turns = [line for line in lines if "turns" in line]
        title = turns[0].rstrip(".") if turns else "Whether the order holds"
        command = Repeat(drawn[0].command if drawn else "")
        cards.insert(
            0, Card(title, "A share of sampled sets is no probability.", [_points(lines)], repeat=command)
        )
    return _stack(*cards)


@solara.component
def _Sensitivity(opened: Opened) -> Element:
    part, shown = opened.part, opened.shown
    targets = moved_targets(part)
    if not targets:
        return _why(opened, "sensitivity", of="Sensitivity")
    target = opened.chosen["target"] if opened.chosen["target"] in targets else "0"
    drawn = moved_drawn(part, target, shown)
    assert drawn is not None
    chooser = Choice("What is moved", target, targets, lambda name: opened.change(target=name))
    return Card(chart=drawn.chart, repeat=Repeat(drawn.command), controls=[chooser])


@solara.component
def _Discovery(opened: Opened) -> Element:
    findings, part, shown = opened.findings, opened.part, opened.shown
    outcome, why = first_outcome(part) or opened.study.plan.outcomes[0], opened.why("discovery")
    arm, when = opened.chosen["arm"], cast(When, opened.chosen["when"])
    key = (opened.stamp, opened.place, outcome, arm, when)
    made = use_made(
        lambda tell: read_boxes(shown.folder, opened.stamp, opened.place, outcome, arm, when, tell),
        None if why else key,
    )
    if why:
        return _why(opened, "discovery", of="Discovery")
    arms = {a.name: findings.labels.get(a.name, a.name) for a in opened.study.plan.arms if a.name != BASELINE}
    controls = [
        Choice(
            "Arm",
            arm,
            [Option("", "The best on average"), *(Option(n, label) for n, label in arms.items())],
            lambda name: opened.change(arm=name),
        ),
        Choice("Where it", when, {w: SAID[w] for w in WHEN}, lambda name: opened.change(when=name)),
    ]
    chosen = html("div", *controls, class_="st-controls")
    if made.problem is not None:
        lines = problems_of(made.problem, shown.folder, shown.name)
        return _stack(
            Card("Nothing can be looked for yet", children=[chosen, *(_sentence(s) for s in lines)])
        )
    if made.value is None or made.key != key:
        return _stack(
            Card("Where it fails, or wins", children=[chosen, ProgressLine(made.text or "Starting")])
        )
    looked, where = made.value
    what = f"{arms.get(looked, looked)} {SAID[when]}"
    share, label = where.found.everywhere, INFOS[outcome].label
    words = f"By {label}, {what} at {share.hits:,} of {share.count:,} points"
    options = [*(["--arm", arm] if arm else []), *(["--when", when] if when != "beaten" else [])]
    command = " ".join([commands_of(shown.name)["discover"], "--outcome", outcome, *options])
    drawn = boxes_drawn(where, what, command)
    found = where.found.unconfirmed
    unconfirmed = (
        f" {counted(found, 'box').replace('boxs', 'boxes')} found in one half of the points "
        "did not hold in the other."
        if found
        else ""
    )
    meaning = (
        "[[discovery|Boxes]] are ranges of a few assumptions in which that is more frequent. One half of the "
        f"points finds them, the other judges them.{unconfirmed}"
    )
    said = (
        [] if drawn else [_sentence("In no box more often than elsewhere, as far as these points can tell.")]
    )
    return _stack(
        Card(words, meaning, children=[chosen, *said], repeat=Repeat(command)), *(_card(one) for one in drawn)
    )


@solara.component
def _Runs(opened: Opened) -> Element:
    findings, shown, state = opened.findings, opened.shown, opened.state
    lines = commands_of(shown.name)
    cards: list[Element] = []
    table = failures_table(findings, shown)
    if len(table):
        cards.append(
            Card(
                f"{counted(len(table), 'run')} came to no end and cannot be counted",
                "A failed run sinks no other. The command lists them with the line that runs each alone.",
                children=[DataTable(table, "Failed runs")],
                table=table,
                repeat=Repeat(lines["failures"]),
            )
        )
    else:
        cards.append(Card("No run has failed", state.words.capitalize()))
    lacking = lacking_lines(opened.part, shown)
    if lacking:
        cards.append(Card("What is not told, and why", children=[_points(lacking)]))
    text = findings.facts.text
    told = {
        "run": "Runs what is missing, and nothing else"
        if state.kind != "complete"
        else "Runs nothing: all is there",
        "ranking": "The order of arms in the terminal",
        "fresh": "Runs the best arm once more with chance that had no part in choosing it",
        "report": "Writes the long report beside the runs",
        "brief": "Writes the brief, one page of A4",
        "export": "Writes what the EMA Workbench reads",
    }
    rows = [tag("div", tag("dt", words), tag("dd", tag("code", lines[name]))) for name, words in told.items()]
    note = f"Typed where the folder {shown.name.partition('/')[0]} lies."
    cards.append(
        Card(
            "How to go on with it, and repeat it",
            note,
            children=[Markup(tag("dl", *rows, class_="st-facts"))],
            repeat=Repeat(findings.facts.command or lines["run"], (("study.yaml", text),)),
        )
    )
    return _stack(*cards)


def _why(opened: Opened, *analyses: str, of: str) -> Element:
    """Show why there is nothing of an analysis: the design, or runs that are missing."""
    lines = [why for name in analyses if (why := opened.why(name))]
    if not lines:
        lines = [line for line in lacking_lines(opened.part, opened.shown) if of.lower()[:7] in line.lower()]
    if not lines:
        lines = ["Too little was run to say anything yet."]
    return Card(f"{of}: not from this study", children=[_points(lines)])


def _card(drawn: Drawn) -> Element:
    return Card(chart=drawn.chart, repeat=Repeat(drawn.command)).key(drawn.chart.name)


def _repeat(shown: Shown, name: str) -> Repeat:
    return Repeat(commands_of(shown.name)[name])


def _points(lines: Sequence[str]) -> Element:
    return Markup(tag("ul", *(tag("li", line) for line in lines), class_="st-points"))


def _sentence(line: str) -> Element:
    return Markup(tag("p", line))


def _facts(entries: dict[str, str]) -> Element:
    rows = (tag("div", tag("dt", name), tag("dd", words)) for name, words in entries.items())
    return Markup(tag("dl", *rows, class_="st-facts"))


def _stack(*children: Element) -> Element:
    return html("div", *children, class_="st-stack")
