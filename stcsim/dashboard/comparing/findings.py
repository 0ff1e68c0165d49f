"""What a comparison has found, in sentences, and what has to be known before they are believed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.cost_effectiveness import cost_effectiveness
from stcsim.charts.marks import told
from stcsim.dashboard.comparing.glance import change, interval
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.outcomes.info import unit_words
from stcsim.pictures.amounts import is_counted
from stcsim.pictures.bands import Over
from stcsim.pictures.duels import Duel, duels_finding
from stcsim.pictures.effects import Effects
from stcsim.pictures.findings import across_arms, verdict_words
from stcsim.pictures.leading import first_outcome
from stcsim.pictures.plane import COST
from stcsim.pictures.words import MISSING, capital, counted, in_column, listed, number, percent, signed
from stcsim.report.costs import PAYERS, extra_money

_NAMED = 4
"""Arms whose cost is said in the findings; a table has all."""
_BEARS = 0.1
"""Share of an arm's cost from which on who bears it is named there."""


def points(
    effects: Effects,
    over: Over = "runs",
    challenge: str = "",
    duels: Mapping[str, Duel] | None = None,
) -> tuple[str, ...]:
    """Return a sentence for each headline, what it costs, and how it does beside the same money on staff.

    Parameters
    ----------
    over : which changes are told, the mean over runs or over sampled sets of assumptions
    challenge : what it is seen in is told too, where that is no headline; none where empty
    duels : of arms with the same money on staff in the first headline
    """
    sampled = over == "assumptions"
    found = [across_arms(effects, o, sampled=sampled) for o in effects.headline if o != COST]
    if COST in effects.infos and effects.own:
        found.append(_cost_line(effects, over))
    if challenge:
        seen = [o for o in CHALLENGES[challenge].outcomes if o in effects.infos and o not in effects.headline]
        found += [f"{across_arms(effects, o, sampled=sampled)}, an exploratory outcome" for o in seen]
    if duels:
        found.append(duels_finding(effects, duels, first_outcome(effects)))
    return tuple(found)


def _cost_line(effects: Effects, over: Over) -> str:
    """Return what the first arms cost beyond the baseline, and who bears most of it."""
    unit = unit_words(effects.info(COST).unit)
    arms = effects.own[:_NAMED]
    said = [
        f"{signed(told(effects.get(arm, COST), False, over)[0])} with {effects.label(arm)}"
        f"{_bearers(effects, arm, over)}"
        for arm in arms
    ]
    more = len(effects.own) - len(arms)
    rest = f" and {counted(more, 'more arm')}" if more else ""
    return f"{capital(effects.info(COST).label)}, in {unit} over the counted years: {', '.join(said)}{rest}"


def _bearers(effects: Effects, arm: str, over: Over) -> str:
    """Return who bears a tenth or more of what an arm costs; nothing where it costs nothing or less."""
    extra = {
        words: told(effects.get(arm, name), False, over)[0]
        for name, words in PAYERS.items()
        if name in effects.infos
    }
    total = told(effects.get(arm, COST), False, over)[0]
    named = [words for words, x in extra.items() if total > 0 and x >= _BEARS * total]
    return f" ({listed(named)})" if named else ""


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
    """Return what is missing or doubtful in the runs, arms and outcomes by their names for people."""
    names = {arm: effects.label(arm) for arm in effects.arms}
    names |= {name: info.label for name, info in effects.infos.items()}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    # A name of one word may be a word of the sentence: it is a name in quotes and before its mark.
    found = re.compile(rf"(?<![\w~])(?:(?=\w*[_~])(?:{known})(?![\w~])|(?:{known})(?=:|'| of \w+ \())")
    told = (note for note in effects.notes if "not varied" not in note)
    return tuple(capital(found.sub(lambda m: names[m[0]], note)) for note in told)


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


def payers_table(effects: Effects, comparison: Comparison, runs: pd.DataFrame) -> pd.DataFrame | None:
    """Return what each arm costs beyond the baseline by who pays; None where the runs do not tell.

    The last column is what one unit of the first headline costs, where that is counted one by one.
    """
    extra = extra_money(runs)
    if extra is None or COST not in effects.infos:
        return None
    name, each = _for_each(effects, comparison, runs)
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
                **({name: each[arm]} if name else {}),
            }
        )
    return pd.DataFrame(rows)


def _for_each(effects: Effects, comparison: Comparison, runs: pd.DataFrame) -> tuple[str, dict[str, str]]:
    """Return the name of a column, and by arm what one unit of the first headline costs there.

    Both are empty where its units cannot be counted one by one, or neither direction of it is better.
    """
    info = effects.info(first_outcome(effects))
    if info.better == "none" or info.name == COST or not is_counted(info):
        return "", {}
    found = cost_effectiveness(
        runs,
        info,
        effects.info(COST),
        comparison.baseline,
        arms=list(comparison.arms),
        level=comparison.level,
        effect_level=comparison.cell_level,
    )
    said = {}
    for row in found.to_dict("records"):
        ratio, low, high = (float(row[name]) for name in ("ratio", "ratio_low", "ratio_high"))
        known = all(map(math.isfinite, (ratio, low, high)))
        said[str(row["arm"])] = f"{number(ratio)} ({number(low)} to {number(high)})" if known else MISSING
    return f"For each {'one fewer' if info.better == 'lower' else 'one more'}", said


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
