"""The table of options: what each changes, what honest trade feels, what it costs and who pays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from stcsim.analysis.yearly_cost import cost_by_year
from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effect, Effects, central
from stcsim.pictures.leading import first_outcome
from stcsim.pictures.plane import COST
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import MISSING, capital, number, signed
from stcsim.report.brief.inputs import BriefInputs, Gaps
from stcsim.report.brief.words import (
    change_in_words,
    in_hundred,
    in_years,
    money,
    range_in_words,
    unclear_words,
)
from stcsim.report.costs import PAYERS, extra_money

DELAY, DEADLINE = "licit_delay_mean", "licences_within_20"
"""Outcomes that say what honest trade feels."""
STAFF = "Same money on staff"
AS_NOW = "Go on as now"
NOT_KEPT = "not kept"
COUNTS = frozenset({"transfers", "attempts", "seizures", "cases", "consignments", "applications", "checks"})
"""Units of what adds up over the counted years."""
_SMALL = 0.02
"""Shares of who pays below this are left out."""
_PAYERS = {**PAYERS, "hours_value": "time of present staff"}


@dataclass(frozen=True)
class Row:
    """One row of the table, cells as text; the second cell begins with its `lead`, which is set bold.

    Parameters
    ----------
    arm : name
    label : what the option is called
    lead : change of the first outcome in words
    cells : the rest of that, then the other columns
    indented : a rival, set below its option
    """

    arm: str
    label: str
    lead: str
    cells: tuple[str, ...]
    indented: bool = False


def level_now(effects: Effects, runs: pd.DataFrame, outcome: str) -> float:
    """Return the baseline's level from the evidence that changes come from: over assumptions where varied."""
    own = runs[(runs["arm"] == BASELINE) & (runs["world"] > 0)]
    if effects.worlds and outcome in own.columns and len(own):
        mean = float(own.groupby("world")[outcome].mean().mean())
        if math.isfinite(mean):
            return mean
    return effects.get(effects.arms[0], outcome).base


def evidence(effects: Effects) -> str:
    """Return where changes and the levels beside them come from."""
    return "mean over the sampled sets" if effects.worlds else "default assumptions"


def words_of(effects: Effects, e: Effect) -> tuple[str, str]:
    """Return a change in words and what stands behind it: how sure it is, between what."""
    unit = effects.info(e.outcome).unit
    relative = effects.relative(e.outcome)
    centre, ends = central(e, relative)
    bounded = all(map(math.isfinite, ends))
    if e.verdict == "no change":
        return "no change", "in every run"
    if relative and bounded:
        between = range_in_words(*ends, unit)
    else:
        _, plain = central(e, False)
        between = f"{signed(plain[0])} to {signed(plain[1])} {unit_words(unit)}"
    if not e.clear:
        return unclear_words(*(ends if relative else (math.nan, math.nan))), between
    if not (relative and bounded):
        centre, _ = central(e, False)
    said = change_in_words(centre, unit) if relative and bounded else f"{signed(centre)} {unit_words(unit)}"
    return said, f"{e.verdict}; {between}"


def rows_of(inputs: BriefInputs, arms: Sequence[str], more: Sequence[str], *, licences: bool) -> list[Row]:
    """Return the row of going on as now, then one for each of `arms`, rivals indented.

    Parameters
    ----------
    more : headlines with a column of their own beside the first
    licences : whether there is a column of licences
    """
    effects = inputs.effects
    extra = extra_money(inputs.runs)
    years = _years(inputs)
    rows = [_as_now(inputs, more, licences=licences)]
    for arm in arms:
        lead, rest = words_of(effects, effects.get(arm, first_outcome(effects)))
        rival = arm in effects.rivals
        rows.append(
            Row(
                arm,
                STAFF if rival else effects.label(arm),
                lead,
                (
                    f"({rest})",
                    *(_change(effects, arm, o) for o in more),
                    _delay(effects, arm),
                    *([_deadline(inputs, arm)] if licences else []),
                    _cost(effects, years, arm, inputs.counted_weeks),
                    _payers(extra, arm),
                ),
                rival,
            )
        )
    return rows


def silent_rows(gaps: Gaps, columns: int) -> list[Row]:
    """Return a row for each option that has no result; its name is its label.

    Parameters
    ----------
    columns : of the table, the name's included
    """
    why = {"failed": "its runs failed", "missing": "its runs are missing"}
    none = (MISSING,) * (columns - 2)
    return [Row(label, label, "no result:", (why[reason], *none)) for label, reason in gaps.silent]


def in_levels(inputs: BriefInputs, outcome: str) -> str:
    """Return the baseline's level of an outcome with its unit."""
    base, unit = level_now(inputs.effects, inputs.runs, outcome), inputs.effects.info(outcome).unit
    if outcome == DEADLINE:
        return in_hundred(base)
    period = f" in {in_years(inputs.counted_weeks)}" if unit in COUNTS and inputs.counted_weeks else ""
    words = "" if unit == "share" else unit_words(unit)
    return f"{number(base)} {words}".strip() + period


