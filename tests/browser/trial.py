"""Pages that are made to be tried: a job, an address, what breaks, what a session keeps."""

from __future__ import annotations

from typing import Any

import reacton.ipyvuetify as v
import solara

from stcsim.dashboard import sources
from stcsim.dashboard.address import choice, names, scenario, use_address, whole
from stcsim.dashboard.jobs import use_job
from stcsim.dashboard.layout import Around, Place, html
from tests.browser.trial_parts import PartsPage

PLACES = tuple(
    Place(path, label, f"{label}, to be tried.")
    for path, label in (
        ("/", "Job"),
        ("/address", "Address"),
        ("/broken", "Broken"),
        ("/click", "Click"),
        ("/own", "Own"),
        ("/parts", "Parts"),
    )
)


@solara.component
def Push(label: str, on_click: Any) -> Any:
    button = v.Btn(children=[label])
    v.use_event(button, "click", lambda *_: on_click())
    return button


@solara.component
def JobPage() -> Any:
    fields = {"replications": whole(2, 2, 100_000), "seed": whole(1, 0, 1_000_000), "scenario": scenario()}
    values, _ = use_address(fields)
    source = sources.source_of(values["scenario"])
    argv = ("compare", "--arms", "frontline_channel", "--replications", str(values["replications"]))
    job = use_job((*argv, "--seed", str(values["seed"])), source)
    return html(
        "div",
        html("p", job.state, data_testid="state"),
        html("p", job.text, data_testid="text"),
        html("p", job.command, data_testid="command"),
        html("p", " | ".join(job.problems), data_testid="problems"),
        Push("Start", job.start),
        Push("Cancel", job.cancel),
    )


@solara.component
def AddressPage() -> Any:
    fields = {
        "arm": choice("one", ("one", "two")),
        "quarter": whole(4, 0, 20),
        "arms": names(("one", "two", "one+two")),
        "scenario": scenario(),
    }
    values, change = use_address(fields)
    return html(
        "div",
        html("p", repr(dict(values)), data_testid="values"),
        html("p", " ".join(values.notes), data_testid="notes"),
        Push("Two", lambda: change(arm="two")),
        Push("Later", lambda: change(quarter=values["quarter"] + 1)),
        Push("Both", lambda: change(arms=("one", "one+two"))),
    )


@solara.component
def Broken() -> Any:
    raise ValueError("a secret of the server in /home/somebody")


@solara.component
def ClickPage() -> Any:
    _, set_pushed = solara.use_state(0)

    def on_click() -> None:
        set_pushed(1)
        raise ValueError("a secret of the server in /home/somebody")

    return html("div", Push("Break", on_click))


@solara.component
def OwnPage() -> Any:
    _, keep = solara.use_state("")
    fields = {"text": choice("", lambda _: True)}
    values, _ = use_address(fields)
    return html(
        "div",
        html("p", " ".join(sources.own()), data_testid="own"),
        Push("Keep", lambda: keep(sources.keep(values["text"]).name)),
    )


@solara.component
def Layout(children: Any = ()) -> Any:
    return Around(PLACES, children=children)


COMPONENTS = (JobPage, AddressPage, Broken, ClickPage, OwnPage, PartsPage)
routes = [
    solara.Route(place.path.strip("/") or "/", component=component, layout=Layout if at == 0 else None)
    for at, (place, component) in enumerate(zip(PLACES, COMPONENTS, strict=True))
]
