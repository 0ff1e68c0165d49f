"""Information in plain Mesa: holders read their mail and pass it on; fronts become known to intelligence.

A message arrives an exponential time after its sender has read it, with the rate of the channel. The first
to arrive counts, which is the law of one accumulated hazard. Mail is opened once a day.
"""

from __future__ import annotations

import heapq
import math
from itertools import count
from typing import TYPE_CHECKING, Any

import mesa

from benchmarks.twins.hot_mesa_trade import YEAR

if TYPE_CHECKING:
    from benchmarks.twins.hot_mesa import Country, Region
    from benchmarks.twins.hot_mesa_sources import Network

READING_WEEKS = 4.0
ACTIVITY, ORIGINATOR = 0.35, 0.2
RELIABILITY = {True: 1.0, False: 0.4}


class Item:
    """A piece of information about a front, or, where it is false, about a namesake.

    Parameters
    ----------
    category, handling : as channels name them
    born : day
    expires : day from which it is stale
    closed : whether a data law keeps it at home
    stopped : whether vetting stops it
    torn : whether a tear-line of it is of use
    """

    __slots__ = (
        "born",
        "category",
        "closed",
        "expires",
        "front",
        "handling",
        "readers",
        "reliability",
        "stopped",
        "torn",
        "true",
    )

    def __init__(self, front: Front, category: str, handling: str, born: float, expires: float) -> None:
        self.front, self.category, self.handling = front, category, handling
        self.born, self.expires = born, expires
        self.true, self.reliability = True, 1.0
        self.closed = self.stopped = self.torn = False
        self.readers: set[Holder] = set()


class Channel:
    """A way from a holder to another."""

    def __init__(self, given: dict[str, Any], target: Holder) -> None:
        self.target = target
        self.rate: float = given["rate"]
        self.categories, self.handling = frozenset(given["categories"]), frozenset(given["handling"])
        self.vetted: bool = given["vetted"]
        self.crosses: bool = given["crosses"]

    def carries(self, item: Item) -> bool:
        """Return whether it carries an item."""
        if item.category not in self.categories or self.rate <= 0:
            return False
        if (self.crosses and item.closed) or (self.vetted and item.stopped):
            return False
        if item.handling in self.handling or (self.vetted and item.torn):
            return True
        return not self.crosses and item.handling != "originator_controlled"


class Holder(mesa.Agent):
    """An agency, partner or post that receives, reads and passes on."""

    def __init__(self, model: Region, given: dict[str, Any]) -> None:
        super().__init__(model)
        self.region = model
        self.agency: bool = given["agency"]
        self.country = model.countries[given["country"]] if given["country"] >= 0 else None
        self.collects: float = given["collects"]
        self.daily = given["reads"] / YEAR
        self.most = max(given["reads"] * READING_WEEKS * 7 / YEAR, 1.0)
        self.credit = 0.0
        self.channels: list[Channel] = []
        self.inbox: list[tuple[float, int, Item]] = []
        self.received: set[Item] = set()
        self.unread: list[Item] = []
        self.false_listings = 0
        self.parties: dict[Front, float] = {}
        self.activities: dict[Network, float] = {}
        self.numbers = count()

    def read_mail(self) -> None:
        """Open what has arrived today and read the most reliable and newest, as far as hours go."""
        tomorrow = self.region.day + 1
        self.credit = min(self.credit + self.daily, self.most)
        while self.inbox and self.inbox[0][0] < tomorrow:
            item = heapq.heappop(self.inbox)[2]
            if item not in self.received and item in self.region.items:
                self.received.add(item)
                self.unread.append(item)
        room = math.floor(self.credit + 1e-9)
        if room < 1 or not self.unread:
            return
        self.unread.sort(key=lambda item: (-item.reliability, -item.born))
        now, self.unread = self.unread[:room], self.unread[room:]
        self.credit -= len(now)
        for item in now:
            self.learn(item, tomorrow)

    def learn(self, item: Item, day: float) -> None:
        """Know what an item says, and pass it on."""
        item.readers.add(self)
        self.region.count("readings")
        if not item.true:
            self.false_listings += 1
        elif item.category == "parties":
            self.parties[item.front] = max(self.parties.get(item.front, 0.0), item.expires)
        else:
            network = item.front.network
            self.activities[network] = max(self.activities.get(network, 0.0), item.expires)
        for channel in self.channels:
            if item not in channel.target.received and channel.carries(item):
                arrives = day + self.random.expovariate(channel.rate)
                channel.target.send(arrives, item)

    def send(self, day: float, item: Item) -> None:
        """Put a message on its way to this holder."""
        heapq.heappush(self.inbox, (day, next(self.numbers), item))

    def knows(self, front: Front | None) -> tuple[bool, bool]:
        """Return whether a front is known by name, and the activities behind it, at the end of the week."""
        if front is None:
            return False, False
        end = self.region.day + 7
        return self.parties.get(front, 0.0) > end, self.activities.get(front.network, 0.0) > end

    def forget(self, item: Item) -> None:
        """Throw out what has gone stale."""
        self.received.discard(item)
        if item in self.unread:
            self.unread.remove(item)
        if not item.true and self in item.readers:
            self.false_listings -= 1


class Front(mesa.Agent):
    """A front company, about which intelligence services and civil society learn in each country."""

    def __init__(self, model: Region, network: Network, country: Country) -> None:
        super().__init__(model)
        self.region = model
        self.network = network
        self.country = country
        p = model.parameters["information"]
        self.information = p
        total = p["intelligence_rate"] + p["civil_society_rate"]
        self.warned = p["civil_society_rate"] / total if total > 0 else 0.0
        self.rates, self.next = [], []
        for there in model.countries:
            rate = total * (p["home_weight"] if there is country else 1.0) / network.skill / YEAR
            self.rates.append(rate)
            self.next.append(self.random.expovariate(rate) if rate > 0 else math.inf)

    def step(self) -> None:
        """Let what is learnt about it in this week become items."""
        end = self.region.day + 7
        for k, country in enumerate(self.region.countries):
            while self.next[k] < end:
                self.be_found(country, self.next[k])
                self.next[k] += self.random.expovariate(self.rates[k])

    def be_found(self, country: Country, day: float) -> None:
        """Let somebody in a country collect, if there is somebody with the time to."""
        chance, p = self.random.random, self.information
        origin = country.intelligence
        if chance() < self.warned:
            bodies, staff = country.warners
            origin = self.random.choices(bodies, staff)[0] if bodies else None
        if origin is None or chance() >= origin.collects:
            return
        activity = chance() < ACTIVITY
        true = activity or chance() >= p["false_share"]
        handling = "open"
        if origin.country is self.country and not self.country.shares_by_itself:
            handling = "own_national"
        if chance() < ORIGINATOR and origin.agency:
            handling = "originator_controlled"
        category = "networks" if activity else "parties"
        item = Item(self, category, handling, day, day + p["item_life"] * YEAR)
        item.true = true
        item.reliability = self.random.gauss(RELIABILITY[true], p["reliability_noise"])
        item.stopped = not true and chance() < p["vetting_removes"]
        item.torn = handling == "originator_controlled" and chance() >= p["tearline_loss"]
        law = origin.country.law if origin.country is not None else frozenset()
        closed = origin.country is not None and "shares_data_on_nationals" not in law
        item.closed = handling == "own_national" and closed
        self.region.items.add(item)
        self.region.count("items_born")
        origin.received.add(item)
        origin.learn(item, day)
