"""Who bears the hours of coordination: the line that names bodies."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital_words, number
from stcsim.report.brief.inputs import BriefInputs

MOST_BODIES = 4
TRAINING = "training_hours"
_SMALL = 0.02
"""Bodies that bear less than this share of all hours that change are not named."""


def hours_line(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
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
            parts.append(f"{label}: no more than now{_in_courses(inputs, arm)}.")
        elif i == 0:
            rest = len(named) - MOST_BODIES
            more = f" and {rest} {'body' if rest == 1 else 'bodies'} more" if rest > 0 else ""
            parts.append(
                f"{label}: {_signed_hours(total)} a year in all, of all countries together "
                f"({', '.join(named[:MOST_BODIES])}{more}){_in_courses(inputs, arm)}."
            )
        else:
            parts.append(f"{label}: {_signed_hours(total)} (most: {named[0]}){_in_courses(inputs, arm)}.")
    return tuple(parts) or ("No option takes hours of coordination.",)


def _in_courses(inputs: BriefInputs, arm: str) -> str:
    """Return what participants spend in courses beside that; empty where it is as now, or not kept."""
    hours = course_hours(inputs.runs, arm) * 52 / inputs.counted_weeks if inputs.counted_weeks else 0.0
    return f"; and {_signed_hours(hours)} a year of participants in courses" if abs(hours) >= 1 else ""


def course_hours(runs: pd.DataFrame, arm: str) -> float:
    """Return the mean difference to the baseline in hours of participants over the counted time.

    Default assumptions; 0 where hours in training were not kept.
    """
    if TRAINING not in runs.columns:
        return 0.0
    own = runs[runs["world"] == 0].pivot_table(index="replication", columns="arm", values=TRAINING)
    if not {arm, BASELINE} <= set(own.columns):
        return 0.0
    apart = float((own[arm] - own[BASELINE]).mean())
    return apart if math.isfinite(apart) else 0.0


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
