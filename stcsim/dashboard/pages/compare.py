"""Page Compare: what each way of coordinating changes, and how sure that is."""

from __future__ import annotations

from typing import Any

import solara

from stcsim.analysis.export import long_table
from stcsim.charts.forest import forest_chart
from stcsim.charts.hours import hours_chart
from stcsim.charts.plane import plane_chart
from stcsim.dashboard.address import choice
from stcsim.dashboard.asking.arms import arm_options
from stcsim.dashboard.asking.following import use_found
from stcsim.dashboard.asking.page import columns
from stcsim.dashboard.command import processes_each
from stcsim.dashboard.comparing.brief import BriefButtons
from stcsim.dashboard.comparing.findings import (
    caution,
    gaps,
    outcomes_table,
    points,
    subtitle_of,
)
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.glance import glance_table
from stcsim.dashboard.comparing.money import OnStaff, Payers
from stcsim.dashboard.comparing.opened import Shown
from stcsim.dashboard.comparing.over_time import OverTime
from stcsim.dashboard.comparing.page import ComparisonPage
from stcsim.dashboard.comparing.steps import LARGER, Step, next_steps
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import (
    Button,
    Card,
    Choice,
    DataTable,
    HeadlineCard,
    Markup,
    Notice,
    Option,
    Switch,
)
from stcsim.dashboard.sources import source_of
from stcsim.pictures.bands import Over
from stcsim.pictures.duels import duels_of
from stcsim.pictures.effects import Effects
from stcsim.pictures.findings import design
from stcsim.pictures.leading import first_outcome, leading_finding
from stcsim.pictures.style import arm_styles, rival_of
from stcsim.pictures.words import capital
from stcsim.report.html import details, tag

DOUBTS = 2
"""Notes on the runs that are in sight; more of them open on demand."""


@solara.component
def Page() -> Element:
    """Show what is compared, and what came of it."""
    return ComparisonPage("compare", Results)


@solara.component
def Results(followed: Followed, shown: Shown) -> Element:
    """Show the findings first, then what they rest on."""
    effects = shown.effects
    there = {"arm": effects.own, "outcome": effects.infos, "series": shown.series}
    followed, notes = use_found(followed, {name: choice("", ("", *known)) for name, known in there.items()})
    values = followed.values
    over: Over = (values["view"] or "assumptions") if effects.worlds else "runs"
    arm = values["arm"] or effects.own[0]
    outcome = values["outcome"] or effects.headline[0]
    tiles = [
        HeadlineCard(effects, arm, name, over_assumptions=over == "assumptions") for name in effects.headline
    ]
    left = [(1, OverTime(followed, shown, over, arm, outcome)), (4, Hours(followed, shown))]
    right = [(2, Forest(followed, shown, over, outcome)), (3, Plane(followed, shown, over, arm, outcome))]
    return html(
        "div",
        *map(Notice, notes),
        Findings(followed, shown, over),
        Glance(followed, shown, over),
        Picks(effects, followed, over, arm, outcome),
        html("div", *tiles, class_="st-tiles"),
        columns(left, right),
        OnStaff(followed, shown, outcome),
        Payers(followed, shown),
        Outcomes(followed, shown, arm),
        class_="cmp",
        data_testid="results",
    )


def _take(found: dict[str, Any], effects: Effects, change: Any) -> None:
    """Put the arm that was clicked into focus."""
    arm = (found.get("data") or {}).get("arm", "")
    if arm in effects.own:
        change(arm=arm)


@solara.component
def Findings(followed: Followed, shown: Shown, over: Over) -> Element:
    """Show what came out, in sentences, and what they rest on."""
    effects = shown.effects
    first = first_outcome(effects)
    duels = solara.use_memo(lambda: duels_of(effects, shown.kept.tables.runs, first), [id(shown)])
    found = points(effects, over, followed.values["challenge"], duels)
    everything = solara.use_memo(lambda: long_table(shown.kept.comparison), [id(shown)])
    said = tag("ul", *(tag("li", f"{sentence}.") for sentence in found), class_="cmp-points")
    return Card(
        leading_finding(effects, duels),
        f"{design(effects)}.",
        [
            Markup(said),
            Notice(caution(effects)),
            *_doubts(effects),
            Steps(followed),
            BriefButtons(shown.folder, followed.values["saved"]),
        ],
        table=everything,
        name="all-numbers",
        repeat=followed.repeat,
    )


