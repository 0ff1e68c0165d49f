"""The runs of a study: those that failed, what is not told, and how to go on."""

from __future__ import annotations

import solara

from stcsim.api.study_analyses import commands_of
from stcsim.dashboard.element import Element
from stcsim.dashboard.pages.study_opened import (
    Opened,
    points,
    stack,
)
from stcsim.dashboard.parts import Card, DataTable, Markup, Repeat
from stcsim.dashboard.studies.sections import (
    failures_table,
    lacking_lines,
)
from stcsim.pictures.words import capital, counted
from stcsim.report.html import tag


@solara.component
def Runs(opened: Opened) -> Element:
    """Show which runs failed, what is not told and why, and the commands."""
    findings, shown, state = opened.findings, opened.shown, opened.state
    lines = commands_of(shown.name)
    cards: list[Element] = []
    table = failures_table(findings, shown)
    if len(table):
        cards.append(
            Card(
                f"{counted(len(table), 'run')} came to no end and cannot be counted",
                "A failed run sinks no other. The command lists them with the line that runs each alone.",
                children=[DataTable(table, "Failed runs", first=("Point", "Error"))],
                table=table,
                name="failed-runs",
                repeat=Repeat(lines["failures"]),
            )
        )
    else:
        cards.append(Card("No run has failed", capital(state.words)))
    lacking = lacking_lines(opened.part, shown)
    if lacking:
        cards.append(Card("What is not told, and why", children=[points(lacking)]))
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
    note = f"Type it where the folder “{shown.name.partition('/')[0]}” lies."
    cards.append(
        Card(
            "How to go on with it, and repeat it",
            note,
            children=[Markup(tag("dl", *rows, class_="st-facts"))],
            repeat=Repeat(shown.clean(findings.facts.command) or lines["run"], (("study.yaml", text),)),
        )
    )
    return stack(*cards)
