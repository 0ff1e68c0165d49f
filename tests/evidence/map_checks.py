"""Checks of the map of an ecosystem: it measures a planted network as it is, and finds planted gaps."""

from __future__ import annotations

import numpy as np

from stcsim.analysis.ecosystem_map import BROKER, ISOLATE, ecosystem_map, weights
from tests.analysis.planted import MISSING, PLANTED, region, scores, symmetric, truth
from tests.conftest import row_seed
from tests.evidence.checking import Checked, check

TRIALS = 8
ENOUGH = 0.8
"""Precision and recall that a map has to have."""


@check
def mapping_recovers_planted_gaps(offset: int) -> Checked:
    """Where each side leaves out a fifth of its links: the least precision and recall over trials."""
    least_recall = least_precision = 1.0
    for trial in range(TRIALS):
        rng = np.random.default_rng(row_seed(f"evidence/planted gaps/{trial}", offset))
        roles, countries = region()
        needed = weights(roles, countries) > 0
        gaps = needed & (symmetric(rng.random(needed.shape)) < PLANTED)
        real = truth(rng, needed, gaps)
        reports = real & (rng.random(real.shape) >= MISSING)
        recall, precision = scores(ecosystem_map(roles, countries, reports).gaps, gaps)
        least_recall, least_precision = min(least_recall, recall), min(least_precision, precision)
    least = float(min(least_recall, least_precision))
    told = (
        f"recall {least_recall:.2f} and precision {least_precision:.2f} at least in {TRIALS} planted networks"
    )
    return least, least >= ENOUGH, told


@check
def mapping_measures(offset: int) -> Checked:
    """One small network whose measures are known by hand, and one whose untold links have to be inferred."""
    del offset  # the small network is written out, and the larger has one fixed seed
    roles = ["customs_headquarters", "regulator", "regulator", "licensing_authority", "media", "regulator"]
    ties = np.zeros((6, 6), dtype=np.bool_)
    for i, j in ((0, 3), (0, 1), (0, 2), (1, 3), (2, 3), (0, 5)):
        ties[i, j] = ties[j, i] = True
    found = ecosystem_map(roles, ["A"] * 5 + ["B"], ties, unreported=0.0)
    needed = weights(roles, ["A"] * 5 + ["B"]) > 0
    rng = np.random.default_rng(1)
    names, homes = region()
    asked = weights(names, homes) > 0
    aside = rng.random(len(names)) < 0.15
    gaps = asked & (aside[:, None] | aside[None, :])
    real = truth(rng, asked, gaps)
    reports = real & (symmetric(rng.random(real.shape)) >= MISSING)
    inferred = ecosystem_map(names, homes, reports, unreported=MISSING).inferred
    recall, _ = scores(inferred, asked & real & ~reports)
    right = {
        "roles": found.position[0] == BROKER and found.position[4] == ISOLATE,
        "influence": int(np.argmax(found.influence)) == 0 and found.influence[4] == 0,
        "gaps": bool(np.array_equal(found.gaps, needed & ~ties)),
        "overlaps": found.overlaps == ((1, 2),),
        "missing links": recall >= ENOUGH,
    }
    told = f"{sum(right.values())} of {len(right)} as planted"
    told += f"; {100 * recall:.0f}% of links that nobody told are inferred"
    wrong = [name for name, so in right.items() if not so]
    return float(sum(right.values())), not wrong, told + (f"; not: {', '.join(wrong)}" if wrong else "")
