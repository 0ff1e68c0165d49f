"""Runs of several starts share a stack, and each is the same as alone."""

from __future__ import annotations

import numpy as np

from tests.evidence.rows import REGION, Cell, mechanism
from tests.evidence.running import Task, frame, run, tasks, units
from tests.evidence.storing import NAMES

SHORT = ("time.counted_weeks=16", "time.warm_up_weeks=8")
CELLS = (
    Cell(REGION, SHORT),
    Cell(REGION, SHORT, (mechanism("industry_outreach", {}),)),
    Cell(REGION, (*SHORT, "countries[hub].law.transit=true", "countries[hub].will=0.9"), ()),
    Cell(
        REGION,
        (
            *SHORT,
            'relations=[{"source": "producer", "target": "hub", "willingness": 0.1}]',
            "countries[hub].agencies[intelligence].interest=1.0",
        ),
        (mechanism("interagency_working_group", {}),),
    ),
    Cell(REGION, (*SHORT, "parameters.screening.concealment=0.5"), (mechanism("frontline_channel", {}),)),
    Cell(REGION, SHORT, (mechanism("frontline_channel", {}),), frozenset({"Channel"})),
)


def test_a_run_is_the_same_in_any_company() -> None:
    chosen = (*units([0], 1), *units([1, 2], 1))
    together, failed = run(Task(CELLS, chosen, NAMES))
    assert failed == {}
    assert len({frame(c.source, c.settings) for c in CELLS}) == 1
    for cell in CELLS[2:]:
        for unit in chosen[:2]:
            alone, _ = run(Task((cell,), (unit,), NAMES))
            assert np.array_equal(alone[cell, unit], together[cell, unit], equal_nan=True)


def test_tasks_run_everything_once() -> None:
    other = Cell(REGION, (*SHORT, "structure.adversary=none"))
    chosen = units(range(1, 31), 2)
    found = [(c, u) for t in tasks([*CELLS, other, *CELLS], chosen, NAMES) for c in t.cells for u in t.units]
    assert sorted(map(repr, found)) == sorted(repr((c, u)) for c in (*CELLS, other) for u in chosen)


def test_what_an_arm_sets_holds_in_every_set_of_assumptions() -> None:
    """Two sets differ where nothing is set, and a mechanism that reaches nobody changes nothing in either."""
    inert = Cell(REGION, SHORT, (mechanism("industry_outreach", {"coverage": 0.0}),))
    chosen = units([1, 2], 1)
    values, _ = run(Task((CELLS[0], inert), chosen, NAMES))
    first, second = (values[CELLS[0], u] for u in chosen)
    assert not np.array_equal(first, second, equal_nan=True)
    for unit in chosen:
        assert np.array_equal(values[inert, unit], values[CELLS[0], unit], equal_nan=True)
