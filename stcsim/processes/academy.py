"""The level from which a region starts, and the national teaching that holds it there.

Without an own academy every holder would forget what it is said to know within a few years, so the yearly
dose is derived from the level instead of being assumed: the given level is its steady state. For tools the
same rate is what the national budget buys anew.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8


def highest(capture: F8, decay_captured: F8, latent_use: Any) -> F8:
    """Return the effective value that an endless dose, wholly latent, would sustain: ``g / h``."""
    held = capture / decay_captured
    return np.asarray((latent_use + held) / (1 + held))


def start(
    e: F8,
    capture: F8,
    decay_latent: F8,
    decay_captured: F8,
    latent_use: Any,
    cap: Any = 0.95,
    immediate: bool = False,
) -> tuple[F8, F8, F8]:
    """Return latent, captured and the yearly dose that makes them a steady state; arguments broadcast.

    With ``B = kappa + D_l``, ``g = phi + kappa/D_x`` and ``h = 1 + kappa/D_x``: ``l = e/g``,
    ``x = l kappa/D_x`` and ``a = e B / (g - e h)``. The dose is wholly latent; under immediate capture it is
    wholly captured, ``x = e`` and ``a = e D_x / (1 - e)``.

    Parameters
    ----------
    e : effective value wanted, taken down to `cap` times the highest that any dose could sustain
    capture : rate at which latent becomes captured, 1/yr
    decay_latent, decay_captured : rates of loss, 1/yr, positive
    latent_use : share of latent capacity that is in use
    cap : share of the highest sustainable value
    immediate : whether doses are captured at once
    """
    if immediate:
        captured = np.minimum(e, cap * np.ones_like(decay_captured))
        return np.zeros_like(captured), captured, captured * decay_captured / (1 - captured)
    kept = np.minimum(e, cap * highest(capture, decay_captured, latent_use))
    held = capture / decay_captured
    latent = kept / (latent_use + held)
    return latent, latent * held, latent * (capture + decay_latent) / (1 - latent * (1 + held))
