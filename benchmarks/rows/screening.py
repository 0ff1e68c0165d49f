"""Screening: enumerating every consignment against plain Mesa, and counting trade against enumerating it."""

from __future__ import annotations

from benchmarks.agreement import check_twins
from benchmarks.interleaved import Ratio, Timing, Variant, measure
from benchmarks.outcome import Found, number, times
from benchmarks.settings import Settings

CHECKPOINTS = 50
MESA, OURS = "benchmarks.twins.screening_mesa:build", "benchmarks.twins.screening_stcsim:build"


def run(settings: Settings, found: Found) -> None:
    """Measure both."""
    size = settings.size(1e5, 1e3)
    work = f"Screening {size:,.0f} consignments at {CHECKPOINTS} checkpoints, all enumerated"
    against = "tuned plain Mesa"
    with found.line(work, against):
        mesa, batch, enumerated, _ = _timed(settings, size, settings.size((1, 1, 10, 100), (2, 2, 4, 8)))
        found.times(work, against, Ratio.of(mesa, enumerated), 60, _said(mesa, enumerated))
        _tell(found, work, "plain Mesa that draws a week's scores from NumPy at once", batch, enumerated)
    size = settings.size(1e6, 1e4)
    work = f"The same outcomes by counted trade, {size:,.0f} consignments a week (algorithm)"
    against = "enumeration in tuned plain Mesa"
    with found.line(work, against):
        mesa, batch, enumerated, counted = _timed(settings, size, settings.size((1, 1, 2, 200), (1, 1, 2, 8)))
        found.times(work, against, Ratio.of(mesa, counted), 5_000, _said(mesa, counted))
        _tell(found, work, "enumeration in plain Mesa that draws a week's scores at once", batch, counted)
        _tell(found, work, "enumeration in stcsim", enumerated, counted)


def _timed(settings: Settings, size: float, weeks: tuple[int, int, int, int]) -> list[Timing]:
    """Return timings of Mesa in two forms, of enumerating and of counting, whose totals agree."""
    given = {"consignments": size, "checkpoints": CHECKPOINTS}
    variants = [
        Variant("plain Mesa", MESA, {**given, "weeks": weeks[0]}, weeks[0]),
        Variant("plain Mesa, drawn at once", MESA, {**given, "weeks": weeks[1], "batch": True}, weeks[1]),
        Variant("enumerated", OURS, {**given, "weeks": weeks[2], "enumerate_all": True}, weeks[2]),
        Variant("counted", OURS, {**given, "weeks": weeks[3]}, weeks[3]),
    ]
    timings = measure(variants, settings.rounds, before=3)
    check_twins(timings, weeks)
    return timings


def _tell(found: Found, work: str, against: str, slow: Timing, fast: Timing) -> None:
    found.told(work, against, times(Ratio.of(slow, fast)), _said(slow, fast))


def _said(slow: Timing, fast: Timing) -> str:
    return f"{number(slow.median * 1e3)} and {number(fast.median * 1e3)} ms a week"
