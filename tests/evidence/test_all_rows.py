"""The whole table anew, all sets and pairs: hours; what was run is kept in `.evidence`, so it resumes."""

from __future__ import annotations

import pytest

from tests.evidence.asking import cells_of, fill, judge, readings
from tests.evidence.rows import read
from tests.evidence.running import units
from tests.evidence.storing import ROOT, Store
from tests.evidence.table import DEFAULTS, PAIRS, SETS, committed
from tests.evidence.test_rows import agrees


def _silent(text: str) -> None:
    del text


@pytest.mark.slow
def test_the_table_is_what_all_rows_give(pytestconfig: pytest.Config) -> None:
    """Intervals of effects meet those of the table, and shares agree with its shares."""
    offset: int = pytestconfig.getoption("--seed-offset")
    rows = [row for row in read()[0].values() if row.kind != "property"]
    store = Store(ROOT / ".evidence")
    sampled = units(range(1, SETS + 1), PAIRS, offset)
    assert fill(store, cells_of(rows, cut=False), sampled, 2, _silent) == {}
    cells = [*cells_of(rows, cut=False), *cells_of(rows, cut=True)]
    defaults = units([0], max(row.pairs(DEFAULTS) for row in rows), offset)
    assert fill(store, cells, defaults, 2, _silent) == {}
    held, table = readings(store, rows, [*defaults, *sampled]), committed()
    wrong: dict[str, str] = {}
    for row in rows:
        one, given = judge(row, held, defaults[: row.pairs(DEFAULTS)], sampled, offset), table[row.id]
        apart = one.effect.low > float(given["high"]) or one.effect.high < float(given["low"])
        if apart or not agrees(round(one.share * SETS), SETS, float(given["share"])):
            wrong[row.id] = f"{one.effect} in {one.share:.2f} of sets, {given} in the table"
    assert wrong == {}
