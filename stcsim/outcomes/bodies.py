"""Who bears the hours of coordination."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.draws import F8, I8
from stcsim.outcomes.coordination import hours_by_holder
from stcsim.outcomes.tables import Tables
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State


@dataclass(frozen=True)
class BodyHours:
    """Rows of a table: hours of coordination by run and body.

    Parameters
    ----------
    run : which of the stacked runs, shape (n,)
    body : role of the body, such as ``customs_headquarters`` or ``sea_post``, length n
    hours : hours per counted year of all bodies of that role together, shape (n,)
    """

    run: I8
    body: tuple[str, ...]
    hours: F8

    def columns(self) -> dict[str, object]:
        """Return the columns by name, as a data frame takes them."""
        return {"run": self.run, "body": list(self.body), "hours": self.hours}


def body_names(state: State) -> tuple[str, ...]:
    """Return what each holder of a run is called when hours are told, length n.

    Agencies and partners by their role or kind, posts and stretches by theirs and what they are.
    """
    holders = state.holders
    roles = [state.roles[r] for r in holders.role[: holders.n]]
    kinds = [HOLDER_KINDS[k] for k in holders.kind[: holders.n]]
    return tuple(
        f"{role}_{kind}" if kind in ("post", "stretch") else role
        for role, kind in zip(roles, kinds, strict=True)
    )


def bodies(tables: Tables) -> BodyHours:
    """Return hours of coordination per counted year, run after run, bodies sorted by name."""
    n = tables.state.holders.n
    of_holder = body_names(tables.state)
    names = sorted(set(of_holder))
    place = {name: i for i, name in enumerate(names)}
    body = np.tile(np.array([place[name] for name in of_holder], dtype=np.int64), tables.runs)
    run = np.repeat(np.arange(tables.runs), n)
    hours = np.bincount(
        run * len(names) + body, weights=hours_by_holder(tables), minlength=tables.runs * len(names)
    )
    return BodyHours(
        run=np.repeat(np.arange(tables.runs), len(names)),
        body=tuple(names) * tables.runs,
        hours=hours.astype(np.float64) / tables.years,
    )
