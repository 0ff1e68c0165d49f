"""Putting arms together: mechanisms by the challenge that they answer, with what they need and cost here."""

from __future__ import annotations

from collections.abc import Callable

import solara

from stcsim.dashboard.editing.choosing import (
    STAFF,
    answering,
    challenges,
    costs,
    costs_of,
    sum_in_words,
    too_large,
)
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editor.offers import Offers
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Choice, Option
from stcsim.report.first_cost import FirstCost
from stcsim.scenario.nodes import Mapping
from stcsim.scenario.spec import ScenarioSpec

Found = tuple[dict[str, FirstCost], str]


def _asked(spec: ScenarioSpec | None, arm: str) -> Found:
    """Return what each mechanism costs in a region, and what those of an arm charge together, in words."""
    if spec is None or too_large(spec):
        return {}, ""
    chosen = next((a.chosen() for a in spec.arms if a.name == arm), ())
    return costs(spec), sum_in_words(costs_of(spec, chosen))


@solara.component
def Builder(
    draft: Draft,
    arm: str,
    taken: frozenset[str],
    challenge: str,
    on_challenge: Callable[[str], None],
    on_choose: Callable[[str], None],
) -> Element:
    """Show mechanisms to choose from.

    Parameters
    ----------
    arm : name of the arm that they are for; empty where each makes an arm of its own
    taken : names of those that it has
    challenge : that they are to answer; all where empty
    """
    spec = draft.loaded.spec if draft.loaded is not None else None
    task = solara.lab.use_task(lambda: _asked(spec, arm), dependencies=[draft.text, arm], raise_error=False)
    known, together = task.value if task.finished and task.value is not None else ({}, "")
    options = [Option("", "Any challenge")]
    options += [Option(name, text, group) for group, found in challenges() for name, text in found]
    offers = answering(challenge)
    number = sum(o.name != STAFF for o in offers)
    title = (
        f"{number} mechanisms answer this challenge" if challenge else f"{number} mechanisms to choose from"
    )
    if number == 1:
        title = "One mechanism answers this challenge"
    subtitle = (
        "That a [[mechanism]] answers a [[challenge]] is its claim; whether it does is what a comparison "
        "asks. What it charges is asked of planners here when it begins, with its defaults."
    )
    if spec is None:
        told = "What they charge here is told once the scenario can be run."
    elif too_large(spec):
        told = "This region is too large for charges to be told before a run."
    else:
        told = f"The mechanisms of this arm charge together {together}." if together else ""
    return Card(
        title=title,
        subtitle=subtitle,
        controls=[Choice("Challenge", challenge, options, on_challenge)],
        children=[
            *([html("p", told, class_="se-told")] if told else []),
            Offers(offers, known, taken, "Add to this arm" if arm else "New arm with this", on_choose),
        ],
    )


def chosen_names(draft: Draft, steps: tuple[str | int, ...]) -> frozenset[str]:
    """Return the names of the mechanisms of the arm at `steps`, as its text has them."""
    node = draft.node((*steps, "mechanisms"))
    return frozenset(node.items) if isinstance(node, Mapping) else frozenset()
