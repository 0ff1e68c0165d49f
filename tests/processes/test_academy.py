"""The start of a region is the steady state of its own academies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.processes.academy import highest, start
from stcsim.processes.competence import effective
from stcsim.processes.kinetics import advance, steady_state

LOSS = st.floats(0.01, 3)


@given(st.floats(0, 1), st.floats(0, 3), LOSS, LOSS, st.floats(0, 1), st.booleans())
def test_the_start_is_held_by_its_academy(
    e: float, capture: float, dl: float, dx: float, phi: float, immediate: bool
) -> None:
    if phi + capture < 1e-6:
        return
    rates = [np.array([v]) for v in (capture, dl, dx)]
    latent, captured, own = start(np.array([e]), *rates, phi, 0.95, immediate)
    none = np.zeros(1)
    doses = (none, own) if immediate else (own, none)
    for value, rest in zip((latent, captured), steady_state(*doses, *rates), strict=True):
        assert rest == pytest.approx(value, abs=1e-9)
    for value, later in zip((latent, captured), advance(latent, captured, *doses, *rates, 3.0), strict=True):
        assert later == pytest.approx(value, abs=1e-9)
    cap = 0.95 if immediate else 0.95 * highest(*rates[::2], phi)[0]
    assert effective(latent, captured, phi) == pytest.approx([min(e, cap)], abs=1e-9)
    assert own[0] >= 0


def test_the_highest_is_what_an_endless_dose_sustains() -> None:
    capture, dl, dx = np.array([0.2]), np.array([0.9]), np.array([0.24])
    endless = steady_state(np.array([1e9]), np.zeros(1), capture, dl, dx)
    assert effective(*endless, 0.6) == pytest.approx(highest(capture, dx, 0.6), rel=1e-6)
