"""What the twin of the hottest processes starts from, read from a compiled scenario and written as JSON.

Those processes are information with the intelligence that feeds it, screening, exports and attempts. What
they change is written as it stands at the start. What other processes change (competence, will, staff,
awareness, channels) is written as what it comes to, and stays so in both twins. What this scenario does not
use at its start is refused if it should, so that the peer need not know it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, FIRM_CLASSES, HANDLINGS, LAW, WAYS
from stcsim.engine.engine import Engine
from stcsim.processes.adversary import aware_share, heard_share
from stcsim.processes.births import COLLECTED, PARTNER, WARNERS
from stcsim.processes.detention import can_ask, mistaken_share
from stcsim.processes.information import reading_capacity
from stcsim.processes.inspection import inspection_hours, weekly_trade
from stcsim.processes.recognition import officers_skill
from stcsim.processes.register import held_in_spite
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.state import State, Switches

Rows = list[dict[str, Any]]


def write_world(path: Path, spec: ScenarioSpec, seed: int = 1) -> None:
    """Write the start of one run.

    Raises
    ------
    ValueError
        the scenario uses what the twin leaves out
    """
    state = Engine.begin(spec, [seed]).state
    _refuse(state)
    parameters = state.values.runs[0].model_dump(mode="json")
    holders = _holders(state)
    for channel in _channels(state):
        holders[channel.pop("source")]["channels"].append(channel)
    world = {
        "parameters": parameters,
        "countries": _countries(state),
        "holders": holders,
        "posts": _posts(state),
        "firms": _firms(state),
        "networks": _networks(state),
        "fronts": _fronts(state),
        "options": _options(state),
        "ways": list(WAYS),
    }
    path.write_text(json.dumps(world), encoding="utf-8")


def _refuse(state: State) -> None:
    """Refuse what only a longer twin would know."""
    countries, fronts = state.countries, state.fronts
    law = {name: countries.law[:, i] for i, name in enumerate(LAW)}
    used = {
        "switches": state.switches != Switches(),
        "strain": (countries.strain != 1).any(),
        "will above its base": (countries.will > countries.will_base).any(),
        "tiers": law["licence_tiers"].any(),
        "a visible register": law["register_visible"].any(),
        "credit for disclosure": law["disclosure_credit"].any(),
        "technologies": state.technologies.n > 0,
        "lists that lag": (state.newest_list > 0).any(),
        "fronts that are yet to open": (fronts.live_from > 0).any(),
        "items at the start": state.items.alive.any(),
    }
    if refused := [name for name, is_used in used.items() if is_used]:
        raise ValueError(f"the twin does not know {', '.join(refused)}")


def _rows(**columns: Any) -> Rows:
    """Return a dictionary for each row of columns of one length."""
    lists = {k: v.tolist() if isinstance(v, np.ndarray) else list(v) for k, v in columns.items()}
    return [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def _countries(state: State) -> Rows:
    c = state.countries
    laws = [[name for name, holds in zip(LAW, row, strict=True) if holds] for row in c.law]
    # a data law is that of the country itself, not of what is agreed upon it
    shares = c.law_base[:, LAW.index("shares_data_on_nationals")]
    return _rows(
        law=laws,
        shares_by_itself=shares,
        supply=c.supply,
        recruitable=c.recruitable,
        transit_flow=c.transit_flow,
        insider=c.insider,
        aware=aware_share(state),
        heard=heard_share(state),
        intelligence=c.intelligence,
    )


def _holders(state: State) -> Rows:
    h = state.holders
    staff = (h.staff + h.added_analysts) / np.maximum(h.staff_base, 1e-9)
    warns = np.array([role in WARNERS for role in state.roles])[h.role] & (h.kind == PARTNER)
    return _rows(
        country=h.country,
        agency=h.kind == 0,
        warns_with=np.where(warns, h.staff_base, 0.0),
        reads=reading_capacity(state),
        # competence and working time are those of the start
        collects=np.minimum(COLLECTED * staff, 1.0),
        channels=[[] for _ in h.key],
    )


def _channels(state: State) -> Rows:
    c = state.compiled
    return _rows(
        source=c.edge_from,
        target=c.edge_to,
        rate=c.edge_rate,
        categories=[_named(bits, CATEGORIES) for bits in c.edge_categories],
        handling=[_named(bits, HANDLINGS) for bits in c.edge_handling],
        vetted=c.edge_vetted,
        crosses=c.edge_crosses,
    )


def _named(bits: int, names: tuple[str, ...]) -> list[str]:
    return [name for i, name in enumerate(names) if bits >> i & 1]


def _posts(state: State) -> Rows:
    p, h = state.posts, state.holders
    q = state.values.runs[0].detention
    mistakes = q.ambiguous_share * mistaken_share(officers_skill(state), q.detained_by_mistake)
    return _rows(
        holder=p.holder,
        country=p.country,
        stretch=p.stretch,
        traffic=p.traffic,
        trade=weekly_trade(state),
        hours=inspection_hours(state) + p.doubt_hours,
        staffed=p.inspectors + h.added_inspectors[p.holder] > 0,
        patrols=p.patrols * h.available[p.holder],
        targeting=p.targeting,
        skill=officers_skill(state),
        procedures_known=h.procedures_known[p.holder],
        mistakes=mistakes * held_in_spite(state),
        asks=can_ask(state),
        waved=p.waved,
        found=p.found,
        inspected=p.inspected,
        seen=p.seen,
        inspected_share=p.inspected_share,
    )


def _firms(state: State) -> Rows:
    f = state.firms
    return _rows(
        country=f.country,
        broker=f.firm_class == FIRM_CLASSES.index("broker"),
        rate=f.rate,
        awareness=f.awareness,
        compliance=f.compliance,
        programme=f.programme,
    )


def _networks(state: State) -> Rows:
    n = state.networks
    return _rows(home=n.home, rate=n.rate, skill=n.skill, risk=n.risk)


def _fronts(state: State) -> Rows:
    return _rows(network=state.fronts.network, country=state.fronts.country)


def _options(state: State) -> Rows:
    o = state.options
    return _rows(way=[WAYS[w] for w in o.way], post=o.post, country=o.country)
