"""Memory: bytes a firm while nobody asks for agents, and the reference region over its imports."""

from __future__ import annotations

from benchmarks.interleaved import Variant, measure
from benchmarks.outcome import Found
from benchmarks.settings import Settings


def run(settings: Settings) -> Found:
    """Measure resident memory."""
    found = Found()
    few, many = settings.size((1_000, 401_000), (1_000, 21_000))
    target = "benchmarks.twins.whole_runs:model_of"
    variants = [Variant(f"{n} firms", target, {"firms": n}) for n in (few, many)]
    small, large = measure(variants, 2)
    held = (large.built_mb - small.built_mb) * 2**20 / (many - few)
    peak = (large.peak_mb - small.peak_mb) * 2**20 / (many - few)
    found.most(
        f"Resident memory a firm, {many:,} firms in a Mesa model, no agents asked for",
        "a model with few",
        held,
        200,
        "bytes",
        f"at the peak of a step, temporaries included, {peak:,.0f} bytes",
    )
    scenario = settings.size("reference_region", "small_region")
    (one,) = measure([Variant(scenario, "benchmarks.twins.whole_runs:run", {"scenario": scenario})], 1)
    found.most(
        f"Peak resident memory of a run of {scenario}",
        "the interpreter with its imports",
        one.peak_mb - one.imported_mb,
        150,
        "MB",
        f"{one.peak_mb:.0f} MB in all, {one.imported_mb:.0f} MB after the imports",
    )
    return found
