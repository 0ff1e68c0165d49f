"""A comparison at a glance: every arm and headline in one table, the change and the word."""

from __future__ import annotations

import pandas as pd

from stcsim.charts.marks import told
from stcsim.charts.names import STAFF
from stcsim.outcomes.info import unit_words
from stcsim.pictures.bands import Over
from stcsim.pictures.effects import Effects
from stcsim.pictures.findings import between, size, verdict_words
from stcsim.pictures.words import capital


def change(effects: Effects, arm: str, outcome: str, over: Over = "runs") -> str:
    """Return the change of one arm: ``−13%``, in units where a share is not defined.

    Parameters
    ----------
    over : mean of paired runs under default assumptions, or mean over sampled sets of them
    """
    unit = unit_words(effects.info(outcome).unit)
    return size(effects.get(arm, outcome), effects.relative(outcome), unit, sampled=over == "assumptions")


def interval(effects: Effects, arm: str, outcome: str, over: Over = "runs") -> str:
    """Return the interval of what `change` says: ``−23 to −6.4%``."""
    e, relative = effects.get(arm, outcome), effects.relative(outcome)
    return between(lambda share: told(e, share, over)[1], relative, unit_words(effects.info(outcome).unit))


def glance_table(effects: Effects, over: Over = "runs") -> pd.DataFrame:
    """Return one row an arm, rivals below, and one column a headline: change and word."""
    rows = []
    for arm in effects.arms:
        row = {"Arm": f"↳ {STAFF}" if arm in effects.rivals else effects.label(arm)}
        for outcome in effects.headline:
            said = f"{change(effects, arm, outcome, over)} {verdict_words(effects.get(arm, outcome))}"
            row[capital(effects.info(outcome).label)] = said
        rows.append(row)
    return pd.DataFrame(rows)
