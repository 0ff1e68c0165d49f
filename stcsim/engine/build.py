"""Build the starting state of one run from a scenario and a seed.

Every number that is not in the file is a keyed draw of the identity it belongs to, so the order of the
file and actors that do nothing change nothing.
"""

from __future__ import annotations

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
from stcsim.scenario.roster import roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.events import Activities, Cases, ClosedFronts, Discoveries, Licences
from stcsim.state.items import Items
from stcsim.state.state import State, Switches
from stcsim.state.values import RunValues


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
    p = parameters if parameters is not None else spec.parameters
    people = roster(spec.model_copy(update={"parameters": p}))
    draws = Draws()
    chosen = switches or Switches(**spec.structure.model_dump())
    roles = tuple(sorted({h.role for h in people.holders}))
    holders = holders_at_start(people, p, roles, seed, draws)
    countries = countries_at_start(people, holders, roles, seed)
    for relation in spec.relations:
        pair = countries.ids.index(relation.source), countries.ids.index(relation.target)
        countries.willing[pair] = relation.willingness
    posts = posts_at_start(people, holders, p, seed, draws)
    set_capacity(people, holders, countries, p, chosen, draws)
    firms = firms_at_start(people, p, seed, draws)
    networks, fronts = networks_at_start(people, posts, p, seed, draws)
    donors = donors_at_start(people, seed)
    months = -(-spec.time.counted_weeks // 4)
    state = State(
        seeds=np.array([seed], dtype=np.int64),
        newest_list=np.zeros(1),
        values=RunValues([p]),
        switches=chosen,
        roles=roles,
        firm_groups=tuple(g.id for g in people.firm_groups),
        options=options_of(posts),
        countries=countries,
        holders=holders,
        posts=posts,
        firms=firms,
        networks=networks,
        fronts=fronts,
        donors=donors,
        technologies=technologies_at_start(spec, people, seed),
        cases=Cases.empty(256),
        licences=Licences.empty(256),
        activities=Activities.empty(256),
        discoveries=Discoveries.empty(256),
        closed_fronts=ClosedFronts.empty(64),
        items=Items.empty(1, holders.n),
        compiled=blank_compiled(holders, posts, countries, firms, 1),
        ledger=Ledger(1, months, holders.n),
    )
    firm_process.start(state, draws)
    return state
