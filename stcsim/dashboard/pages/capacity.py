"""Page Capacity: who can do what, who uses it, how it fades, what lies idle, where donors overlap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solara

from stcsim.charts import Chart
from stcsim.charts.capacity import COMPONENTS, PILLARS, body_names
from stcsim.charts.idle import idle_chart
from stcsim.charts.kpst import kpst_chart
from stcsim.charts.kpst_bodies import kpst_bodies_chart
from stcsim.charts.kpst_time import kpst_time_chart
from stcsim.charts.overlap import overlap_chart
from stcsim.charts.overlap_bodies import overlap_bodies_chart
from stcsim.charts.quarters import quarter_name
from stcsim.dashboard.address import Field, choice, word
from stcsim.dashboard.asking.following import use_found
from stcsim.dashboard.asking.page import columns, question_page
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Choice, Notice, Option, Slider, Switch
from stcsim.dashboard.watching.asking import quarter
from stcsim.dashboard.watching.focus import FocusPick, focus_of
from stcsim.dashboard.watching.following import Watching, use_observation
from stcsim.dashboard.watching.opened import Seen
from stcsim.dashboard.watching.setup import WatchSetup
from stcsim.pictures.words import capital

OWN: dict[str, Field] = {
    "arm": word(),
    "quarter": quarter(),
    "body": word(),
    "pillar": choice("", ("", *PILLARS)),
    "part": choice("", ("", *COMPONENTS)),
    "show": choice("captured", ("captured", "latent")),
}
"""What the address says beside what is watched."""


@solara.component
def Page() -> Element:
    """Show what is watched, and what bodies were able to do."""
    watching = use_observation(OWN)
    return question_page("capacity", WatchSetup(watching), watching, Results)


@solara.component
def Results(watching: Watching, seen: Seen) -> Element:
    """Show the four parts, body by body, what is idle, and what donors give twice."""
    observation = seen.observation
    names = solara.use_memo(lambda: body_names(observation.actors), [id(seen)])
    held = solara.use_memo(lambda: {str(b) for b in observation.capacity["body"].unique()}, [id(seen)])
    there = {
        "arm": choice("", ("", *seen.arms)),
        "quarter": quarter(seen.last),
        "body": choice("", {"", *held}),
    }
    watching, notes = use_found(watching, there)
    values = watching.values
    arm, body, at = focus_of(seen, values["arm"]), values["body"], min(values["quarter"], seen.last)
    common = {"label": seen.label(arm), "names": names, "days": observation.days}
    return html(
        "div",
        *map(Notice, notes),
        Picks(watching, seen, arm, at, body, {b: names.get(b, b) for b in held}),
        columns(
            [
                (1, Parts(watching, seen, arm, at, body, common)),
                (3, Bodies(watching, seen, arm, at, body, common)),
                (5, Donors(watching, seen, arm, common)),
            ],
            [
                (2, Time(watching, seen, arm, body, common)),
                (4, Idle(watching, seen, arm, at, common)),
                (6, Doubles(watching, seen, arm, common)),
            ],
        ),
        *(Notice(f"{capital(note)}.") for note in observation.notes),
        class_="cmp",
        data_testid="results",
    )


@solara.component
def Picks(
    watching: Watching, seen: Seen, arm: str, quarter: int, body: str, names: Mapping[str, str]
) -> Element:
    """Show what can be looked at: an arm, an area, a body, a quarter."""
    change = watching.change
    ordered = sorted(names.items(), key=lambda item: item[1])
    bodies = [Option("", "All bodies"), *(Option(b, capital(words)) for b, words in ordered)]
    pillars = [Option("", "All areas"), *(Option(p, capital(words)) for p, words in PILLARS.items())]
    texts = [capital(quarter_name(q, seen.observation.days)) for q in range(seen.last + 1)]
    return html(
        "div",
        FocusPick(seen, arm, lambda value: change(arm=value)),
        Choice("Area", watching.values["pillar"], pillars, lambda value: change(pillar=value)),
        Choice("Body", body, bodies, lambda value: change(body=value)),
        Slider(
            "At the end of",
            quarter,
            texts,
            lambda place: change(quarter=None if place == seen.last else place),
        ),
        class_="cmp-pick",
    )


@solara.component
def Parts(
    watching: Watching, seen: Seen, arm: str, quarter: int, body: str, common: Mapping[str, Any]
) -> Element:
    """Show knowledge, procedures, skills and tools, in use and not."""
    pillar = watching.values["pillar"]

    def draw() -> Chart | None:
        table = seen.observation.capacity
        return kpst_chart(table, arm, quarter, styles=seen.styles, body=body, pillar=pillar, **common)

    chart = solara.use_memo(draw, [id(seen), arm, quarter, body, pillar])
    if chart is None:
        return Notice("This body has no part in this area: choose another body, or all areas.")
    return Card(chart=chart, repeat=watching.repeat, arm=arm)


@solara.component
def Time(watching: Watching, seen: Seen, arm: str, body: str, common: Mapping[str, Any]) -> Element:
    """Show how capacity goes, and what was dated."""
    pillar, part = watching.values["pillar"], watching.values["part"]

    def draw() -> Chart | None:
        return kpst_time_chart(
            seen.observation.capacity,
            arm,
            styles=seen.styles,
            dates=seen.observation.dates,
            body=body,
            pillar=pillar,
            component=part,
            **common,
        )

    chart = solara.use_memo(draw, [id(seen), arm, body, pillar, part])
    if chart is None:
        return html("div", class_="st-none")
    parts = [Option("", "All four"), *(Option(c, words) for c, words in COMPONENTS.items())]
    pick = Choice("Over time", part, parts, lambda value: watching.change(part=value))
    return Card(chart=chart, controls=[pick], repeat=watching.repeat, arm=arm)


@solara.component
def Bodies(
    watching: Watching, seen: Seen, arm: str, quarter: int, body: str, common: Mapping[str, Any]
) -> Element:
    """Show body by body; a click chooses one."""
    pillar, show = watching.values["pillar"], watching.values["show"]

    def draw() -> Chart | None:
        return kpst_bodies_chart(
            seen.observation.capacity, arm, quarter, pillar=pillar, latent=show == "latent", **common
        )

    chart = solara.use_memo(draw, [id(seen), arm, quarter, pillar, show])
    if chart is None:
        return html("div", class_="st-none")

    def take(found: dict[str, Any]) -> None:
        wanted = str((found.get("data") or {}).get("body", ""))
        if wanted:
            watching.change(body="" if wanted == body else wanted)

    switch = Switch(
        "Body by body",
        show,
        {"captured": "In use", "latent": "Acquired, not in use"},
        lambda value: watching.change(show=value),
    )
    return Card(chart=chart, controls=[switch], repeat=watching.repeat, on_click=take, arm=arm)


@solara.component
def Idle(watching: Watching, seen: Seen, arm: str, quarter: int, common: Mapping[str, Any]) -> Element:
    """Show equipment that nobody has the skill to use."""
    observation = seen.observation

    def draw() -> Chart | None:
        return idle_chart(observation.equipment, observation.region, arm, quarter, **common)

    chart = solara.use_memo(draw, [id(seen), arm, quarter])
    return (
        Card(chart=chart, repeat=watching.repeat, arm=arm)
        if chart is not None
        else html("div", class_="st-none")
    )


@solara.component
def Donors(watching: Watching, seen: Seen, arm: str, common: Mapping[str, Any]) -> Element:
    """Show what each donor gives that another one gives too."""
    observation = seen.observation

    def draw() -> Chart | None:
        return overlap_chart(observation.aid, arm, replications=observation.replications, **common)

    chart = solara.use_memo(draw, [id(seen), arm])
    if chart is None:
        return Notice("No donor gives assistance in the time that was watched.")
    return Card(chart=chart, repeat=watching.repeat, arm=arm)


@solara.component
def Doubles(watching: Watching, seen: Seen, arm: str, common: Mapping[str, Any]) -> Element:
    """Show who is taught the same by several."""
    observation = seen.observation

    def draw() -> Chart | None:
        return overlap_bodies_chart(observation.aid, arm, replications=observation.replications, **common)

    chart = solara.use_memo(draw, [id(seen), arm])
    return (
        Card(chart=chart, repeat=watching.repeat, arm=arm)
        if chart is not None
        else html("div", class_="st-none")
    )
