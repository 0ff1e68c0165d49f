"""Starting columns of the awareness twins, taken from a region of stcsim and written for all of them.

The law is that of `stcsim.processes.firms`: ``dw/dt = (1 - w) (outreach + beta * mean(w of peers)) - delta *
w`` with the peers' mean held over a step of a day, so all variants give the same numbers but for rounding.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from stcsim.engine.engine import Engine
from stcsim.scenario.spec import ScenarioSpec

COUNTRIES = 4
MOVED = 0.5
"""Share of the steady awareness that all variants start from."""


def region_of(firms: int) -> ScenarioSpec:
    """Return a region with so many small firms in four countries."""
    countries = [
        {
            "id": f"C{i}",
            "supply": 1.0,
            "agencies": [{"role": r, "staff": 10.0} for r in ("licensing_authority", "customs_headquarters")],
            "checkpoints": [{"kind": "sea", "traffic": 100_000.0}],
            "firms": [{"firm_class": "sme", "count": firms // COUNTRIES}],
        }
        for i in range(COUNTRIES)
    ]
    raw = {"name": "firms", "time": {"warm_up_weeks": 4, "counted_weeks": 52}, "countries": countries}
    return ScenarioSpec.model_validate_json(json.dumps(raw))


def write_columns(path: Path, firms: int, seed: int = 1) -> None:
    """Write awareness, outreach and peers of firms at the start, and the law's numbers."""
    state = Engine.begin(region_of(firms), [seed]).state
    p = state.at(state.firms).firms
    np.savez(
        path,
        # the state starts where awareness is steady; from half of it, it moves
        awareness=MOVED * state.firms.awareness,
        outreach=state.firms.outreach_own + state.compiled.outreach,
        peers=state.firms.peers,
        contagion=float(p.contagion),
        decay=float(p.awareness_decay),
        dt=1 / 364,
    )
