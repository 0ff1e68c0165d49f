"""A log that nobody can fill."""

from __future__ import annotations

import logging

from stcsim.dashboard.sparing import MINUTE, PackagesSparing, Sparing


def test_each_has_its_lines_again_in_the_next_minute() -> None:
    now = [0.0]
    sparing = Sparing(2, lambda: now[0])
    assert [sparing.left("one") for _ in range(4)] == [2, 1, 0, 0]
    assert sparing.left("other") == 2
    now[0] = MINUTE
    assert sparing.left("one") == 2


def test_many_names_take_no_memory_without_bound() -> None:
    sparing = Sparing(1, lambda: 0.0)
    assert sum(sparing.left(str(n)) for n in range(5000)) == 1000


def record(name: str, message: str, *words: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, "", 0, message, words, None)


def test_packages_write_a_few_short_lines_and_the_last_says_so() -> None:
    kept = PackagesSparing(records=3, length=100)
    written = [
        one for one in (record("solara.server", "%s", "x" * 999) for _ in range(9)) if kept.filter(one)
    ]
    assert len(written) == 3
    assert all(len(one.getMessage()) < 200 for one in written)
    assert "more of solara is not written" in written[-1].getMessage()
    assert kept.filter(record("uvicorn.error", "100 % of it"))


def test_what_we_say_is_always_written() -> None:
    kept = PackagesSparing(records=1, length=1)
    said = [record("stcsim.dashboard", "reference %s", "A1") for _ in range(5)]
    assert all(kept.filter(one) for one in said)
    assert said[-1].getMessage() == "reference A1"
