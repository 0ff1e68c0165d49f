"""How latent and captured capacity move: a linear pair of stocks, solved exactly over a step of any length.

For one component of one competence of one holder, with the free share ``f = 1 - l - x``::

    l' = a_l f - (kappa + D_l) l          acquired and not in use
    x' = a_x f + kappa l - D_x x          in use

where ``a_l`` and ``a_x`` are dose rates (1/yr). Over a time in which nothing decays, a dose ``D`` fills
``1 - exp(-D)`` of what is missing, so what somebody already delivered adds little.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8
from stcsim.parameters import CapacityParameters

RATE_FLOOR = 1e-9
"""Least rate of loss, 1/yr: keeps the steady state defined where a scenario switches a loss off."""
LEAST_SPLIT = 1e-18
"""Added to the square of half the distance of the modes, so that nothing is divided by 0."""
TOOLS = 3
"""Index of tools among the components."""


def decay_rates(p: CapacityParameters, institutionalised: F8, upkeep: F8) -> tuple[F8, F8]:
    """Return the rates at which latent and captured capacity are lost, each of shape (n, 4), 1/yr.

    Leavers take knowledge and skills with them, but for what their unit has institutionalised; practices and
    tools stay. Tools fail once in their life and are restored as far as upkeep is funded.

    Parameters
    ----------
    p : parameters, numbers or one value per row
    institutionalised : share of knowledge and skills that outlives a leaver, shape (n,)
    upkeep : funded share of the upkeep of tools, shape (n,)
    """
    leaving = p.turnover * (1 - institutionalised)
    failing = failing_rate(p, upkeep)
    latent, captured = np.empty((len(leaving), 4)), np.empty((len(leaving), 4))
    latent[:, 0] = latent[:, 2] = np.maximum(p.decay_latent + leaving, RATE_FLOOR)
    latent[:, 1] = np.maximum(p.decay_latent_practices, RATE_FLOOR)
    latent[:, TOOLS] = failing
    captured[:, 0] = captured[:, 2] = np.maximum(p.decay_captured + leaving, RATE_FLOOR)
    captured[:, 1] = np.maximum(p.decay_captured_practices, RATE_FLOOR)
    captured[:, TOOLS] = failing
    return latent, captured


def failing_rate(p: CapacityParameters, upkeep: F8) -> F8:
    """Return the rate at which tools are lost under the funded share of their upkeep, shape (n,), 1/yr."""
    return np.asarray(np.maximum((1 - upkeep) / p.tool_life, RATE_FLOOR))


def steady_state(
    to_latent: F8, to_captured: F8, capture: F8, decay_latent: F8, decay_captured: F8
) -> tuple[F8, F8]:
    """Return latent and captured capacity at rest under constant rates (1/yr); arguments broadcast.

    Rates of loss have to be positive. With ``B = kappa + D_l`` the free share is
    ``f = 1 / (1 + a_l/B + (a_x + kappa a_l/B)/D_x)``, and ``l = f a_l / B``,
    ``x = f (a_x + kappa a_l / B) / D_x``.
    """
    latent = to_latent / (capture + decay_latent)
    captured = (to_captured + capture * latent) / decay_captured
    free = 1 / (1 + latent + captured)
    return latent * free, captured * free


def advance(
    latent: F8,
    captured: F8,
    to_latent: F8,
    to_captured: F8,
    capture: F8,
    decay_latent: F8,
    decay_captured: F8,
    dt: Any,
) -> tuple[F8, F8]:
    """Return latent and captured capacity after `dt` years of constant rates, exactly; arguments broadcast.

    The deviation from the steady state is carried by the exponential of the 2 x 2 matrix of the system,
    ``exp(Mt) = exp(st) (cosh(wt) I + sinh(wt)/w (M - sI))`` with ``s`` half the trace and
    ``w**2 = s**2 - det M`` (a cosine and a sine where that is negative). So one step of a week equals seven
    steps of a day.

    Parameters
    ----------
    latent, captured : shares now, each not negative, together at most 1
    to_latent, to_captured : dose rates into latent and into captured capacity, 1/yr
    capture : rate at which latent becomes captured, 1/yr
    decay_latent, decay_captured : rates of loss, 1/yr, positive
    dt : length of the step, yr
    """
    rest_latent, rest_captured = steady_state(to_latent, to_captured, capture, decay_latent, decay_captured)
    out_latent, out_captured = to_latent + capture + decay_latent, to_captured + decay_captured
    across = capture - to_captured
    gap, mean = out_latent - out_captured, out_latent + out_captured
    gap *= 0.5
    mean *= 0.5
    split = gap * gap - to_latent * across
    root = np.abs(split)
    root += LEAST_SPLIT
    np.sqrt(root, out=root)
    # exp(-mt) cosh(wt) and exp(-mt) sinh(wt)/w, written so that nothing overflows or cancels
    slower, apart = root - mean, root * (-2 * dt)
    slower *= dt
    np.exp(slower, out=slower)
    np.expm1(apart, out=apart)
    even, odd = 0.5 * apart, slower * apart
    even += 1
    even *= slower
    odd /= -2 * root
    turning = split < 0
    if turning.any():
        fading, angle = np.exp(-mean * dt), root * dt
        even = np.where(turning, fading * np.cos(angle), even)
        odd = np.where(turning, fading * np.sin(angle) / root, odd)
    off_latent, off_captured = latent - rest_latent, captured - rest_captured
    # rest + even * off - odd * (of latent), rest + even * off + odd * (of captured)
    new_latent, new_captured = even * off_latent, even * off_captured
    new_latent += rest_latent
    new_captured += rest_captured
    new_latent -= odd * (gap * off_latent + to_latent * off_captured)
    new_captured += odd * (across * off_latent + gap * off_captured)
    # The exact solution stays within these bounds; rounding may leave them by its last bit.
    new_latent = np.minimum(np.maximum(new_latent, 0.0), 1.0)
    return new_latent, np.minimum(np.maximum(new_captured, 0.0), 1.0 - new_latent)
