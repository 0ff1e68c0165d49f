"""The lines below the table: hours, needs, timing, where the order turns, statistics, doubts, next step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.onset import onset
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.series import SERIES, YEAR_MONTHS
from stcsim.pictures.effects import Effects
from stcsim.pictures.style import BASELINE
from stcsim.pictures.truth import PAIRS, opposed
from stcsim.pictures.words import capital, capital_words, listed, number, percent
from stcsim.report.brief.inputs import BriefInputs, Need
from stcsim.report.brief.options import AS_NOW, DELAY, best_of, central, first_outcome, ranked, words_of
from stcsim.report.brief.words import change_in_words, months

MOST_BODIES = 4
MOST_STATISTICS = 3
_SMALL = 0.02
"""Bodies that bear less than this share of all hours that change are not named."""


@dataclass(frozen=True)
class Line:
    """A labelled line.

    Parameters
    ----------
    label : what it tells
    parts : sentences, the weightiest first; the last ones are left out where there is no room
    most : rows of text that it may take at most
    rest : sentence that stands for those left out
    whole : whether it is as long on a full page, since half a command is none
    """

    label: str
    parts: tuple[str, ...]
    most: int = 4
    rest: str = ""
    whole: bool = False


def lines_of(inputs: BriefInputs, told: Sequence[str]) -> list[Line]:
    """Return the lines, in the order in which they are read.

    Parameters
    ----------
    told : options that the table shows, without rivals
    """
    leading = best_of(inputs.effects) or (told[0] if told else "")
    own = [leading, *(a for a in told if a != leading)] if leading else []
    return [
        Line("Hours, by body", _hours(inputs, own), 5, "Others: in the report."),
        Line("What it needs", _needs(inputs, own), 5, "Others: in the report."),
        Line("From when it bites", _timing(inputs, own), 5, "Others: in the report."),
        Line("When the order turns", _turning(inputs, leading), 5),
        *([Line("Run again on fresh seeds", again, 4, whole=True)] if (again := _again(inputs)) else []),
        Line("What your statistics will show meanwhile", _statistics(inputs, leading), 5),
        Line("What we do not know", _doubts(inputs), 6),
        Line("Next step", (next_step(inputs),), 6, whole=True),
    ]


def summary(inputs: BriefInputs) -> str:
    """Return the answer in a sentence or two; before it, that runs are missing or failed."""
    gaps = inputs.gaps
    if not gaps.words():
        return _answer(inputs)
    so_far = "What there is so far: " if gaps.unfinished else ""
    return (
        f"{'Not finished: ' if gaps.unfinished else ''}{'; '.join(gaps.words())}. {so_far}{_answer(inputs)}"
    )


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
    tail = "the two ranges do not touch" if apart else "the two ranges overlap"
    return f"{first}. {staff}; {tail}."


def _hours(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    """Say which bodies spend more hours coordinating with the leading option, and what all do in the rest."""
    if inputs.bodies.empty:
        return ("Not kept in this folder; stcsim compare --out keeps them.",)
    extra = extra_hours(inputs.bodies)
    parts = []
    for i, arm in enumerate(a for a in own if a in extra):
        row = extra[arm]
        total, moved = sum(row.values()), sum(map(abs, row.values()))
        named = [
            f"{capital_words(body).lower()} {_signed_hours(hours)}"
            for body, hours in sorted(row.items(), key=lambda item: -abs(item[1]))
            if abs(hours) >= max(1.0, _SMALL * moved)
        ]
        label = inputs.effects.label(arm)
        if not named:
            parts.append(f"{label}: no more than now.")
        elif i == 0:
            rest = len(named) - MOST_BODIES
            more = f" and {rest} {'body' if rest == 1 else 'bodies'} more" if rest > 0 else ""
            parts.append(
                f"{label}: {_signed_hours(total)} a year in all ({', '.join(named[:MOST_BODIES])}{more})."
            )
        else:
            parts.append(f"{label}: {_signed_hours(total)} (most: {named[0]}).")
    return tuple(parts) or ("No option takes hours of coordination.",)


def extra_hours(bodies: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the mean difference to the baseline in hours a year by arm and body, default assumptions."""
    own = bodies[bodies["world"] == 0]
    runs = {str(arm): len(g["replication"].unique()) for arm, g in own.groupby("arm")}
    hours = own.groupby(["arm", "body"])["hours"].sum().reset_index()
    mean: dict[str, dict[str, float]] = {arm: {} for arm in runs}
    for arm, body, total in zip(hours["arm"], hours["body"], hours["hours"].tolist(), strict=True):
        mean[str(arm)][str(body)] = total / runs[str(arm)]
    base = mean.get(BASELINE, {})
    names = sorted({body for of_body in mean.values() for body in of_body})
    return {
        arm: {body: of_body.get(body, 0.0) - base.get(body, 0.0) for body in names}
        for arm, of_body in mean.items()
    }


def _signed_hours(hours: float) -> str:
    sign = "+" if hours > 0 else "−" if hours < 0 else ""
    size = abs(hours)
    return f"{sign}{number(round(size, -1) if size >= 100 else round(size))} h"


