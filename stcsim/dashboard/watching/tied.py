"""Ties of an observation in an order that can be looked up, made once for all who look at them."""

from __future__ import annotations

from functools import lru_cache

from stcsim.analysis.tie_layers import Ties
from stcsim.dashboard.watching.opened import Seen


@lru_cache(maxsize=4)
def ties_of(seen: Seen) -> Ties:
    """Return the ties of what was seen."""
    return Ties.of(seen.observation)
