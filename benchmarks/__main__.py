"""Command line: ``python -m benchmarks [ROW ...]`` measures rows and writes the page of results."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import COMPILED
from benchmarks.outcome import Found, page, text_of
from benchmarks.rows import NAMES
from benchmarks.settings import FEWEST, Settings

RESULTS = Path(__file__).parent / "results.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; return 1 where a line failed, 130 where it was stopped."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(NAMES)}; all when not given")
    asked.add_argument("--rounds", type=int, default=FEWEST, help=f"times each is timed (default: {FEWEST})")
    asked.add_argument("--quick", action="store_true", help="small sizes: tries the code, measures nothing")
    asked.add_argument("--no-environments", action="store_true", help="leave out peers that need their own")
    asked.add_argument("--out", type=Path, default=None, help="page to write (default: results.md, if whole)")
    given = asked.parse_args(arguments)
    if unknown := [name for name in given.rows if name not in NAMES]:
        asked.error(f"no such row: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if given.rounds < 2:
        asked.error("--rounds: at least 2, or there is no spread")
    settings = Settings(given.rounds, given.quick, not given.no_environments)
    out = given.out
    if out is None and not given.rows and not settings.short_of():
        out = RESULTS
    # what was measured so far stands beside the page, so that a run that is stopped costs neither
    part = out and out.with_name(f"{out.name}.part")
    if part is not None:
        try:
            part.write_text("", encoding="utf-8")
        except OSError as error:
            asked.error(f"--out: {error}")
        if out.is_dir():
            part.unlink()
            asked.error(f"--out: {out} is a folder")
    else:
        _write("No page is written: only a whole run writes results.md; --out says where another stands.")
    os.environ.setdefault(COMPILED, "0")
    found: dict[str, Found] = {}
    stopped = False
    for name in given.rows or NAMES:
        started = time.perf_counter()
        one = found[name] = Found(judged=not settings.quick)
        try:
            with one.line(name, ""):
                importlib.import_module(f"benchmarks.rows.{name}").run(settings, one)
        except (KeyboardInterrupt, SystemExit):
            stopped = True
            one.left_out(name, "", "the benchmarks were stopped")
        for line in (*map(text_of, one.lines), *one.remarks):
            _write(line)
        _write(f"  ({name}: {time.perf_counter() - started:.0f} s)")
        if part is not None:
            part.write_text(page(found, settings), encoding="utf-8")
        if stopped:
            _write(f"Stopped. What was measured: {part}" if part else "Stopped.")
            return 130
    if part is not None:
        part.replace(out)
        _write(f"The page: {out}")
    return int(any(one.failed for one in found.values()))


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    # as Ctrl-C does: what was started is ended, and temporary folders go
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
