"""The line for Mesa's batches that the documentation shows."""

from __future__ import annotations

import re
from pathlib import Path

import mesa
import pytest

from stcsim import EcosystemModel

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scenarios.md"
OLD_MESA = tuple(int(part) for part in mesa.__version__.split(".")[:2]) < (3, 5)


@pytest.mark.skipif(not OLD_MESA, reason="seeds are an argument of their own here")
def test_the_line_runs_each_arm_with_each_seed() -> None:
    found = re.search(r"`(mesa\.batch_run\([^`]*\))`", PAGE.read_text(encoding="utf-8"))
    assert found is not None
    rows = eval(found[1], {"mesa": mesa, "EcosystemModel": EcosystemModel})
    assert {(row["arm"], row["rng"]) for row in rows} == {
        (arm, seed) for arm in ("baseline", "frontline_channel") for seed in (1, 2)
    }
