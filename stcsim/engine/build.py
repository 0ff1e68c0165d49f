"""Build the starting state of runs from scenarios and seeds.

Every number that is not in the file is a keyed draw of the identity it belongs to, so the order of the
file and actors that do nothing change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.draws import Draws
from stcsim.engine.blank import blank_compiled
from stcsim.engine.institutions import (
    countries_at_start,
    holders_at_start,
    posts_at_start,
    set_capacity,
)
from stcsim.engine.market import (
    donors_at_start,
    firms_at_start,
    networks_at_start,
    options_of,
    technologies_at_start,
)
from stcsim.ledger import Ledger
from stcsim.parameters import Parameters
from stcsim.processes import firms as firm_process
from stcsim.scenario.roster import Roster, roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.events import Activities, Cases, ClosedFronts, Discoveries, Licences
from stcsim.state.items import Items
from stcsim.state.state import State, Switches, stack
from stcsim.state.table import EventTable
from stcsim.state.values import RunValues

Run = tuple[ScenarioSpec, int, Parameters | None]
"""A scenario, the seed that names the potential world, and assumptions (the scenario's where None)."""


def build(
    spec: ScenarioSpec, seed: int, parameters: Parameters | None = None, *, switches: Switches | None = None
) -> State:
    """Return the state of one run at the start of its warm-up.

    Parameters
    ----------
    spec : the scenario
    seed : names the potential world
    parameters : assumptions of this run; the scenario's when not given
    switches : structural alternatives; the scenario's when not given
    """
    return build_runs([(spec, seed, parameters)], switches=switches)


def build_runs(runs: Sequence[Run], *, switches: Switches | None = None) -> State:
    """Return one state that holds several runs at the start of their warm-up, each as it is if built alone.

    Parameters
    ----------
    runs : of scenarios that may differ in what is read from columns of a state alone
    switches : structural alternatives of all; the first scenario's when not given
    """
    draws = Draws()
    chosen = switches or Switches(**runs[0][0].structure.model_dump())
    rosters: dict[tuple[int, int], Roster] = {}
    blank: _Blank | None = None
    states: list[State] = []
    for spec, seed, parameters in runs:
        p = parameters if parameters is not None else spec.parameters
        name = id(spec), id(p)
        if name not in rosters:
            rosters[name] = roster(spec.model_copy(update={"parameters": p}))
        people = rosters[name]
        blank = blank or _Blank.of(spec, len(people.holders))
        states.append(_at_start(spec, people, seed, p, chosen, blank, draws))
    state = stack(states) if len(states) > 1 else states[0]
    state.compiled = blank_compiled(state.holders, state.posts, state.countries, state.firms, state.runs)
    firm_process.start(state, draws)
    return state


@dataclass(frozen=True)
class _Blank:
    """What is empty at the start: the same tables for all runs, which are copied as runs are stacked."""

    events: dict[str, EventTable]
    items: Items
    ledger: Ledger

    @classmethod
    def of(cls, spec: ScenarioSpec, holders: int) -> _Blank:
        months = -(-spec.time.counted_weeks // 4)
        events: dict[str, EventTable] = {
            "cases": Cases.empty(256),
            "licences": Licences.empty(256),
            "activities": Activities.empty(256),
            "discoveries": Discoveries.empty(256),
            "closed_fronts": ClosedFronts.empty(64),
        }
        return cls(events, Items.empty(1, holders), Ledger(1, months, holders))


def _at_start(
    spec: ScenarioSpec,
    people: Roster,
    seed: int,
    p: Parameters,
    switches: Switches,
    blank: _Blank,
    draws: Draws,
) -> State:
    """Return the state of one run before firms have settled and structure was compiled."""
    roles = tuple(sorted({h.role for h in people.holders}))
    holders = holders_at_start(people, p, roles, seed, draws)
    countries = countries_at_start(people, holders, roles, seed)
    for relation in spec.relations:
        pair = countries.ids.index(relation.source), countries.ids.index(relation.target)
        countries.willing[pair] = relation.willingness
    posts = posts_at_start(people, holders, p, seed, draws)
    set_capacity(people, holders, countries, p, switches, draws)
    firms = firms_at_start(people, p, seed, draws)
    networks, fronts = networks_at_start(people, posts, p, seed, draws)
    events: dict[str, Any] = blank.events
    return State(
        seeds=np.array([seed], dtype=np.int64),
        newest_list=np.zeros(1),
        values=RunValues([p]),
        switches=switches,
        roles=roles,
        firm_groups=tuple(g.id for g in people.firm_groups),
        options=options_of(posts),
        countries=countries,
        holders=holders,
        posts=posts,
        firms=firms,
        networks=networks,
        fronts=fronts,
        donors=donors_at_start(people, seed),
        technologies=technologies_at_start(spec, people, seed),
        items=blank.items,
        compiled=blank_compiled(holders, posts, countries, firms, 1),
        ledger=blank.ledger,
        **events,
    )
