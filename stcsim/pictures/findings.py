"""Titles and sentences that say what was computed."""

from __future__ import annotations

import math
from collections.abc import Callable

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effect, Effects, Interval
from stcsim.pictures.words import capital, counted, percent, signed, span

TOO_FEW = "defined in too few sampled sets"
"""What is said of an effect of which the sampled assumptions say nothing."""


def size(e: Effect, relative: bool, unit: str, *, sampled: bool = False) -> str:
    """Return the mean difference: ``−15%``, or ``+12 hours`` where a share is not defined.

    Parameters
    ----------
    sampled : over sampled sets of assumptions, not over runs
    """
    share = e.world_mean_share if sampled else e.share
    if relative and math.isfinite(share):
        return percent(share)
    return f"{signed(e.world_mean if sampled else e.mean)} {unit}".strip()


def design(effects: Effects) -> str:
    """Return what was compared with what, how often."""
    arms = f"{counted(len(effects.own), 'arm')} against the baseline"
    rivals = f", {len(effects.rivals)} with the same money on staff" if effects.rivals else ""
    worlds = (
        f"{counted(effects.worlds, 'sampled set')} of assumptions"
        if effects.worlds
        else "assumptions not varied"
    )
    return f"{arms}{rivals} · {counted(effects.pairs, 'paired run')} under default assumptions · {worlds}"


def verdict_words(e: Effect) -> str:
    """Return ``clearly lower``, ``probably higher``, ``unclear`` or ``no change``."""
    return f"{e.verdict} {e.direction}" if e.clear else e.verdict


def between(ends: Callable[[bool], Interval], relative: bool, unit: str) -> str:
    """Return an interval: ``−21 to −9%``, or ``+2 to +7 hours`` where one in percent is not defined.

    A percentage has no bounds where the baseline's own mean may be 0, as with few runs; the difference has.

    Parameters
    ----------
    ends : of an `Effect`: its interval as share of the baseline, or in units
    relative : whether it stands beside percentages; otherwise its unit stands there already
    unit : in words
    """
    if relative and all(map(math.isfinite, ends(True))):
        return span(*ends(True), relative=True)
    text = span(*ends(False), relative=False)
    return f"{text} {unit}".strip() if relative and all(map(math.isfinite, ends(False))) else text


def intervals(e: Effect, relative: bool, unit: str) -> str:
    """Return both intervals: ``runs −21 to −9%, assumptions −30 to −2%``."""
    relative = relative and math.isfinite(e.share)
    return f"runs {between(e.runs, relative, unit)}, assumptions {assumed(e, relative, unit)}"


def assumed(e: Effect, relative: bool, unit: str) -> str:
    """Return the interval over assumptions, or why there is none."""
    if e.worlds:
        return between(e.assumptions, relative, unit)
    return TOO_FEW if e.undefined else "not varied"


def mean_over_assumptions(e: Effect, relative: bool, unit: str) -> str:
    """Return the mean over assumptions with the interval behind the word: ``−14% (−22 to −6.0%)``."""
    centre, ends = e.over_worlds(relative)
    if relative and math.isfinite(centre):
        return f"{percent(centre)} ({span(*ends, relative=True)})"
    centre, ends = e.over_worlds(False)
    text = f"{signed(centre)} ({span(*ends, relative=False)})"
    return f"{text} {unit}".strip() if relative else text


def in_one_line(effects: Effects, e: Effect) -> str:
    """Return a row in words: ``Frontline channel clearly lower, −15% (runs …, assumptions …)``."""
    relative = effects.relative(e.outcome)
    unit = unit_words(effects.info(e.outcome).unit)
    return (
        f"{effects.label(e.arm)} {verdict_words(e)}, {size(e, relative, unit)} "
        f"({intervals(e, relative, unit)})"
    )


def across_arms(effects: Effects, outcome: str, *, sampled: bool = False) -> str:
    """Return the title of a picture of one outcome: in how many arms it changes, and where most.

    Rivals are left out: they are the yardstick.

    Parameters
    ----------
    sampled : whether the change that is told is the mean over sampled sets of assumptions, not over runs
    """
    label = capital(effects.info(outcome).label)
    rows = [effects.get(a, outcome) for a in effects.own]
    if not rows:
        return f"{label}: nothing to compare"
    relative = effects.relative(outcome)
    parts: list[str] = []
    for word in ("clearly", "probably"):
        for where in ("lower", "higher"):
            found = [e for e in rows if e.verdict == word and e.direction == where]
            if not found:
                continue
            strongest = max(found, key=lambda e: _strength(e, relative, sampled=sampled))
            unit = unit_words(effects.info(outcome).unit)
            # The word comes from sampled sets; at the defaults the mean may be 0, or on the other side.
            other = not sampled and strongest.worlds > 0 and not _on_side(strongest.mean, where)
            change = size(strongest, relative, unit, sampled=sampled or other)
            if strongest.worlds and not sampled:
                change += " over the sampled sets" if other else " at the defaults"
            if len(rows) == 1:
                parts.append(f"{word} {where} with {effects.label(strongest.arm)} ({change})")
            elif len(found) == 1:
                parts.append(f"{word} {where} only with {effects.label(strongest.arm)} ({change})")
            else:
                parts.append(
                    f"{word} {where} in {len(found)} of {len(rows)} arms, most with "
                    f"{effects.label(strongest.arm)} ({change})"
                )
        if parts:
            break
    if parts:
        return f"{label}: {'; '.join(parts)}"
    if all(e.verdict == "no change" for e in rows):
        return f"{label}: no arm changes it"
    where = counted(len(rows), "arm") if len(rows) != 1 else effects.label(rows[0].arm)
    return f"{label}: no clear change in {where}"


def _on_side(change: float, direction: str) -> bool:
    return change > 0 if direction == "higher" else change < 0


def _strength(e: Effect, relative: bool, *, sampled: bool) -> float:
    x = abs(e.over_worlds(relative)[0] if sampled else e.centre(relative))
    return x if math.isfinite(x) else -1.0
