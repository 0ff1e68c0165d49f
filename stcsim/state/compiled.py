"""The structure in force, compiled from arrangements and ad hoc ties to arrays that processes read.

Compiled anew when arrangements, trust, law or staff have been asked again (each quarter and whenever a
mechanism starts, takes effect or ends), never inside a process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from stcsim.actors.vocabulary import HANDLINGS
from stcsim.draws import F8, I8
from stcsim.state.populations import B1

CLASSES = 256
"""More than any class of an item of information."""


@dataclass
class Compiled:
    """Arrays over edges, holders, countries and firms of all stacked runs.

    Edges are sorted by sender: those of holder row u stand at ``edge_start[u] : edge_start[u + 1]``.

    Parameters
    ----------
    edge_from, edge_to : holder rows, shape (E,)
    edge_rate : hazard that a reader's item reaches the other end, trust and sender's capacity included, 1/day
    edge_categories, edge_handling : bit masks over CATEGORIES and HANDLINGS
    edge_vetted : whether items are vetted on the way
    edge_crosses : whether it crosses a border
    edge_hours : hours of the sender per exchange
    answer_delay : days over the channel from who answers to each post, inf without a channel for answers,
        shape (posts,)
    answerer : row of the holder that each post asks, at home or abroad, -1 where nobody, shape (posts,)
    linked : whether a channel for answers leads to a body at home, shape (posts,)
    reach_back : competence in commodity identification of who answers, shape (posts,)
    meetings : expected joint meetings a year of the holder with holder j of its run, shape (holders, n)
    meeting_hours : hours a year in convenings, the baseline load of meetings included, shape (holders,)
    belonging : convenings a year of agencies and partners together that the holder takes part in, shape
        (holders,)
    duty_hours : hours a year of duties charged by mechanisms and of follow-up, shape (holders,)
    principals : meetings of principals a year per country, shape (countries,)
    clarifies : meetings a year in which customs and law enforcement of a country sit together, shape
        (countries,)
    referral_customs, referral_licensing : rate at which a case passes to law enforcement over channels from
        customs headquarters and from the licensing authority, 1/day, shape (countries,)
    programme_holder : holder rows that programmes of mechanisms deliver activities to, shape (P,)
    programme_activity : index into CATALOGUE of what is delivered, shape (P,)
    programme_group : number of the programme (distinct over runs) that a row belongs to, shape (P,);
        the seats of each event are shared over the rows of one programme
    programme_events : events a year of the whole programme, equal in its rows, shape (P,)
    programme_donor : row of the donor that pays, -1 where none does, shape (P,)
    programme_fit, programme_price : dose and cost against a tailored one by experts from abroad, shape (P,)
    trainers_trained : people trained as trainers a year by host and competence, shape (holders, 9)
    teach_back : whether new trainers of the host are followed up, shape (holders, 9)
    exchange_from, exchange_to : holder rows whose practices are shown, and who sees them, shape (X,)
    exchange_people : people a year who see them, shape (X,)
    advocacy : campaigns a year in public per country, shape (countries,)
    pool : donors' events a year at which bodies of the country teach, by competence, shape (countries, 9)
    outreach : outreach rate that programmes add to firms, 1/yr, shape (firms,)
    contact : how well a firm is heard where it may tell of a suspicious enquiry, 0 where it knows nobody to
        tell, shape (firms,)
    prelicence, postshipment : checks a year per country, shape (countries,)
    prelicence_hours, postshipment_hours : hours of one check per country, shape (countries,)
    upkeep_money, capture_money : thousand USD a year per country, shape (countries,)
    donor_hours : hours a year that mechanisms ask of donors, per run, shape (runs,)
    national_money, donor_money, industry_money : thousand USD a year per run, shape (runs,)
    """

    edge_from: I8
    edge_to: I8
    edge_rate: F8
    edge_categories: I8
    edge_handling: I8
    edge_vetted: B1
    edge_crosses: B1
    edge_hours: F8
    edge_start: I8
    answer_delay: F8
    answerer: I8
    linked: B1
    reach_back: F8
    meetings: F8
    meeting_hours: F8
    belonging: F8
    duty_hours: F8
    principals: F8
    clarifies: F8
    referral_customs: F8
    referral_licensing: F8
    programme_holder: I8
    programme_activity: I8
    programme_group: I8
    programme_events: F8
    programme_donor: I8
    programme_fit: F8
    programme_price: F8
    trainers_trained: F8
    teach_back: B1
    exchange_from: I8
    exchange_to: I8
    exchange_people: F8
    advocacy: F8
    pool: F8
    outreach: F8
    contact: F8
    prelicence: F8
    postshipment: F8
    prelicence_hours: F8
    postshipment_hours: F8
    upkeep_money: F8
    capture_money: F8
    national_money: F8
    donor_money: F8
    donor_hours: F8
    industry_money: F8
    _edge_local: I8 | None = field(default=None, repr=False, compare=False)

    @cached_property
    def edge_line(self) -> I8:
        """Where the line of each edge's sort starts in a table of sorts by classes of items, shape (E,).

        All edges of one sort carry the same items. Bits of a sort from below: vetted, crosses a border,
        handling, categories.
        """
        lists = self.edge_categories << len(HANDLINGS) | self.edge_handling
        return ((lists << 1 | self.edge_crosses) << 1 | self.edge_vetted) * CLASSES

    def edge_local(self, holders: int) -> I8:
        """Return the index within its run of the holder that each edge leads to, shape (E,)."""
        if self._edge_local is None:
            self._edge_local = self.edge_to % holders
        return self._edge_local

    @cached_property
    def edge_end(self) -> I8:
        """Where the edges of each holder end, shape (holders,)."""
        return self.edge_start[1:]

    @cached_property
    def edge_number(self) -> I8:
        """How many edges leave each holder, shape (holders,)."""
        return np.diff(self.edge_start)

    @cached_property
    def all_pass(self) -> bool:
        """Whether something passes over every edge."""
        return bool((self.edge_rate > 0).all())

    @cached_property
    def any_vetted(self) -> bool:
        """Whether items are vetted on any edge."""
        return bool(self.edge_vetted.any())
