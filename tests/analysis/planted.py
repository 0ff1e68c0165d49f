"""Networks with planted gaps: all ties that roles ask for but some, and a few that nobody asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stcsim.actors.agency import ROLES

B1 = NDArray[np.bool_]
BODIES = (*ROLES, "industry_association", "university", "civil_society", "media")
HOMES = tuple("ABCDEF")
MISSING, PLANTED = 0.2, 0.25


def region() -> tuple[list[str], list[str]]:
    roles = [r for _ in HOMES for r in BODIES] + ["regional_centre"]
    countries = [c for c in HOMES for _ in BODIES] + [""]
    return roles, countries


def symmetric(u: NDArray[np.float64]) -> NDArray[np.float64]:
    upper = np.triu(u, 1)
    return upper + upper.T


def truth(rng: np.random.Generator, needed: B1, gaps: B1) -> B1:
    """All needed ties but the gaps, and a few that no role asks for."""
    extra = ~needed & (symmetric(rng.random(needed.shape)) < 0.03)
    np.fill_diagonal(extra, False)
    return (needed & ~gaps) | extra


def scores(found: B1, planted: B1) -> tuple[float, float]:
    """Recall and precision of gaps."""
    hit = (found & planted).sum()
    return hit / max(1, planted.sum()), hit / max(1, found.sum())
