"""Screening: enumerating every consignment against plain Mesa, and counting trade against enumerating it."""

from __future__ import annotations

from benchmarks.agreement import check_twins
from benchmarks.interleaved import Ratio, Timing, Variant, measure
from benchmarks.outcome import Found
from benchmarks.settings import Settings

CHECKPOINTS = 50
MESA, OURS = "benchmarks.twins.screening_mesa:build", "benchmarks.twins.screening_stcsim:build"


def run(settings: Settings) -> Found:
    """Measure both."""
    found = Found()
    size = settings.size(1e5, 1e3)
    mesa, enumerated, _ = _timed(settings, size, settings.size((1, 10, 100), (2, 4, 8)))
    said = f"{mesa.median * 1e3:,.3g} and {enumerated.median * 1e3:,.3g} ms a week"
    work = f"Screening {size:,.0f} consignments at {CHECKPOINTS} checkpoints, all enumerated"
    found.times(work, "tuned plain Mesa", Ratio.of(mesa, enumerated), 60, said)
    size = settings.size(1e6, 1e4)
    mesa, enumerated, counted = _timed(settings, size, settings.size((1, 2, 200), (1, 2, 8)))
    work = f"The same outcomes by counted trade, {size:,.0f} consignments a week (algorithm)"
    said = f"{mesa.median * 1e3:,.3g} and {counted.median * 1e3:,.3g} ms a week"
    found.times(work, "enumeration in tuned plain Mesa", Ratio.of(mesa, counted), 5_000, said)
    ratio = Ratio.of(enumerated, counted)
    said = f"{enumerated.median * 1e3:,.3g} and {counted.median * 1e3:,.3g} ms a week"
    value = f"{ratio.value:,.3g} times ({ratio.low:,.3g} to {ratio.high:,.3g})"
    found.told(work, "enumeration in stcsim", value, said)
    return found


def _timed(settings: Settings, size: float, weeks: tuple[int, int, int]) -> list[Timing]:
    """Return timings of Mesa, of enumerating and of counting, whose totals agree."""
    given = {"consignments": size, "checkpoints": CHECKPOINTS}
    variants = [
        Variant("plain Mesa", MESA, {**given, "weeks": weeks[0]}, weeks[0]),
        Variant("enumerated", OURS, {**given, "weeks": weeks[1], "enumerate_all": True}, weeks[1]),
        Variant("counted", OURS, {**given, "weeks": weeks[2]}, weeks[2]),
    ]
    timings = measure(variants, settings.rounds, before=3)
    check_twins(timings, weeks)
    return timings
