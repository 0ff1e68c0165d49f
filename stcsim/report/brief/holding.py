"""Whether the answer holds: where the order turns, fresh seeds, what is not known."""

from __future__ import annotations

import math

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effects
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, listed, number
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.options import AS_NOW, best_of, central, first_outcome, ranked


def turning_line(inputs: BriefInputs, leading: str) -> tuple[str, ...]:
    """Say in how many sets of assumptions the leading option is first, and where that ends."""
    effects, robust = inputs.effects, inputs.robust
    if robust is None:
        return ("Not known: assumptions were not varied, so this order is that of one set of them.",)
    counts = sorted(((n, arm) for arm, n in robust.first.items() if arm != leading and n), reverse=True)
    own = robust.first.get(leading, 0)
    said = (
        f"{effects.label(leading)} is first in about {own} of {robust.of} sampled sets of assumptions (drawn "
        "uniformly over their ranges; a share of sets, not a probability)"
    )
    others = [f"{AS_NOW.lower() if arm == BASELINE else effects.label(arm)} in {n}" for n, arm in counts]
    said += f"; {listed(others, 4)}." if others else "."
    turns = [f"The order turns when {turn}." for turn in robust.turns]
    if not turns and not others:
        turns = ["It turned in none of them."]
    elif not turns and robust.looked:
        turns = ["No single assumption was found that turns it."]
    settled = [] if 2 * own >= robust.of else ["So the order is not settled."]
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
    gaps = [n for n in effects.notes if "pairs are missing" in n or "failed" in n]
    if gaps and not inputs.gaps.unfinished:
        said.append(f"Runs are missing: {gaps[0]}.")
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
