"""What lies among the results: studies with how far they are, comparisons, portfolios."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import solara

from stcsim.api.study_state import StudyState
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import use_looked
from stcsim.dashboard.parts import Markup, PageLink, ProgressLine
from stcsim.dashboard.studies.damage import damage_of_comparison
from stcsim.dashboard.studies.documents import document_link, documents_of
from stcsim.dashboard.studies.folders import Found, Kind, found_in, shown_name
from stcsim.dashboard.studies.reading import sentence, state_of, without_place
from stcsim.pictures.words import counted
from stcsim.report.html import Html, join, tag

LOOK_SECONDS = 5.0
"""Time between two looks at the folder of results."""
_DOCUMENTS = {"brief": "Brief", "report": "Long report"}
_MOST = 200
_WITHOUT = ("preparing", "planned", "damaged", "unreadable")
"""States of studies of which no document can be made, or none that could be relied on."""


@dataclass(frozen=True)
class Row:
    """One folder of the list.

    Parameters
    ----------
    found : the folder
    state : how far it is, None of what is no study
    documents : links to pages of their own
    damage : what of its files is lost, as a sentence with the repair; empty where nothing is
    """

    found: Found
    state: StudyState | None
    documents: Html
    damage: str = ""


def rows_in(results: Path) -> tuple[Row, ...] | Literal["gone"]:
    """Return what lies in a folder of results, the newest first, or that the folder itself has gone."""
    if not results.is_dir():
        return "gone"
    return tuple(_row(results, one) for one in found_in(results)[:_MOST])


def _row(results: Path, one: Found) -> Row:
    folder = results / one.name
    state = None
    if one.kind == "study":
        state = state_of(folder, wanted=False)
        # How many runs are wanted is only of interest where some are missing, and takes a while to know.
        state = state_of(folder) if state.kind in ("running", "stopped", "damaged") else state
    shown = shown_name(results, one.name)
    damage = without_place(state.why, folder, shown) if state is not None else ""
    if one.kind == "comparison":
        damage = damage_of_comparison(folder, one.changed)
        if damage:
            return Row(one, state, Html(""), damage)
    return Row(one, state, document_links(one.name, folder, one.kind, state), damage)


def document_links(name: str, folder: Path, kind: Kind, state: StudyState | None) -> Html:
    """Return links to the pages of a folder that open in a tab of their own; none where nothing was run."""
    if state is not None and (state.kind in _WITHOUT or not state.done):
        return Html("")
    links = [
        tag(
            "a",
            _DOCUMENTS[one],
            href=document_link(one, name),
            target="_blank",
            rel="noopener",
            aria_label=f"{_DOCUMENTS[one]} of {name}, in a new tab",
        )
        for one in documents_of(kind, folder)
    ]
    return join(*links)


def study_link(name: str) -> str:
    """Return the address of a study on this page."""
    return f"/studies?study={quote(name, safe='/')}"


def comparison_link(name: str) -> str:
    """Return the address of a comparison on the page that compares."""
    return f"/?saved={quote(name, safe='/')}"


@solara.component
def StudyList(results: Path, wanted: str = "") -> Element:
    """Show the list, looked at again and again.

    Parameters
    ----------
    results : folder of results
    wanted : name of a folder of it that is no study, shown alone
    """
    rows = use_looked(lambda: rows_in(results), str(results), LOOK_SECONDS)
    if rows is None:
        return Markup(tag("p", f"Looking through {results.name} …", class_="st-quiet"))
    if rows == "gone":
        return Markup(_gone(results))
    shown = [row for row in rows if not wanted or row.found.name == wanted]
    if not shown:
        return Markup(_nothing(results))
    running = sum(row.state is not None and row.state.kind == "running" for row in shown)
    studies = sum(row.found.kind == "study" for row in shown)
    said = f"{counted(studies, 'study').replace('studys', 'studies')}, {running} running"
    others = len(shown) - studies
    said += f"; {counted(others, 'other result')}" if others else ""
    items = [_Item(row, results).key(row.found.name) for row in shown]
    head = Markup(tag("p", f"In {results.name}: {said}. The newest first.", class_="st-quiet"))
    back = [PageLink("All results", "/studies")] if wanted else []
    listed = html("ul", *items, class_="st-list", data_testid="studies")
    return html("div", *back, head, listed, class_="st-stack")


@solara.component
def _Item(row: Row, results: Path) -> Element:
    one, state = row.found, row.state
    links = {"study": study_link, "comparison": comparison_link}
    title = (
        PageLink(one.title, links[one.kind](one.name))
        if one.kind in links
        else Markup(tag("strong", one.title), "span")
    )
    when = datetime.fromtimestamp(one.changed, UTC).strftime("%d %b %Y, %H:%M UTC")
    parts = [one.kind, shown_name(results, one.name), f"changed {when}"]
    lines = [
        html("div", title, Markup(state_chip(state, row.damage), "span"), class_="st-item-head"),
        Markup(join(tag("span", " · ".join(parts), class_="st-quiet"), row.documents), "div", "st-links"),
    ]
    if state is not None and state.kind == "running":
        lines.append(ProgressLine(state.words, state.share, label=f"Progress of {one.title}"))
    elif row.damage:
        lines.append(Markup(tag("p", sentence(row.damage.splitlines()[0]), class_="st-quiet")))
    return html("li", *lines, class_="st-card st-item")


def state_chip(state: StudyState | None, damage: str = "") -> Html:
    """Return the state of a study as a chip, coloured only where something is wrong.

    Parameters
    ----------
    damage : of what is no study
    """
    if state is None:
        return tag("span", "damaged", class_="st-chip worse") if damage else Html("")
    if state.kind == "running":
        # The line of its progress says as much.
        return tag("span", "running", class_="st-chip")
    wrong = state.kind in ("failed", "damaged", "unreadable")
    return tag("span", state.words, class_=f"st-chip{' worse' if wrong else ''}")


def _gone(results: Path) -> Html:
    return tag(
        "div",
        tag("h2", f"The folder {results.name} is not there any more", class_="st-title"),
        tag(
            "p", "It was there when the dashboard was started. Put it back, and what lies in it appears here."
        ),
        class_="st-card",
    )


def _nothing(results: Path) -> Html:
    return tag(
        "div",
        tag("h2", f"Nothing that can be opened lies in {results.name}", class_="st-title"),
        tag("p", "A study appears here as soon as it is run, and is shown while it runs:"),
        tag("pre", f"stcsim study run experiments/quick.yaml --out {shown_name(results, 'quick')}"),
        tag("p", "So do comparisons, run with:"),
        tag("pre", f"stcsim compare reference_region --worlds 20 --out {shown_name(results, 'first')}"),
        class_="st-card",
    )
