"""What differs from the original, by lines and by values."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from stcsim.dashboard.editing.differing import AROUND, LONGEST, rows, summary, value_lines
from stcsim.dashboard.editing.draft import read_draft
from stcsim.scenario.library import folder

TEXT = (folder() / "small_region.yaml").read_text(encoding="utf-8")
MANY = "a\n" * (LONGEST // 3)
LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=25)


@given(LINES, LINES)
def test_nothing_is_left_out(before: list[str], after: list[str]) -> None:
    found = rows("\n".join(before), "\n".join(after))
    for row in found:
        assert not row.before or row.text == before[row.before - 1]
        assert not row.after or row.text == after[row.after - 1]
    shown_before = {r.before for r in found if r.before}
    shown_after = {r.after for r in found if r.after}
    left_before = [line for i, line in enumerate(before, 1) if i not in shown_before]
    left_after = [line for i, line in enumerate(after, 1) if i not in shown_after]
    # what is not shown is the same in both
    if before != after:
        assert left_before == left_after
        gaps = sum(int(r.text.split()[0]) for r in found if r.kind == "gap")
        assert gaps == len(left_before)


def test_a_change_of_one_value() -> None:
    after = TEXT.replace("will: 0.6", "will: 0.7")
    found = rows(TEXT, after)
    assert [r.kind for r in found] == ["gap", *["same"] * AROUND, "gone", "new", *["same"] * AROUND, "gap"]
    assert summary(TEXT, after) == "1 line new or changed and 1 line gone or changed, against the original."
    assert value_lines(read_draft(TEXT), read_draft(after)) == ("~ countries[Orsund].will: 0.6 -> 0.7",)
    assert value_lines(read_draft(TEXT), read_draft("a")) is None


def test_many_lines_alike_do_not_take_long() -> None:
    start = time.monotonic()
    assert rows(f"x\n{MANY}y\n", f"z\n{MANY}{MANY}")
    assert time.monotonic() - start < 20


def test_what_hardly_differs_or_too_much() -> None:
    assert summary(TEXT, TEXT) == "Nothing differs from the original."
    assert rows(TEXT, TEXT) == ()
    assert summary(TEXT, TEXT.rstrip("\n")).startswith("Only blanks")
    long = "a\n" * (LONGEST + 1)
    assert rows(long, f"{long}b") == ()
    assert "too many to compare" in summary(long, f"{long}b")
