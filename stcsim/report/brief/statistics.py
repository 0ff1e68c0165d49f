"""What agencies' own counts will show meanwhile, and what of it can be watched."""

from __future__ import annotations

import math

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effects, central
from stcsim.pictures.leading import first_outcome
from stcsim.pictures.truth import PAIRS, opposed
from stcsim.pictures.words import capital, listed, percent, signed
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.options import DELAY
from stcsim.report.brief.words import change_in_words

MOST_STATISTICS = 3


def statistics_line(inputs: BriefInputs, arm: str) -> tuple[str, ...]:
    """Say what an agency's own count will do while what it is read for does something else."""
    effects = inputs.effects
    said = []
    for real, shown in PAIRS:
        if real not in effects.infos or shown not in effects.infos:
            continue
        truth, count = effects.get(arm, real), effects.get(arm, shown)
        if not (truth.clear or count.clear):
            continue
        text = (
            f"{effects.info(shown).label}: {moves_in_words(effects, arm, shown)} (in truth, "
            f"{_explained(effects, real)}: {moves_in_words(effects, arm, real)})"
        )
        said.append((0 if opposed(truth, count) else 1 if truth.clear != count.clear else 2, text))
    told = [text for _, text in sorted(said, key=lambda s: s[0])[:MOST_STATISTICS]]
    if told:
        first, *others = (f"{text}." for text in told)
        judge = "Judge it by the truth in brackets."
        return (f"With {effects.label(arm)}: {first} {judge}", *map(capital, others))
    if not any(shown in effects.infos for _, shown in PAIRS):
        return ("Not kept in this folder: seizures, cases and people trained are not among its outcomes.",)
    return (
        f"With {effects.label(arm)}: nothing that can be told from chance in seizures, people trained, items "
        "shared or cases. Silence there is no sign of failure.",
    )


def _explained(effects: Effects, outcome: str) -> str:
    """Return the label of an outcome, with what it means where nobody would know."""
    label = effects.info(outcome).label
    return f"{label}, the part of needed skills and tools in use" if outcome == "captured_capacity" else label


def moves_in_words(effects: Effects, arm: str, outcome: str) -> str:
    """Return how an outcome moves with an option, with the word that says how sure it is."""
    e = effects.get(arm, outcome)
    if not e.clear:
        return "no change" if e.verdict == "no change" else "no clear change"
    share, ends = central(e, True)
    if not all(map(math.isfinite, ends)):
        change, _ = central(e, False)
        return f"{e.verdict} {signed(change)} {unit_words(effects.info(outcome).unit)}".rstrip()
    word = "up" if e.direction == "higher" else "down"
    if math.isfinite(share) and share >= 1:
        return f"{e.verdict} {change_in_words(share, effects.info(outcome).unit).removeprefix('about ')}"
    size = f" {percent(share)}" if math.isfinite(share) else ""
    return f"{e.verdict} {word}{size}"


def what_to_watch(inputs: BriefInputs, arm: str) -> str:
    """Say at what to look again that somebody can see, and what nobody can."""
    effects = inputs.effects
    first = effects.info(first_outcome(effects))
    if first.view == "statistics":
        return f", at {first.label}"
    seen = [s for _, s in PAIRS if s in effects.infos and effects.get(arm, s).clear]
    at = [f"{effects.info(s).label} (here {moves_in_words(effects, arm, s)})" for s in seen[:2]]
    if DELAY in effects.infos:
        at.append("the days honest trade waits")
    at.append("a sample of consignments let through, opened and audited")
    return f", at {listed(at, 4)}: {first.label} cannot be seen directly"
