"""KPST: bodies put together are the region, arms branch from the same, what has no part has no chart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.charts.capacity import COMPONENTS, PILLARS, body_names, put_together
from stcsim.charts.kpst import captured_change, kpst_chart
from stcsim.charts.kpst_bodies import kpst_bodies_chart
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.study.observation import Observation
from tests.charts.conftest import TRAINING as ARM
from tests.charts.promises import keeps_promises


def _common(seen: Observation, arm: str) -> dict[str, Any]:
    return {"label": seen.arms[arm], "names": body_names(seen.actors), "days": seen.days}


@pytest.mark.parametrize("arm", [BASELINE, ARM])
def test_they_keep_what_every_chart_promises(training: Observation, arm: str) -> None:
    last, common, styles = training.quarters, _common(training, arm), arm_styles(training.arms)
    keeps_promises(
        [
            kpst_chart(training.capacity, arm, last, styles=styles, **common),
            kpst_chart(training.capacity, arm, 0, styles=styles, pillar="enforcement", **common),
            kpst_bodies_chart(training.capacity, arm, last, **common),
            kpst_bodies_chart(training.capacity, arm, last, latent=True, pillar="licensing", **common),
        ]
    )


def test_bodies_put_together_are_the_region(training: Observation) -> None:
    means = put_together(training.capacity, ["arm", "replication", "quarter"])
    both = means.merge(training.region, on=["arm", "replication", "quarter"], suffixes=("", " region"))
    assert len(both) == len(training.region)
    for column in ("captured", "latent"):
        np.testing.assert_allclose(both[column], both[f"{column} region"], rtol=1e-9)


def test_every_part_and_area_has_a_name(training: Observation) -> None:
    assert set(training.capacity["component"]) == set(COMPONENTS)
    assert set(training.capacity["pillar"]) <= set(PILLARS)


def test_a_body_that_has_no_part_in_an_area_has_no_chart(training: Observation) -> None:
    held = training.capacity.groupby("body")["pillar"].agg(set)
    body, areas = next((b, a) for b, a in held.items() if len(a) < len(PILLARS))
    lacking = next(p for p in PILLARS if p not in areas)
    common = _common(training, ARM)
    styles = arm_styles(training.arms)
    assert (
        kpst_chart(training.capacity, ARM, 0, styles=styles, body=str(body), pillar=lacking, **common) is None
    )


def test_arms_do_not_differ_where_they_branch(training: Observation) -> None:
    change = captured_change(training.capacity, ARM, 0)
    assert change.mean == 0
    assert not change.clear
