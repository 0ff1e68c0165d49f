"""How long an answer takes, as it is told."""

from __future__ import annotations

import math


def about(time: float) -> str:
    """Return a time in seconds as an estimate reads that may be wrong by half."""
    if time < 90:
        step = 5 if time < 30 else 10
        return f"about {max(step, step * math.ceil(time / step))} seconds"
    if time < 5400:
        return f"about {max(2, round(time / 60))} minutes"
    return f"about {time / 3600:.1f} hours"
