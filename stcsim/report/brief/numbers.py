"""The words and numbers of the brief as a table of the reports, so that they can be checked."""

from __future__ import annotations

import math

import pandas as pd

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effects, central
from stcsim.pictures.words import MISSING, capital, number, signed
from stcsim.report.brief.options import DEADLINE, DELAY, evidence, level_now, words_of
from stcsim.report.html import Child, Html, table

WORDS_AND_NUMBERS = "Words and numbers"


def numbers_part(effects: Effects, runs: pd.DataFrame) -> Html:
    """Return the table: each arm and outcome that the brief speaks of, in its words and with its intervals.

    Parameters
    ----------
    runs : one row a run, of one scenario
    """
    beside = [o for o in (DELAY, DEADLINE) if o in effects.infos and o not in effects.headline]
    rows: list[list[Child]] = []
    for outcome in (*effects.headline, *beside):
        info = effects.info(outcome)
        now = level_now(effects, runs, outcome)
        for arm in effects.arms:
            e = effects.get(arm, outcome)
            said, between = words_of(effects, e)
            centre, ends = central(e, False)
            plain = f"{signed(centre)} ({signed(ends[0])} to {signed(ends[1])})"
            rows.append(
                [
                    effects.label(arm),
                    capital(info.label),
                    said,
                    between,
                    plain if math.isfinite(centre) else MISSING,
                    f"{number(now)} {unit_words(info.unit)}".strip(),
                ]
            )
    head: list[Child] = ["Arm", "Outcome", "In words", "How sure, between", "In its unit", "Baseline"]
    return table(
        head,
        rows,
        caption=f"{WORDS_AND_NUMBERS}, as the brief (stcsim brief) says them. Everything here: "
        f"{evidence(effects)}. An interval is the one that its word comes from.",
    )
