"""Counts of one small run that must not move unless the version of the model does.

To accept a change on purpose: give `stcsim.study.keys.MODEL_VERSION` a new number, then
``python -m tests.golden.test_counts`` writes the counts anew; both belong into one commit with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from stcsim.actors.vocabulary import FATES, WAYS
from stcsim.engine.engine import Engine
from stcsim.scenario.arms import resolve_arms
from stcsim.scenario.loading import load
from stcsim.study.keys import MODEL_VERSION

KEPT = Path(__file__).with_name("counts.json")
ARMS = ("baseline", "frontline_channel", "training_programme", "donor_coordination")
EVENTS = ("licences", "cases_opened", "items_born", "controlled_exports", "false_hits", "licit_detained")


def counts() -> dict[str, object]:
    """Return fates, ways and events of the arms of the small region, as whole numbers."""
    spec = load("small_region").spec
    arms = resolve_arms(ARMS, spec)
    engine = Engine.begin(spec, [20261121]).warm()
    state = engine.branch([0] * len(arms), [a.mechanisms for a in arms]).finish().state
    found: dict[str, object] = {"model_version": MODEL_VERSION}
    for run, arm in enumerate(arms):
        mine = state.cases.col("run") == run
        fates = np.bincount(state.cases.col("fate")[mine], minlength=len(FATES))
        ways = np.bincount(state.cases.col("way")[mine], minlength=len(WAYS))
        found[arm.name] = {
            "fates": dict(zip(FATES, fates.tolist(), strict=True)),
            "ways": dict(zip(WAYS, ways.tolist(), strict=True)),
            "events": {name: round(state.ledger.total(name)[run]) for name in EVENTS},
            "activities": int((state.activities.col("run") == run).sum()),
        }
    return found


def test_counts_move_only_with_the_version_of_the_model() -> None:
    assert counts() == json.loads(KEPT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    KEPT.write_text(json.dumps(counts(), indent=1) + "\n", encoding="utf-8")
