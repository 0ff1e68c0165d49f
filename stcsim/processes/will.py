"""Political will: reverts to its base, rises with leadership's engagement, publicised success and incidents.

``dW/dt = r (W0 - W) + (1 - W) (g_e principals + g_s successes + g_i incidents + g_m money)``, stepped by
its exact solution with the drives held over the step. W0, at which it rests, is less where rivals are laxer.
Will sets the share of inspectors for strategic goods, upkeep and authority.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.draws import Draws
from stcsim.processes.champions import will_at_rest
from stcsim.processes.rivalry import given_up
from stcsim.state.populations import DRIVE_INDEX
from stcsim.state.state import State, When

ADVERSARY, SEIZED = ORIGINS.index("adversary"), FATES.index("interdicted_checkpoint")
FADING = 2.0
"""Rate a year at which publicised success and incidents are forgotten. Assumed."""


def step_will(state: State, draws: Draws, when: When) -> None:
    """Move will on by the step."""
    countries, c = state.countries, state.compiled
    p = state.at(countries).will
    _publicity(state, when)
    money = (countries.aid + c.upkeep_money + c.capture_money) / 1000.0
    push = p.gain_engagement * c.principals + p.gain_success * countries.success
    push = push + p.gain_incident * countries.incidents + p.gain_money * money
    push = push + p.gain_advocacy * c.advocacy
    rate = p.reversion + push
    base = np.maximum(will_at_rest(state) - given_up(state), 0.0)
    rest = (p.reversion * base + push) / np.maximum(rate, 1e-12)
    countries.will[:] = rest + (countries.will - rest) * np.exp(-rate * when.dt)


def effective_will(state: State) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return will as it acts now, what shocks take away deducted, shape (countries,)."""
    return state.countries.will * state.countries.strain[:, DRIVE_INDEX["will"]]


def _publicity(state: State, when: When) -> None:
    """Count, with fading memory, seizures of networks' goods and diversions found out, per year."""
    countries, cases = state.countries, state.cases
    size = len(countries.key)
    kept = np.exp(-FADING * when.dt)
    before, after = when.day - when.days, when.day
    rows = cases.current()
    ours = rows[cases.origin.take(rows) == ADVERSARY]
    day, found = cases.fate_day.take(ours), cases.discovered.take(ours)
    fresh = ours[(day >= before) & (day < after)]
    seized = fresh[cases.fate.take(fresh) == SEIZED]
    success = np.bincount(cases.country.take(seized), minlength=size)
    incident = np.bincount(cases.country.take(ours[(found >= before) & (found < after)]), minlength=size)
    countries.success[:] = countries.success * kept + success * (1 - kept) / when.dt
    countries.incidents[:] = countries.incidents * kept + incident * (1 - kept) / when.dt
