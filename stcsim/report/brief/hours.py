"""Who bears the hours of coordination: the line that names bodies."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital_words, number
from stcsim.report.brief.inputs import BriefInputs

MOST_BODIES = 4
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
