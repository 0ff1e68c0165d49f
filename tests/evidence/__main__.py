"""Make the table of evidence: ``python -m tests.evidence``. What was run before is not run again."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.evidence.asking import cells_of, fill, judge, readings
from tests.evidence.judging import VERDICTS, Judged
from tests.evidence.rows import read
from tests.evidence.running import units
from tests.evidence.storing import ROOT, Store
from tests.evidence.table import DEFAULTS, DOCS, PAIRS, SETS, write


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _line(one: Judged) -> str:
    """Return a row's numbers in one line."""
    row, e, cut = one.row, one.effect, one.cut
    parts = [f"{row.id:5} {one.verdict:22} {e.value:+.4f} ({e.low:+.4f} to {e.high:+.4f})"]
    if row.kind == "property":
        parts.append(one.told)
    else:
        parts.append(
            f"expected {'<>'[row.sign > 0] if row.sign else '0'} {row.size:g}, share {one.share:.2f}"
        )
    if cut is not None:
        parts.append(f"cut {cut.value:+.4f} ({cut.low:+.4f} to {cut.high:+.4f})")
    return "  ".join(parts)


def main() -> int:
    """Run what is missing, write both files, and say what cannot be run."""
    asked = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    asked.add_argument("rows", nargs="*", help="beginnings of identifiers; all rows when none is given")
    asked.add_argument("--worlds", type=int, default=SETS, help="sampled sets of assumptions")
    asked.add_argument("--pairs", type=int, default=PAIRS, help="pairs of runs in each of them")
    asked.add_argument(
        "--defaults",
        type=int,
        default=DEFAULTS,
        help="pairs at the defaults; nulls and contrasts of four arms 4 times",
    )
    asked.add_argument("--jobs", type=int, default=2, help="processes")
    asked.add_argument(
        "--store", type=Path, default=ROOT / ".evidence", help="folder of the runs that are kept"
    )
    asked.add_argument(
        "--out", type=Path, help="folder to write to; docs for all rows, else nothing is written"
    )
    given = asked.parse_args()

    rows, problems = read()
    wanted = {
        id_: row for id_, row in rows.items() if not given.rows or any(id_.startswith(r) for r in given.rows)
    }
    for id_, problem in problems.items():
        if not given.rows or any(id_.startswith(r) for r in given.rows):
            _say(f"{id_} cannot be run: {problem}")
    started = time.monotonic()

    def tell(text: str) -> None:
        _say(f"{time.monotonic() - started:7.0f} s  {text}")

    store = Store(given.store)
    sampled = units(range(1, given.worlds + 1), given.pairs)
    chosen = list(wanted.values())
    failed = fill(store, cells_of(chosen, cut=False), sampled, given.jobs, tell)
    for pairs in sorted({row.pairs(given.defaults) for row in chosen}):
        some = [row for row in chosen if row.pairs(given.defaults) == pairs]
        cells = [*cells_of(some, cut=False), *cells_of(some, cut=True)]
        failed |= fill(store, cells, units([0], pairs), given.jobs, tell)
    for cell, error in failed.items():
        _say(f"failed: {cell}: {error}")
    most = units([0], max((row.pairs(given.defaults) for row in chosen), default=0))
    held = readings(store, chosen, [*most, *sampled])
    judged = []
    for row in chosen:
        if any(c in failed for c in (*row.arms.values(), *row.cut.values())):
            continue
        one = judge(row, held, most[: row.pairs(given.defaults)], sampled)
        judged.append(one)
        sys.stdout.write(_line(one) + "\n")
    for verdict in VERDICTS:
        sys.stdout.write(f"{sum(j.verdict == verdict for j in judged):4} {verdict}\n")
    out = given.out or (None if given.rows else DOCS)
    if out is not None and not problems and not failed:
        write(judged, given.worlds, given.pairs, given.defaults, out)
    return 1 if problems or failed else 0


if __name__ == "__main__":
    sys.exit(main())
