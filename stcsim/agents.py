"""Every actor as a Mesa agent: a handle on one row of the columns, made when somebody asks for it.

Processes act on whole columns, so an agent has no step of its own; what it shows is always what the model
holds now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, overload

import mesa
import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, COMPONENTS, FAMILIES, FIRM_CLASSES, PILLARS
from stcsim.draws import F8
from stcsim.state.populations import HOLDER_KINDS

if TYPE_CHECKING:
    from typing import Self

    from stcsim.model import EcosystemModel
    from stcsim.state.state import State

T = TypeVar("T")


class Reads(Generic[T]):
    """A property of an agent that reads one column of its population.

    Parameters
    ----------
    column : its name in the population
    text : what it says
    """

    def __init__(self, column: str, kind: Callable[[Any], T], text: str) -> None:
        self.column = column
        self.kind = kind
        self.__doc__ = text

    @overload
    def __get__(self, agent: None, owner: type) -> Self: ...
    @overload
    def __get__(self, agent: Handle, owner: type) -> T: ...
    def __get__(self, agent: Handle | None, owner: type) -> T | Self:
        """Return the value in the agent's row."""
        if agent is None:
            return self
        return self.kind(getattr(agent.table, self.column)[agent.row])


class Handle(mesa.Agent):
    """Base of all agents.

    Parameters
    ----------
    model : that the actor belongs to
    row : of its population
    identity : as the scenario gives it, such as ``A/port_1``
    """

    population: ClassVar[str] = ""

    def __init__(self, model: EcosystemModel, row: int, identity: str) -> None:
        super().__init__(model)
        self.row = row
        self.identity = identity

    @property
    def table(self) -> Any:
        """Columns of its population."""
        return getattr(self._state, self.population)

    @property
    def _state(self) -> State:
        return cast("EcosystemModel", self.model).state

    def _country(self, row: int) -> str:
        return self._state.countries.ids[row] if row >= 0 else ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.identity!r})"


class Holder(Handle):
    """Whoever can hold capacity and information: agencies, partners, checkpoints."""

    population = "holders"
    staff = Reads("staff", float, "Full-time equivalents now.")
    available = Reads("available", float, "Share of working time that coordinating leaves.")
    hours = Reads(
        "hours", float, "Hours a year of coordination and other duties that arrangements ask for now."
    )
    authority = Reads("authority", float, "Leadership's buy-in, a share.")
    interest = Reads("interest", float, "0 where the burden on trade counts, 1 where effective control does.")
    identity_shared = Reads("identity", float, "How far it sees itself as part of one ecosystem, a share.")
    attends = Reads("attends", float, "Share of convenings and courses meant for it that it attends.")
    has_champion = Reads("champion", bool, "Whether its key practitioner is there.")

    @property
    def role(self) -> str:
        """Role of an agency, kind of a partner, post or stretch."""
        return self._state.roles[int(self.table.role[self.row])]

    @property
    def country(self) -> str:
        """Country that it is at home in; empty for an international body."""
        return self._country(int(self.table.country[self.row]))

    @property
    def competences(self) -> dict[str, float]:
        """Effective competence by name, those that its role uses."""
        uses, now = self.table.uses[self.row], self.table.competence[self.row]
        return {name: float(now[i]) for i, name in enumerate(COMPETENCES) if uses[i]}

    def capacity(self, competence: str) -> dict[str, tuple[float, float]]:
        """Return shares acquired but not used, and in use, of knowledge, practices, skills and tools."""
        i = COMPETENCES.index(competence)
        latent, captured = self.table.latent[self.row, i], self.table.captured[self.row, i]
        return {name: (float(latent[j]), float(captured[j])) for j, name in enumerate(COMPONENTS)}

    @property
    def recognised(self) -> tuple[str, ...]:
        """Identities of the bodies whose part it knows of, itself included."""
        return tuple(self.table.ids[i] for i in np.flatnonzero(self.table.recognises[self.row]))

    @property
    def items_known(self) -> int:
        """Items of information alive that it has read."""
        items = self._state.items
        return int(np.isfinite(items.read[0, items.alive[0], self.row]).sum())

    @property
    def items_unread(self) -> int:
        """Items of information alive that it has received and not read."""
        items = self._state.items
        alive = items.alive[0]
        come, read = (
            np.isfinite(items.received[0, alive, self.row]),
            np.isfinite(items.read[0, alive, self.row]),
        )
        return int((come & ~read).sum())

    def trust_in(self, other: Holder) -> float:
        """Return its trust in another body, a share."""
        return float(self.table.trust[self.row, other.row])


class Agency(Holder):
    """A national body with a role in strategic trade control."""


class Partner(Holder):
    """A body outside of government, or an international one."""


