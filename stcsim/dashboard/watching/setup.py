"""Choosing what is watched: a line that says it, and a form behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import solara

from stcsim.dashboard.comparing.asking import about
from stcsim.dashboard.comparing.form import scenario_options
from stcsim.dashboard.comparing.offers import Offer, offer
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import (
    Button,
    Card,
    Choice,
    Choices,
    Notice,
    NumberField,
    Option,
    Problems,
    ProgressLine,
)
from stcsim.dashboard.sources import source_of
from stcsim.dashboard.watching.asking import FIRST, MOST_ARMS, MOST_RUNS, Watched, seconds
from stcsim.dashboard.watching.following import Watching
from stcsim.errors import InputError
from stcsim.pictures.words import capital, capital_words, counted, listed
from stcsim.scenario.spec import ScenarioSpec


@dataclass(frozen=True)
class Draft:
    """An observation that is being put together.

    Parameters
    ----------
    scenario : name
    asked : the rest
    """

    scenario: str
    asked: Watched


def summary(spec: ScenarioSpec, asked: Watched) -> str:
    """Return what is watched, in one line."""
    known = {arm.name: arm.label or arm.name for arm in spec.arms}
    names = [known.get(arm) or capital_words(arm) for arm in asked.arms]
    whom = f"{listed(names)} beside the baseline" if names else "The baseline alone"
    return f"{whom} · {counted(asked.replications, 'run')} each, quarter by quarter"


def _spec(name: str) -> ScenarioSpec | None:
    source = source_of(name)
    try:
        return source.spec if source is not None else None
    except InputError:
        return None


@solara.component
def WatchSetup(watching: Watching) -> Element:
    """Show what is watched, the way to change it, and how far it is."""
    job, spec = watching.job, watching.spec
    wish, set_wish = solara.use_state("")
    opened = wish == "open" or (wish == "" and job.state in ("idle", "failed"))

    def begin(draft: Draft) -> None:
        set_wish("closed")
        watching.run(draft.scenario, draft.asked)

    name = watching.source.name
    title = spec.title or capital_words(spec.name) if spec is not None else capital_words(name)
    line = summary(spec, watching.asked) if spec is not None else "This scenario has problems."
    toggle = Button(
        "Close" if opened else "Change what is watched",
        lambda: set_wish("closed" if opened else "open"),
    )
    start = Draft(name, watching.asked)
    body: list[Element] = [
        html(
            "div",
            html("div", html("p", line, class_="cmp-line"), class_="cmp-said"),
            toggle,
            class_="cmp-top",
        )
    ]
    body += [Notice(note) for note in watching.values.notes]
    if opened:
        body.append(WatchForm(start, begin).key(f"form {start}"))
    if job.active:
        body.append(ProgressLine(job.text, job.progress, job.cancel, label="Watching"))
    if job.state == "stopped":
        body.append(Notice("Stopped." if job.text in ("", "stopped") else f"Stopped: {job.text}."))
    if job.state == "failed" and not watching.problems:
        body.append(Problems([job.text]))
    if watching.problems:
        body.append(Problems(watching.problems))
    if watching.reading:
        body.append(ProgressLine("Reading what was seen", None, label="Reading"))
    return html("div", Card(title, "", body), class_="cmp-setup")


@solara.component
def WatchForm(start: Draft, on_run: Callable[[Draft], None]) -> Element:
    """Show the inputs of an observation, filled with what is shown now."""
    draft, set_draft = solara.use_state(start)
    spec, asked = _spec(draft.scenario), draft.asked
    offered = offer(spec) if spec is not None else Offer((), (), staff=False)
    shown = [o for o in offered.options if o.own or o.name in asked.arms]
    more = [o for o in offered.options if o not in shown]
    known = {o.name for o in offered.options}

    def ask(**new: Any) -> None:
        set_draft(replace(draft, asked=replace(asked, **new)))

    def move(scenario: str) -> None:
        other = _spec(scenario)
        arms = tuple(arm.name for arm in other.arms[:FIRST]) if other is not None else ()
        set_draft(Draft(scenario, replace(asked, arms=arms)))

    problem = f"Choose at most {MOST_ARMS}." if len(asked.arms) > MOST_ARMS else ""
    options = [
        Option(o.name, o.label, o.text if o.own and o.text != o.label else "", group=_GROUPS[o.own])
        for o in shown
    ]
    options += [Option(a, capital_words(a), group=_GROUPS[False]) for a in asked.arms if a not in known]
    numbers = [
        NumberField(
            "Runs of each",
            asked.replications,
            lambda n: ask(replications=int(n)),
            low=1,
            high=MOST_RUNS,
            note="[[replication|Replications]]",
        ),
        NumberField(
            "Seed", asked.seed, lambda n: ask(seed=int(n)), low=0, high=2**31, note="[[seed|Chance]]"
        ),
    ]
    run = [
        Button("Watch", lambda: on_run(draft), kind="main", off=bool(problem) or spec is None),
        html("span", capital(about(seconds(asked, spec))) if spec is not None else "", class_="cmp-time"),
    ]
    columns = (
        [Choice("Scenario", draft.scenario, scenario_options(), move, note=spec.question if spec else "")],
        [
            Choices("Arms", asked.arms, options, lambda chosen: ask(arms=chosen), problem=problem),
            Choice(
                "Add another mechanism",
                "",
                [Option("", "Choose one"), *(Option(o.name, o.label) for o in more)],
                lambda name: ask(arms=(*asked.arms, name)) if name else None,
            ),
        ],
        [html("div", *numbers, class_="cmp-numbers"), html("div", *run, class_="cmp-run")],
    )
    return html("div", *(html("div", *c, class_="cmp-column") for c in columns), class_="cmp-form")


_GROUPS = {True: "Of this scenario", False: "Others"}
