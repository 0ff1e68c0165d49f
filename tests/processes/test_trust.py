"""Trust on pairs moves by one law, whether they meet or not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stcsim.draws import Draws
from stcsim.engine.engine import Engine
from stcsim.processes.rows import as_column
from stcsim.processes.trust import step_trust, trust_after
from stcsim.state.state import When
from tests.regions import changed, small_region


@pytest.mark.parametrize("reversions", [(0.3, 0.3), (0.3, 0.7), (0.3, 0.0), (0.0, 0.0)])
def test_the_many_that_do_not_meet_move_by_the_law_to_the_last_bit(reversions: tuple[float, float]) -> None:
    """Worked out with less, for all holders of two runs, of which one may have no reversion at all."""
    spec = small_region(26, 26)
    worlds = [changed(spec.parameters, **{"trust.reversion": each}) for each in reversions]
    state = Engine.begin(spec, [1, 2], worlds).state
    holders, rng = state.holders, np.random.default_rng(5)
    holders.trust[:] = rng.random(holders.trust.shape)
    meetings = np.where(rng.random(holders.trust.shape) < 0.1, rng.integers(1, 20, holders.trust.shape), 0.0)
    state.compiled = replace(state.compiled, meetings=meetings)
    p = state.at(holders).trust
    back = np.asarray(as_column(p.reversion))
    expected = trust_after(
        holders.trust, holders.trust_base, as_column(p.gain) * (meetings + holders.met), back, 91 / 364
    )
    step_trust(state, Draws(), When(91 - 7, 7, 0))
    np.testing.assert_array_equal(holders.trust, expected)
