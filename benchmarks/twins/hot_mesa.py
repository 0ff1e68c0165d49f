"""The hottest processes of a region as a plain Mesa model: objects, references, one agent after the other.

Written as such a model is written: a class for each kind of actor, `AgentSet.do`, events by exponential gaps,
lists and dictionaries held by agents. The law is that of `stcsim`'s phases ``exports``, ``attempts``,
``screening``, ``intelligence`` and ``information``; what other phases change stays as it is at the start.

Left out, which saves the peer work: all other phases; hours spent on passing items on; what is wanted; time
at the licensing authority, where applications end; the files of what is over. Ordinary consignments are
enumerated, where stcsim counts them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mesa

from benchmarks.twins.hot_mesa_information import Channel, Front, Holder, Item
from benchmarks.twins.hot_mesa_sources import Firm, Network, Option
from benchmarks.twins.hot_mesa_trade import Checkpoint, Consignment, PlainConsignment, Stretch
from benchmarks.worker import Block

TOTALS = (
    *("declarations", "inspections", "false_hits", "list_hits", "licit_detained", "held", "seizures"),
    *(
        "inspected_violations",
        "passed",
        "controlled_exports",
        "applications",
        "leaks_by_firms",
        "disclosures",
    ),
    *("violations_of_firms", "knowing", "attempts", "forgone", "reported", "items_born", "readings"),
)


class Country:
    """What its actors share.

    Parameters
    ----------
    given : numbers of `hot_columns`
    """

    def __init__(self, given: dict[str, Any]) -> None:
        self.law = frozenset(given["law"])
        self.shares_by_itself: bool = given["shares_by_itself"]
        self.supply: float = given["supply"]
        self.recruitable: float = given["recruitable"]
        self.transit_flow: float = given["transit_flow"]
        self.insider: float = given["insider"]
        self.aware: float = given["aware"]
        self.heard: float = given["heard"]
        self.intelligence: Holder | None = None
        self.warners: tuple[list[Holder], list[float]] = [], []
        self.checkpoints: tuple[list[Stretch], list[float]] = [], []


class Region(mesa.Model):
    """All actors of a region.

    Parameters
    ----------
    world : what `hot_columns` writes
    agents_as_consignments : whether consignments are agents
    """

    def __init__(self, world: dict[str, Any], seed: int, agents_as_consignments: bool) -> None:
        super().__init__(rng=seed)
        self.day = 0
        self.parameters: dict[str, Any] = world["parameters"]
        self.consignment: Any = Consignment if agents_as_consignments else PlainConsignment
        self.totals = dict.fromkeys(TOTALS, 0)
        self.items: set[Item] = set()
        self.countries = [Country(c) for c in world["countries"]]
        self.holders = self.hold(world)
        self.posts: list[Stretch] = []
        for given in world["posts"]:
            kind = Stretch if given["stretch"] else Checkpoint
            post = kind(self, given, self.holders[given["holder"]])
            self.posts.append(post)
            if not given["stretch"] and given["traffic"] > 0:
                posts, traffic = post.country.checkpoints
                posts.append(post)
                traffic.append(given["traffic"])
        for given in world["firms"]:
            Firm(self, given)
        self.networks = [Network(self, given) for given in world["networks"]]
        for given in world["fronts"]:
            network = self.networks[given["network"]]
            network.fronts.append(Front(self, network, self.countries[given["country"]]))
        self.options = [
            Option(
                given["way"],
                self.posts[given["post"]] if given["post"] >= 0 else None,
                given["post"],
                self.countries[given["country"]] if given["country"] >= 0 else None,
            )
            for given in world["options"]
        ]
        self.ways: list[str] = world["ways"]

    def hold(self, world: dict[str, Any]) -> list[Holder]:
        """Make holders, their channels, and who collects in each country."""
        holders = [Holder(self, given) for given in world["holders"]]
        for holder, given in zip(holders, world["holders"], strict=True):
            holder.channels = [Channel(c, holders[c["target"]]) for c in given["channels"]]
            if given["warns_with"] > 0 and holder.country is not None:
                bodies, staff = holder.country.warners
                bodies.append(holder)
                staff.append(given["warns_with"])
        for country, given in zip(self.countries, world["countries"], strict=True):
            if given["intelligence"] >= 0:
                country.intelligence = holders[given["intelligence"]]
        return holders

    def count(self, name: str, number: int = 1) -> None:
        """Add to a total."""
        self.totals[name] += number

    def step(self) -> None:
        """Take one week."""
        for kind in (Firm, Network, Stretch, Checkpoint, Front):
            if kind in self.agents_by_type:
                self.agents_by_type[kind].do("step")
        week = self.day
        for day in range(week, week + 7):
            self.day = day
            self.agents_by_type[Holder].do("read_mail")
        for item in [item for item in self.items if item.expires <= week]:
            self.items.remove(item)
            self.agents_by_type[Holder].do("forget", item)
        self.day = week + 7


def build(world: str, weeks: int, seed: int = 1, agents_as_consignments: bool = True) -> Block:
    """Return a block of some weeks; each takes the weeks after those of the last.

    Parameters
    ----------
    world : file of `hot_columns.write_world`
    """
    model = Region(json.loads(Path(world).read_text(encoding="utf-8")), seed, agents_as_consignments)

    def block() -> dict[str, float]:
        before = dict(model.totals)
        for _ in range(weeks):
            model.step()
        return {name: float(value - before[name]) for name, value in model.totals.items()}

    return block
