"""Channels and convenings as edges, meetings and hours over one run's holders."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import F8, I8
from stcsim.engine.plan import Gathering, Names, Plan
from stcsim.parameters import Parameters
from stcsim.state.populations import B1
from stcsim.state.state import YEAR_DAYS
from stcsim.structure.arrangements import Channel, Convening

CHAIR_SHARE = 0.25
"""Hours that the chair of a lead-organisation meeting spends per other member, as a share of the meeting.
Assumed."""
ALL_CATEGORIES = (1 << len(CATEGORIES)) - 1
OPEN_AND_COMMERCIAL = (1 << HANDLINGS.index("open")) | (1 << HANDLINGS.index("commercial"))


def edges_of(channels: list[Channel], names: Names) -> tuple[I8, I8, F8, I8, I8, B1, B1, I8, B1, B1, B1]:
    """Return channels as the edge arrays of a plan, in their order there."""
    known = [
        c
        for c in channels
        if c.source in names.holders and c.target in names.holders and c.source != c.target
    ]
    whole = np.array
    return (
        whole([names.holders[c.source] for c in known], dtype=np.int64),
        whole([names.holders[c.target] for c in known], dtype=np.int64),
        whole([c.mean_delay_days for c in known], dtype=np.float64),
        whole([sum(1 << CATEGORIES.index(x) for x in c.categories) for c in known], dtype=np.int64),
        whole([sum(1 << HANDLINGS.index(x) for x in c.handling) for c in known], dtype=np.int64),
        whole([c.vetting for c in known], dtype=np.bool_),
        whole([c.answers for c in known], dtype=np.bool_),
        whole([names.holders.get(c.hub, -1) for c in known], dtype=np.int64),
        np.zeros(len(known), dtype=np.bool_),
        np.zeros(len(known), dtype=np.bool_),
        np.zeros(len(known), dtype=np.bool_),
    )


def convene(plan: Plan, convenings: list[Convening], names: Names, p: Parameters) -> None:
    """Hours, meetings of pairs, and what is passed on at them.

    Among n members shared governance costs ``hours * (1 + link * (n - 1) / 2)`` each, a lead organisation
    ``hours * lead`` each and the chair a share per member more: the first grows with the n(n-1)/2 links,
    the second with n (Provan & Kenis 2008). Principals settle roles and priorities; files are passed on, and
    trust among those who handle them grows, at working level. Where several countries meet, the bodies of the
    chair's country are at home, whether the chair is a member or not; bodies without a country are at home
    everywhere, so meeting them takes no trip. Where travel is paid already, nobody's country pays for one.
    """
    edges: list[tuple[int, int, float]] = []
    traveller: list[tuple[bool, bool]] = []
    for c in convenings:
        members = [names.holders[i] for i in c.members if i in names.holders]
        n = len(members)
        if n < 2 or c.per_year <= 0:
            continue
        if c.form == "shared":
            each = c.hours * (1 + p.coordination.shared_link_hours * (n - 1) / 2)
        else:
            each = c.hours * p.coordination.lead_factor
        rows = np.array(members)
        chair = names.holders.get(c.chair, -1)
        away = not c.travel_paid and len({names.holder_country[i] for i in members} - {-1}) > 1
        host = names.holder_country[chair] if chair >= 0 else -1
        abroad = {i for i in (*members, chair) if away and (host < 0 or names.holder_country[i] != host)}
        guests = [i for i in members if i in abroad and names.holder_country[i] >= 0]
        plan.trips[guests] += c.per_year
        travels = np.array([i in abroad for i in members], dtype=np.bool_)
        here, there = rows[~travels], rows[travels]
        plan.convenings[rows] += c.per_year
        plan.meeting_hours[here] += each * c.per_year
        plan.away_hours[there] += each * c.per_year
        if c.form == "lead" and chair >= 0:
            hours = plan.away_hours if chair in abroad else plan.meeting_hours
            hours[chair] += c.hours * CHAIR_SHARE * (n - 1) * c.per_year
        if not c.content:
            continue
        if {names.holder_kind[i] for i in members} >= {"agency", "partner"}:
            plan.belonging[here] += c.per_year
            plan.away_belonging[there] += c.per_year
        heads = c.level == "principals"
        plan.gatherings.append(Gathering(rows, travels, c.per_year, heads))
        if heads:
            continue
        plan.meetings[np.ix_(here, here)] += c.per_year
        plan.away_meetings[np.ix_(there, there)] += c.per_year
        plan.mixed_meetings[np.ix_(here, there)] += c.per_year
        if c.form == "shared" or chair < 0:
            pairs = [(u, v) for u in members for v in members if u != v]
        else:
            pairs = [(u, v) for w in members if w != chair for u, v in ((chair, w), (w, chair))]
        edges.extend((u, v, YEAR_DAYS / c.per_year) for u, v in pairs)
        traveller.extend((u in abroad, v in abroad) for u, v in pairs)
    np.fill_diagonal(plan.meetings, 0.0)
    np.fill_diagonal(plan.away_meetings, 0.0)
    if edges:
        k = len(edges)
        plan.edge_from = np.concatenate([plan.edge_from, np.array([e[0] for e in edges], dtype=np.int64)])
        plan.edge_to = np.concatenate([plan.edge_to, np.array([e[1] for e in edges], dtype=np.int64)])
        plan.edge_delay = np.concatenate([plan.edge_delay, np.array([e[2] for e in edges])])
        plan.edge_categories = np.concatenate(
            [plan.edge_categories, np.full(k, ALL_CATEGORIES, dtype=np.int64)]
        )
        plan.edge_handling = np.concatenate(
            [plan.edge_handling, np.full(k, OPEN_AND_COMMERCIAL, dtype=np.int64)]
        )
        plan.edge_vetted = np.concatenate([plan.edge_vetted, np.zeros(k, dtype=np.bool_)])
        plan.edge_answers = np.concatenate([plan.edge_answers, np.zeros(k, dtype=np.bool_)])
        plan.edge_hub = np.concatenate([plan.edge_hub, np.full(k, -1, dtype=np.int64)])
        plan.edge_met = np.concatenate([plan.edge_met, np.ones(k, dtype=np.bool_)])
        ends = np.array(traveller, dtype=np.bool_)
        plan.from_away = np.concatenate([plan.from_away, ends[:, 0]])
        plan.to_away = np.concatenate([plan.to_away, ends[:, 1]])