def _needs(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    parts = []
    for arm in own:
        told = list(dict.fromkeys(_need(n) for n in inputs.needs.get(arm, ())))
        if told:
            parts.append(f"{inputs.effects.label(arm)}: {'; '.join(told)}.")
    return tuple(parts) or ("Not known: the options were made by a program.",)


def _need(need: Need) -> str:
    return f"{need.prerequisite} (MISSING: {need.missing})" if need.missing else need.prerequisite


def _timing(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    """Say when an option is in force and from when it shows in the first outcome."""
    outcome = first_outcome(inputs.effects)
    parts = []
    for arm in own:
        said = "; ".join(s for s in (_force(inputs, arm), _shows(inputs, arm, outcome)) if s)
        if said:
            parts.append(f"{inputs.effects.label(arm)}: {said}.")
    return tuple(parts) or ("Not kept in this folder.",)


def _force(inputs: BriefInputs, arm: str) -> str:
    needs = inputs.needs.get(arm, ())
    if not needs:
        return ""
    weeks = [n.start + n.lead_time for n in needs]
    first, last = months(min(weeks)), months(max(weeks))
    when = f"in force after {last}" if first == last else f"in force between {first} and {last}"
    effects = inputs.effects
    if "consensus_weeks" in effects.infos:
        waited = effects.get(arm, "consensus_weeks").level
        if math.isfinite(waited) and waited >= 1:
            when += f", {months(waited)} more to agree"
    return when


def _shows(inputs: BriefInputs, arm: str, outcome: str) -> str:
    """Return from which month on the outcome differs for good under default assumptions.

    Nothing is said where no direction of the whole change may be named.
    """
    drawn = SERIES.get(outcome)
    if not inputs.effects.get(arm, outcome).clear:
        return ""
    under = " under default assumptions" if inputs.effects.worlds else ""
    series = inputs.series
    if series.empty or drawn is None:
        return ""
    own = series[(series["name"] == outcome) & (series["world"] == 0) & series["arm"].isin([arm, BASELINE])]
    if own.empty:
        return ""
    table = own.pivot_table(index="replication", columns=["arm", "month"], values="value", dropna=False)
    if not {arm, BASELINE} <= set(table.columns.get_level_values("arm")):
        return ""
    apart = table[arm].to_numpy(dtype=np.float64) - table[BASELINE].to_numpy(dtype=np.float64)
    month = onset(apart, flow=drawn.unit.endswith("a month"))
    if month is None:
        years = number(round(len(table[arm].columns) / YEAR_MONTHS, 1), 2)
        return f"does not show for sure within {years} years{under}, month by month"
    return f"shows from month {round((month + 1) * 12 / YEAR_MONTHS)} on{under}"


def _turning(inputs: BriefInputs, leading: str) -> tuple[str, ...]:
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


def _again(inputs: BriefInputs) -> tuple[str, ...]:
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


def _statistics(inputs: BriefInputs, arm: str) -> tuple[str, ...]:
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
            f"{effects.info(shown).label}: {_moves(effects, arm, shown)} (in truth, "
            f"{_explained(effects, real)}: {_moves(effects, arm, real)})"
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


def _moves(effects: Effects, arm: str, outcome: str) -> str:
    e = effects.get(arm, outcome)
    if not e.clear:
        return "no change" if e.verdict == "no change" else "no clear change"
    share, _ = central(e, True)
    word = "up" if e.direction == "higher" else "down"
    if math.isfinite(share) and share >= 1:
        return f"{e.verdict} {change_in_words(share, effects.info(outcome).unit).removeprefix('about ')}"
    size = f" {percent(share)}" if math.isfinite(share) else ""
    return f"{e.verdict} {word}{size}"


def _doubts(inputs: BriefInputs) -> tuple[str, ...]:
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


def next_step(inputs: BriefInputs) -> str:
    """Return what to do next: what the analysis lacks first, else the decision and when to look again."""
    effects, robust, gaps = inputs.effects, inputs.robust, inputs.gaps
    if gaps.unfinished:
        return f"{'; '.join(gaps.words())}. Decide nothing on this yet; finish it: {gaps.finish}"
    if gaps.failed:
        lacking = f", and {inputs.lacking}" if inputs.lacking else ""
        return f"Before deciding, have the analysts find why runs failed ({gaps.look}){lacking}."
    if inputs.lacking:
        run = f" ({inputs.command})" if inputs.command else ""
        return f"Before deciding, have the analysts {inputs.lacking}{run}."
    best = best_of(effects)
    if best is None:
        return "Decide nothing on this; ask which assumption, if it were known, would settle the order."
    needs = inputs.needs.get(best, ())
    missing = [n.missing for n in needs if n.missing]
    if missing:
        return f"Clear what {effects.label(best)} lacks first: {missing[0]}."
    when = max((n.start + n.lead_time for n in needs), default=0)
    settled = robust is None or 2 * robust.first.get(best, 0) >= robust.of
    held = all(found.holds for found in inputs.again if found.arm == best)
    sure = settled and held and effects.get(best, first_outcome(effects)).verdict == "clearly"
    ask = f"{'Decide for' if sure else 'Start'} {effects.label(best)}{'' if sure else ' as a trial'}"
    ask += " with the bodies named above"
    look = f"look again {months(when + 52)} after the decision{_observed(inputs, best)}"
    if robust is not None and robust.turns:
        return f"{ask}; get a figure for what the order turns on ({robust.turns[0]}); {look}."
    if inputs.weighty:
        return f"{ask}; get a figure for {inputs.weighty[0]}; {look}."
    return f"{ask}; {look}."


def _observed(inputs: BriefInputs, arm: str) -> str:
    """Say at what to look again that somebody can see, and what nobody can."""
    effects = inputs.effects
    first = effects.info(first_outcome(effects))
    if first.view == "statistics":
        return f", at {first.label}"
    seen = [s for _, s in PAIRS if s in effects.infos and effects.get(arm, s).clear]
    at = [f"{effects.info(s).label} (here {_moves(effects, arm, s)})" for s in seen[:2]]
    if DELAY in effects.infos:
        at.append("the days honest trade waits")
    at.append("a sample of consignments let through, opened and audited")
    return f", at {listed(at, 4)}: {first.label} cannot be seen directly"
