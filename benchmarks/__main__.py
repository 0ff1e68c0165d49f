"""Command line: ``python -m benchmarks [ROW ...]`` measures rows and writes the page of results."""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.agreement import DisagreementError
from benchmarks.interleaved import VariantError
from benchmarks.outcome import Found, page, text_of
from benchmarks.rows import NAMES
from benchmarks.settings import Settings

RESULTS = Path(__file__).parent / "results.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; return 1 where twins disagreed or a row failed."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(NAMES)}; all when not given")
    asked.add_argument("--rounds", type=int, default=5, help="times that each variant is timed (default: 5)")
    asked.add_argument("--quick", action="store_true", help="small sizes: tries the code, measures nothing")
    asked.add_argument("--no-environments", action="store_true", help="leave out peers that need their own")
    asked.add_argument("--out", type=Path, default=None, help="page to write (default: results.md, all rows)")
    given = asked.parse_args(arguments)
    if unknown := [name for name in given.rows if name not in NAMES]:
        asked.error(f"no such row: {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if given.rounds < 2:
        asked.error("--rounds: at least 2, or there is no spread")
    settings = Settings(given.rounds, given.quick, not given.no_environments)
    found, failed = [], False
    for name in given.rows or NAMES:
        started = time.perf_counter()
        try:
            one = importlib.import_module(f"benchmarks.rows.{name}").run(settings)
        except (DisagreementError, VariantError, subprocess.CalledProcessError) as error:
            failed = True
            one = Found()
            one.left_out(name, "", f"{error} {getattr(error, 'stderr', None) or ''}".strip())
        found.append(one)
        for line in (*map(text_of, one.lines), *one.remarks):
            _write(line)
        _write(f"  ({name}: {time.perf_counter() - started:.0f} s)")
    whole = not given.rows and not given.quick
    out = given.out or (RESULTS if whole else None)
    if out is not None:
        out.write_text(page(found, settings.rounds), encoding="utf-8")
        _write(f"The page: {out}")
    return int(failed)


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
