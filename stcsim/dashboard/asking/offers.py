"""Which arms a page offers: those of the scenario, mechanisms by name, and what answers a challenge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stcsim.api.describing import mechanism_words
from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.spec import ScenarioSpec

STAFF = "additional_staff"
"""The mechanism that buys staff: as the rival of every arm it has the same money to spend."""
DEFAULTS = "the mechanism with its defaults"
FIRST = 3
"""Arms that are chosen where nobody has chosen any."""
GROUPS = {
    "enforcement": "Enforcement",
    "engagement": "Engaging with each other",
    "global": "What befalls the whole ecosystem",
}
"""Groups of challenges, for people."""


@dataclass(frozen=True)
class Option:
    """An arm that can be chosen.

    Parameters
    ----------
    name : on the command line
    label : for people
    text : what it chooses
    answers : whether it answers the challenge that was named
    own : whether it is an arm of the scenario's file, not a mechanism with its defaults
    """

    name: str
    label: str
    text: str
    answers: bool
    own: bool


@dataclass(frozen=True)
class Offer:
    """What can be compared in a scenario.

    Parameters
    ----------
    options : those of the scenario's file first; with a challenge, those that answer it first
    chosen : names of those that are chosen at first
    staff : whether each is set against the same money spent on staff
    """

    options: tuple[Option, ...]
    chosen: tuple[str, ...]
    staff: bool

    def named(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of `names` that are offered."""
        known = {option.name for option in self.options}
        return tuple(name for name in names if name in known)


def offer(spec: ScenarioSpec, challenge: str = "") -> Offer:
    """Return the arms that can be compared in a scenario.

    With a challenge, those that claim to answer it stand first and are chosen, and each meets its rival: the
    same money on staff. The mechanism that buys staff is then no arm of its own.

    Parameters
    ----------
    spec : scenario
    challenge : identifier, or empty
    """
    found = [*_own(spec, challenge), *_mechanisms(spec, challenge)]
    if challenge:
        found = [o for o in found if o.name != STAFF]
        found.sort(key=lambda o: not o.answers)
    chosen = [o.name for o in found if o.answers] if challenge else [o.name for o in found if o.own]
    return Offer(tuple(found), tuple(chosen[:FIRST]), bool(challenge))


def _own(spec: ScenarioSpec, challenge: str) -> Iterable[Option]:
    for arm in spec.arms:
        mechanisms = arm.chosen()
        answers = any(challenge in type(m).answers for m in mechanisms)
        text = "; ".join(mechanism_words(m) for m in mechanisms)
        yield Option(arm.name, arm.label or arm.name, text, answers, own=True)


def _mechanisms(spec: ScenarioSpec, challenge: str) -> Iterable[Option]:
    taken = {arm.name for arm in spec.arms}
    chosen = [arm.chosen() for arm in spec.arms]
    for name, kind in MECHANISMS.items():
        lacking = any(field.is_required() for field in kind.model_fields.values())
        # An arm that is nothing but this mechanism with its defaults stands there already.
        if name not in taken and not lacking and (kind(),) not in chosen:
            yield Option(name, kind.title, DEFAULTS, challenge in kind.answers, own=False)


def challenge_choices() -> dict[str, list[tuple[str, str]]]:
    """Return challenges as (identifier, text) by group, for people."""
    return {
        title: [(key, c.text) for key, c in CHALLENGES.items() if c.group == group]
        for group, title in GROUPS.items()
    }
