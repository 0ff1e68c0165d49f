"""Awareness among many firms: plain Mesa with references, and two frameworks in environments of their own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks import environments
from benchmarks.agreement import check_twins
from benchmarks.interleaved import Clock, Ratio, Variant, measure
from benchmarks.outcome import Found, number, times
from benchmarks.settings import Settings
from benchmarks.twins.awareness_columns import write_columns

ROUNDING = 1e-6
"""Relative difference that frameworks may make which hold some numbers in single precision."""
ELSEWHERE: tuple[tuple[str, str, dict[str, Any], str, Clock, float | None], ...] = (
    ("mesa-frames", "frames", {}, ", pairs joined", "wall", 20.0),
    ("mesa-frames", "frames", {"joined": False}, ", eight columns gathered", "wall", None),
    ("starsim", "starsim", {}, "", "processor", 3.0),
)
"""Peers with environments of their own: package, module, how it is built, words for it, clock, goal. Frames
use the processors there are, so what a user waits is time on the wall."""
DAYS = 4


def run(settings: Settings, found: Found) -> None:
    """Measure the peers that can be had."""
    firms = settings.size(100_000, 2_000)
    ours = Variant("stcsim", "benchmarks.twins.awareness_stcsim:build", {"firms": firms, "days": DAYS}, DAYS)
    work = f"Awareness of {firms:,} firms with 8 peers, a day"
    with tempfile.TemporaryDirectory() as folder:
        columns = Path(folder) / "columns.npz"
        write_columns(columns, firms)
        given = {"columns": str(columns), "days": DAYS}
        mesa = Variant("plain Mesa", "benchmarks.twins.awareness_mesa:build", given, DAYS)
        against = "plain Mesa with references to peers"
        with found.line(work, against):
            _compare(found, settings, work, ours, mesa, against, 40)
        for package, name, how, words, clock, goal in ELSEWHERE:
            python, why = "", "left out on request"
            if settings.own_environments:
                python, why = environments.python_of(package)
            if not python:
                found.left_out(work, package + words, why)
                continue
            peer = Variant(package, f"benchmarks.twins.awareness_{name}:build", given | how, DAYS, python)
            with found.line(work, package + words):
                against = f"{package} {environments.version_of(python, package)}{words}"
                _compare(found, settings, work, ours, peer, against, goal, clock)


def _compare(
    found: Found,
    settings: Settings,
    work: str,
    ours: Variant,
    peer: Variant,
    against: str,
    goal: float | None,
    clock: Clock = "processor",
) -> None:
    slow, fast = measure([peer, ours], settings.rounds, clock=clock)
    check_twins([slow, fast], (DAYS, DAYS), ROUNDING)
    on_the_wall = " on the wall" if clock == "wall" else ""
    said = f"{number(slow.median * 1e3)} and {number(fast.median * 1e3)} ms{on_the_wall}"
    ratio = Ratio.of(slow, fast)
    if goal is None:
        found.told(work, against, times(ratio), said)
    else:
        found.times(work, against, ratio, goal, said)
