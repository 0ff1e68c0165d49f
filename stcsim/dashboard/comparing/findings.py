"""What a comparison has found, in sentences, and what has to be known before they are believed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from stcsim.charts.marks import told
from stcsim.dashboard.comparing.glance import change, interval
from stcsim.outcomes.info import unit_words
from stcsim.pictures.bands import Over
from stcsim.pictures.effects import Effects
from stcsim.pictures.findings import across_arms, verdict_words
from stcsim.pictures.plane import COST, plane_finding, plane_points
from stcsim.pictures.words import MISSING, capital, counted, in_column, percent, signed
from stcsim.report.costs import PAYERS, extra_money

_NAMED = 4
"""Arms whose cost is said in the findings; a table has all."""


def points(effects: Effects, over: Over = "runs") -> tuple[str, ...]:
    """Return a sentence for each headline, what it costs, and how it does beside the same money on staff.

    Parameters
    ----------
    over : which changes are told, the mean over runs or over sampled sets of assumptions
    """
    sampled = over == "assumptions"
    found = [across_arms(effects, o, sampled=sampled) for o in effects.headline if o != COST]
    if COST in effects.infos and effects.own:
        found.append(_cost_line(effects, over))
    others = [o for o in effects.headline if o != COST]
    if effects.rivals and others and COST in effects.infos:
        found.append(plane_finding(effects, others[0], COST, plane_points(effects, others[0])))
    return tuple(found)


def _cost_line(effects: Effects, over: Over) -> str:
    """Return what the first arms cost beyond the baseline."""
    unit = unit_words(effects.info(COST).unit)
    arms = effects.own[:_NAMED]
    said = [
        f"{signed(told(effects.get(arm, COST), False, over)[0])} with {effects.label(arm)}" for arm in arms
    ]
    more = len(effects.own) - len(arms)
    rest = f" and {counted(more, 'more arm')}" if more else ""
    return f"{capital(effects.info(COST).label)}, in {unit} over the counted years: {', '.join(said)}{rest}"


def caution(effects: Effects) -> str:
    """Return what the words of this comparison rest on, in two sentences."""
    if not effects.worlds:
        return (
            "[[assumptions|Assumptions]] were not varied: [[clearly]] and [[probably]] speak of chance "
            "alone. Another set of assumptions may turn a finding around."
        )
    few = " Ten sets or more are needed for a verdict." if effects.worlds < 10 else ""
    return (
        f"[[clearly|Clearly]] and [[probably]] come from the [[mean over assumptions]] of {effects.worlds} "
        f"[[sampled set|sampled sets]].{few}"
    )


def gaps(effects: Effects) -> tuple[str, ...]:
    """Return what is missing or doubtful in the runs."""
    return tuple(capital(note) for note in effects.notes if "not varied" not in note)


def outcomes_table(effects: Effects, arm: str) -> pd.DataFrame:
    """Return every outcome of one arm in words, headlines first.

    Columns: what it is, change, word, both intervals, the baseline's level, whether it is a headline or
    exploratory, and whether it is as things are or as statistics show them.
    """
    names = [*effects.headline, *(o for o in effects.infos if o not in effects.headline)]
    rows = []
    for name in names:
        info, e = effects.info(name), effects.get(arm, name)
        row = {
            "Outcome": capital(info.label),
            "Change": change(effects, arm, name),
            "Verdict": verdict_words(e),
            "Over runs": interval(effects, arm, name),
        }
        if effects.worlds:
            mean = (
                f"{change(effects, arm, name, 'assumptions')} ({interval(effects, arm, name, 'assumptions')})"
            )
            row["Mean over assumptions"] = mean if e.worlds else MISSING
        rows.append(
            {
                **row,
                "Baseline": e.base,
                "Unit": unit_words(info.unit),
                "Kind": "headline" if name in effects.headline else "exploratory",
                "Seen": "as it is" if info.view == "truth" else "as statistics show it",
                "Family": info.family,
            }
        )
    return pd.DataFrame(rows)


def payers_table(effects: Effects, runs: pd.DataFrame) -> pd.DataFrame | None:
    """Return what each arm costs beyond the baseline by who pays; None where the runs do not tell."""
    extra = extra_money(runs)
    if extra is None or COST not in effects.infos:
        return None
    rows = []
    for arm in effects.arms:
        if arm not in extra.index:
            continue
        money = {str(name): float(x) for name, x in extra.loc[arm].to_dict().items()}
        base, total = effects.get(arm, COST).base, money[COST]
        rows.append(
            {
                "Arm": effects.label(arm),
                **{capital(words): money[name] for name, words in PAYERS.items()},
                "Total": total,
                "Of the baseline's own": percent(total / base) if base > 0 else MISSING,
            }
        )
    return pd.DataFrame(rows)


def payers_formats(table: pd.DataFrame) -> dict[str, Callable[[Any], str]]:
    """Return how the amounts of `payers_table` are written: all as finely as the largest of them needs."""
    amounts = table.select_dtypes("number")
    largest = float(amounts.abs().max().max()) if amounts.size else 0.0
    return {str(name): partial(in_column, largest=largest) for name in amounts.columns}


def subtitle_of(effects: Effects, over: Over) -> str:
    """Return what the changes are."""
    if over == "assumptions" and effects.worlds:
        return (
            f"Change: [[mean over assumptions]] of {effects.worlds} [[sampled set|sampled sets]], in percent "
            "of the [[baseline]]. Grey: [[unclear]]."
        )
    return (
        f"Change: mean of {effects.pairs} [[paired]] [[runs]] under default assumptions, in percent of the "
        "[[baseline]]. Grey: [[unclear]]."
    )
