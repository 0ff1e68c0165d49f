"""The answer in a sentence or two: what the leading option gains, and whether staff would do as much."""

from __future__ import annotations

import math

from stcsim.pictures.effects import central
from stcsim.pictures.leading import best_of, first_outcome
from stcsim.pictures.words import listed
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.missing import costs_nothing, lacking_pairs
from stcsim.report.brief.options import words_of
from stcsim.report.brief.timing import late_options
from stcsim.report.brief.words import in_years


def summary(inputs: BriefInputs) -> str:
    """Return the answer in a sentence or two; before it, that runs are missing or failed."""
    gaps, lacking = inputs.gaps, lacking_pairs(inputs)
    told = [*gaps.words(), *lacking]
    unfinished = gaps.unfinished or bool(lacking)
    start = f"{'Not finished: ' if unfinished else ''}{'; '.join(told)}. " if told else ""
    so_far = "What there is so far: " if unfinished else ""
    return f"{start}{_late(inputs)}{so_far}{_answer(inputs)}"


def _late(inputs: BriefInputs) -> str:
    """Say which options were never in force; nothing where all were."""
    late = [inputs.effects.label(arm) for arm in late_options(inputs)]
    if not late:
        return ""
    return f"Not in force in the {in_years(inputs.counted_weeks)} counted: {listed(late)}; lengthen that. "


def _answer(inputs: BriefInputs) -> str:
    lost = [found for found in inputs.again if found.arm == best_of(inputs.effects) and not found.holds]
    more = " Run again on fresh seeds it may gain nothing." if lost else ""
    return f"{_by_first_runs(inputs)}{more}"


def _by_first_runs(inputs: BriefInputs) -> str:
    effects = inputs.effects
    outcome = first_outcome(effects)
    info = effects.info(outcome)
    best = best_of(effects)
    n = len(effects.own)
    if best is None:
        what = "the option" if n == 1 else f"any of {n} options"
        either = "chance or from assumptions" if effects.worlds else "chance"
        return f"No gain in {info.label} can be told from {either} for {what}."
    e = effects.get(best, outcome)
    lead, between = words_of(effects, e)
    first = f"{effects.label(best)}: {lead} {info.label} ({between})"
    rival = effects.rival(best)
    if rival is None and costs_nothing(inputs.runs, best):
        return f"{first}. It costs nothing more, so that there is no money for staff to set against it."
    if rival is None:
        return f"{first}. It was not set against the same money spent on staff."
    other = effects.get(rival, outcome)
    relative = effects.relative(outcome)
    (one, ends), (two, far) = central(e, relative), central(other, relative)
    bounded = all(map(math.isfinite, (*ends, *far)))
    apart = bounded and (ends[1] < far[0] or far[1] < ends[0])
    ahead = (one < two) == (info.better == "lower")
    said, _ = words_of(effects, other)
    staff = f"The same money on staff: {said}"
    if not ahead:
        return f"{first}. {staff}; so spending helps, and coordinating no more than that."
    tail = (
        "the two ranges do not touch: it gains more than its money"
        if apart
        else "the two ranges overlap: whether it gains more than its money is open"
    )
    return f"{first}. {staff}; {tail}."
