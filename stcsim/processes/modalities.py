"""What the modality of an activity makes of its dose, capture, seats, cost and ties, per activity and run."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.modality import FACTORS, MODALITIES, MODALITY
from stcsim.draws import F8, I8
from stcsim.parameters import Parameters
from stcsim.state.populations import B1

WAY: I8 = np.array([MODALITIES.index(a.modality) for a in CATALOGUE])
"""Modality of each activity of the catalogue, shape (A,)."""


def _terms(what: str) -> tuple[F8, dict[str, B1]]:
    """Return a factor of each modality where it is a number, and whose it is where a parameter says it."""
    terms = [getattr(MODALITY[name], what) for name in MODALITIES]
    fixed = np.array([1.0 if isinstance(x, str) else x for x in terms])
    names = sorted({x for x in terms if isinstance(x, str)})
    return fixed, {name: np.array([x == name for x in terms]) for name in names}


_TERMS = {what: _terms(what) for what in FACTORS}


def factors(p: Parameters, activity: I8, what: str) -> F8:
    """Return a factor of the modality of each activity, shape of `activity`.

    Parameters
    ----------
    p : parameters, numbers or one value per activity given
    activity : indices into CATALOGUE
    what : ``dose``, ``capture``, ``seats``, ``cost`` or ``ties``
    """
    way = WAY[activity]
    fixed, named = _TERMS[what]
    found = fixed[way]
    for term, those in named.items():
        found = np.where(those[way], getattr(p.modalities, term), found)
    return found


def loads(p: Parameters, runs: int) -> F8:
    """Return what an activity of each modality asks of what a country can absorb, shape (runs, modalities).

    One of a smaller dose takes so much less of it; coaching takes no more than a course.

    Parameters
    ----------
    p : parameters, numbers or one value per run
    """
    found = np.ones((runs, len(MODALITIES)))
    for i, name in enumerate(MODALITIES):
        dose: Any = MODALITY[name].dose
        found[:, i] = np.minimum(getattr(p.modalities, dose) if isinstance(dose, str) else dose, 1.0)
    return found
