"""Run time against the volume of trade: it should not matter."""

from __future__ import annotations

from benchmarks.interleaved import Timing, Variant, measure
from benchmarks.outcome import Found, milliseconds, number
from benchmarks.settings import Settings

FLAT = 1.10
"""The slowest volume may take so many times the time of the fastest."""
INSPECTORS = 2e-4
"""Of each post, for a consignment a week of all: they then inspect 0.7% of trade."""
FIXED = 20.0
ROUNDS = 3
"""Times the usual number: the extremes of six medians are sought, so each has to be sure."""


def run(settings: Settings, found: Found) -> None:
    """Measure whole runs of one region that declares more and more.

    Inspectors grow with trade, so that as many violations are found and followed up at every volume. Where
    they are fixed, little trade is inspected whole, and the run takes longer for what is found: this is told
    beside it.
    """
    volumes = settings.size((1e3, 1e4, 1e5, 1e6, 1e7, 1e8), (1e3, 1e6))
    weeks = settings.size(104, 4)
    target = "benchmarks.twins.whole_runs:run_of_volume"

    def variants(inspectors: list[float]) -> list[Variant]:
        given = [
            {"consignments": v, "weeks": weeks, "inspectors": n}
            for v, n in zip(volumes, inspectors, strict=True)
        ]
        return [Variant(f"{v:.0e}", target, g) for v, g in zip(volumes, given, strict=True)]

    against = "the fastest of these volumes"
    work = (
        f"Run of {weeks} weeks with {volumes[0]:,.0f} to {volumes[-1]:,.0f} consignments a week (algorithm)"
    )
    with found.line(work, against):
        timings = measure(variants([INSPECTORS * v for v in volumes]), ROUNDS * settings.rounds)
        found.most(work, against, _spread(timings), FLAT, "times", _said(volumes, timings))
    work = "The same with as many inspectors at every volume: more is found where little is declared"
    with found.line(work, against):
        fixed = measure(variants([FIXED] * len(volumes)), settings.rounds)
        found.told(work, against, f"{number(_spread(fixed))} times", _said(volumes, fixed))


def _spread(timings: list[Timing]) -> float:
    medians = [t.median for t in timings]
    return max(medians) / min(medians)


def _said(volumes: tuple[float, ...], timings: list[Timing]) -> str:
    each = zip(volumes, timings, strict=True)
    return ", ".join(f"{v:,.0f}: {milliseconds(t.seconds)}" for v, t in each)
