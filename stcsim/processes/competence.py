"""From knowledge, practices, skills and tools to the competence of a holder."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from stcsim.draws import F8
from stcsim.processes.rows import powered

Complements = Literal["ces", "linear", "minimum"]
_COBB_DOUGLAS = 1e-9


def effective(latent: F8, captured: F8, latent_use: Any) -> F8:
    """Return what is in use of each component, ``e = x + phi l``: latent capacity is used in part."""
    return np.asarray(captured + latent_use * latent)


def competence(e: F8, exponent: Any, floor: Any, form: Complements = "ces") -> F8:
    """Return competence from the effective values of the four components.

    ``ces``: the mean of order rho, ``E = (mean of max(e_m, floor)**rho)**(1/rho)`` with equal weights, in
    which components are complements for rho below 0; ``linear``: their mean; ``minimum``: the scarcest.

    Parameters
    ----------
    e : effective values, shape (..., 4)
    exponent : rho, a number or shape (...)
    floor : least value of a component, so that one that is missing does not disable the holder altogether,
        a number or shape (...)
    form : how components combine

    Returns
    -------
    competence in [floor, 1], shape (...)
    """
    raised = np.maximum(e, floor[..., None] if isinstance(floor, np.ndarray) else floor)
    if form == "minimum":
        return np.asarray(raised.min(axis=-1))
    if form == "linear":
        return np.asarray(of_components(raised))
    if not isinstance(exponent, np.ndarray):
        return _power_mean(raised, float(exponent))
    # Each exponent by the same arithmetic as alone, or a run would depend on those that it is stacked with.
    geometric, harmonic = np.abs(exponent) < _COBB_DOUGLAS, exponent == -1.0
    rho = np.where(geometric, 1.0, exponent)
    mean = powered(of_components(powered(raised, rho[..., None])), 1 / rho)
    if geometric.any():
        mean = np.where(geometric, _power_mean(raised, 0.0), mean)
    return np.where(harmonic, _power_mean(raised, -1.0), mean) if harmonic.any() else np.asarray(mean)


def _power_mean(raised: F8, exponent: float) -> F8:
    if exponent == -1.0:
        return np.asarray(1 / of_components(1 / raised))
    if abs(exponent) < _COBB_DOUGLAS:
        return np.asarray(np.exp(of_components(np.log(raised))))
    return powered(of_components(powered(raised, exponent)), 1 / exponent)


def of_components(e: F8) -> F8:
    """Return the mean over the four components, shape (...)."""
    # Written out: the order of a sum over an axis is numpy's own business, and may depend on the other axes.
    return np.asarray((e[..., 0] + e[..., 1] + e[..., 2] + e[..., 3]) / 4)
