"""Choosing what is watched: a line that says it, and a form behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import solara

from stcsim.dashboard.asking.arms import arm_labels
from stcsim.dashboard.asking.inputs import arm_inputs, offered_in, scenario_options
from stcsim.dashboard.asking.lasting import about
from stcsim.dashboard.asking.page import question_card
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Button, Choice, NumberField
from stcsim.dashboard.watching.asking import FIRST, MOST_ARMS, MOST_RUNS, Watched, seconds
from stcsim.dashboard.watching.following import Watching
from stcsim.pictures.words import capital, counted, listed
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
    whom = "The baseline alone"
    if asked.arms:
        whom = f"{listed(arm_labels(spec, asked.arms))} beside the baseline"
    return f"{whom} · {counted(asked.replications, 'run')} each, quarter by quarter"


@solara.component
def WatchSetup(watching: Watching) -> Element:
    """Show what is watched, the way to change it, and how far it is."""
    job, spec, asked = watching.job, watching.spec, watching.asked
    wish, set_wish = solara.use_state("")
    opened = wish == "open" or (wish == "" and job.state in ("idle", "failed"))
    start = Draft(watching.source.name, asked)

    def begin(draft: Draft) -> None:
        set_wish("closed")
        watching.run(draft.scenario, draft.asked)

    toggle = Button(
        "Close" if opened else "Change what is watched",
        lambda: set_wish("closed" if opened else "open"),
    )
    return question_card(
        watching,
        summary(spec, asked) if spec is not None else "",
        [toggle],
        [WatchForm(start, begin).key(f"form {start}")] if opened else [],
        doing="Watching",
    )


@solara.component
def WatchForm(start: Draft, on_run: Callable[[Draft], None]) -> Element:
    """Show the inputs of an observation, filled with what is shown now."""
    draft, set_draft = solara.use_state(start)
    asked = draft.asked
    spec, offered = offered_in(draft.scenario)

    def ask(**new: Any) -> None:
        set_draft(replace(draft, asked=replace(asked, **new)))

    def move(scenario: str) -> None:
        other, _ = offered_in(scenario)
        arms = tuple(arm.name for arm in other.arms[:FIRST]) if other is not None else ()
        set_draft(Draft(scenario, replace(asked, arms=arms)))

    problem = f"Choose at most {MOST_ARMS}." if len(asked.arms) > MOST_ARMS else ""
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
        arm_inputs(spec, offered, asked.arms, lambda chosen: ask(arms=chosen), problem=problem),
        [html("div", *numbers, class_="cmp-numbers"), html("div", *run, class_="cmp-run")],
    )
    return html("div", *(html("div", *c, class_="cmp-column") for c in columns), class_="cmp-form")