class Checkpoint(Holder):
    """A post where declarations are made, or an open stretch of border."""

    @property
    def post(self) -> int:
        """Row among the posts and stretches."""
        return int(np.flatnonzero(self._state.posts.holder == self.row)[0])

    def _of_post(self, column: str) -> float:
        return float(getattr(self._state.posts, column)[self.post])

    @property
    def open_stretch(self) -> bool:
        """Whether there are patrols instead of declarations."""
        return bool(self._state.posts.stretch[self.post])

    @property
    def traffic(self) -> float:
        """Declarations a year."""
        return self._of_post("traffic")

    @property
    def inspectors(self) -> float:
        """Full-time equivalents at the start."""
        return self._of_post("inspectors")

    @property
    def inspected_share(self) -> float:
        """Share of ordinary trade that can be inspected now."""
        return self._of_post("inspected_share")

    @property
    def targeting(self) -> float:
        """How well risk is told from ordinary trade now, in standard deviations."""
        return self._of_post("targeting")

    @property
    def detained(self) -> float:
        """Consignments detained now, honest ones included."""
        return self._of_post("detained")


class Firm(Handle):
    """An exporter, forwarder, carrier, broker or research organisation."""

    population = "firms"
    rate = Reads("rate", float, "Controlled consignments a year.")
    awareness = Reads("awareness", float, "Chance of recognising that a transfer is controlled.")
    compliance_programme = Reads("programme", bool, "Whether it has an internal compliance programme.")
    compliance = Reads("compliance", float, "Chance that an export recognised as controlled is licensed.")
    exports = Reads("exports", int, "Controlled exports so far.")
    firm_class = Reads("firm_class", lambda i: FIRM_CLASSES[int(i)], "Large, SME, forwarder and so on.")

    @property
    def country(self) -> str:
        """Country that it is at home in."""
        return self._country(int(self.table.country[self.row]))

    @property
    def group(self) -> str:
        """Identity of the firms that it is alike with."""
        return self._state.firm_groups[int(self.table.group[self.row])]


class Donor(Handle):
    """Who pays for assistance."""

    population = "donors"
    budget = Reads("budget", float, "Thousand US dollars a year.")
    sees_commitments = Reads(
        "sees_commitments", bool, "Whether it plans in view of what others have committed."
    )

    @property
    def priorities(self) -> dict[str, float]:
        """Weights of the pillars."""
        return {name: float(w) for name, w in zip(PILLARS, self.table.priority[self.row], strict=True)}

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries that it works in."""
        return tuple(self._country(int(i)) for i in np.flatnonzero(self.table.works_in[self.row]))


class ProcurementNetwork(Handle):
    """An adversary who tries to get goods that he may not have."""

    population = "networks"
    rate = Reads("rate", float, "Opportunities a year.")
    skill = Reads("skill", float, "How well it deceives; 1 is common.")
    attempts = Reads("attempts", int, "Opportunities so far, those let pass included.")
    disrupted_until = Reads("disrupted_until", float, "Day up to which convictions keep it from trying.")

    @property
    def home(self) -> str:
        """Country that it works from."""
        return self._country(int(self.table.home[self.row]))

    @property
    def state_linked(self) -> bool:
        """Whether a state stands behind it."""
        return bool(self.table.state_linked[self.row])

    @property
    def wants(self) -> tuple[str, ...]:
        """Families of goods that it is after."""
        return tuple(FAMILIES[i] for i in np.flatnonzero(self.table.wants[self.row]))

    @property
    def risk(self) -> F8:
        """Risk that it sees in each way and at each post, a copy."""
        return np.array(self.table.risk[self.row])


OF_KIND: dict[str, type[Holder]] = {
    "agency": Agency,
    "partner": Partner,
    "post": Checkpoint,
    "stretch": Checkpoint,
}
"""Agents of the kinds of holders."""
AGENT_TYPES: tuple[type[Handle], ...] = (Agency, Partner, Checkpoint, Firm, Donor, ProcurementNetwork)
"""Every type of agent, in the order in which they are made."""


def handles(state: State) -> Iterator[tuple[type[Handle], int, str]]:
    """Yield type, row and identity of every actor of the first run, sorted by type and identity."""
    holders = state.holders
    named = [
        (OF_KIND[HOLDER_KINDS[int(k)]], i, holders.ids[i]) for i, k in enumerate(holders.kind[: holders.n])
    ]
    for kind in AGENT_TYPES[:3]:
        yield from (entry for entry in named if entry[0] is kind)
    yield from ((Firm, i, name) for i, name in enumerate(_firm_names(state)))
    yield from ((Donor, i, name) for i, name in enumerate(state.donors.ids))
    yield from ((ProcurementNetwork, i, name) for i, name in enumerate(state.networks.ids))


def _firm_names(state: State) -> Iterator[str]:
    """Yield identities of firms: that of their group, and their number in it from 1."""
    counts: dict[int, int] = {}
    for group in state.firms.group[: state.firms.n].tolist():
        counts[group] = counts.get(group, 0) + 1
        yield f"{state.firm_groups[group]}/{counts[group]}"
