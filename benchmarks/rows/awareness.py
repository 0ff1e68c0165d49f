"""Awareness among many firms: plain Mesa with references, and two frameworks in environments of their own."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import environments
from benchmarks.agreement import check_twins
from benchmarks.interleaved import Ratio, Variant, VariantError, measure
from benchmarks.outcome import Found
from benchmarks.settings import Settings
from benchmarks.twins.awareness_columns import write_columns

ROUNDING = 1e-6
"""Relative difference that frameworks may make which hold some numbers in single precision."""
ELSEWHERE = (("mesa-frames", "frames", 20.0), ("starsim", "starsim", 3.0))
"""Peers with environments of their own: package, module, goal."""
DAYS = 4


def run(settings: Settings) -> Found:
    """Measure the peers that can be had."""
    found = Found()
    firms = settings.size(100_000, 2_000)
    ours = Variant("stcsim", "benchmarks.twins.awareness_stcsim:build", {"firms": firms, "days": DAYS}, DAYS)
    work = f"Awareness of {firms:,} firms with 8 peers, a day"
    with tempfile.TemporaryDirectory() as folder:
        columns = Path(folder) / "columns.npz"
        write_columns(columns, firms)
        given = {"columns": str(columns), "days": DAYS}
        mesa = Variant("plain Mesa", "benchmarks.twins.awareness_mesa:build", given, DAYS)
        _compare(found, settings, work, ours, mesa, "plain Mesa with references to peers", 40)
        for package, name, goal in ELSEWHERE:
            python, why = "", "left out on request"
            if settings.own_environments:
                python, why = environments.python_of(package)
            if not python:
                found.left_out(work, package, why)
                continue
            against = f"{package} {environments.version_of(python, package)}"
            peer = Variant(package, f"benchmarks.twins.awareness_{name}:build", given, DAYS, python)
            try:
                _compare(found, settings, work, ours, peer, against, goal)
            except VariantError as error:
                found.left_out(work, against, str(error))
    return found


def _compare(
    found: Found, settings: Settings, work: str, ours: Variant, peer: Variant, against: str, goal: float
) -> None:
    # frames use the processors there are, so time on the wall is what a user waits
    slow, fast = measure([peer, ours], settings.rounds, clock="wall" if peer.python else "processor")
    check_twins([slow, fast], (DAYS, DAYS), ROUNDING)
    said = f"{slow.median * 1e3:,.3g} and {fast.median * 1e3:,.3g} ms"
    found.times(work, against, Ratio.of(slow, fast), goal, said)
