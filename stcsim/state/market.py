"""Columns of who trades: firms, procurement networks and their fronts, and technologies that emerge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stcsim.draws import F8, I8
from stcsim.state.populations import B1
from stcsim.state.table import Population, column

I4 = NDArray[np.int32]


@dataclass
class Firms(Population):
    """Exporters, forwarders, carriers, brokers and research organisations."""

    country: I8 = column(refers="countries")
    firm_class: I8 = column("index into FIRM_CLASSES")
    group: I8 = column("index into State.firm_groups")
    rate: F8 = column("1/yr", 0)
    awareness: F8 = column("share", 0, 1)
    programme: B1 = column()
    """Whether the firm has an internal compliance programme."""
    outreach_own: F8 = column("1/yr", 0)
    """Outreach that holds the starting awareness steady."""
    compliance: F8 = column("share", 0, 1)
    """Chance that a recognised export is licensed, as last decided; peers look at it."""
    peers: I4 = column(refers="firms")
    """Rows of peers, shape (rows, peers); -1 where there is none. Half words: most of what a firm takes."""
    next_export: F8 = column("days")
    """Day of the next controlled export."""
    exports: I8 = column("count", 0)
    """Ordinal of the next export: what keys it."""


@dataclass
class Networks(Population):
    """Procurement networks: what they want, what they have felt."""

    home: I8 = column(refers="countries")
    state_linked: B1 = column()
    rate: F8 = column("1/yr", 0)
    skill: F8 = column("multiple", 0)
    wants: B1 = column()
    """Wanted item families, shape (rows, len(FAMILIES))."""
    next_attempt: F8 = column("days")
    attempts: I8 = column("count", 0)
    disrupted_until: F8 = column("days")
    risk: F8 = column("risk", 0, 1)
    """Risk felt per way and per post, shape (rows, ways + posts)."""


@dataclass
class Fronts(Population):
    """Front companies: slots of a network, each refilled some time after it was dropped."""

    network: I8 = column(refers="networks")
    country: I8 = column(refers="countries")
    """Where it is registered."""
    generation: I8 = column("count", 0)
    """How many fronts this slot had before: part of the key of everything about it."""
    live_from: F8 = column("days")
    """Day from which it can be used (in the future while being replaced)."""
    first_used: F8 = column("days")
    """Day of first use, inf when unused."""
    first_known: F8 = column("days")
    """Day on which law enforcement of any country first knew, inf before."""
    hazard: F8 = column("-", 0)
    """Accumulated hazard of being dropped, against one keyed clock."""
    listed: B1 = column()
    """Publicly listed by a licensing authority whose refusals have consequences."""
    next_birth: F8 = column("days")
    """Day on which intelligence about it is next born, shape (rows, countries)."""
    births: I8 = column("count", 0)
    """Ordinal of that birth, shape (rows, countries)."""
    known_until: F8 = column("days")
    """Day until which holder j of the run has a true read item naming it, shape (rows, holders)."""
    denied_until: F8 = column("days")
    """Day until which holder j has read that another state denied it a licence, shape (rows, holders)."""
    network_known_until: F8 = column("days")
    """Day until which holder j has a read item on the activities behind it, shape (rows, holders)."""


@dataclass
class Technologies(Population):
    """Breakout technologies: when they emerge, who wants them, and how far lists have come."""

    country: I8 = column(refers="countries")
    """Where alone it can be had, -1 everywhere."""
    share: F8 = column("share", 0, 1)
    """Share of what networks want from there that is of this technology while it is wanted."""
    emerges: F8 = column("days")
    wanted_until: F8 = column("days")
    drafted: F8 = column("share", 0, 1)
    """Share of the way to the regime's agreement."""
    agreed: F8 = column("days")
    """Day on which the regime agreed to list it, inf before."""
    transposed: F8 = column("share", 0, 1)
    """Share of the way to each national list, shape (rows, countries)."""
    adopted: F8 = column("days")
    """Day on which each national list came to name it, inf before, shape (rows, countries)."""
    known: F8 = column("days")
    """Day on which holder j of the run read a list that names it, inf before, shape (rows, holders)."""
