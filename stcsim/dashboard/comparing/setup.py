"""Choosing what is compared: a line that says it, and a form behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import solara

from stcsim.dashboard.board import processes_each
from stcsim.dashboard.comparing.asking import (
    MOST_RUNS,
    MOST_WORLDS,
    Asked,
    about,
    runs_of,
    seconds,
)
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.offers import Offer, challenge_choices, offer
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
    Switch,
)
from stcsim.dashboard.sources import files, library, own, source_of
from stcsim.errors import InputError
from stcsim.pictures.words import capital_words, counted, listed
from stcsim.scenario.spec import ScenarioSpec

DEPTHS: dict[str, tuple[str, int, int]] = {
    "quick": ("First look", 8, 0),
    "chance": ("More runs", 20, 0),
    "assumptions": ("Vary assumptions", 12, 10),
}
"""How sure a comparison is to be: name, replications, sampled sets of assumptions."""
MOST_ARMS = 24


@dataclass(frozen=True)
class Draft:
    """A comparison that is being put together.

    Parameters
    ----------
    scenario, challenge : names
    asked : the rest
    """

    scenario: str
    challenge: str
    asked: Asked


def summary(spec: ScenarioSpec, asked: Asked, labels: Callable[[str], str]) -> str:
    """Return what is compared, in one line."""
    names = [labels(a) for a in asked.arms or [arm.name for arm in spec.arms]]
    parts = [
        f"{listed(names)} against the baseline",
        f"{counted(asked.replications, 'run')} each",
        f"{counted(asked.worlds, 'sampled set')} of assumptions"
        if asked.worlds
        else "assumptions not varied",
    ]
    if asked.staff:
        parts.append("each beside the same money on staff")
    return " · ".join(parts)


def with_challenge(draft: Draft, challenge: str, scenario: str, offered: Offer) -> Draft:
    """Return a draft for another challenge or scenario, with the arms that are offered for it."""
    asked = replace(draft.asked, arms=offered.chosen, staff=offered.staff or draft.asked.staff)
    return Draft(scenario, challenge, asked)


def depth_of(asked: Asked) -> str:
    """Return which depth a comparison has, empty where it is one of its own."""
    for key, (_, replications, worlds) in DEPTHS.items():
        if (asked.replications, asked.worlds) == (replications, worlds):
            return key
    return ""


def _spec(name: str) -> ScenarioSpec | None:
    source = source_of(name)
    try:
        return source.spec if source is not None else None
    except InputError:
        return None


def scenario_options() -> list[Option]:
    """Return the scenarios that this session may use, its own first."""
    found = [Option(name, "My scenario " + name[4:10], group="Yours") for name in own()]
    found += [Option(name, name[5:], group="In the folder of results") for name in files()]
    return found + [Option(name, capital_words(name), group="In the library") for name in library()]


@solara.component
def Setup(followed: Followed) -> Element:
    """Show what is compared, the way to change it, and how far it is."""
    values, job, spec = followed.values, followed.job, followed.spec
    idle = job.state in ("idle", "failed")
    wish, set_wish = solara.use_state("")
    opened = wish == "open" or (wish == "" and idle)
    source = followed.source

    def label(arm: str) -> str:
        known = {a.name: a.label or a.name for a in spec.arms} if spec is not None else {}
        return known.get(arm) or capital_words(arm)

    def begin(draft: Draft) -> None:
        set_wish("closed")
        followed.run(draft.scenario, draft.challenge, draft.asked)

    title = spec.title or capital_words(spec.name) if spec is not None else capital_words(source.name)
    line = summary(spec, followed.asked, label) if spec is not None else "This scenario has problems."
    question = spec.question if spec is not None else ""
    start = Draft(source.name, values["challenge"], followed.asked)
    toggle = Button(
        "Close" if opened else "Change what is compared",
        lambda: set_wish("closed" if opened else "open"),
        kind="plain",
    )
    body: list[Element] = [
        html(
            "div",
            html("div", html("p", line, class_="cmp-line"), class_="cmp-said"),
            toggle,
            class_="cmp-top",
        )
    ]
    body += [Notice(note) for note in values.notes]
    if opened:
        body.append(Form(start, begin).key(f"form {start}"))
    if job.active:
        body.append(ProgressLine(job.text, job.progress, job.cancel, label="Comparing"))
    if job.state == "stopped":
        body.append(Notice(f"Stopped: {job.text}."))
    if job.state == "failed" and not followed.problems:
        body.append(Problems([job.text]))
    if followed.problems:
        body.append(Problems(followed.problems))
    return Card(title, question, body)


@solara.component
def Form(start: Draft, on_run: Callable[[Draft], None]) -> Element:
    """Show the inputs of a comparison, filled with what is shown now."""
    draft, set_draft = solara.use_state(start)
    spec = _spec(draft.scenario)
    asked = draft.asked
    offered = offer(spec, draft.challenge) if spec is not None else Offer((), (), staff=False)
    arms = asked.arms or tuple(o.name for o in offered.options if o.own)

    def ask(**new: Any) -> None:
        set_draft(replace(draft, asked=replace(asked, **new)))

    def move(scenario: str, challenge: str) -> None:
        other = _spec(scenario)
        there = offer(other, challenge) if other is not None else Offer((), (), staff=False)
        set_draft(with_challenge(draft, challenge, scenario, there))

    def pick_challenge(challenge: str) -> None:
        from stcsim.mechanisms.challenges import CHALLENGES

        move(CHALLENGES[challenge].scenario if challenge else draft.scenario, challenge)

    def pick_depth(key: str) -> None:
        _, replications, worlds = DEPTHS[key]
        ask(replications=replications, worlds=worlds)

    challenges = [Option("", "None: look at a scenario", group="")]
    challenges += [
        Option(key, text, group=group)
        for group, entries in challenge_choices().items()
        for key, text in entries
    ]
    shown = [o for o in offered.options if o.own or o.answers or o.name in arms]
    more = [o for o in offered.options if o not in shown]
    known = {o.name for o in offered.options}
    sums = [Option(name, capital_words(name), group="Others") for name in arms if name not in known]
    ready = replace(asked, arms=arms)
    time = seconds(ready, spec, processes_each()) if spec is not None else 0.0
    runs = runs_of(ready, len(arms))
    groups = {True: "Answer the challenge" if draft.challenge else "Of this scenario", False: "Others"}
    times = {
        key: about(seconds(replace(ready, replications=r, worlds=w), spec, processes_each()))
        for key, (_, r, w) in DEPTHS.items()
        if spec is not None
    }
    if not arms:
        problem = "Choose at least one."
    elif len(arms) > MOST_ARMS:
        problem = f"Choose at most {MOST_ARMS}."
    else:
        problem = ""
    first = [
        Choice(
            "A challenge",
            draft.challenge,
            challenges,
            pick_challenge,
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
    second = [
        Choices(
            "Arms",
            arms,
            [
                Option(
                    o.name,
                    o.label,
                    o.text if o.text != o.label else "",
                    group=groups[o.answers if draft.challenge else o.own],
                )
                for o in shown
            ]
            + sums,
            lambda chosen: ask(arms=chosen),
            problem=problem,
        ),
        Choice(
            "Add another mechanism",
            "",
            [Option("", "Choose one"), *(Option(o.name, o.label) for o in more)],
            lambda name: ask(arms=(*arms, name)) if name else None,
        ),
    ]
    third = [
        Switch(
            "How sure",
            depth_of(asked),
            [Option(key, name, times.get(key, "")) for key, (name, _, _) in DEPTHS.items()],
            pick_depth,
        ),
        html(
            "div",
            NumberField(
                "Runs of each",
                asked.replications,
                lambda n: ask(replications=int(n)),
                low=2,
                high=MOST_RUNS,
                note="[[replication|Replications]]",
            ),
            NumberField(
                "Sets of assumptions",
                asked.worlds,
                lambda n: ask(worlds=0 if n == 1 else int(n)),
                low=0,
                high=MOST_WORLDS,
                note="0, or 10 for a verdict",
            ),
            NumberField(
                "Seed", asked.seed, lambda n: ask(seed=int(n)), low=0, high=2**31, note="[[seed|Chance]]"
            ),
            class_="cmp-numbers",
        ),
        Switch(
            "Against the same money on staff",
            "1" if asked.staff else "0",
            {"0": "No", "1": "Yes"},
            lambda value: ask(staff=value == "1"),
            note="Is it coordination, or just the money? Takes about twice as long.",
        ),
        html(
            "div",
            Button(
                "Run the comparison",
                lambda: on_run(replace(draft, asked=ready)),
                kind="main",
                off=bool(problem) or spec is None,
            ),
            html("span", f"{about(time).capitalize()}, {runs:,} runs", class_="cmp-time") if spec else "",
            class_="cmp-run",
        ),
    ]
    return html(
        "div",
        *(html("div", *column, class_="cmp-column") for column in (first, second, third)),
        class_="cmp-form",
    )
