"""Run time against the volume of trade: it should not matter."""

from __future__ import annotations

from benchmarks.interleaved import Variant, measure
from benchmarks.outcome import Found
from benchmarks.settings import Settings

FLAT = 1.10
"""The slowest volume may take so many times the time of the fastest."""


def run(settings: Settings) -> Found:
    """Measure whole runs of one region that declares more and more."""
    volumes = settings.size((1e3, 1e4, 1e5, 1e6, 1e7, 1e8), (1e3, 1e6))
    weeks = settings.size(104, 4)
    target = "benchmarks.twins.whole_runs:run_of_volume"
    variants = [Variant(f"{v:.0e}", target, {"consignments": v, "weeks": weeks}) for v in volumes]
    timings = measure(variants, settings.rounds)
    medians = [t.median for t in timings]
    said = ", ".join(f"{v:,.0f}: {m * 1e3:,.0f} ms" for v, m in zip(volumes, medians, strict=True))
    found = Found()
    work = (
        f"Run of {weeks} weeks with {volumes[0]:,.0f} to {volumes[-1]:,.0f} consignments a week (algorithm)"
    )
    found.most(work, "the fastest of these volumes", max(medians) / min(medians), FLAT, "times", said)
    return found
