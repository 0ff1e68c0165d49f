"""An engagement plan: bring those together who should know each other and do not, most important first."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import ClassVar, Literal

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import convenor
from stcsim.parameters.coordination import CoordinationParameters
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening
from stcsim.structure.complements import importance, lot
from stcsim.structure.view import HolderView, View

_QUARTER = 13
"""Weeks after which the plan goes on to the next pairs."""
_FRONTLINE = ("customs_headquarters", "border_guard", "law_enforcement", "intelligence")
_INDUSTRY = ("industry_association", "university")
_Objective = Literal["all", "frontline", "industry", "neighbours"]
_Pair = tuple[HolderView, HolderView]


def _pairs(holders: Sequence[HolderView], country: str) -> list[_Pair]:
    """Return whom a country could bring together: its bodies, with like ones and partners abroad."""
    mine = (h for h in holders if h.country == country and h.kind in ("agency", "partner"))
    bodies = sorted(mine, key=lambda h: h.id)
    others = [
        h
        for h in holders
        if h.country != country and (h.kind == "agency" or (h.kind == "partner" and not h.country))
    ]
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
    pairs += [(a, b) for a in bodies for b in others if not b.country or a.role == b.role]
    return pairs


def _serves(objective: _Objective, a: HolderView, b: HolderView) -> bool:
    """Whether a tie serves the objective."""
    return {
        "all": True,
        "frontline": a.country == b.country and a.role in _FRONTLINE and b.role in _FRONTLINE,
        "industry": a.role in _INDUSTRY or b.role in _INDUSTRY,
        "neighbours": a.country != b.country,
    }[objective]


@lru_cache(maxsize=256)
def _by_need(
    holders: tuple[HolderView, ...], country: str, objective: _Objective
) -> tuple[tuple[_Pair, ...], ...]:
    """Return pairs by whether roles ask for a tie and it serves the objective, then by importance.

    Of those alike in the former, who does not know each other comes first; all else is the same in every run.
    """
    alike: dict[tuple[bool, bool], list[tuple[float, str, str, _Pair]]] = {}
    for a, b in _pairs(holders, country):
        weight = importance(a.role, a.country, b.role, b.country)
        group = alike.setdefault((weight <= 0, not _serves(objective, a, b)), [])
        group.append((-weight, a.id, b.id, (a, b)))
    return tuple(
        tuple(pair for *_, pair in sorted(group, key=lambda one: one[:3]))
        for _, group in sorted(alike.items(), key=lambda one: one[0])
    )


@lru_cache(maxsize=256)
def _by_lot(holders: tuple[HolderView, ...], country: str, quarter: int) -> tuple[_Pair, ...]:
    """Return pairs in the order of a lot that is drawn anew each quarter."""
    return tuple(
        sorted(
            _pairs(holders, country),
            key=lambda pair: lot(EngagementPlan.name, quarter, pair[0].id, pair[1].id),
        )
    )


class EngagementPlan(Mechanism):
    """Convene, within a budget, pairs of bodies that ought to know each other by role and do not.

    A country's budget gives so many meetings a quarter. The plan takes the gaps on the map in order of
    importance, those that serve its objective first, and once they are closed deepens the ties. ``random``
    spends the same on meetings of bodies drawn by lot anew each quarter: what the plan is compared with.
    """

    name: ClassVar[str] = "engagement_plan"
    title: ClassVar[str] = "Engagement plan"
    answers: ClassVar[tuple[str, ...]] = (
        "unknown_stakeholders",
        "limits_of_convening",
        "no_forum",
        "false_forward_motion",
    )
    route: ClassVar[tuple[str, ...]] = ("Convening",)
    prerequisites: ClassVar[str] = "a country with a convenor and two bodies that it could bring together"
    sources: ClassVar[tuple[str, ...]] = ("scott_forums", "provan_kenis_2008")
    asked_each_quarter: ClassVar[bool] = True

    countries: tuple[str, ...] = ()
    """Countries that have a plan; all when empty."""
    choice: Literal["gaps", "random"] = "gaps"
    """Whether pairs are chosen by the map's gaps or by lot, at the same spend."""
    objective: _Objective = "all"
    """Which ties come first: none before others, those of enforcement, of industry, or across borders."""
    meetings_per_year: float = quantity(40.0, unit="1/yr", low=4.0, high=10_000.0, sweep=(12.0, 160.0))
    """Budget of each country: meetings of two bodies a year, with the hours and the money that they take."""
    meeting_thousand_usd: float = quantity(1.0, unit="thousand USD", low=0.01, high=1000.0, sweep=(0.3, 4.0))
    """What one meeting costs besides hours."""
    hours: float = quantity(
        CoordinationParameters.default().convening_hours, unit="hours", low=0.5, high=80.0, sweep=(2.0, 16.0)
    )
    """Hours of each side in one meeting with its preparation."""
    planning_hours: float = quantity(120.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(40.0, 480.0))
    """Hours a year of the convenor for keeping the map and the plan."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _chosen(self, view: View, country: str) -> list[_Pair]:
        """Return the pairs that meet now: as many as one meeting each in a quarter leaves room for."""
        room = int(self.meetings_per_year * _QUARTER / 52)
        if self.choice == "random":
            return list(_by_lot(view.holders, country, view.week // _QUARTER)[:room])
        found: list[_Pair] = []
        for alike in _by_need(view.holders, country, self.objective):
            if len(found) >= room:
                break
            known = [view.recognises(a.id, b.id) and view.recognises(b.id, a.id) for a, b in alike]
            found += [pair for pair, k in zip(alike, known, strict=True) if not k]
            found += [pair for pair, k in zip(alike, known, strict=True) if k]
        return found[:room]

    def _plans(self, view: View) -> Iterable[tuple[str, str, list[_Pair]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = convenor(view, country, "foreign_affairs")
            chosen = self._chosen(view, country) if host else []
            if chosen:
                yield country, host, chosen

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Meetings of the pairs whose turn it is, and what planning and holding them costs."""
        for country, host, chosen in self._plans(view):
            a_year = 52 / _QUARTER
            yield Charge(host, self.planning_hours, 0.0, self.name)
            yield Charge(country, 0.0, len(chosen) * a_year * self.meeting_thousand_usd, self.name)
            for a, b in chosen:
                members = tuple(sorted((a.id, b.id)))
                yield Convening(members, "shared", host, "working", a_year, self.hours)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody can be brought together."""
        return () if any(True for _ in self._plans(view)) else (self.prerequisites,)