def _as_now(inputs: BriefInputs, more: Sequence[str], *, licences: bool) -> Row:
    """Return what is there without any option, in levels of the assumed region."""
    effects = inputs.effects
    level = f"{in_levels(inputs, first_outcome(effects))} in the assumed region ({evidence(effects)})"
    beside = [*more, DELAY, *([DEADLINE] if licences else [])]
    levels = [in_levels(inputs, o) if o in effects.infos else NOT_KEPT for o in beside]
    return Row(BASELINE, AS_NOW, "", (level, *levels, "nothing new", MISSING))


def _change(effects: Effects, arm: str, outcome: str) -> str:
    e = effects.get(arm, outcome)
    said, between = words_of(effects, e)
    return said if e.verdict == "no change" else f"{said} ({between})"


def _delay(effects: Effects, arm: str) -> str:
    if DELAY not in effects.infos:
        return NOT_KEPT
    e = effects.get(arm, DELAY)
    if e.verdict == "no change":
        return "as now"
    _, shares = central(e, True)
    days, ends = central(e, False)
    bounded = all(map(math.isfinite, shares))
    between = range_in_words(*shares, "days") if bounded else f"{signed(ends[0])} to {signed(ends[1])} days"
    if not e.clear:
        return f"{unclear_words(*shares)}: {between}"
    word = "longer" if days > 0 else "shorter"
    return f"{number(abs(days), 2)} days {word} ({e.verdict}; {between})"


def _deadline(inputs: BriefInputs, arm: str) -> str:
    effects = inputs.effects
    if DEADLINE not in effects.infos:
        return NOT_KEPT
    e = effects.get(arm, DEADLINE)
    if e.verdict == "no change":
        return "as now"
    centre, ends = central(e, False)
    now = level_now(effects, inputs.runs, DEADLINE)
    between = " to ".join(f"{100 * min(1.0, max(0.0, now + x)):.0f}" for x in ends)
    if not all(map(math.isfinite, ends)):
        between = "range not defined"
    elif len(set(between.split(" to "))) == 1:
        between = " to ".join(f"{100 * min(1.0, max(0.0, now + x)):.1f}" for x in ends)
    if not e.clear:
        return f"{unclear_words(*ends)}: {between}"
    return f"{in_hundred(now + centre, now)} ({e.verdict} {'more' if centre > 0 else 'fewer'}; {between})"


def _years(inputs: BriefInputs) -> Mapping[str, tuple[float, float]]:
    """Cost in the first year and in a year after it, by arm; empty where the tables do not tell."""
    table = None if inputs.series.empty else cost_by_year(inputs.runs, inputs.series)
    if table is None:
        return {}
    pairs = zip(table["first"].tolist(), table["after"].tolist(), strict=True)
    return dict(zip([str(a) for a in table.index], pairs, strict=True))


def _cost(effects: Effects, years: Mapping[str, tuple[float, float]], arm: str, weeks: int) -> str:
    if arm in years:
        first, after = years[arm]
        then = f", then {_spent(after)} a year" if math.isfinite(after) else ""
        return f"{_spent(first)} in year 1{then}"
    if COST in effects.infos:
        total = effects.get(arm, COST).mean
        return f"{_spent(total)} in {in_years(weeks)}" if weeks else _spent(total)
    return NOT_KEPT


def _spent(thousands: float) -> str:
    return f"saves {money(-thousands)}" if thousands <= -1 else money(thousands)


def _payers(extra: pd.DataFrame | None, arm: str) -> str:
    """Return who pays which part of what an option costs more."""
    if extra is None or arm not in extra.index:
        return NOT_KEPT
    shares = payer_shares(extra, arm)
    if not shares:
        return "nobody: it costs nothing more"
    told = [f"{name} {x}%" for name, x in _whole_percent(shares).items()]
    saved = [name for name, x in shares.items() if x <= -_SMALL]
    return capital(", ".join(told)) + (f"; {' and '.join(saved)} spend less" if saved else "")


def _whole_percent(shares: Mapping[str, float]) -> dict[str, int]:
    """Return the parts that are told as whole percentages; all there are add up to 100."""
    parts = {name: 100 * x for name, x in shares.items() if x >= _SMALL}
    left = round(sum(parts.values())) - sum(map(int, parts.values()))
    upwards = sorted(parts, key=lambda name: int(parts[name]) - parts[name])[: max(0, left)]
    return {name: int(x) + (name in upwards) for name, x in parts.items()}


def payer_shares(extra: pd.DataFrame, arm: str) -> Mapping[str, float]:
    """Return each payer's part of what is paid more, the largest first; below 0 for who pays less."""
    row: Mapping[str, float] = {str(k): float(v) for k, v in extra.loc[arm].to_dict().items()}
    paid = {words: row[name] for name, words in _PAYERS.items()}
    more = sum(x for x in paid.values() if x > 0)
    if not more > 0 or not math.isfinite(more):
        return {}
    return dict(sorted(((name, x / more) for name, x in paid.items() if x), key=lambda item: -item[1]))
