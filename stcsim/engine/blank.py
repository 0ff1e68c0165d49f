"""A compiled structure in which nobody talks to anybody: what a state has before its first compilation."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.state.compiled import Compiled
from stcsim.state.market import Firms
from stcsim.state.populations import Countries, Holders, Posts


def blank_compiled(holders: Holders, posts: Posts, countries: Countries, firms: Firms, runs: int) -> Compiled:
    """Return arrays of the right shapes, without edges, meetings, programmes or checks."""
    h, k, c = len(holders.key), len(posts.key), len(countries.key)
    none_i = np.zeros(0, dtype=np.int64)
    none_f = np.zeros(0)
    none_b = np.zeros(0, dtype=np.bool_)
    return Compiled(
        edge_from=none_i,
        edge_to=none_i,
        edge_rate=none_f,
        edge_categories=none_i,
        edge_handling=none_i,
        edge_vetted=none_b,
        edge_crosses=none_b,
        edge_hours=none_f,
        edge_start=np.zeros(h + 1, dtype=np.int64),
        answer_delay=np.full(k, np.inf),
        answerer=countries.technical[posts.country] if k else none_i,
        linked=np.zeros(k, dtype=np.bool_),
        reach_back=np.zeros(k),
        meetings=np.zeros((h, holders.n)),
        meeting_hours=np.zeros(h),
        belonging=np.zeros(h),
        duty_hours=np.zeros(h),
        principals=np.zeros(c),
        clarifies=np.zeros(c),
        referral_customs=np.zeros(c),
        referral_licensing=np.zeros(c),
        programme_holder=none_i,
        programme_activity=none_i,
        programme_group=none_i,
        programme_events=none_f,
        programme_donor=none_i,
        programme_fit=none_f,
        programme_price=none_f,
        trainers_trained=np.zeros((h, len(COMPETENCES))),
        teach_back=np.zeros((h, len(COMPETENCES)), dtype=np.bool_),
        exchange_from=none_i,
        exchange_to=none_i,
        exchange_people=none_f,
        advocacy=np.zeros(c),
        pool=np.zeros((c, len(COMPETENCES))),
        outreach=np.zeros(len(firms.key)),
        contact=np.zeros(len(firms.key)),
        prelicence=np.zeros(c),
        postshipment=np.zeros(c),
        prelicence_hours=np.zeros(c),
        postshipment_hours=np.zeros(c),
        upkeep_money=np.zeros(c),
        capture_money=np.zeros(c),
        national_money=np.zeros(runs),
        donor_money=np.zeros(runs),
        donor_hours=np.zeros(runs),
        industry_money=np.zeros(runs),
    )
