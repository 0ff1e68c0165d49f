"""Knowledge, practices, skills and tools of each body, and tools that nobody has the skill to use."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stcsim.actors.vocabulary import COMPONENTS, PILLARS
from stcsim.draws import F8, I8
from stcsim.processes.record import PILLAR_INDEX
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State
from stcsim.study.cases import named
from stcsim.study.observing_stack import Stack

SKILLS, TOOLS = COMPONENTS.index("skills"), COMPONENTS.index("tools")
FRONTLINE = HOLDER_KINDS.index("post")
MOST_ROWS = 1_500_000
"""Rows of capacity, over all runs and quarters, that are kept; bodies beyond are left out."""


def watched_bodies(state: State, most: int) -> tuple[I8, int]:
    """Return the holders of a run whose capacity is kept, in order, and how many are left out.

    Bodies with staff that use any competence: agencies and partners, then posts and stretches by traffic,
    until there are `most` rows of pillar and component.
    """
    h, n = state.holders, state.holders.n
    rows = np.zeros(n)
    traffic = np.zeros(n)
    for k in range(len(PILLARS)):
        rows += h.uses[:n, k == PILLAR_INDEX].any(axis=1) * len(COMPONENTS)
    at = state.posts.holder[: state.posts.n]
    traffic[at] = state.posts.traffic[: state.posts.n]
    staffed = np.flatnonzero((h.staff_base[:n] > 0) & (rows > 0))
    order = staffed[np.lexsort((staffed, -traffic[staffed], h.kind[staffed] >= FRONTLINE))]
    fits = np.cumsum(rows[order]) <= most
    return np.sort(order[fits]), int((~fits).sum())


def capacity(state: State, stack: Stack, quarter: int, bodies: I8) -> pd.DataFrame:
    """Return capacity by body, pillar and component of each run, see `Observation`."""
    h, n = state.holders, state.holders.n
    row = (np.arange(stack.runs)[:, None] * n + bodies).reshape(-1)
    uses = h.uses[row]
    staff = np.minimum(h.staff_base[row], 1.0)
    parts = []
    for k, pillar in enumerate(PILLARS):
        mine = k == PILLAR_INDEX
        number = uses[:, mine].sum(axis=1)
        some = np.flatnonzero(number)
        used = uses[some][:, mine, None]
        mean = {
            name: (table[row[some]][:, mine] * used).sum(axis=1) / number[some, None]
            for name, table in (("latent", h.latent), ("captured", h.captured))
        }
        for m, component in enumerate(COMPONENTS):
            parts.append(
                pd.DataFrame(
                    {
                        **stack.columns(row[some] // n),
                        "quarter": quarter,
                        "body": named(row[some] % n, h.ids),
                        "pillar": pillar,
                        "component": component,
                        "latent": mean["latent"][:, m],
                        "captured": mean["captured"][:, m],
                        "weight": number[some] * staff[some],
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def equipment(state: State, stack: Stack, quarter: int, bodies: I8) -> pd.DataFrame:
    """Return tools held, usable and idle of each body of each run, see `Observation`.

    Idle, as in the region's figure: tools above skills, competence by competence.
    """
    h, n = state.holders, state.holders.n
    row = (np.arange(stack.runs)[:, None] * n + bodies).reshape(-1)
    uses = h.uses[row]
    number = uses.sum(axis=1)
    held, skilled = _held(state, row, TOOLS), _held(state, row, SKILLS)
    idle = np.maximum(held - skilled, 0.0)

    def mean(values: F8) -> F8:
        return np.asarray((values * uses).sum(axis=1) / number)

    return pd.DataFrame(
        {
            **stack.columns(row // n),
            "quarter": quarter,
            "body": named(row % n, h.ids),
            "held": mean(held),
            "usable": mean(held - idle),
            "idle": mean(idle),
            "in_use": mean(h.captured[row, :, TOOLS]),
            "weight": number * np.minimum(h.staff_base[row], 1.0),
        }
    )


def _held(state: State, row: I8, component: int) -> F8:
    h = state.holders
    return np.asarray(h.latent[row, :, component] + h.captured[row, :, component])
