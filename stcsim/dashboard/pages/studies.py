"""The page of studies: what lies among the results, and one study opened, also while it runs."""

from __future__ import annotations

import solara

from stcsim.dashboard.address import Field, use_address
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.pages.study_list import StudyList
from stcsim.dashboard.pages.study_view import StudyView
from stcsim.dashboard.parts import Notice
from stcsim.dashboard.running import this_server
from stcsim.dashboard.studies.folders import folder_named
from stcsim.report.html import tag

HOW = "stcsim dashboard --results DIR"


def _study() -> Field:
    """Return the field that names a folder among the results; nothing else is a name of one."""
    results = this_server().results
    return Field("", lambda name: name if folder_named(results, name) is not None else None)


@solara.component
def Page() -> Element:
    """Show what can be opened, or what was."""
    values, _ = use_address({"study": _study()})
    results = this_server().results
    name = values["study"]
    notes = [Notice(note) for note in values.notes]
    found = folder_named(results, name)
    if results is None:
        shown = _NoResults()
    elif found is not None and found[1] == "study":
        shown = StudyView(found[0], name).key(f"study {name}")
    else:
        shown = StudyList(results, name)
    return html("div", *notes, shown, class_="st-stack")


@solara.component
def _NoResults() -> Element:
    from stcsim.dashboard.parts import Markup

    return Markup(
        tag(
            "div",
            tag("h2", "No folder of results was given", class_="st-title"),
            tag(
                "p",
                "This page opens studies and comparisons that lie in a folder. Start the dashboard with it:",
            ),
            tag("pre", HOW),
            tag(
                "p", "A study is a file that is run by the command line, and can be looked at while it runs:"
            ),
            tag("pre", "stcsim study run experiments/quick.yaml --out DIR/quick"),
            class_="st-card",
        )
    )
