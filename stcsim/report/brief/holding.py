"""Whether the answer holds: where the order turns, fresh seeds, what is not known."""

from __future__ import annotations

import math

from stcsim.analysis.ahead import none_words
from stcsim.analysis.robustness import FEWEST_SETS
from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effects, central
from stcsim.pictures.leading import best_of, first_outcome, ranked
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, listed, number
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.missing import without_rival
from stcsim.report.brief.options import AS_NOW

ENOUGH_TO_FIND = 40
"""Sampled sets below which cuts of single assumptions are all but never found."""


def turning_line(inputs: BriefInputs, leading: str) -> tuple[str, ...]:
    """Say in how many sets of assumptions the leading option is first, and where that ends."""
    effects, robust = inputs.effects, inputs.robust
    if robust is None and inputs.sampled:
        return (
            f"Not known: {counted(inputs.sampled, 'set')} of assumptions in which every option has a result "
            f"{'is' if inputs.sampled == 1 else 'are'} too few; {FEWEST_SETS} are the fewest, and fewer than "
            f"{ENOUGH_TO_FIND} can hardly show what turns the order.",
        )
    if robust is None:
        return ("Not known: assumptions were not varied, so this order is that of one set of them.",)
    measure = effects.info(first_outcome(effects)).label
    gains = best_of(effects) is not None
    named = {arm: AS_NOW.lower() if arm == BASELINE else effects.label(arm) for arm in robust.first}
    counts = sorted(((n, arm) for arm, n in robust.first.items() if n), key=lambda c: -c[0])
    others = [f"{named[arm]} in {n}" for n, arm in counts if not gains or arm != leading]
    own = robust.first.get(leading, 0) if gains else 0
    lead = f"{effects.label(leading)} is first" if gains else "No option gains for sure, so none is first"
    said = f"By {measure}, " + (
        f"{lead} in {own} of {robust.of} sampled sets of assumptions "
        if gains
        else f"in {robust.of} sampled sets of assumptions "
    )
    said = f"{said}(drawn uniformly over their ranges; a share of sets, not a probability)"
    none = none_words(robust.same, robust.close)
    if gains:
        said += "".join(f"; {part}" for part in (listed(others, 4), none) if part) + "."
    else:
        ahead = f"ahead: {listed(others, 4)}" if others else ""
        said = f"{lead}. {said}: {'; '.join(part for part in (ahead, none) if part)}."
    turns = [f"The order turns when {turn}." for turn in robust.turns] if gains else []
    if gains and not turns and not others:
        turns = ["In none of them is another one first."]
    elif gains and not turns and robust.looked:
        turns = [
            "No single assumption was found that turns it."
            if robust.of >= ENOUGH_TO_FIND
            else f"Which assumption turns it, {robust.of} sets can hardly show."
        ]
    settled = [] if 2 * own >= robust.of or not gains else ["So the order is not settled."]
    return (said, *settled, *turns)


def again_line(inputs: BriefInputs) -> tuple[str, ...]:
    """Quote what options gain on seeds that had no part in choosing them."""
    effects = inputs.effects
    info = effects.info(first_outcome(effects))
    word = "more" if info.better == "higher" else "less" if info.unit == "share" else "fewer"
    unit = "" if info.unit == "share" else f" {unit_words(info.unit)}"
    return tuple(
        f"{effects.label(found.arm)}: {number(found.after)} "
        f"({number(found.low)} to {number(found.high)}){unit} {word} than now, against "
        f"{number(found.before)} in the runs that chose it."
        for found in inputs.again
    )


def doubts_line(inputs: BriefInputs) -> tuple[str, ...]:
    """Say what nobody knows, what is missing, and which options cannot be told apart."""
    effects = inputs.effects
    said = [
        "How much is smuggled and how much of it is found: no public figure says so. Read directions and the "
        f"order of options, not levels; {inputs.assumed} of {inputs.parameters} numbers are assumed."
    ]
    if inputs.weighty:
        said.append(f"What matters most of these: {listed(list(inputs.weighty), 3)}.")
    said += without_rival(inputs)
    unclear = _undecided(effects)
    if unclear:
        said.append(f"{capital(unclear)}.")
    best = best_of(effects)
    chosen = best is not None and effects.get(best, first_outcome(effects)).verdict != "clearly"
    if chosen and len(effects.own) > 1 and not (inputs.robust is not None and inputs.robust.fresh):
        said.append("The first of several options looks better than it is until it is run again.")
    return (*said, "This is no forecast, no score of any state, and no guide to a real case.")


def _undecided(effects: Effects) -> str:
    """Name the options whose ranges cannot be told from that of the first."""
    outcome = first_outcome(effects)
    relative = effects.relative(outcome)
    best = best_of(effects)
    if best is None:
        return ""
    _, ends = central(effects.get(best, outcome), relative)
    close = []
    for arm in ranked(effects):
        _, far = central(effects.get(arm, outcome), relative)
        rival = arm != best and effects.get(arm, outcome).judged == "better"
        if rival and all(map(math.isfinite, (*ends, *far))) and far[0] <= ends[1] and ends[0] <= far[1]:
            close.append(effects.label(arm))
    return f"whether {listed(close, 3)} would do better than {effects.label(best)}" if close else ""
