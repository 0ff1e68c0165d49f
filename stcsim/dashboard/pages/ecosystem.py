"""Page Ecosystem: who knows, trusts and tells whom, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import solara

from stcsim.analysis.stakeholder_groups import ALL, Node, nodes, short_country
from stcsim.analysis.tie_layers import LAYERS, Ties
from stcsim.charts import Chart
from stcsim.charts.bridges import bridges_chart
from stcsim.charts.missing_ties import missing_chart
from stcsim.charts.network import network_chart
from stcsim.charts.network_view import SHOWN, View
from stcsim.charts.quarters import quarter_name
from stcsim.charts.tie_changes import changes_finding, changes_table, shown_changes
from stcsim.charts.ties_over_time import ties_over_time_chart
from stcsim.dashboard.address import Field, choice, is_word, names, word
from stcsim.dashboard.asking.arms import arm_options
from stcsim.dashboard.asking.following import use_found
from stcsim.dashboard.asking.page import question_page
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import (
    Button,
    Card,
    Choice,
    DataTable,
    Notice,
    Option,
    ProgressLine,
    Slider,
    Switch,
)
from stcsim.dashboard.watching.asking import LATEST, quarter
from stcsim.dashboard.watching.following import Watching, use_observation
from stcsim.dashboard.watching.opened import Seen
from stcsim.dashboard.watching.setup import WatchSetup
from stcsim.dashboard.watching.tied import ties_of
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted

OPENED = 40
"""So many groups may be open; all of them are one word."""
ROWS = 8
"""Pairs that are listed; the file has all."""
OWN: dict[str, Field] = {
    "layer": choice("channel", LAYERS),
    "quarter": quarter(),
    "arm": word(),
    "against": choice(BASELINE, is_word),
    "open": names(is_word, OPENED),
    "ties": choice("all", SHOWN),
}
"""What the address says beside what is watched."""
SHOWN_WORDS = {"all": "All", "needed": "Asked for by roles", "changed": "That differ"}


@solara.component
def Page() -> Element:
    """Show what is watched, and the network of two arms."""
    watching = use_observation(OWN)
    return question_page("ecosystem", WatchSetup(watching), watching, Reading)


@solara.component
def Reading(watching: Watching, seen: Seen) -> Element:
    """Put the ties in order beside the page, then show them."""
    found = solara.lab.use_task(
        lambda: ties_of(seen), dependencies=[id(seen)], raise_error=False, prefer_threaded=True
    )
    if found.error and found.exception is not None:
        raise found.exception
    if not found.finished or found.value is None:
        return Card("", "", [ProgressLine("Reading who is tied to whom", None, label="Reading")])
    return Results(watching, seen, found.value)


@solara.component
def Results(watching: Watching, seen: Seen, ties: Ties) -> Element:
    """Show the choices, the maps side by side, and what they say."""
    homes = solara.use_memo(
        lambda: [node.id for layer in LAYERS.values() for node in nodes(ties, layer)], [id(ties)]
    )
    there = {
        "quarter": quarter(seen.last),
        "arm": choice("", ("", *seen.arms)),
        "against": choice(BASELINE, seen.arms),
        "open": names((ALL, *homes), OPENED),
    }
    watching, notes = use_found(watching, there)
    values = watching.values
    against = values["against"]
    others = [a for a in seen.arms if a != against]
    arm = values["arm"] if values["arm"] in others else next(iter(others), "")
    at = min(values["quarter"], seen.last)
    view = View(values["layer"], at, tuple(values["open"]), values["ties"] if arm else "all")
    return html(
        "div",
        *map(Notice, notes),
        Picks(watching, seen, view, arm, against),
        Maps(watching, seen, ties, view, arm, against),
        *([Changes(watching, seen, ties, view, arm, against)] if arm else []),
        html(
            "div",
            html(
                "div",
                Time(watching, seen, ties, view),
                Bridges(watching, seen, ties, view, arm, against),
                class_="st-stack",
            ),
            Missing(watching, seen, ties, view, arm, against),
            class_="st-grid",
        ),
        *(Notice(f"{capital(note)}.") for note in seen.observation.notes),
        class_="cmp",
        data_testid="results",
    )


@solara.component
def Picks(watching: Watching, seen: Seen, view: View, arm: str, against: str) -> Element:
    """Show what can be looked at: kind of tie, quarter, two arms, which ties."""
    change, days = watching.change, seen.observation.days

    def options(without: str) -> list[Option]:
        return arm_options((a for a in seen.arms if a != without), seen.label, seen.styles)

    first = [
        Switch(
            "Ties",
            view.layer,
            {key: layer.label for key, layer in LAYERS.items()},
            lambda value: change(layer=value),
            note="See [[recognition]], [[trust]], [[channel]], [[intelligence]].",
        ),
        Switch("Shown", view.shown, SHOWN_WORDS, lambda value: change(ties=value)),
    ]
    second = [Choice("Left", against, options(arm), lambda value: change(against=value))]
    if arm:
        second.append(Choice("Right", arm, options(against), lambda value: change(arm=value)))
    texts = [capital(quarter_name(q, days)) for q in range(len(days))]
    time = Slider("When", view.quarter, texts, lambda q: change(quarter=LATEST if q == seen.last else q))
    return html(
        "div",
        html("div", *first, class_="cmp-pick"),
        html("div", *second, html("div", time, class_="eco-time"), class_="cmp-pick"),
        class_="eco-picks",
    )


@solara.component
def Maps(watching: Watching, seen: Seen, ties: Ties, view: View, arm: str, against: str) -> Element:
    """Show the networks of two arms side by side, with everybody at the same place."""

    def draw() -> list[Chart]:
        styles = seen.styles
        charts = [network_chart(ties, view, against, seen.label(against), styles[against])]
        if arm:
            label, other = seen.label(arm), seen.label(against)
            charts.append(network_chart(ties, view, arm, label, styles[arm], against, other))
        return charts

    charts = solara.use_memo(draw, [id(ties), view, arm, against])

    def take(found: dict[str, Any]) -> None:
        home = (found.get("data") or {}).get("home", "")
        if home:
            watching.change(open=turned(view.opened, home, nodes(ties, view.of)))

    cards = [Card(chart=chart, repeat=watching.repeat, on_click=take) for chart in charts]
    return html(
        "div",
        Groups(watching, ties, view),
        html("div", *cards, class_="st-grid eco-maps"),
        class_="cmp",
    )


def _two(seen: Seen, arm: str, against: str) -> dict[str, str]:
    """Return the labels of the arms that are shown, left first."""
    return {name: seen.label(name) for name in (against, arm) if name}


@solara.component
def Changes(watching: Watching, seen: Seen, ties: Ties, view: View, arm: str, against: str) -> Element:
    """Show in words what differs between the maps, and pair by pair."""
    label, other = seen.label(arm), seen.label(against)
    key = [id(ties), view.layer, view.quarter, arm, against]

    def read() -> tuple[str, pd.DataFrame]:
        table = changes_table(ties, view, arm, against)
        finding = changes_finding(ties, view, arm, label, against, other)
        return finding, shown_changes(table, view.of, label, other)

    finding, table = solara.use_memo(read, key)
    meaning = (
        f"Pairs that {view.of.tied}, {quarter_name(view.quarter, seen.observation.days)}: "
        f"{view.of.least_words}. Figures: {view.of.column.lower()}. Mean over [[paired]] [[runs]]; "
        "few runs, so small differences may be chance."
    )
    few = f"The {ROWS} largest of {len(table):,} changes; the file has all."
    rest = [html("p", few, class_="st-note")] if len(table) > ROWS else []
    heads = dict(zip(table.columns[2:5], ("Change", other, label), strict=True))
    body = [DataTable(table.head(ROWS), finding, heads=heads), *rest] if len(table) else []
    return Card(finding, meaning, body, table=table, repeat=watching.repeat, name="changes", arm=arm)


@solara.component
def Bridges(watching: Watching, seen: Seen, ties: Ties, view: View, arm: str, against: str) -> Element:
    """Show who bridges and who is peripheral."""
    key = [id(ties), view.layer, view.quarter, arm, against]
    chart = solara.use_memo(lambda: bridges_chart(ties, view, _two(seen, arm, against), seen.styles), key)
    if chart.option["yAxis"]["data"]:
        return Card(chart=chart, repeat=watching.repeat)
    return Card(chart.title, chart.subtitle, table=chart.table, repeat=watching.repeat, name=chart.name)


@solara.component
def Missing(watching: Watching, seen: Seen, ties: Ties, view: View, arm: str, against: str) -> Element:
    """Show which ties are missing that roles ask for."""
    key = [id(ties), view.layer, view.quarter, arm, against]
    chart = solara.use_memo(lambda: missing_chart(ties, view, _two(seen, arm, against), seen.styles), key)
    if chart is None:
        return html("div", class_="st-none")
    last = str(chart.table.columns[-1])
    # All are missing in the last arm, and stand in the order of importance: the whole table says how much.
    first = chart.table[chart.table[last] == "missing"].head(ROWS).drop(columns=["Where", "Importance", last])
    caption = f"{last}: missing pairs that matter most by role"
    body = [html("h3", caption, class_="st-title"), DataTable(first, caption, sortable=False)]
    body = body if len(first) else []
    return Card(children=body, chart=chart, repeat=watching.repeat)


@solara.component
def Time(watching: Watching, seen: Seen, ties: Ties, view: View) -> Element:
    """Show all arms over the years."""
    chart = solara.use_memo(
        lambda: ties_over_time_chart(ties, view, seen.observation.arms, seen.styles),
        [id(ties), view.layer, view.quarter],
    )
    return Card(chart=chart, repeat=watching.repeat)


@solara.component
def Groups(watching: Watching, ties: Ties, view: View) -> Element:
    """Open and close groups without a mouse."""
    closed = nodes(ties, view.of)
    opened = {node.id for node in closed if ALL in view.opened or node.id in view.opened}

    def turn(home: str) -> None:
        if home:
            watching.change(open=turned(view.opened, home, closed))

    options = [Option("", "Choose a group" if not opened else f"{counted(len(opened), 'group')} open")]
    for node in closed:
        verb = "Close" if node.id in opened else "Open"
        many = f" ({len(node.members)})" if node.id not in opened else ""
        country = short_country(node.country_label) if node.country else "International"
        options.append(Option(node.id, f"{verb} {node.label.lower()}{many}", group=country))
    return html(
        "div",
        Choice("Groups on the maps", "", options, turn),
        Button("Open all", lambda: watching.change(open=(ALL,)), off=len(opened) == len(closed)),
        Button("Close all", lambda: watching.change(open=()), off=not opened),
        class_="cmp-pick eco-groups",
    )


def turned(opened: tuple[str, ...], home: str, closed: tuple[Node, ...]) -> tuple[str, ...]:
    """Return which groups are open after one was turned.

    Parameters
    ----------
    opened : before
    home : that is opened, or closed where it is open
    closed : all groups
    """
    known = [node.id for node in closed]
    before = known if ALL in opened else [name for name in opened if name in known]
    after = [name for name in before if name != home]
    return tuple(after) if home in before else (*after, home)
