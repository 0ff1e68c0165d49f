"""Mechanisms that come too late: their effect would begin after the end of a run, or after their own."""

from __future__ import annotations

from collections.abc import Iterable

from stcsim.mechanisms import Mechanism
from stcsim.scenario.arms import ResolvedArm


def too_late(mechanism: Mechanism, weeks: int) -> str:
    """Return why a mechanism never takes effect in a run of so many counted weeks; empty where it does.

    Parameters
    ----------
    mechanism : with its dates, in weeks after arms branch
    weeks : counted weeks, numbered from 0
    """
    effect = mechanism.start + mechanism.lead_time
    dates = f"would take effect in week {effect} (start {mechanism.start}, lead time {mechanism.lead_time})"
    if effect >= weeks:
        return f"{dates}, after the last of {weeks} weeks"
    if mechanism.end is not None and mechanism.end <= effect:
        return f"{dates}, but ends in week {mechanism.end}"
    return ""


def late_mechanisms(arms: Iterable[ResolvedArm], weeks: int) -> tuple[str, ...]:
    """Return a warning for each mechanism of some arms that never takes effect, for want of time."""
    found = ((arm, mechanism, too_late(mechanism, weeks)) for arm in arms for mechanism in arm.mechanisms)
    return tuple(warning(arm, mechanism, reason) for arm, mechanism, reason in found if reason)


def warning(arm: ResolvedArm, mechanism: Mechanism, reason: str) -> str:
    """Return a warning in one line."""
    return f"arm '{arm.name}': {mechanism.name} {reason}"
