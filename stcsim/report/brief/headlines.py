"""Headlines beside the first: those that the table shows, and those that the leading option does not move."""

from __future__ import annotations

import math
from dataclasses import dataclass

from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.pictures.amounts import changed
from stcsim.pictures.effects import Effect, Effects, central
from stcsim.pictures.leading import best_of, first_outcome, ranked
from stcsim.pictures.plane import COST
from stcsim.pictures.words import capital
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.options import DEADLINE, DELAY, in_levels, words_of

_CROWDED = 2
"""Headlines in columns of their own from which on licences have a line below, unless they are one."""


@dataclass(frozen=True)
class Elsewhere:
    """A headline that another option moves more surely than the one that leads by the first headline.

    Parameters
    ----------
    outcome : its label
    arm, option : name and label of the option that does most for it
    words : the whole in a sentence
    """

    outcome: str
    arm: str
    option: str
    words: str


def more_headlines(inputs: BriefInputs) -> tuple[str, ...]:
    """Return the headlines that need a column of their own, those of the scenario's challenges first."""
    effects = inputs.effects
    own = (first_outcome(effects), COST, DELAY, DEADLINE)
    asked = [c.outcomes for c in CHALLENGES.values() if c.scenario == inputs.info.name]

    def place(outcome: str) -> float:
        # A challenge names first what it is seen in, then what comes of it.
        return min((names.index(outcome) for names in asked if outcome in names), default=math.inf)

    return tuple(sorted((o for o in effects.headline if o not in own), key=place))


def licences_in_table(inputs: BriefInputs) -> bool:
    """Whether the table has room for the column of licences, or is about them."""
    effects = inputs.effects
    if first_outcome(effects) == DEADLINE:
        return False
    return DEADLINE in effects.headline or len(more_headlines(inputs)) < _CROWDED


def licences_line(inputs: BriefInputs) -> tuple[str, ...]:
    """Say how many licences are decided in time; nothing where the table or nobody knows it."""
    effects = inputs.effects
    if DEADLINE not in effects.infos or licences_in_table(inputs) or first_outcome(effects) == DEADLINE:
        return ()
    said = [f"Now {in_levels(inputs, DEADLINE)} in 20 working days."]
    moved = [a for a in effects.own if effects.get(a, DEADLINE).clear]
    for arm in moved:
        lead, between = words_of(effects, effects.get(arm, DEADLINE))
        said.append(f"{effects.label(arm)}: {lead} ({between}).")
    if len(moved) < len(effects.own):
        said.append("No clear change with any other." if moved else "No clear change with any option.")
    return tuple(said)


def elsewhere(inputs: BriefInputs) -> tuple[Elsewhere, ...]:
    """Return the headlines that the leading option moves less surely for the better than another one does."""
    effects = inputs.effects
    best = best_of(effects)
    found = []
    for outcome in (*more_headlines(inputs), *(o for o in (DELAY, DEADLINE) if o in effects.headline)):
        if outcome == first_outcome(effects):
            continue
        own = effects.get(best, outcome) if best is not None else None
        others = [effects.get(a, outcome) for a in effects.own if a != best]
        others = [e for e in others if _surety(e) > (_surety(own) if own is not None else 0)]
        if not others:
            continue
        most = max(others, key=lambda e: (_surety(e), abs(central(e, False)[0])))
        option, label = effects.label(most.arm), effects.info(outcome).label
        said = f"{capital(label)}: {most.verdict} {changed(effects, most, named=False)} with {option}"
        if own is not None:
            said += f"; {_in_a_word(effects, own)} with {effects.label(own.arm)}"
        found.append(Elsewhere(label, most.arm, option, f"{said}."))
    return tuple(found)


def in_order(inputs: BriefInputs) -> tuple[str, ...]:
    """Return the options in the order in which room is given: what leads, what the box names, the others."""
    order = ranked(inputs.effects)
    best = best_of(inputs.effects)
    named = [arm for arm in (best, *(found.arm for found in elsewhere(inputs))) if arm is not None]
    return tuple(dict.fromkeys((*named, *order)))


def _surety(e: Effect) -> int:
    """Return how surely something gets better, 0 where that may not be said."""
    return {"clearly": 2, "probably": 1}.get(e.verdict, 0) if e.judged == "better" else 0


def _in_a_word(effects: Effects, e: Effect) -> str:
    return f"{e.verdict} {changed(effects, e, named=False)}" if e.clear else e.verdict
