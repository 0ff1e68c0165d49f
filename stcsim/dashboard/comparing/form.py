"""The inputs of a comparison: challenge and scenario, arms, how sure, and the button that runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from stcsim.dashboard.board import processes_each
from stcsim.dashboard.comparing.asking import MOST_RUNS, MOST_WORLDS, Asked, about, runs_of, seconds
from stcsim.dashboard.comparing.drafting import DEPTHS, MOST_ARMS, Draft, arm_labels, depth_of
from stcsim.dashboard.comparing.offers import Offer, challenge_choices, offer
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Button, Choice, Choices, NumberField, Option, Switch
from stcsim.dashboard.sources import files, label_of, library, own, source_of
from stcsim.errors import InputError
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.spec import ScenarioSpec

_NOTHING = Offer((), (), staff=False)
Ask = Callable[..., None]
"""Changes what is asked: ``ask(worlds=10)``."""


def scenario_options() -> list[Option]:
    """Return the scenarios that this session may use, its own first."""
    found = [Option(name, label_of(name), group="Yours") for name in own()]
    found += [Option(name, label_of(name), group="In the folder of results") for name in files()]
    return found + [Option(name, label_of(name), group="In the library") for name in library()]


def _spec(name: str) -> ScenarioSpec | None:
    source = source_of(name)
    try:
        return source.spec if source is not None else None
    except InputError:
        return None


@solara.component
def Form(start: Draft, on_run: Callable[[Draft], None]) -> Element:
    """Show the inputs of a comparison, filled with what is shown now.

    Parameters
    ----------
    start : what is shown now
    on_run : called with what was put together
    """
    draft, set_draft = solara.use_state(start)
    spec = _spec(draft.scenario)
    offered = offer(spec, draft.challenge) if spec is not None else _NOTHING
    arms = draft.asked.arms or tuple(o.name for o in offered.options if o.own)
    ready = replace(draft, asked=replace(draft.asked, arms=arms))

    def ask(**new: Any) -> None:
        set_draft(replace(draft, asked=replace(draft.asked, **new)))

    def move(scenario: str, challenge: str) -> None:
        there = _spec(scenario)
        found = offer(there, challenge) if there is not None else _NOTHING
        set_draft(draft.moved(scenario, challenge, found))

    problem = "" if arms else "Choose at least one."
    if len(arms) > MOST_ARMS:
        problem = f"Choose at most {MOST_ARMS}."
    columns = (
        _where(draft, spec, move),
        _arms(draft, spec, offered, arms, problem, ask),
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
            scenario_options(),
            lambda name: move(name, ""),
            note=spec.question if spec is not None else "It has problems: see the page Scenario.",
        ),
    ]


def _arms(
    draft: Draft, spec: ScenarioSpec | None, offered: Offer, arms: tuple[str, ...], problem: str, ask: Ask
) -> list[Element]:
    """Return the inputs that say what is chosen."""
    groups = {True: "Answer the challenge" if draft.challenge else "Of this scenario", False: "Others"}
    near = [o for o in offered.options if o.own or o.answers or o.name in arms]
    near.sort(key=lambda o: not (o.answers if draft.challenge else o.own))
    shown = [
        Option(
            o.name,
            o.label,
            o.text if o.text != o.label else "",
            group=groups[o.answers if draft.challenge else o.own],
        )
        for o in near
    ]
    known = {o.name for o in offered.options}
    strange = [name for name in arms if name not in known]
    labels = arm_labels(spec, strange) if spec is not None and strange else strange
    shown += [Option(name, label, group=groups[False]) for name, label in zip(strange, labels, strict=True)]
    more = [Option(o.name, o.label) for o in offered.options if o not in near]
    return [
        Choices("Arms", arms, shown, lambda chosen: ask(arms=chosen), problem=problem),
        Choice(
            "Add another mechanism",
            "",
            [Option("", "Choose one"), *more],
            lambda name: ask(arms=(*arms, name)) if name else None,
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
