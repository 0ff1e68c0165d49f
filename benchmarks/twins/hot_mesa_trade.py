"""Trade in plain Mesa: consignments, checkpoints that rank what arrives in a week, patrols on open stretches.

A consignment is an agent, as is usual in Mesa for what comes, is acted on and goes; `PlainConsignment` is one
without Mesa, for who asks what the agents cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import attrgetter
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from benchmarks.twins.hot_mesa import Region
    from benchmarks.twins.hot_mesa_information import Front, Holder

NORMAL = NormalDist()
YEAR, WEEKS = 364, 52
REEXPORTED = 0.5
LEAST, MOST = 1e-6, 0.5


@dataclass(eq=False)
class Violation:
    """What is wrong with a consignment of interest.

    Parameters
    ----------
    origin : ``network``, ``ignorance`` or ``evasion``
    way : how it is sent
    due : day of its arrival
    front : company in whose name it travels
    slip : whether its exporter classified it wrongly
    """

    origin: str
    way: str
    due: float
    front: Front | None = None
    slip: bool = False


class Consignment(mesa.Agent):
    """A declared consignment and its risk score."""

    def __init__(self, model: Region, score: float, violation: Violation | None = None) -> None:
        super().__init__(model)
        self.score = score
        self.violation = violation


class PlainConsignment:
    """The same, not known to the model."""

    __slots__ = ("score", "violation")

    def __init__(self, _model: Region, score: float, violation: Violation | None = None) -> None:
        self.score = score
        self.violation = violation

    def remove(self) -> None:
        """Do nothing: it goes when nobody holds it."""


class Stretch(mesa.Agent):
    """An open stretch of border with patrols."""

    def __init__(self, model: Region, given: dict[str, Any], holder: Holder) -> None:
        super().__init__(model)
        self.region = model
        self.holder = holder
        self.country = model.countries[given["country"]]
        self.patrols = given["patrols"]
        self.blind = model.parameters["screening"]["patrol_interception"]
        self.seen = 0.0
        self.arriving: list[Violation] = []

    def step(self) -> None:
        """Intercept what crosses in this week."""
        for violation in self.arrived():
            known, active = self.holder.knows(violation.front)
            chance = self.patrols * (1.0 if known or active else self.blind)
            if self.random.random() < chance and "export" in self.country.law:
                self.region.count("seizures")
                self.region.count("inspected_violations")
            else:
                self.region.count("passed")

    def arrived(self) -> list[Violation]:
        """Take what has arrived by the end of the week."""
        end = self.region.day + 7
        here = [v for v in self.arriving if v.due < end]
        self.arriving = [v for v in self.arriving if v.due >= end]
        return here


class Checkpoint(Stretch):
    """A post with declarations: ranks what arrives in a week and inspects the best scores."""

    def __init__(self, model: Region, given: dict[str, Any], holder: Holder) -> None:
        super().__init__(model, given, holder)
        p, q = model.parameters["screening"], model.parameters["detention"]
        self.screening, self.detention = p, q
        self.lag = model.parameters["adversary"]["observation_lag"]
        self.deceit_skill = model.parameters["adversary"]["deceit_skill"]
        self.trade: float = given["trade"]
        self.hours: float = given["hours"]
        self.staffed: bool = given["staffed"]
        self.targeting: float = given["targeting"]
        self.mistakes: float = given["mistakes"]
        self.asks: bool = given["asks"]
        self.found: float = given["found"]
        self.inspected: float = given["inspected"]
        self.seen = given["seen"]
        self.share = given["inspected_share"]
        self.probit = p["recognition_base"] + p["recognition_slope"] * given["skill"]
        insider = self.country.insider
        self.bought = insider + (1 - insider) * given["waved"]
        hides = p["deceit_reexport"]
        self.through = hides + p["alignment_reveals"] * given["procedures_known"] * max(1 - hides, 0.0)
        self.doubt_hours = 0.0

    def step(self) -> None:
        """Screen one week."""
        self.be_seen()
        kept = math.exp(-7 / YEAR)
        self.found *= kept
        self.inspected *= kept
        region, p, chance, poisson = self.region, self.screening, self.random.random, self.model.rng.poisson
        hours = max(self.hours - self.doubt_hours, 0.0)
        capacity = hours / p["hours_per_inspection"]
        self.share = capacity / max(self.trade, capacity) if capacity > 0 else 0.0
        trade = int(poisson(self.trade))
        misled = self.holder.false_listings * p["false_hits_per_listing"] / WEEKS
        false_hits = min(int(poisson(misled)), trade)
        able = max(hours - false_hits * p["hours_per_false_listing"], 0.0) / p["hours_per_inspection"]
        slots = math.floor(able + chance())

        listed, ranked = self.sorted_out(self.arrived())
        make, gauss = region.consignment, self.random.gauss
        queue = [make(region, gauss(0.0, 1.0)) for _ in range(trade - false_hits)]
        queue += [make(region, gauss(mean, 1.0), violation) for violation, mean in ranked]
        queue.sort(key=attrgetter("score"), reverse=True)
        chosen = queue[: max(slots - len(listed), 0)]
        honest = doubts = 0
        for violation in listed:
            doubts += self.examine(violation, True)
        for consignment in chosen:
            if consignment.violation is None:
                honest += 1
            else:
                doubts += self.examine(consignment.violation, False)
        self.inspected += len(chosen)
        for consignment in queue[len(chosen) :]:
            if consignment.violation is not None:
                region.count("passed")
        for consignment in queue:
            consignment.remove()
        mistakes = min(int(poisson(honest * self.mistakes)), honest)
        self.doubt_hours = p["hours_per_doubt"] * (doubts + mistakes)
        region.count("declarations", trade)
        region.count("inspections", len(chosen) + len(listed) + false_hits)
        region.count("false_hits", false_hits)
        region.count("list_hits", len(listed))
        region.count("held", doubts)
        region.count("licit_detained", mistakes)

    def be_seen(self) -> None:
        """Let smugglers see, with their lag, how much of trade is inspected here."""
        if self.share <= 0:
            now = 0.0
        elif self.share >= 1:
            now = 1.0
        else:
            now = min(2 * NORMAL.cdf(self.targeting - NORMAL.inv_cdf(1 - self.share)), 1.0)
        kept = math.exp(-7 / YEAR / self.lag) if self.lag > 0 else 0.0
        self.seen = now + kept * (self.seen - now)

    def sorted_out(self, arrived: list[Violation]) -> tuple[list[Violation], list[tuple[Violation, float]]]:
        """Return what a list selects at once, and the rest with the means of their scores."""
        listed, ranked = [], []
        for violation in arrived:
            known, active = self.holder.knows(violation.front)
            if known and self.staffed:
                listed.append(violation)
            else:
                gain = self.screening["network_intelligence_gain"] * active
                ranked.append((violation, (self.targeting + gain) * self.deceit(violation)))
        return listed, ranked

    def deceit(self, violation: Violation) -> float:
        """Return the factor of deceit on the separation of a violation."""
        p = self.screening
        if violation.origin == "ignorance":
            return float(p["deceit_ignorance"])
        if violation.way == "third_country":
            return float(self.through / self.deceit_skill)
        if violation.way == "unaware_firm":
            return float(p["deceit_unaware"] / self.deceit_skill)
        return float(p["deceit_smuggling"] / (self.deceit_skill if violation.origin == "network" else 1.0))

    def examine(self, violation: Violation, listed: bool) -> bool:
        """Open an inspected violation; return whether it is held on doubt."""
        region, chance, q = self.region, self.random.random, self.detention
        region.count("inspected_violations")
        if chance() >= self.bought and self.may_stop(violation):
            if chance() < self.recognition(violation, listed):
                if violation.slip and self.asks and chance() < q["classification_asked"]:
                    return True
                self.found += not listed
                region.count("seizures")
                return False
            if self.asks and chance() < q["doubt_share"]:
                return True
        region.count("passed")
        return False

    def may_stop(self, violation: Violation) -> bool:
        """Return whether the law gives a ground to stop it."""
        law = self.country.law
        if violation.way != "third_country":
            return "export" in law
        again = self.random.random() < REEXPORTED
        return "export" in law and ("reexport" if again else "transit") in law

    def recognition(self, violation: Violation, listed: bool) -> float:
        """Return the chance that the officer recognises it."""
        p = self.screening
        probit = self.probit + p["listed_gain"] * listed
        probit -= p["concealment"] * (violation.origin != "ignorance")
        share = self.found / self.inspected if self.inspected > 0 else 0.0
        share = min(max(share, LEAST), MOST)
        reference = p["prevalence_reference"]
        fall = math.log(reference / (1 - reference)) - math.log(share / (1 - share))
        return NORMAL.cdf(probit - p["prevalence_slope"] * max(fall, 0.0))
