"""How much memory and time one run of a scenario takes, from counts alone: asked before anything is made.

The constants are rough: they were fitted to runs of 24 to 522 holders and 300 to 100,000 firms. What they are
for is to refuse what cannot be held, not to predict: a factor of two is no matter.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from math import ceil, log2
from pathlib import Path

from stcsim.actors.firm import AWARENESS, EXPORTS_PER_YEAR
from stcsim.scenario.spec import ScenarioSpec

FIRM_BYTES = 600
"""Columns of a firm, and the temporaries of the process that reads them."""
HOLDER_BYTES = 4_000
"""Columns of a holder: 9 competences of 4 components, five times."""
PAIR_BYTES = 100
"""Trust, recognition, meetings and ties of a pair of holders."""
KNOWN_BYTES = 120
"""What a holder knows of an item: seven columns, and temporaries."""
CASE_BYTES = 700
"""A consignment of interest with its events, kept to the end in tables that double as they fill."""
BASE_BYTES = 150e6
"""The interpreter with its libraries."""

STEP_SECONDS = 5e-3
"""Calls of one step, whatever the size."""
FIRM_SECONDS = 2e-7
"""A firm in a step."""
PAIR_SECONDS = 1e-8
"""A pair of holders in a step."""
KNOWN_SECONDS = 3e-8
"""A holder and an item in a step, sub-steps included."""
CASE_SECONDS = 1e-5
"""A consignment of interest, once."""

MEMORY_SHARE = 0.7
"""Share of the machine's memory that one run may take."""
LONGEST_HOURS = 24.0
"""A run that would take longer is refused."""


@dataclass(frozen=True)
class Size:
    """Estimate for one run of one arm.

    Parameters
    ----------
    holders, firms : in the region
    items : information items alive at a time
    cases : consignments of interest over the whole run
    steps : steps, warm-up included
    memory : bytes
    seconds : on one core
    """

    holders: int
    firms: int
    items: int
    cases: int
    steps: int
    memory: float
    seconds: float


def holder_count(spec: ScenarioSpec) -> int:
    """Return the number of holders, posts and stretches alike counted each."""
    at_home = sum(
        len(c.agencies)
        + len(c.partners)
        + sum(p.count for p in c.checkpoints)
        + sum(s.count for s in c.stretches)
        for c in spec.countries
    )
    return at_home + len(spec.partners)


def _exports_per_year(spec: ScenarioSpec) -> tuple[float, float]:
    """Return the controlled exports a year of all firms, and those of them that are recognised as such."""
    sent = recognised = 0.0
    for firms in (f for c in spec.countries for f in c.firms):
        rate, aware = firms.exports_per_year, firms.awareness
        rate = EXPORTS_PER_YEAR[firms.firm_class] if rate is None else rate
        sent += firms.count * rate
        recognised += firms.count * rate * (AWARENESS[firms.firm_class] if aware is None else aware)
    return sent, recognised


def _violations_per_year(spec: ScenarioSpec) -> float:
    """Return an upper bound of consignments of interest a year: attempts, and exports not recognised."""
    attempts = spec.parameters.adversary.attempts
    tried = sum(attempts if n.attempts is None else n.attempts for n in spec.networks)
    sent, recognised = _exports_per_year(spec)
    # Of those that know, some evade: a fifth is the high end.
    return tried + sent - 0.8 * recognised


def _items_alive(spec: ScenarioSpec) -> float:
    p, q = spec.parameters.information, spec.parameters.licensing
    births = p.intelligence_rate * (len(spec.countries) + p.home_weight) + p.civil_society_rate
    fronts = sum(n.fronts * births / n.skill for n in spec.networks)
    attempts = spec.parameters.adversary.attempts
    losses = 0.3 * sum(attempts if n.attempts is None else n.attempts for n in spec.networks)
    # Honest applications that are refused become denials; most that is recognised is applied for.
    denials = _exports_per_year(spec)[1] * (1 - q.general_share) * q.false_refusal
    return p.item_life * (fronts + losses + denials)


def size(spec: ScenarioSpec) -> Size:
    """Return what one run of `spec` takes."""
    holders = holder_count(spec)
    firms = sum(f.count for c in spec.countries for f in c.firms)
    weeks = spec.time.warm_up_weeks + spec.time.counted_weeks
    steps = weeks * 7 // spec.time.step_days
    cases = ceil(_violations_per_year(spec) * weeks / 52)
    # Slots of items double when they run out.
    items = 2 ** ceil(log2(max(64.0, _items_alive(spec))))
    memory = (
        BASE_BYTES
        + FIRM_BYTES * firms
        + HOLDER_BYTES * holders
        + PAIR_BYTES * holders**2
        + KNOWN_BYTES * holders * items
        + CASE_BYTES * cases
    )
    per_step = (
        STEP_SECONDS + FIRM_SECONDS * firms + PAIR_SECONDS * holders**2 + KNOWN_SECONDS * holders * items
    )
    return Size(holders, firms, items, cases, steps, memory, steps * per_step + CASE_SECONDS * cases)


def _limits() -> list[float]:
    found: list[float] = []
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        found.append(float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")))
    # A container may be given less than the machine has.
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            found.append(float(Path(name).read_text(encoding="ascii")))
        except (OSError, ValueError):
            continue
    return [limit for limit in found if limit > 0]


def machine_memory() -> float:
    """Return the bytes of memory that this machine, or the container, has; 4 GB where it does not say."""
    return min(_limits(), default=4e9)


def _bytes(number: float) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e9 else f"{number / 1e6:,.0f} MB"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:,.0f} s"
    return f"{seconds / 60:,.0f} min" if seconds < 5400 else f"{seconds / 3600:,.0f} h"


def described(estimate: Size) -> str:
    """Return the estimate in a few words, such as ``about 250 MB and 2 s a run``."""
    return f"about {_bytes(estimate.memory)} and {_time(estimate.seconds)} a run"


def refusal(estimate: Size, memory: float | None = None) -> tuple[str, str] | None:
    """Return why a run of this size is not attempted, with what to do; None where it fits.

    Parameters
    ----------
    memory : bytes that there are; the machine's when not given
    """
    there = machine_memory() if memory is None else memory
    counts = (
        f"{estimate.holders:,} holders, {estimate.firms:,} firms, "
        f"{estimate.cases:,} consignments of interest, {estimate.steps:,} steps"
    )
    if estimate.memory > MEMORY_SHARE * there:
        said = (
            f"one run would take about {_bytes(estimate.memory)} of memory; this machine has {_bytes(there)}"
        )
        return f"{said} ({counts})", "Lower counts, rates or the horizon."
    if estimate.seconds > LONGEST_HOURS * 3600:
        return (
            f"one run would take about {_time(estimate.seconds)} ({counts})",
            "Lower counts or the horizon.",
        )
    return None
