"""When mechanisms are asked, what they may see, and which of their arrangements are in force."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from stcsim.actors.vocabulary import LAW
from stcsim.engine.plan import Names
from stcsim.mechanisms import Mechanism
from stcsim.scenario.roster import HolderEntry, Roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.state import State
from stcsim.structure.arrangements import Arrangement, Channel, Charge, merge
from stcsim.structure.view import CountryView, DonorView, FirmGroupView, HolderView, View


class RecognisedPairs(Container[tuple[str, str]]):
    """Pairs (observer, observed) of one run, looked up in a matrix."""

    def __init__(self, matrix: NDArray[np.bool_], index: dict[str, int]) -> None:
        self._matrix = matrix.copy()
        self._index = index

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, tuple) or len(pair) != 2:
            return False
        i, j = self._index.get(pair[0], -1), self._index.get(pair[1], -1)
        return i >= 0 and j >= 0 and bool(self._matrix[i, j])


@dataclass(frozen=True)
class Directory:
    """What does not change about who is there: names to indices, and the unchanging parts of views."""

    names: Names
    holders: tuple[HolderEntry, ...]
    firm_groups: tuple[FirmGroupView, ...]
    donors: tuple[DonorView, ...]
    countries: tuple[str, ...]
    wages: tuple[float, ...]
    index: dict[str, int]
    _on_roster: dict[tuple[bytes, bytes], tuple[tuple[CountryView, ...], tuple[HolderView, ...]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Countries and bodies by law and staff: few differ between the runs of a stack, or over time."""

    @classmethod
    def of(cls, people: Roster) -> Directory:
        """Return the directory of a scenario; groups without firms and donors without money are on none."""
        country = {c.id: i for i, c in enumerate(people.countries)}
        index = {h.id: i for i, h in enumerate(people.holders)}
        return cls(
            names=Names(
                holders=index,
                countries=country,
                donors={d.id: i for i, d in enumerate(people.donors)},
                groups={g.id: i for i, g in enumerate(people.firm_groups)},
                holder_country=tuple(country.get(h.country, -1) for h in people.holders),
                holder_kind=tuple(h.kind for h in people.holders),
                group_sizes=tuple(g.count for g in people.firm_groups),
                group_country=tuple(country[g.country] for g in people.firm_groups),
                industry=frozenset(h.id for h in people.holders if h.role == "industry_association"),
            ),
            holders=people.holders,
            firm_groups=tuple(
                FirmGroupView(g.id, g.country, g.firm_class, g.sector, g.count)
                for g in people.firm_groups
                if g.count > 0 and g.exports_per_year > 0
            ),
            donors=tuple(DonorView(d.id, d.budget, d.countries) for d in people.donors if d.budget > 0),
            countries=tuple(c.id for c in people.countries),
            wages=tuple(c.wage_level for c in people.countries),
            index=index,
        )

    def view(self, state: State, run: int, week: int) -> View:
        """Return what planners of one run can know; bodies without staff are on no roster."""
        m, n = state.countries.n, state.holders.n
        law = state.countries.law_base[run * m : (run + 1) * m]
        staff = state.holders.staff_base[run * n : (run + 1) * n]
        name = law.tobytes(), staff.tobytes()
        if name not in self._on_roster:
            self._on_roster[name] = self._roster(law, staff)
        countries, holders = self._on_roster[name]
        return View(
            week=week,
            countries=countries,
            holders=holders,
            firm_groups=self.firm_groups,
            donors=self.donors,
            recognised=RecognisedPairs(state.holders.recognises[run * n : (run + 1) * n], self.index),
            staff_costs=state.values.runs[run].costs,
        )

    def _roster(
        self, law: NDArray[np.bool_], staff: NDArray[np.float64]
    ) -> tuple[tuple[CountryView, ...], tuple[HolderView, ...]]:
        """Return the countries, and the bodies that have staff, as planners of a run see them."""
        countries = tuple(
            CountryView(c, {t: bool(law[i, j]) for j, t in enumerate(LAW)}, self.wages[i])
            for i, c in enumerate(self.countries)
        )
        holders = tuple(
            HolderView(h.id, h.kind, h.role, h.country, float(s))
            for h, s in zip(self.holders, staff, strict=True)
            if s > 0
        )
        return countries, holders


