"""The inputs of a comparison: challenge and scenario, arms, how sure, and the button that runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from stcsim.dashboard.asking.inputs import arm_inputs, offered_in, scenario_options
from stcsim.dashboard.asking.lasting import about
from stcsim.dashboard.asking.offers import challenge_choices
from stcsim.dashboard.command import processes_each
from stcsim.dashboard.comparing.asking import MOST_ARMS, MOST_RUNS, MOST_WORLDS, Asked, runs_of, seconds
from stcsim.dashboard.comparing.drafting import DEPTHS, Draft, depth_of
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Button, Choice, NumberField, Option, Switch
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.spec import ScenarioSpec

Ask = Callable[..., None]
"""Changes what is asked: ``ask(worlds=10)``."""


@solara.component
def Form(start: Draft, on_run: Callable[[Draft], None]) -> Element:
    """Show the inputs of a comparison, filled with what is shown now.

    Parameters
    ----------
    start : what is shown now
    on_run : called with what was put together
    """
    draft, set_draft = solara.use_state(start)
    spec, offered = offered_in(draft.scenario, draft.challenge)
    arms = draft.asked.arms or tuple(o.name for o in offered.options if o.own)
    ready = replace(draft, asked=replace(draft.asked, arms=arms))

    def ask(**new: Any) -> None:
        set_draft(replace(draft, asked=replace(draft.asked, **new)))

    def move(scenario: str, challenge: str) -> None:
        set_draft(draft.moved(scenario, challenge, offered_in(scenario, challenge)[1]))

    problem = "" if arms else "Choose at least one."
    if len(arms) > MOST_ARMS:
        problem = f"Choose at most {MOST_ARMS}."
    columns = (
        _where(draft, spec, move),
        arm_inputs(
            spec,
            offered,
            arms,
            lambda chosen: ask(arms=chosen),
            challenge=draft.challenge,
            problem=problem,
        ),
        [*_how(ready.asked, spec, ask), _run(ready, spec, problem, on_run)],
    )
    return html("div", *(html("div", *column, class_="cmp-column") for column in columns), class_="cmp-form")


def _where(draft: Draft, spec: ScenarioSpec | None, move: Callable[[str, str], None]) -> list[Element]:
    """Return the inputs that say which region, or which difficulty."""
    challenges = [Option("", "None: look at a scenario")]
    challenges += [
        Option(key, text, group=group)
        for group, entries in challenge_choices().items()
        for key, text in entries
    ]
    return [
        Choice(
            "A challenge",
            draft.challenge,
            challenges,
            lambda key: move(CHALLENGES[key].scenario if key else draft.scenario, key),
            note="Brings the scenario that shows it and the [[mechanism|mechanisms]] that claim to answer.",
        ),
        Choice(
            "Scenario",
            draft.scenario,
            scenario_options(draft.scenario),
            lambda name: move(name, ""),
            note=spec.question if spec is not None else "It has problems: see the page Scenario.",
        ),
    ]


def _how(asked: Asked, spec: ScenarioSpec | None, ask: Ask) -> list[Element]:
    """Return the inputs that say how sure it is to be."""

    def time(replications: int, worlds: int) -> str:
        if spec is None:
            return ""
        return about(
            seconds(replace(asked, replications=replications, worlds=worlds), spec, processes_each())
        )

    depths = [Option(key, name, time(r, w)) for key, (name, r, w) in DEPTHS.items()]

    def deepen(key: str) -> None:
        _, replications, worlds = DEPTHS[key]
        ask(replications=replications, worlds=worlds)

    numbers = (
        NumberField(
            "Runs of each",
            asked.replications,
            lambda n: ask(replications=int(n)),
            low=2,
            high=MOST_RUNS,
            note="each paired with the baseline",
        ),
        NumberField(
            "Sets of assumptions",
            asked.worlds,
            lambda n: ask(worlds=0 if n == 1 else int(n)),
            low=0,
            high=MOST_WORLDS,
            note="none, or 10 for a verdict",
        ),
        NumberField("Seed", asked.seed, lambda n: ask(seed=int(n)), low=0, high=2**31, note="fixes chance"),
    )
    return [
        Switch("How sure", depth_of(asked), depths, deepen),
        html("div", *numbers, class_="cmp-numbers"),
        Switch(
            "Against the same money on staff",
            "1" if asked.staff else "0",
            {"0": "No", "1": "Yes"},
            lambda value: ask(staff=value == "1"),
            note="Is it coordination, or just the money? Takes about twice as long.",
        ),
    ]


def _run(ready: Draft, spec: ScenarioSpec | None, problem: str, on_run: Callable[[Draft], None]) -> Element:
    """Return the button, with what it takes."""
    button = Button(
        "Run the comparison", lambda: on_run(ready), kind="main", off=bool(problem) or spec is None
    )
    if spec is None:
        return html("div", button, class_="cmp-run")
    runs = runs_of(ready.asked, len(ready.asked.arms))
    time = about(seconds(ready.asked, spec, processes_each())).capitalize()
    return html(
        "div",
        button,
        html("span", f"{time} if this machine is idle, {runs:,} runs", class_="cmp-time"),
        class_="cmp-run",
    )
