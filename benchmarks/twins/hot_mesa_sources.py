"""Where consignments of interest come from in plain Mesa: firms that export, and networks that try."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mesa

from benchmarks.twins.hot_mesa_trade import YEAR, Stretch, Violation

if TYPE_CHECKING:
    from benchmarks.twins.hot_mesa import Country, Region
    from benchmarks.twins.hot_mesa_information import Front

DAYS_TO_BORDER = 5.0
NEEDS_FRONT = {"deceive_licensing", "third_country", "after_delivery"}
USES_FRONT = NEEDS_FRONT | {"unlicensed", "unaware_firm"}
APPLIES = {"deceive_licensing", "after_delivery"}
SEEN_AT_POSTS = {"deceive_licensing", "unlicensed", "unaware_firm", "third_country"}
COSTS = {
    "deceive_licensing": "cost_deceive",
    "unlicensed": "cost_unlicensed",
    "unaware_firm": "cost_unaware",
    "third_country": "cost_third_country",
    "open_stretch": "cost_open_stretch",
    "intangible": "cost_intangible",
    "after_delivery": "cost_after_delivery",
    "wait": "cost_wait",
}


class Firm(mesa.Agent):
    """An exporter that recognises what is controlled, or does not, and complies, or does not."""

    def __init__(self, model: Region, given: dict[str, Any]) -> None:
        super().__init__(model)
        self.region = model
        self.country = model.countries[given["country"]]
        self.awareness: float = given["awareness"]
        self.compliance: float = given["compliance"]
        self.programme: bool = given["programme"]
        self.goods = "brokering" if given["broker"] else "export"
        self.law, self.licensing = model.parameters["firms"], model.parameters["licensing"]
        self.rate = given["rate"] / YEAR
        self.next = self.random.expovariate(self.rate) if self.rate > 0 else math.inf

    def step(self) -> None:
        """Export what is due in this week."""
        end = self.region.day + 7
        while self.next < end:
            self.export(self.next)
            self.next += self.random.expovariate(self.rate)

    def export(self, day: float) -> None:
        """Send one controlled export: licensed, unknowing, knowing, or intangible."""
        chance, p, region = self.random.random, self.law, self.region
        recognised = chance() < self.awareness
        slip = recognised and not self.programme and chance() < p["self_classification_error"]
        recognised = recognised and not slip
        intangible = chance() < p["intangible_share"]
        if ("intangible" if intangible else self.goods) not in self.country.law:
            return
        region.count("controlled_exports")
        if recognised and chance() < self.compliance:
            q = self.licensing
            whole = self.programme and chance() < q["global_share"]
            if chance() >= q["general_share"] and not whole:
                region.count("applications")
            return
        if intangible:
            region.count("leaks_by_firms")
            return
        if self.programme and not recognised and chance() < p["disclosure_probability"]:
            region.count("disclosures")
        region.count("violations_of_firms")
        region.count("knowing", recognised)
        origin = "evasion" if recognised else "ignorance"
        due = day + self.random.expovariate(1 / DAYS_TO_BORDER)
        posts, traffic = self.country.checkpoints
        post = self.random.choices(posts, traffic)[0]
        post.arriving.append(Violation(origin, "unlicensed", due, slip=slip))


@dataclass(frozen=True)
class Option:
    """A way, and where it has one a place, that networks can take.

    Parameters
    ----------
    country : whose goods leave by it; any where None
    """

    way: str
    post: Stretch | None
    place: int
    country: Country | None


class Network(mesa.Agent):
    """A procurement network that takes the way of least cost and felt risk, with noise."""

    def __init__(self, model: Region, given: dict[str, Any]) -> None:
        super().__init__(model)
        self.region = model
        self.skill: float = given["skill"]
        self.risk: list[float] = given["risk"]
        self.fronts: list[Front] = []
        self.adversary = model.parameters["adversary"]
        self.rate = given["rate"] / YEAR
        self.next = self.random.expovariate(self.rate) if self.rate > 0 else math.inf

    def step(self) -> None:
        """Answer the opportunities of this week."""
        end = self.region.day + 7
        while self.next < end:
            self.attempt(self.next)
            self.next += self.random.expovariate(self.rate)

    def attempt(self, day: float) -> None:
        """Try, or let it pass."""
        region, chance = self.region, self.random.random
        supplier = self.random.choices(region.countries, [c.supply for c in region.countries])[0]
        front = self.random.choice(self.fronts) if self.fronts else None
        option = self.choose(supplier, front)
        if option.way == "wait":
            region.count("forgone")
            return
        region.count("attempts")
        leaves = option.post.country if option.post is not None else supplier
        if option.way in APPLIES:
            region.count("applications")
            return
        if option.way == "unaware_firm" and chance() < leaves.aware:
            p = region.parameters["information"]
            more = max(p["contact_report_rate"] - p["report_rate"], 0.0)
            if chance() < p["report_rate"] + more * leaves.heard:
                region.count("reported")
                return
        if option.post is None:
            return
        due = day + self.random.expovariate(1 / DAYS_TO_BORDER)
        used = front if option.way in USES_FRONT else None
        option.post.arriving.append(Violation("network", option.way, due, used))

    def choose(self, supplier: Country, front: Front | None) -> Option:
        """Return the option taken: a logit over what is open."""
        p = self.adversary
        open_ = [o for o in self.region.options if self.is_open(o, supplier, front)]
        number: dict[str, int] = {}
        for option in open_:
            number[option.way] = number.get(option.way, 0) + 1
        weights = []
        for option in open_:
            utility = -p["choice_intensity"] * (self.felt(option) + p[COSTS[option.way]])
            if option.way == "unaware_firm" and option.country is not None:
                utility += math.log(max(option.country.recruitable, 1e-9))
            elif option.way == "third_country" and option.country is not None:
                utility += option.country.transit_flow
            weights.append(math.exp(utility) / number[option.way])
        return self.random.choices(open_, weights)[0]

    def is_open(self, option: Option, supplier: Country, front: Front | None) -> bool:
        """Return whether goods of a country can go by an option."""
        if front is None and option.way in NEEDS_FRONT:
            return False
        if option.way == "third_country":
            return option.country is not supplier
        return option.country is None or option.country is supplier

    def felt(self, option: Option) -> float:
        """Return the risk of an option: what was suffered, and what can be seen of a post."""
        if option.way == "wait":
            return 0.0
        ways = self.region.ways
        risk = self.risk[ways.index(option.way)]
        if option.post is not None:
            risk = (risk + self.risk[len(ways) + option.place]) / 2
        if option.way in SEEN_AT_POSTS:
            weight = self.adversary["hearsay_weight"]
            seen = self.region.posts[max(option.place, 0)].seen
            risk = (1 - weight) * risk + weight * seen
        return min(risk, 1.0)
