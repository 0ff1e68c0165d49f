"""How goods leave the border: seized, delivered, or let through; and what a delivery still waits for."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import WAYS
from stcsim.draws import F8, I8, Draws
from stcsim.processes.fates import settle
from stcsim.state.events import STAGES
from stcsim.state.state import State, When

AFTER_DELIVERY = WAYS.index("after_delivery")
DELIVERED = STAGES.index("delivered")


def seize(state: State, rows: I8, day: F8 | float, when: When) -> None:
    """Interdict consignments that were recognised."""
    if not len(rows):
        return
    state.cases.recognised[rows] = True
    settle(state.cases, rows, "interdicted_checkpoint", day)
    state.ledger.add("seizures", when.month, state.cases.run[rows])


def let_through(state: State, draws: Draws, rows: I8, day: F8 | float) -> None:
    """Let consignments pass: completed, or delivered under a true licence and diverted later."""
    if not len(rows):
        return
    cases = state.cases
    licensed = (cases.way[rows] == AFTER_DELIVERY) & cases.licensed[rows]
    if not licensed.any():
        settle(cases, rows, "completed", day)
        return
    days = np.broadcast_to(np.asarray(day, dtype=np.float64), rows.shape)
    settle(cases, rows[~licensed], "completed", days[~licensed])
    later = rows[licensed]
    cases.stage[later] = DELIVERED
    cases.due[later] = days[licensed] + days_to_diversion(state, draws, later)


def days_to_diversion(state: State, draws: Draws, rows: I8) -> F8:
    """Return the days between delivery and onward sale, exponential; 0 on all other ways, shape (n,)."""
    cases = state.cases
    wait = np.zeros(len(rows))
    at = ((cases.way[rows] == AFTER_DELIVERY) & cases.licensed[rows]).nonzero()[0]
    if len(at):
        mean = state.values.at(cases.run[rows[at]]).checks.diversion_days
        wait[at] = mean * draws.clock("diversion", cases.key[rows[at]])
    return wait