def standing_channels(spec: ScenarioSpec) -> tuple[Channel, ...]:
    """Return the standing exchanges that the scenario file names."""
    out: list[Channel] = []
    for c in spec.channels:
        ends = ((c.source, c.target), (c.target, c.source)) if c.both_ways else ((c.source, c.target),)
        out += [
            Channel(
                u, v, c.mean_delay_days, frozenset(c.categories), frozenset(c.handling), answers=c.answers
            )
            for u, v in ends
        ]
    return tuple(out)


def turning_points(mechanisms: Iterable[Mechanism]) -> set[int]:
    """Return the weeks after branching in which something starts, is ready or ends.

    What needs consensus takes effect later than it is ready; that week is known once it has been decided.
    """
    weeks: set[int] = set()
    for m in (m for m in mechanisms if m.coverage > 0):
        weeks |= {m.start, m.start + m.lead_time}
        if m.end is not None:
            weeks.add(m.end)
    return weeks


def active(
    mechanisms: Sequence[Mechanism], week: int, due: Mapping[int, int]
) -> tuple[tuple[Mechanism, bool], ...]:
    """Return the mechanisms decided and not ended, and whether each is in effect.

    Parameters
    ----------
    due : week in which each takes effect, lead time and consensus over, by place in `mechanisms`
    """
    return tuple(
        (m, week >= due[place])
        for place, m in enumerate(mechanisms)
        if m.coverage > 0 and m.start <= week and (m.end is None or week < m.end)
    )


class Asked:
    """What mechanisms want of one run now: each is asked once, however often its answer is needed.

    Parameters
    ----------
    look : returns what planners of the run can know; called when first needed
    """

    def __init__(self, look: Callable[[], View]) -> None:
        self._look = look
        self._wants: dict[int, tuple[Arrangement, ...]] = {}
        self._unmet: dict[int, bool] = {}

    @cached_property
    def view(self) -> View:
        """What planners can know."""
        return self._look()

    def wants(self, mechanism: Mechanism) -> tuple[Arrangement, ...]:
        """Return what a mechanism arranges if nothing stands in its way."""
        name = id(mechanism)
        if name not in self._wants:
            self._wants[name] = tuple(mechanism.arrange(self.view))
        return self._wants[name]

    def unmet(self, mechanism: Mechanism) -> bool:
        """Whether a prerequisite of a mechanism is not met."""
        name = id(mechanism)
        if name not in self._unmet:
            self._unmet[name] = bool(mechanism.unmet(self.view))
        return self._unmet[name]

    def works(self, mechanism: Mechanism, mute: frozenset[str]) -> bool:
        """Whether a mechanism that is in effect does more than cost."""
        return not self.unmet(mechanism) and any(
            not isinstance(item, Charge) and type(item).__name__ not in mute for item in self.wants(mechanism)
        )


def in_force(
    mechanisms: Sequence[tuple[Mechanism, bool]], asked: Asked, mute: frozenset[str] = frozenset()
) -> frozenset[Arrangement]:
    """Return the merged arrangements of active mechanisms.

    Before its lead time is over, or while a prerequisite is not met, a mechanism costs and does nothing:
    only its charges are borne. `mute` removes kinds of arrangement by name, to show that an effect has no
    other route.
    """
    wanted: list[Arrangement] = []
    for mechanism, effective in mechanisms:
        works = effective and not asked.unmet(mechanism)
        for item in asked.wants(mechanism):
            if isinstance(item, Charge) or (works and type(item).__name__ not in mute):
                wanted.append(item)
    return merge(wanted)
