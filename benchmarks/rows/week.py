"""A week of the reference region, all processes, against plain Mesa that screens one week's trade once."""

from __future__ import annotations

import stcsim
from benchmarks.interleaved import Ratio, Variant, measure
from benchmarks.outcome import Found, number
from benchmarks.settings import Settings

CONSIGNMENTS, CHECKPOINTS = 1e5, 50


def run(settings: Settings, found: Found) -> None:
    """Measure both."""
    scenario = settings.size("reference_region", "small_region")
    time = stcsim.load(scenario).time
    weeks = time.warm_up_weeks + time.counted_weeks
    size = settings.size(CONSIGNMENTS, 1e3)
    variants = [
        Variant(
            "plain Mesa",
            "benchmarks.twins.screening_mesa:build",
            {"consignments": size, "checkpoints": CHECKPOINTS},
        ),
        Variant("stcsim", "benchmarks.twins.whole_runs:run", {"scenario": scenario}, weeks),
    ]
    mesa, ours = measure(variants, settings.rounds)
    found.times(
        f"A week of {scenario} (stcsim.run with warm-up, a {weeks}th part; algorithm)",
        f"tuned plain Mesa screening {size:,.0f} consignments once",
        Ratio.of(mesa, ours),
        100,
        f"{number(mesa.median * 1e3)} and {number(ours.median * 1e3)} ms; whole run "
        f"{ours.median * weeks:.2f} s; other work by design, no totals to compare",
    )
