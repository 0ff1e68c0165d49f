"""What holds in every run at every time: one fate for each, bounds, no negative money or hours."""

from __future__ import annotations

from functools import partial

import numpy as np

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.draws import F8, I8, mix
from stcsim.processes.adversary import FURTHER
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks.base import Strain
from stcsim.state.events import STAGES
from stcsim.state.state import State
from stcsim.state.table import EventTable, columns_of

ROUNDING = 1e-9
IN_PROCESS = FATES.index("in_process")
DONE = STAGES.index("done")


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


def unsettled(state: State, spec: ScenarioSpec) -> list[str]:
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
    found += _attempts(state, spec)
    if (cases.col("opportunities") != ours).any():
        found.append("opportunities that are no attempts")
    return found


def _attempts(state: State, spec: ScenarioSpec) -> list[str]:
    """Each occasion of each network is in the table once, and besides only what a conflict added to it then.

    Runs may share a seed and with it their keys, so that what is compared are keys of rows of networks.
    """
    networks, cases = state.networks, state.cases
    ours = cases.col("origin") == ORIGINS.index("adversary")
    network = cases.col("network")[ours]
    held = mix(cases.col("key")[ours], network)
    level = _strain_of_attempts(state, spec, network, cases.col("born")[ours])
    ordinals = np.concatenate([np.arange(n) for n in networks.attempts] or [np.zeros(0, dtype=np.int64)])
    row = np.repeat(np.arange(len(networks.key)), networks.attempts)
    key = mix(networks.key[row], ordinals)
    found = [] if np.isin(mix(key, row), held).all() else ["attempts that are in no table"]
    found += ["attempts that occur twice"] if len(np.unique(held)) != len(held) else []
    known = np.isin(held, mix(key, row))
    for j in range(int(np.ceil(level.max(initial=1.0))) - 1):
        # a second is added to a first alone, a third to a second, and so on
        further = mix(mix(key, FURTHER + j), row)
        known |= np.isin(held, further) & (level > 1 + j)
        there = np.isin(further, held)
        key, row = key[there], row[there]
    return found if known.all() else [*found, "attempts of nobody"]


def _strain_of_attempts(state: State, spec: ScenarioSpec, network: I8, day: F8) -> F8:
    """By how much the conflicts of a scenario multiply what networks try on a day, shape of `network`."""
    home = state.networks.home[network] % state.countries.n
    week = day // 7 - spec.time.warm_up_weeks
    level = np.ones(len(network))
    for shock in spec.all_shocks():
        lasts = (week >= shock.at_week) & (week < shock.at_week + shock.weeks)
        for one in shock.strains():
            if isinstance(one, Strain) and one.drive == "attempts":
                there = home == state.countries.ids.index(one.country) if one.country else True
                level[lasts & there] *= one.factor
    return level


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


def broken_laws(state: State, spec: ScenarioSpec) -> list[str]:
    """Return everything that does not hold in the runs of a scenario."""
    return [
        *out_of_bounds(state),
        *broken_references(state),
        *unsettled(state, spec),
        *negative_accounts(state),
    ]
