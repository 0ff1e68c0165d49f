"""The matrix of measures in place as a tidy table, before and after the counted time."""

from __future__ import annotations

import pandas as pd

from stcsim.outcomes.matrix import ENTRIES, FIELDS, Matrix
from stcsim.scenario.roster import roster
from stcsim.scenario.spec import ScenarioSpec

NO_LAW = "-"
"""Stands in the legal column of an obligation that needs no law."""


def matrix_table(scenario: ScenarioSpec, before: Matrix, after: Matrix) -> pd.DataFrame:
    """Return one row a country and obligation: `country`, `field`, `obligation`, and entries.

    `legal_before` and `enforcement_before` stand where arms branch, `legal` and `enforcement` at the end;
    entries are ``X`` (recorded), ``?`` (unclear), empty, or ``-`` where no law is needed.

    Parameters
    ----------
    before, after : of one run
    """

    def word(entry: int) -> str:
        return ENTRIES[entry] if entry >= 0 else NO_LAW

    rows = [
        (
            country.name or country.id,
            field.name,
            field.text,
            *(word(int(m[i, j])) for m in (before.legal, after.legal, before.enforcement, after.enforcement)),
        )
        for i, country in enumerate(roster(scenario).countries)
        for j, field in enumerate(FIELDS)
    ]
    columns = ["country", "field", "obligation", "legal_before", "legal"]
    return pd.DataFrame(rows, columns=[*columns, "enforcement_before", "enforcement"])
