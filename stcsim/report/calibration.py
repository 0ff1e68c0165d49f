"""A calibration in words: tables for the terminal, and the files that go on with it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence

import pandas as pd

from stcsim.analysis.calibration import NOT_IDENTIFIED, Calibration, PatternResult
from stcsim.pictures.words import number


def parameter_table(found: Calibration) -> pd.DataFrame:
    """Return one row a parameter that was free, those with the largest contraction first."""
    return pd.DataFrame([dataclasses.asdict(p) for p in found.parameters])


def pattern_table(found: Calibration) -> pd.DataFrame:
    """Return one row a pattern, those to fit first."""
    rows = [{**dataclasses.asdict(p), "sources": " ".join(p.sources)} for p in found.patterns]
    return pd.DataFrame(rows)


def calibration_text(found: Calibration) -> str:
    """Return the result as lines of plain text."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Calibration) -> Iterator[str]:
    known = found.identified
    yield (
        f"{found.points:,} points of the prior, {found.kept} kept (worth {found.size:.0f}); "
        f"identified are {len(known)} of {len(found.parameters)} free parameters."
    )
    yield ""
    if known:
        rows = [
            (
                p.path.removeprefix("parameters."),
                number(p.default),
                f"{number(p.prior_low)} to {number(p.prior_high)}",
                f"{number(p.median)} ({number(p.low)} to {number(p.high)})",
                f"{p.contraction:.0%}",
            )
            for p in known
        ]
        yield from _table(("identified", "default", "prior", "posterior (90%)", "contraction"), rows)
    others = len(found.parameters) - len(known)
    yield f"{others} parameters: {NOT_IDENTIFIED}; they keep their ranges."
    free = len(found.parameters)
    yield f"(By chance alone the largest of {free} contractions would reach {found.chance:.0%}.)"
    yield ""
    for role, head in (
        ("fitted", "patterns fitted"),
        ("held out", "patterns held out"),
        ("out of reach", "patterns out of reach of every point, not fitted"),
        ("undefined", "patterns undefined in this scenario"),
    ):
        own = [p for p in found.patterns if p.role == role]
        if own:
            yield from _table(
                (head, "observed", "default", "prior (90%)", "posterior (90%)", ""), _shown(own)
            )
            yield ""
    r = found.recovery
    if math.isfinite(r.coverage):
        yield (
            f"Recovery: of {r.truths} synthetic truths, 90% intervals of identified parameters hold "
            f"{r.coverage:.0%}; medians lie {r.closer:.2f} times as far off as the prior's."
        )
    yield from (f"Note: {note}." for note in found.notes)


def _shown(patterns: Sequence[PatternResult]) -> list[tuple[str, ...]]:
    return [
        (
            p.name,
            f"{number(p.observed)} ± {number(p.error)}",
            number(p.default),
            f"{number(p.prior_low)} to {number(p.prior_high)}",
            f"{number(p.median)} ({number(p.low)} to {number(p.high)})",
            p.words,
        )
        for p in patterns
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
