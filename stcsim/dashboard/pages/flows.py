"""Page Flows: what becomes of attempts, where, and one of them from event to event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.charts import Chart
from stcsim.charts.attempts import PLACE, Origin, Through, post_names
from stcsim.charts.capacity import body_names
from stcsim.charts.displacement import displacement_chart
from stcsim.charts.moves import moves_chart
from stcsim.charts.post_measures import MEASURES
from stcsim.charts.posts_heat import posts_heat_chart
from stcsim.charts.sankey import sankey_chart
from stcsim.charts.story import Told, best_told, stories, story_group, story_option
from stcsim.charts.story_chart import story_chart
from stcsim.charts.story_events import day_words, events_of
from stcsim.dashboard.address import Field, choice, word
from stcsim.dashboard.asking.following import use_found
from stcsim.dashboard.asking.page import question_page
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Choice, Markup, Notice, Option, Switch
from stcsim.dashboard.watching.focus import FocusPick, focus_of
from stcsim.dashboard.watching.following import Watching, use_observation
from stcsim.dashboard.watching.opened import Seen
from stcsim.dashboard.watching.setup import WatchSetup
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital
from stcsim.report.html import join, tag

Change = Callable[..., None]
OWN: dict[str, Field] = {
    "arm": word(),
    "origin": choice("networks", ("networks", "firms")),
    "by": choice("way", ("way", "post", "country")),
    "measure": choice("detection", tuple(MEASURES)),
    "show": choice("values", ("values", "difference")),
    "case": word(),
}
"""What the address says beside what is watched."""
GROUPS = (
    "Stopped with the arm",
    "No longer tried, or not over",
    "Gets through with the arm",
    "Changed otherwise",
    "The same in both",
)


@solara.component
def Page() -> Element:
    """Show what is watched, and what became of what was tried."""
    watching = use_observation(OWN)
    return question_page("flows", WatchSetup(watching), watching, Results)


@solara.component
def Results(watching: Watching, seen: Seen) -> Element:
    """Show from occasions to fates, place by place, over time, and one by one."""
    watching, notes = use_found(watching, {"arm": choice("", ("", *seen.arms))})
    values, change = watching.values, watching.change
    arm = focus_of(seen, values["arm"])
    return html(
        "div",
        *map(Notice, notes),
        Picks(seen, values, change, arm),
        Fates(watching, seen, arm),
        Places(watching, seen, arm),
        Posts(watching, seen, arm),
        Story(watching, seen, arm),
        *(Notice(f"{capital(note)}.") for note in seen.observation.notes),
        class_="cmp",
        data_testid="results",
    )


@solara.component
def Picks(seen: Seen, values: dict[str, Any], change: Change, arm: str) -> Element:
    """Show what can be looked at: an arm, whose attempts, told apart by what."""
    return html(
        "div",
        FocusPick(seen, arm, lambda value: change(arm=value, case=None)),
        Switch(
            "Whose",
            values["origin"],
            {"networks": "Networks", "firms": "Firms"},
            lambda value: change(origin=value, by="post" if value == "firms" else None),
        ),
        Switch("Told apart by", values["by"], _by(values["origin"]), lambda value: change(by=value)),
        class_="cmp-pick",
    )


def _by(origin: str) -> list[Option]:
    """Return what attempts can be told apart by; firms have but one way."""
    return [
        Option(key, capital(words), off=origin == "firms" and key == "way") for key, words in PLACE.items()
    ]


@solara.component
def Fates(watching: Watching, seen: Seen, arm: str) -> Element:
    """Show from occasions to fates, in the baseline and with the arm."""
    origin, by = _told_by(watching)
    flows = seen.observation.flows
    posts = solara.use_memo(lambda: post_names(seen.observation.actors), [id(seen)])

    def draw(name: str) -> Chart | None:
        return sankey_chart(flows, name, labels=seen.observation.arms, posts=posts, origin=origin, through=by)

    key = [id(seen), arm, origin, by]
    charts = solara.use_memo(lambda: [draw(name) for name in dict.fromkeys((BASELINE, arm))], key)
    shown = zip(charts, dict.fromkeys((BASELINE, arm)), strict=True)
    cards = [
        Card(chart=c, repeat=watching.repeat, name="fates", arm=name) for c, name in shown if c is not None
    ]
    if not cards:
        return Notice("Nobody has tried anything in the time that was watched.")
    return html("div", *cards, class_="st-grid")


def _told_by(watching: Watching) -> tuple[Origin, Through]:
    values = watching.values
    origin: Origin = values["origin"]
    by: Through = values["by"]
    return origin, "post" if origin == "firms" and by == "way" else by


@solara.component
def Places(watching: Watching, seen: Seen, arm: str) -> Element:
    """Show what an arm changes place by place, and where the same occasions go."""
    origin, by = _told_by(watching)
    observation = seen.observation
    posts = solara.use_memo(lambda: post_names(observation.actors), [id(seen)])

    def draw() -> list[Chart | None]:
        if arm == BASELINE:
            return []
        found = [
            displacement_chart(
                observation.flows,
                arm,
                label=seen.label(arm),
                style=seen.styles[arm],
                posts=posts,
                origin=origin,
                by=by,
            )
        ]
        if origin == "networks":
            found.append(moves_chart(observation.cases, arm, label=seen.label(arm), posts=posts, by=by))
        return found

    charts = solara.use_memo(draw, [id(seen), arm, origin, by])
    cards = [Card(chart=c, repeat=watching.repeat, arm=arm) for c in charts if c is not None]
    return html("div", *cards, class_="st-grid") if cards else html("div", class_="st-none")


@solara.component
def Posts(watching: Watching, seen: Seen, arm: str) -> Element:
    """Show checkpoints by time."""
    values, observation = watching.values, seen.observation
    measure, show = values["measure"], values["show"] if arm != BASELINE else "values"
    posts = solara.use_memo(lambda: post_names(observation.actors), [id(seen)])

    def draw() -> Chart | None:
        return posts_heat_chart(
            observation.posts,
            arm,
            measure=measure,
            label=seen.label(arm),
            names=posts,
            days=observation.days,
            difference=show == "difference",
        )

    chart = solara.use_memo(draw, [id(seen), arm, measure, show])
    if chart is None:
        return html("div", class_="st-none")
    picks = [
        Choice(
            "Checkpoints over time",
            measure,
            [Option(key, capital(m.label)) for key, m in MEASURES.items()],
            lambda value: watching.change(measure=value),
        ),
        Switch(
            "Show",
            show,
            [
                Option("values", "As it is"),
                Option("difference", "Difference to the baseline", off=arm == BASELINE),
            ],
            lambda value: watching.change(show=value),
        ),
    ]
    return Card(chart=chart, controls=picks, repeat=watching.repeat, arm=arm)


@solara.component
def Story(watching: Watching, seen: Seen, arm: str) -> Element:
    """Show one occasion, event by event, in the baseline and with the arm."""
    told = solara.use_memo(lambda: stories(seen.observation.cases, seen.arms), [id(seen)])
    known = {one.key: one for one in told}
    watching, notes = use_found(watching, {"case": choice("", ("", *known))})
    one = known.get(watching.values["case"]) or best_told(told, arm)
    if one is None:
        return Notice("None of the occasions that were watched has a story.")
    return html("div", *map(Notice, notes), _Told(watching, seen, arm, told, one), class_="cmp")


@solara.component
def _Told(watching: Watching, seen: Seen, arm: str, told: tuple[Told, ...], one: Told) -> Element:
    """Show one story, and the way to others."""
    observation = seen.observation
    names = solara.use_memo(lambda: body_names(observation.actors), [id(seen)])
    chart = solara.use_memo(
        lambda: story_chart(
            observation.events, one, arm, label=seen.label(arm), styles=seen.styles, names=names
        ),
        [id(seen), arm, one.key],
    )
    if chart is None:
        return Notice("Nothing is told of this occasion.")
    ordered = sorted(told, key=lambda t: (GROUPS.index(story_group(t, arm)), t.replication, t.day))
    options = [Option(t.key, story_option(t, arm), group=story_group(t, arm)) for t in ordered]
    pick = Choice("One occasion", one.key, options, lambda value: watching.change(case=value))
    lists = [
        _Events(seen, one, name, names).key(f"{one.key} {name}") for name in dict.fromkeys((BASELINE, arm))
    ]
    read = [html("div", *lists, class_="st-grid")]
    return Card(chart=chart, controls=[pick], children=read, repeat=watching.repeat, arm=arm)


@solara.component
def _Events(seen: Seen, told: Told, arm: str, names: dict[str, str]) -> Element:
    """Show what happened in one arm as a list that can be read."""
    table = events_of(seen.observation.events, told, arm, names)
    columns = (table[name] for name in ("Day", "Who", "What", "Detail"))
    items = [
        tag(
            "li",
            tag("span", capital(day_words(int(day))), class_="flow-day"),
            tag("span", tag("strong", capital(str(who))), f" {what}{f': {detail}' if detail else ''}"),
        )
        for day, who, what, detail in zip(*columns, strict=True)
    ]
    return Markup(join(tag("h3", seen.label(arm), class_="st-title"), tag("ol", *items, class_="flow-story")))
