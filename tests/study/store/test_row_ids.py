from __future__ import annotations

import pytest

from stcsim.study.store import row_ids
from stcsim.study.store.row_ids import RowIds, row_id


def ids(first: int, last: int) -> list[str]:
    return [row_id(f"{i:032x}", "baseline", i % 7) for i in range(first, last)]


def test_a_row_is_known_by_point_arm_and_key() -> None:
    rows = {row_id(key, arm, world) for key in ("a", "b") for arm in ("x", "y") for world in (0, 1)}
    assert len(rows) == 8


def test_it_holds_what_was_added_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_ids, "MOST_RECENT", 50)
    found = RowIds(ids(0, 1000))
    for one in ids(900, 1100):
        found.add(one)
    assert len(found) == 1100
    assert all(one in found for one in ids(0, 1100))
    assert not any(one in found for one in ids(1100, 1300))


def test_rows_whose_first_half_is_the_same_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_ids, "MOST_RECENT", 2)
    found = RowIds([f"{5:016x}{i:016x}" for i in (1, 2, 3, 4)])
    assert f"{5:016x}{3:016x}" in found
    assert f"{5:016x}{7:016x}" not in found
    assert f"{6:016x}{3:016x}" not in found
    assert len(found) == 4
