"""Mechanisms to choose from for an arm, by the challenge that they answer, with needs and costs here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.report.first_cost import FirstCost, first_cost, planners_view
from stcsim.scenario.size import holder_count
from stcsim.scenario.spec import ScenarioSpec

LARGEST = (250, 30_000)
"""Holders and firms of the largest region that costs are told of before a run."""
GROUPS = {
    "enforcement": "What enforcement is short of",
    "engagement": "What keeps those concerned apart",
    "global": "What befalls the whole ecosystem",
}
"""Groups of challenges in words."""
STAFF = "additional_staff"
"""The rival of every mechanism."""


@dataclass(frozen=True)
class Offer:
    """A mechanism that can be chosen."""

    name: str
    title: str
    text: str
    prerequisites: str
    lead_weeks: int
    answers: tuple[str, ...]


def offers() -> tuple[Offer, ...]:
    """Return every mechanism, by title."""
    found = (
        Offer(
            name=name,
            title=kind.title,
            text=" ".join((kind.__doc__ or "").split("\n\n")[0].split()),
            prerequisites=kind.prerequisites,
            lead_weeks=int(kind.model_fields["lead_time"].default),
            answers=kind.answers,
        )
        for name, kind in MECHANISMS.items()
    )
    return tuple(sorted(found, key=lambda offer: offer.title))


def answering(challenge: str) -> tuple[Offer, ...]:
    """Return the mechanisms that claim to answer a challenge, all where it is empty; the staff rival last."""
    found = [o for o in offers() if not challenge or challenge in o.answers or o.name == STAFF]
    return tuple(sorted(found, key=lambda offer: offer.name == STAFF))


def challenges() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the challenges as names and texts, by groups."""
    return tuple(
        (words, tuple((name, c.text) for name, c in CHALLENGES.items() if c.group == group))
        for group, words in GROUPS.items()
    )


def too_large(spec: ScenarioSpec) -> bool:
    """Whether a region is too large for costs to be told while somebody waits."""
    firms = sum(f.count for c in spec.countries for f in c.firms)
    return holder_count(spec) > LARGEST[0] or firms > LARGEST[1]


def costs(spec: ScenarioSpec) -> dict[str, FirstCost]:
    """Return what each mechanism would cost with its defaults; empty where the region is too large."""
    return {} if too_large(spec) else dict(_costs(_region(spec)))


def costs_of(spec: ScenarioSpec, mechanisms: tuple[Mechanism, ...]) -> tuple[FirstCost, ...]:
    """Return what some mechanisms would cost as they are; empty where the region is too large."""
    if too_large(spec):
        return ()
    view = _view(_region(spec))
    return tuple(first_cost(mechanism, view) for mechanism in mechanisms)


def _region(spec: ScenarioSpec) -> ScenarioSpec:
    """Return the region without what planners do not see, so that it is looked at once."""
    return spec.model_copy(update={"arms": (), "title": "", "question": "", "name": "region"})


_view = lru_cache(maxsize=4)(planners_view)


@lru_cache(maxsize=4)
def _costs(spec: ScenarioSpec) -> tuple[tuple[str, FirstCost], ...]:
    view = _view(spec)
    whole = (
        kind for kind in MECHANISMS.values() if not any(f.is_required() for f in kind.model_fields.values())
    )
    return tuple((kind.name, first_cost(kind(), view)) for kind in whole)


def sum_in_words(found: tuple[FirstCost, ...]) -> str:
    """Return what several mechanisms charge together, empty where that is nothing."""
    together = FirstCost(
        sum(c.hours_per_year for c in found),
        sum(c.thousand_usd_per_year for c in found),
        sum(c.once_thousand_usd for c in found),
        0,
        (),
        (),
    )
    return together.amount
