"""Memory: bytes a firm while nobody asks for agents, and the reference region over its imports."""

from __future__ import annotations

from benchmarks.interleaved import Variant, measure
from benchmarks.outcome import Found, number
from benchmarks.settings import Settings


def run(settings: Settings, found: Found) -> None:
    """Measure resident memory, each in one process: it hardly differs from one to the next."""
    few, many = settings.size((1_000, 401_000), (1_000, 21_000))
    target = "benchmarks.twins.whole_runs:model_of"
    work = f"Resident memory a firm, {many:,} firms in a Mesa model, no agents asked for"
    against = "a model with few"
    with found.line(work, against):
        variants = [Variant(f"{n} firms", target, {"firms": n}) for n in (few, many)]
        small, large = measure(variants, 2)
        held = (large.built_mb - small.built_mb) * 2**20 / (many - few)
        peak = (large.peak_mb - small.peak_mb) * 2**20 / (many - few)
        said = f"at the peak of a step, temporaries included, {number(peak)} bytes; each in one process"
        found.most(work, against, held, 200, "bytes", said)
    scenario = settings.size("reference_region", "small_region")
    work, against = f"Peak resident memory of a run of {scenario}", "the interpreter with its imports"
    with found.line(work, against):
        target = "benchmarks.twins.whole_runs:run"
        (one,) = measure([Variant(scenario, target, {"scenario": scenario})], 1)
        said = f"{one.peak_mb:.0f} MB in all, {one.imported_mb:.0f} MB after the imports; in one process"
        found.most(work, against, one.peak_mb - one.imported_mb, 150, "MB", said)
