"""One replication as a multiple of what it cannot do without: random numbers, and copies of its state."""

from __future__ import annotations

from benchmarks.interleaved import Ratio, Variant, measure
from benchmarks.outcome import Found, number
from benchmarks.settings import Settings


def run(settings: Settings, found: Found) -> None:
    """Measure both."""
    scenario = settings.size("reference_region", "small_region")
    variants = [
        Variant("stcsim", "benchmarks.twins.whole_runs:run", {"scenario": scenario}),
        Variant("floor", "benchmarks.twins.whole_runs:floor", {"scenario": scenario}),
    ]
    ours, floor = measure(variants, settings.rounds)
    ratio, said = Ratio.of(ours, floor), floor.totals[0]
    found.most(
        f"One replication of {scenario} on one core",
        "Generator.random for the numbers that it keys and a copy of each column a step",
        ratio.value,
        8,
        "times",
        f"{ours.median:.2f} and {floor.median:.3f} s; {said['numbers']:,.0f} numbers, {said['steps']:,.0f} "
        f"steps of {said['columns']:.0f} columns; {number(ratio.low)} to {number(ratio.high)}",
    )
