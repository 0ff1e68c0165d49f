"""What lies among the results: studies with how far they are, comparisons, portfolios."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import solara

from stcsim.api.study_state import StudyState
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import use_looked
from stcsim.dashboard.parts import Markup, PageLink, ProgressLine
from stcsim.dashboard.studies.documents import document_link, documents_of
from stcsim.dashboard.studies.folders import Found, Kind, found_in, shown_name
from stcsim.dashboard.studies.reading import state_of
from stcsim.pictures.words import counted
from stcsim.report.html import Html, join, tag

LOOK_SECONDS = 5.0
"""Time between two looks at the folder of results."""
_DOCUMENTS = {"brief": "Brief", "report": "Long report"}
_MOST = 200


@dataclass(frozen=True)
class Row:
    """One folder of the list.

    Parameters
    ----------
    found : the folder
    state : how far it is, None of what is no study
    documents : links to pages of their own
    """

    found: Found
    state: StudyState | None
    documents: Html


def rows_in(results: Path) -> tuple[Row, ...]:
    """Return what lies in a folder of results, the newest first."""
    return tuple(_row(results, one) for one in found_in(results)[:_MOST])


def _row(results: Path, one: Found) -> Row:
    folder = results / one.name
    state = None
    if one.kind == "study":
        state = state_of(folder, wanted=False)
        # How many runs are wanted is only of interest where some are missing, and takes a while to know.
        state = state_of(folder) if state.kind in ("running", "stopped") else state
    return Row(one, state, document_links(one.name, folder, one.kind, state))


def document_links(name: str, folder: Path, kind: Kind, state: StudyState | None) -> Html:
    """Return links to the pages of a folder that open in a tab of their own; none where nothing was run."""
    if state is not None and (state.kind in ("planned", "unreadable") or not state.done):
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
        html("div", title, Markup(state_chip(state), "span"), class_="st-item-head"),
        Markup(join(tag("span", " · ".join(parts), class_="st-quiet"), row.documents), "div", "st-links"),
    ]
    if state is not None and state.kind == "running":
        lines.append(ProgressLine(state.words, state.share, label=f"Progress of {one.title}"))
    elif state is not None and state.kind == "unreadable":
        lines.append(Markup(tag("p", "Its files cannot be read. Open it to see why.", class_="st-quiet")))
    return html("li", *lines, class_="st-card st-item")


def state_chip(state: StudyState | None) -> Html:
    """Return the state of a study as a chip, coloured only where something is wrong."""
    if state is None:
        return Html("")
    if state.kind == "running":
        # The line of its progress says as much.
        return tag("span", "running", class_="st-chip")
    wrong = state.kind in ("failed", "unreadable")
    return tag("span", state.words, class_=f"st-chip{' worse' if wrong else ''}")


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
