"""What holds in every run at every time: one fate for each, bounds, no negative money or hours."""

from __future__ import annotations

from functools import partial

import numpy as np

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.draws import U64, mix
from stcsim.processes.adversary import FURTHER
from stcsim.state.events import STAGES
from stcsim.state.market import Networks
from stcsim.state.state import State
from stcsim.state.table import EventTable, columns_of

ROUNDING = 1e-9
IN_PROCESS = FATES.index("in_process")
DONE = STAGES.index("done")
MOST = 10
"""Times that a conflict may multiply attempts."""


def out_of_bounds(state: State) -> list[str]:
    """Return the columns of populations and items that are outside their declared bounds, or no numbers."""
    found = []
    tables = {name: getattr(state, name) for name in State.POPULATIONS} | {"items": state.items}
    for name, table in tables.items():
        for f in columns_of(table):
            values = getattr(table, f.name)
            low, high = f.metadata["low"], f.metadata["high"]
            if values.dtype.kind == "f" and np.isnan(values).any() and f.name != "next_birth":
                found.append(f"{name}.{f.name} is no number")
            if low is not None and values.size and values.min() < low - ROUNDING:
                found.append(f"{name}.{f.name} {values.min()} below {low}")
            if high is not None and values.size and values.max() > high + ROUNDING:
                found.append(f"{name}.{f.name} {values.max()} above {high}")
    held = state.holders.latent + state.holders.captured
    if held.size and held.max() > 1 + ROUNDING:
        found.append(f"latent and captured are {held.max()}")
    return found


def broken_references(state: State) -> list[str]:
    """Return the columns that refer to rows outside their population or of another run."""
    found = []
    for name in (*State.POPULATIONS, *State.EVENTS):
        table = getattr(state, name)
        for f in columns_of(table):
            refers = f.metadata["refers"]
            if not refers or refers == "runs":
                continue
            read = table.col if isinstance(table, EventTable) else partial(getattr, table)
            rows, run = read(f.name), read("run")
            target = getattr(state, refers)
            run = run.reshape(run.shape + (1,) * (rows.ndim - 1))
            run = np.broadcast_to(run, rows.shape)
            some = rows >= 0
            if some.any() and (rows[some] >= len(target.key)).any():
                found.append(f"{name}.{f.name}")
            elif some.any() and (target.run[rows[some]] != run[some]).any():
                found.append(f"{name}.{f.name} of another run")
    return found


def unsettled(state: State) -> list[str]:
    """Return what contradicts that each consignment is in process, or done with one fate and its day."""
    cases = state.cases
    fate, stage, day = cases.col("fate"), cases.col("stage"), cases.col("fate_day")
    open_ = fate == IN_PROCESS
    found = []
    if not ((fate >= 0) & (fate < len(FATES))).all():
        found.append("unknown fate")
    if ((stage == DONE) == open_).any():
        found.append("a stage that contradicts the fate")
    if np.isnan(day[~open_]).any() or (~np.isnan(day[open_])).any():
        found.append("a fate without its day, or a day without a fate")
    if (day[~open_] < cases.col("born")[~open_] - ROUNDING).any():
        found.append("a fate before birth")
    if len(np.unique(cases.col("key"))) != cases.count and state.runs == 1:
        found.append("two consignments of one key")
    ours = cases.col("origin") == ORIGINS.index("adversary")
    found += _attempts(state.networks, cases.col("key")[ours])
    if (cases.col("opportunities") != ours).any():
        found.append("opportunities that are no attempts")
    return found


def _attempts(networks: Networks, held: U64) -> list[str]:
    """Each occasion is in the table, and besides only those that a conflict adds to one."""
    ordinals = np.concatenate([np.arange(n) for n in networks.attempts] or [np.zeros(0, dtype=np.int64)])
    own = mix(np.repeat(networks.key, networks.attempts), ordinals)
    added = [mix(own, FURTHER + j) for j in range(MOST)]
    found = [] if np.isin(own, held).all() else ["attempts that are in no table"]
    return found if np.isin(held, np.concatenate([own, *added])).all() else [*found, "attempts of nobody"]


SIGNED = {"aid_need"}
"""Sums of correlations, which may be negative."""


def negative_accounts(state: State) -> list[str]:
    """Return the counts, hours and stocks that are negative or no numbers."""
    found = [
        n
        for n, v in state.ledger.counts.items()
        if not (np.isfinite(v).all() and (n in SIGNED or (v >= 0).all()))
    ]
    if not (np.isfinite(state.ledger.hours).all() and (state.ledger.hours >= -ROUNDING).all()):
        found.append("hours")
    found += [n for n, v in state.ledger.snapshots.items() if not np.isfinite(np.array(v)).all()]
    return found


def broken_laws(state: State) -> list[str]:
    """Return everything that does not hold."""
    return [
        *out_of_bounds(state),
        *broken_references(state),
        *unsettled(state),
        *negative_accounts(state),
    ]
