"""Inputs that questions share: which scenario, and which of the arms that are offered there."""

from __future__ import annotations

from collections.abc import Callable

from stcsim.dashboard.asking.arms import arm_labels
from stcsim.dashboard.asking.offers import Offer, offer
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts import Choice, Choices, Option
from stcsim.dashboard.sources import SAVED, files, label_of, library, own, source_of
from stcsim.errors import InputError
from stcsim.scenario.spec import ScenarioSpec

NOTHING = Offer((), (), staff=False)


def scenario_options(used: str = "") -> list[Option]:
    """Return the scenarios that this session may use, its own first.

    Parameters
    ----------
    used : that of a saved comparison is offered only where it is the one in use
    """
    found = [Option(used, label_of(used), group="Of a saved comparison")] if used.startswith(SAVED) else []
    found += [Option(name, label_of(name), group="Yours") for name in own()]
    found += [Option(name, label_of(name), group="In the folder of results") for name in files()]
    return found + [Option(name, label_of(name), group="In the library") for name in library()]


def offered_in(scenario: str, challenge: str = "") -> tuple[ScenarioSpec | None, Offer]:
    """Return a scenario and what is offered in it; none and nothing where it cannot be read."""
    source = source_of(scenario)
    try:
        spec = source.spec if source is not None else None
    except InputError:
        spec = None
    return spec, offer(spec, challenge) if spec is not None else NOTHING


def arm_inputs(
    spec: ScenarioSpec | None,
    offered: Offer,
    arms: tuple[str, ...],
    take: Callable[[tuple[str, ...]], None],
    *,
    challenge: str = "",
    problem: str = "",
) -> list[Element]:
    """Return the inputs that say which arms: those at hand to tick, and all others to add.

    Parameters
    ----------
    spec : scenario, None where it cannot be read
    offered : what is offered in it
    arms : that are chosen
    take : called with the arms that are chosen then
    challenge : for which they are offered; those that answer it stand first
    problem : what is wrong with the choice
    """
    groups = {True: "Answer the challenge" if challenge else "Of this scenario", False: "Others"}
    near = [o for o in offered.options if o.own or o.answers or o.name in arms]
    near.sort(key=lambda o: not (o.answers if challenge else o.own))
    shown = [
        Option(
            o.name,
            o.label,
            o.text if o.text != o.label else "",
            group=groups[o.answers if challenge else o.own],
        )
        for o in near
    ]
    known = {o.name for o in offered.options}
    strange = [name for name in arms if name not in known]
    labels = arm_labels(spec, strange) if spec is not None and strange else strange
    shown += [Option(name, label, group=groups[False]) for name, label in zip(strange, labels, strict=True)]
    more = [Option(o.name, o.label) for o in offered.options if o not in near]
    return [
        Choices("Arms", arms, shown, take, problem=problem),
        Choice(
            "Add another mechanism",
            "",
            [Option("", "Choose one"), *more],
            lambda name: take((*arms, name)) if name else None,
        ),
    ]
