"""Who reads statistics alone: which arm they would choose, and what that arm does."""

from __future__ import annotations

import math

import pandas as pd

from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import verdict_words
from stcsim.pictures.plane import COST
from stcsim.pictures.words import MISSING, capital, counted, percent, signed

MORE_IS_READ_AS_SUCCESS = (
    "stat_seizures",
    "stat_cases",
    "stat_people_trained",
    "stat_events",
    "stat_items_shared",
    "stat_readiness_index",
)
"""Statistics that rise in yearly reports as proof that something works."""
NOBODY = "no arm stands out"


def first_of(effects: Effects) -> str:
    """Return the first headline that says what is better and is no cost; empty where none does."""
    return next((o for o in effects.headline if o != COST and effects.info(o).better != "none"), "")


def chosen_by(effects: Effects, statistic: str) -> str:
    """Return the arm in which a statistic rises most, at least probably; empty where none does."""
    rows = [e for a in effects.own if (e := effects.get(a, statistic)).clear and e.mean > 0]
    return max(rows, key=lambda e: e.mean).arm if rows else ""


def best_in(effects: Effects, outcome: str) -> str:
    """Return the arm that does best in an outcome, at least probably; empty where none does better."""
    rows = [e for a in effects.own if (e := effects.get(a, outcome)).judged == "better"]
    return max(rows, key=lambda e: abs(e.mean)).arm if rows else ""


def choices_table(effects: Effects) -> pd.DataFrame:
    """Return, for each statistic that is read as success, the arm it speaks for and what that arm does.

    One row a statistic: what it is, the arm that it would choose, by how much the statistic rises there, and
    what happens there to the first headline.
    """
    outcome = first_of(effects)
    rows = []
    for name in MORE_IS_READ_AS_SUCCESS:
        if name not in effects.infos or not outcome:
            continue
        arm = chosen_by(effects, name)
        row = {"By this statistic": capital(effects.info(name).label)}
        if not arm:
            rows.append({**row, "You would choose": NOBODY, "It rises by": MISSING, "What is so": MISSING})
            continue
        real = effects.get(arm, outcome)
        rows.append(
            {
                **row,
                "You would choose": effects.label(arm),
                "It rises by": _rise(effects.get(arm, name)),
                "What is so": f"{effects.info(outcome).label}: {_change(real)}, {verdict_words(real)}",
            }
        )
    return pd.DataFrame(rows)


def choices_finding(effects: Effects) -> str:
    """Say how many statistics would choose the arm that is best."""
    outcome = first_of(effects)
    if not outcome:
        return "What each statistic would choose"
    label = effects.info(outcome).label
    best = best_in(effects, outcome)
    read = [name for name in MORE_IS_READ_AS_SUCCESS if name in effects.infos]
    picks = [arm for name in read if (arm := chosen_by(effects, name))]
    if not best:
        return f"No arm is better in {label} with any certainty, whatever statistics say"
    if not picks:
        return f"{effects.label(best)} is best in {label}; no statistic tells an arm from the others"
    right = sum(arm == best for arm in picks)
    them = counted(len(picks), "statistic")
    if right == len(picks):
        verb = "moves and chooses" if right == 1 else "move and all choose"
        return f"{them} {verb} the arm that is best in {label}: {effects.label(best)}"
    return f"{right} of {them} would choose the arm that is best in {label}: {effects.label(best)}"


def _rise(e: Effect) -> str:
    """Return by how much a statistic rises: of what nobody counted before there is no percentage."""
    return percent(e.share) if math.isfinite(e.share) else signed(e.mean)


def _change(e: Effect) -> str:
    return percent(e.share) if math.isfinite(e.share) else MISSING
