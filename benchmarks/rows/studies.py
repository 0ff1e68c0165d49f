"""Studies beside their runs: what a run costs that takes no time, there and back and into the folder."""

from __future__ import annotations

from benchmarks.interleaved import Timing, Variant, measure
from benchmarks.outcome import Found, number
from benchmarks.settings import Settings
from benchmarks.twins.stub_study import MONTHS, OUTCOMES

TARGET = "benchmarks.twins.stub_study"
JOBS = 2


def run(settings: Settings, found: Found) -> None:
    """Measure time on the wall, as workers are others' processes; memory in one process."""
    scenario = settings.size("reference_region", "small_region")
    few, many = settings.size((1_200, 6_000), (60, 120))
    for words, dask, goal in (("processes", False, 3), ("workers of Dask", True, 10)):
        work, against = f"A run that takes no time, in a study over {JOBS} {words}", "nothing"
        with found.line(work, against):
            variants = [_study(scenario, runs, dask) for runs in (few, many)]
            small, large = measure(variants, settings.rounds, clock="wall")
            spent = _slope(small, large, few, many)
            said = f"from {few:,} to {many:,} runs of {scenario}, shards included; on the wall"
            found.most(work, against, spent * 1e3, goal, "ms a run", said)
    runs = settings.size(960, 24)
    work, against = f"Writing a run of {OUTCOMES} outcomes x {MONTHS} months into its shard", "nothing"
    with found.line(work, against):
        variants = [
            Variant("a shard", f"{TARGET}:shard", {"scenario": scenario, "runs": n}, n) for n in (48, runs)
        ]
        small, large = measure(variants, settings.rounds, clock="wall")
        said = f"forced to the disk; a shard of {runs} runs, and {number(small.median * 1e3)} ms in one of 48"
        found.most(work, against, large.median * 1e3, 0.7, "ms a run", said)
    few, many = settings.size((1_000, 50_000), (60, 120))
    work, against = f"Peak memory of the process that keeps a study of {many:,} runs", f"one of {few:,}"
    with found.line(work, against):
        variants = [_study(scenario, runs, False) for runs in (few, many)]
        small, large = measure(variants, 1, 0)
        said = f"{number(large.peak_mb)} and {number(small.peak_mb)} MB; runs that take no time"
        found.most(work, against, large.peak_mb - small.peak_mb, 50, "MB", said)


def _study(scenario: str, runs: int, dask: bool) -> Variant:
    arguments = {"scenario": scenario, "runs": runs, "jobs": JOBS, "dask": dask}
    return Variant(f"{runs} runs", f"{TARGET}:study", arguments)


def _slope(small: Timing, large: Timing, few: int, many: int) -> float:
    """Return seconds a run, without what a study takes that has none."""
    return (large.median - small.median) / (many - few)
