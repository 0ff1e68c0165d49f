"""What one arm's arrangements come to: arrays over one run's holders, to be put together for all runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stcsim.draws import F8, I8
from stcsim.state.populations import B1


@dataclass(frozen=True)
class Names:
    """Index of every identity within a run."""

    holders: Mapping[str, int]
    countries: Mapping[str, int]
    donors: Mapping[str, int]
    groups: Mapping[str, int]
    holder_country: tuple[int, ...]
    holder_kind: tuple[str, ...]
    group_sizes: tuple[int, ...]
    group_country: tuple[int, ...] = ()
    industry: frozenset[str] = frozenset()
    """Identities of industry associations, which pay with industry's money."""


@dataclass(frozen=True)
class Gathering:
    """Convenings with content of one group of holders.

    Parameters
    ----------
    members : who is invited, shape (k,)
    travels : whether each goes to it at its country's cost, shape (k,)
    per_year : how often
    principals : whether leaders meet, or who works on files
    """

    members: I8
    travels: B1
    per_year: float
    principals: bool


@dataclass
class Plan:
    """Arrays over the holders (n), countries (m), donors (d) and groups of firms (g) of one run.

    Edge arrays have one entry a channel or pair that meets; `edge_delay` is in days at full trust,
    `edge_hub` the index of the hub whose dispatch it is part of (-1: none), `edge_met` whether it is a
    meeting (its hours are the meeting's), `from_away` and `to_away` whether that end is away there. Meetings,
    their hours and `belonging` (convenings of agencies and partners together) are apart for those at home and
    those away; `mixed_meetings` have the body at home in the row, the one away in the column. `convenings`
    are those a year that a holder is invited to, `trips` those of them for which it travels. `recognises` has
    one row a pair, who is told and of whom.
    """

    edge_from: I8
    edge_to: I8
    edge_delay: F8
    edge_categories: I8
    edge_handling: I8
    edge_vetted: B1
    edge_answers: B1
    edge_hub: I8
    edge_met: B1
    from_away: B1
    to_away: B1
    meetings: F8
    away_meetings: F8
    mixed_meetings: F8
    meeting_hours: F8
    away_hours: F8
    convenings: F8
    trips: F8
    belonging: F8
    away_belonging: F8
    duty_hours: F8
    gatherings: list[Gathering]
    recognises: I8
    law_on: B1
    law_off: B1
    added: dict[str, F8]
    plan: F8
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
    outreach_seats: F8
    contacts: list[tuple[int, int]]
    checks: dict[str, F8]
    check_hours: dict[str, F8]
    upkeep_money: F8
    capture_money: F8
    participation_money: F8
    national_money: float
    donor_money: float
    donor_hours: float
    industry_money: float
    sees_commitments: B1
    shared_priorities: B1
    assessed: B1
    shared_assessment: B1
    reports: B1
    chairs: B1
    once: dict[tuple[str, str], tuple[bool, float]]

    def pay(self, names: Names, payer: str, thousand_usd: float) -> None:
        """Let a donor, industry or else the country pay so much a year."""
        if payer in names.donors:
            self.donor_money += thousand_usd
        elif payer in names.industry:
            self.industry_money += thousand_usd
        else:
            self.national_money += thousand_usd
