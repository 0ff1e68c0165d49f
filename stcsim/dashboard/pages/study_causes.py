"""What an answer hangs on: which assumptions move it, and where it fails."""

from __future__ import annotations

from typing import cast

import solara

from stcsim.analysis.study_discovery import WHEN, When
from stcsim.analysis.study_ranking import is_sampled
from stcsim.api.study_analyses import commands_of
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import use_made
from stcsim.dashboard.pages.study_opened import (
    Opened,
    card_of,
    sentence,
    stack,
    why_not,
)
from stcsim.dashboard.parts import Card, Choice, Option, ProgressLine, Repeat
from stcsim.dashboard.studies.reading import problems_of, read_boxes
from stcsim.dashboard.studies.sections import (
    boxes_drawn,
    first_outcome,
    moved_drawn,
    moved_targets,
)
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.words import counted
from stcsim.scenario.arms import BASELINE


@solara.component
def Sensitivity(opened: Opened) -> Element:
    """Show which assumptions move a target."""
    part, shown = opened.part, opened.shown
    targets = moved_targets(part)
    if not targets:
        return why_not(opened, "sensitivity", of="Sensitivity")
    target = opened.chosen["target"] if opened.chosen["target"] in targets else "0"
    drawn = moved_drawn(part, target, shown)
    assert drawn is not None
    chooser = Choice("What is moved", target, targets, lambda name: opened.change(target=name))
    return Card(chart=drawn.chart, repeat=Repeat(drawn.command), controls=[chooser])


@solara.component
def Discovery(opened: Opened) -> Element:
    """Show in which boxes of assumptions something holds of an arm; looked for when it is asked."""
    findings, part, shown = opened.findings, opened.part, opened.shown
    outcome, why = first_outcome(part) or opened.study.plan.outcomes[0], opened.why("discovery")
    arm, when = opened.chosen["arm"], cast(When, opened.chosen["when"])
    key = (opened.stamp, opened.place, outcome, arm, when)
    made = use_made(
        lambda tell: read_boxes(shown.folder, opened.stamp, opened.place, outcome, arm, when, tell),
        None if why else key,
    )
    if why:
        return why_not(opened, "discovery", of="Discovery")
    arms = {a.name: findings.labels.get(a.name, a.name) for a in opened.study.plan.arms if a.name != BASELINE}
    controls = [
        Choice(
            "Arm",
            arm,
            [Option("", "The best on average"), *(Option(n, label) for n, label in arms.items())],
            lambda name: opened.change(arm=name),
        ),
        Choice("Where it", when, dict(WHEN), lambda name: opened.change(when=name)),
    ]
    chosen = html("div", *controls, class_="st-controls")
    if made.problem is not None:
        lines = problems_of(made.problem, shown.folder, shown.name)
        return stack(Card("Nothing can be looked for yet", children=[chosen, *(sentence(s) for s in lines)]))
    if made.value is None or made.key != key:
        return stack(
            Card("Where it fails, or wins", children=[chosen, ProgressLine(made.text or "Starting")])
        )
    looked, where = made.value
    what = f"{arms.get(looked, looked)} {WHEN[when]}"
    share, label = where.found.everywhere, INFOS[outcome].label
    unit = "sampled set" if is_sampled(opened.study) else "point"
    words = f"By {label}, {what} in {share.hits:,} of {counted(share.count, unit)}"
    options = [*(["--arm", arm] if arm else []), *(["--when", when] if when != "beaten" else [])]
    command = " ".join([commands_of(shown.name)["discover"], "--outcome", outcome, *options])
    drawn = boxes_drawn(where, what, command)
    found = where.found.unconfirmed
    unconfirmed = (
        f" {counted(found, 'box').replace('boxs', 'boxes')} found in one half of them "
        "did not hold in the other."
        if found
        else ""
    )
    meaning = (
        "[[discovery|Boxes]] are ranges of a few assumptions in which that is more frequent. One half of the "
        f"{unit}s finds them, the other judges them.{unconfirmed}"
    )
    said = (
        [] if drawn else [sentence(f"In no box more often than elsewhere, as far as these {unit}s can tell.")]
    )
    return stack(
        Card(words, meaning, children=[chosen, *said], repeat=Repeat(command)),
        *(card_of(one) for one in drawn),
    )