def _doubts(effects: Effects) -> list[Element]:
    """Return what is missing or doubtful: in sight where it is little, else on demand."""
    found = [f"{note}." for note in gaps(effects)]
    if len(found) <= DOUBTS:
        return [Notice(note) for note in found]
    summary = f"{len(found)} things to know of these runs: what is missing, never in force, or has no rival"
    return [Markup(details(summary, tag("ul", *(tag("li", note) for note in found)), class_="cmp-doubts"))]


@solara.component
def Steps(followed: Followed) -> Element:
    """Offer the comparisons that would say more."""
    larger = source_of(LARGER)
    if followed.spec is None or larger is None:
        return html("div")
    name = followed.source.name
    steps = next_steps(name, followed.asked, followed.spec, larger.spec, processes_each())
    challenge = followed.values["challenge"]

    def take(step: Step) -> None:
        followed.run(step.scenario, step.asked, challenge=challenge if step.scenario == name else "")

    return html(
        "div",
        *(Button(step.label, lambda step=step: take(step)) for step in steps),
        class_="cmp-buttons",
    )


@solara.component
def Picks(effects: Effects, followed: Followed, over: Over, arm: str, outcome: str) -> Element:
    """Show what can be looked at: another option, another outcome, the other uncertainty."""
    change = followed.change
    headlines = [Option(o, capital(effects.info(o).label), group="Headlines") for o in effects.headline]
    others = [
        Option(o, capital(info.label), group=f"Exploratory: {info.family.lower()}")
        for o, info in effects.infos.items()
        if o not in effects.headline
    ]
    arms = arm_options(effects.own, effects.label, arm_styles(effects.drawn))
    views = [
        Option("runs", "Runs"),
        Option("assumptions", "Assumptions", off=not effects.worlds),
    ]
    return html(
        "div",
        Choice("Arm in focus", arm, arms, lambda value: change(arm=value)),
        Choice("Outcome", outcome, [*headlines, *others], lambda value: change(outcome=value, series=None)),
        Switch("Uncertainty over", over, views, lambda value: change(view=value)),
        class_="cmp-pick",
    )


@solara.component
def Forest(followed: Followed, shown: Shown, over: Over, outcome: str) -> Element:
    """Show what every arm does to one outcome."""
    return Card(
        chart=forest_chart(shown.effects, outcome, over),
        repeat=followed.repeat,
        on_click=lambda found: _take(found, shown.effects, followed.change),
    )


@solara.component
def Plane(followed: Followed, shown: Shown, over: Over, arm: str, outcome: str) -> Element:
    """Show cost against effect."""
    chart = plane_chart(shown.effects, outcome, over, focus=arm)
    if chart is None:
        return html("div")
    return Card(
        chart=chart,
        repeat=followed.repeat,
        on_click=lambda found: _take(found, shown.effects, followed.change),
    )


@solara.component
def Glance(followed: Followed, shown: Shown, over: Over) -> Element:
    """Show all arms and headlines at once."""
    table = glance_table(shown.effects, over)
    arms = [rival_of(a) if a in shown.effects.rivals else a for a in shown.effects.arms]
    return Card(
        "All arms at a glance",
        subtitle_of(shown.effects, over),
        [
            DataTable(
                table,
                "All arms and headlines",
                sortable=False,
                on_row=lambda row: followed.change(arm=arms[row]),
            )
        ],
        table=table,
        name="glance",
        repeat=followed.repeat,
    )


@solara.component
def Hours(followed: Followed, shown: Shown) -> Element:
    """Show who bears the hours."""
    chart = solara.use_memo(
        lambda: hours_chart(shown.kept.tables.bodies, arms=shown.effects.arms, labels=shown.labels),
        [id(shown)],
    )
    return Card(chart=chart, repeat=followed.repeat) if chart is not None else html("div")


@solara.component
def Outcomes(followed: Followed, shown: Shown, arm: str) -> Element:
    """Show every outcome of the arm in focus."""
    effects = shown.effects
    table = solara.use_memo(lambda: outcomes_table(effects, arm), [id(shown), arm])
    rest = len(effects.infos) - len(effects.headline)
    return Card(
        f"Every outcome with {effects.label(arm)}",
        f"{rest} of these {len(table)} are no [[headline]] but [[exploratory]]: each interval stands "
        "alone, so among so many some leave out zero by chance. Take ideas from here, not conclusions.",
        [DataTable(table, f"Every outcome with {effects.label(arm)}")],
        table=table,
        name="outcomes",
        arm=arm,
        repeat=followed.repeat,
    )
