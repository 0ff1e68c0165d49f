"""A whole run of the reference region against an idiomatic plain-Mesa twin of its hottest processes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import stcsim
from benchmarks.agreement import check_twins
from benchmarks.interleaved import Ratio, Timing, Variant, measure
from benchmarks.outcome import Found, number, times
from benchmarks.settings import Settings
from benchmarks.twins.hot_columns import write_world

MESA, OURS = "benchmarks.twins.hot_mesa:build", "benchmarks.twins.hot_stcsim:build"
BEFORE = 3
"""Blocks before the timed ones, for more totals to compare."""


def run(settings: Settings, found: Found) -> None:
    """Measure weeks of the twin, whole runs, and the same processes of stcsim alone, whose totals agree."""
    scenario = settings.size("reference_region", "small_region")
    spec = stcsim.load(scenario)
    whole = spec.time.warm_up_weeks + spec.time.counted_weeks
    weeks = settings.size(4, 1)
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / "world.json"
        write_world(world, spec)
        given = {"world": str(world), "weeks": weeks}
        variants = [
            Variant("plain Mesa", MESA, given, weeks),
            Variant(
                "plain Mesa, plain consignments", MESA, {**given, "agents_as_consignments": False}, weeks
            ),
            Variant("the same processes of stcsim", OURS, {"scenario": scenario, "weeks": weeks}, weeks),
            Variant("stcsim", "benchmarks.twins.whole_runs:run", {"scenario": scenario}, whole),
        ]
        mesa, plain, hot, ours = measure(variants, settings.rounds, before=BEFORE)
    check_twins([mesa, plain, hot], (weeks, weeks, weeks))
    work = f"A week of {scenario}, all processes (a {whole}th of a run with warm-up; algorithm)"
    against = f"plain Mesa of its hottest processes, {weeks} weeks timed"
    said = f"{_said(mesa, ours)}; whole run {ours.median * whole:.2f} s"
    found.times(work, against, Ratio.of(mesa, ours), 100, said)
    consignments = f"{against}, its consignments no agents"
    found.told(work, consignments, times(Ratio.of(plain, ours)), _said(plain, ours))
    work = f"A week of {scenario}, the same processes alone"
    found.told(work, against, times(Ratio.of(mesa, hot)), _said(mesa, hot))
    found.remarks.append(
        "The twin of the whole run states information with the intelligence that feeds it, screening, "
        "exports and attempts, and leaves out all other processes. It starts without any information, so it "
        "carries less than the run does. It enumerates the ordinary trade that stcsim counts; its "
        "consignments are Mesa agents, as is usual, or plain objects, where that is said."
    )


def _said(slow: Timing, fast: Timing) -> str:
    return f"{number(slow.median * 1e3)} and {number(fast.median * 1e3)} ms a week"
