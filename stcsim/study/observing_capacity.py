"""Knowledge, practices, skills and tools of each body, and tools that nobody has the skill to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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
IN_PILLAR: F8 = (PILLAR_INDEX[:, None] == np.arange(len(PILLARS))).astype(np.float64)
"""Whether each competence belongs to each pillar, shape (9, 5)."""


@dataclass
class Capacities:
    """Collects the capacity of bodies over many stacks.

    Parameters
    ----------
    body : holders of a run that are kept, in order, shape (B,)
    left_out : checkpoints for which there was no room
    uses : competences that each uses, shape (B, 9)
    staff : staff of each, at most one, shape (B,)
    runs : stack and quarter of what was noted, in order
    pillars : latent and captured capacity by run, body, pillar and component, shape (2, R, B, 5, 4) each
    tools : tools held, idle and captured by run and body, shape (3, R, B) each
    """

    body: I8
    left_out: int
    uses: F8
    staff: F8
    runs: list[tuple[Stack, int]] = field(default_factory=list)
    pillars: list[F8] = field(default_factory=list)
    tools: list[F8] = field(default_factory=list)

    @classmethod
    def of(cls, state: State, most: int) -> Capacities:
        """Return what to collect: bodies with staff that use any competence.

        Agencies and partners, then posts and stretches by traffic, until there are `most` rows a run and
        quarter.
        """
        h, n = state.holders, state.holders.n
        uses = h.uses[:n].astype(np.float64)
        rows = len(COMPONENTS) * (uses @ IN_PILLAR > 0).sum(axis=1)
        traffic = np.zeros(n)
        traffic[state.posts.holder[: state.posts.n]] = state.posts.traffic[: state.posts.n]
        staffed = np.flatnonzero((h.staff_base[:n] > 0) & (rows > 0))
        order = staffed[np.lexsort((staffed, -traffic[staffed], h.kind[staffed] >= FRONTLINE))]
        fits = np.cumsum(rows[order]) <= most
        body = np.sort(order[fits])
        staff = np.minimum(h.staff_base[body], 1.0)
        return cls(body, int((~fits).sum()), uses[body], staff)

    def quarter(self, state: State, stack: Stack, quarter: int) -> None:
        """Take note of how capacity stands."""
        h, size = state.holders, (stack.runs, state.holders.n, len(PILLAR_INDEX), len(COMPONENTS))
        both = [table.reshape(size)[:, self.body] for table in (h.latent, h.captured)]
        number = np.maximum(self.uses @ IN_PILLAR, 1.0)
        # means over the competences of each pillar that a body uses
        sums = [np.einsum("rbcm,bc,ck->rbkm", table, self.uses, IN_PILLAR) for table in both]
        latent, captured = both
        tools, skills = (latent[..., m] + captured[..., m] for m in (TOOLS, SKILLS))
        idle = np.maximum(tools - skills, 0.0)
        used = np.maximum(self.uses.sum(axis=1), 1.0)
        self.runs.append((stack, quarter))
        self.pillars.append(np.stack(sums) / number[:, :, None])
        self.tools.append(
            np.stack([(t * self.uses).sum(axis=2) / used for t in (tools, idle, captured[..., TOOLS])])
        )

    def capacity(self, ids: Sequence[str]) -> pd.DataFrame:
        """Return capacity by body, pillar and component, see `Observation`."""
        number = self.uses @ IN_PILLAR
        body, pillar = np.nonzero(number)
        m = len(COMPONENTS)
        values = [table[:, :, body, pillar].reshape(2, -1) for table in self.pillars]
        latent, captured = np.concatenate(values, axis=1)
        times = sum(stack.runs for stack, _ in self.runs)
        weight = number[body, pillar] * self.staff[body]
        return pd.DataFrame(
            {
                **self._units(len(body) * m),
                "body": named(np.tile(np.repeat(self.body[body], m), times), ids),
                "pillar": named(np.tile(np.repeat(pillar, m), times), PILLARS),
                "component": named(np.tile(np.arange(m), times * len(body)), COMPONENTS),
                "latent": latent,
                "captured": captured,
                "weight": np.tile(np.repeat(weight, m), times),
            }
        )

    def equipment(self, ids: Sequence[str]) -> pd.DataFrame:
        """Return tools held, usable and idle of each body, see `Observation`.

        Idle, as in the region's figure: tools above skills, competence by competence.
        """
        held, idle, in_use = np.concatenate([t.reshape(3, -1) for t in self.tools], axis=1)
        times = sum(stack.runs for stack, _ in self.runs)
        return pd.DataFrame(
            {
                **self._units(len(self.body)),
                "body": named(np.tile(self.body, times), ids),
                "held": held,
                "usable": held - idle,
                "idle": idle,
                "in_use": in_use,
                "weight": np.tile(self.uses.sum(axis=1) * self.staff, times),
            }
        )

    def _units(self, rows: int) -> dict[str, Any]:
        """Return the columns of runs and quarters, for so many rows of each run."""
        runs = [(stack, quarter) for stack, quarter in self.runs]
        arm = np.concatenate([stack.arm for stack, _ in runs])
        replication = np.concatenate([stack.replication for stack, _ in runs])
        quarter = np.concatenate([np.full(stack.runs, quarter) for stack, quarter in runs])
        return {
            "arm": named(np.repeat(arm, rows), runs[0][0].arms),
            "replication": np.repeat(replication, rows),
            "quarter": np.repeat(quarter, rows),
        }
