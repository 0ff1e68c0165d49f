"""The closed vocabulary through which a mechanism changes structure, and the merge law of each word.

No word names an outcome, a rate of detection or a probability, so no effect can be smuggled in. Every
arrangement has an identity (`key`); two with the same key merge by a commutative and associative law, so
the order in which mechanisms are listed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Literal, TypeVar

from stcsim.actors.vocabulary import Topic

CheckKind = Literal["pre_licence", "post_shipment"]
StaffRole = Literal["inspector", "licensing_officer", "investigator", "analyst", "liaison"]
STAFF_ROLES: tuple[StaffRole, ...] = ("inspector", "licensing_officer", "investigator", "analyst", "liaison")


@dataclass(frozen=True, order=True)
class Channel:
    """A directed exchange between two holders; parallel channels with one key keep the shorter delay."""

    source: str
    target: str
    mean_delay_days: float
    categories: frozenset[str]
    handling: frozenset[str]
    vetting: bool = False
    answers: bool = False
    hub: str = ""
    """Hub whose single dispatch reaches all its members, so that it counts once for the sender."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (
            self.source,
            self.target,
            tuple(sorted(self.categories)),
            tuple(sorted(self.handling)),
            self.vetting,
            self.answers,
            self.hub,
        )

    def merge(self, other: Channel) -> Channel:
        """Keep the shorter delay."""
        return replace(self, mean_delay_days=min(self.mean_delay_days, other.mean_delay_days))


@dataclass(frozen=True, order=True)
class Convening:
    """Regular meetings of members; equal groups meet as often as both wanted together."""

    members: tuple[str, ...]
    form: Literal["shared", "lead"]
    chair: str
    level: Literal["working", "principals"]
    per_year: float
    hours: float
    content: bool = True
    """False for meetings about nothing (the placebo): hours are spent, nothing is exchanged."""
    travel_paid: bool = False
    """Whether a charge pays for trips to it; who comes from abroad then takes part as at home."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (
            tuple(sorted(self.members)),
            self.form,
            self.chair,
            self.level,
            self.hours,
            self.content,
            self.travel_paid,
        )

    def merge(self, other: Convening) -> Convening:
        """Add the meetings."""
        return replace(self, per_year=self.per_year + other.per_year)


@dataclass(frozen=True, order=True)
class Programme:
    """Activities of the catalogue delivered to holders or groups of firms; rates add.

    ``events_per_year`` are the programme's in all, so its targets share the seats; ``payer`` is a donor or a
    country.
    """

    activity: str
    targets: tuple[str, ...]
    events_per_year: float
    payer: str = ""
    tailored: bool = True
    """Made for those who attend; off the shelf it costs less and fits worse."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.activity, tuple(sorted(self.targets)), self.payer, self.tailored)

    def merge(self, other: Programme) -> Programme:
        """Add the events."""
        return replace(self, events_per_year=self.events_per_year + other.events_per_year)


@dataclass(frozen=True, order=True)
class FollowUp:
    """A plan to use what was learnt, followed up; the larger effort counts.

    ``hours_per_year`` are those of each target, as those of a convening are each member's.
    """

    targets: tuple[str, ...]
    competences: tuple[str, ...]
    hours_per_year: float

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (tuple(sorted(self.targets)), tuple(sorted(self.competences)))

    def merge(self, other: FollowUp) -> FollowUp:
        """Keep the larger effort."""
        return replace(self, hours_per_year=max(self.hours_per_year, other.hours_per_year))


@dataclass(frozen=True, order=True)
class Recognition:
    """An observer comes to know that somebody exists and matters."""

    observer: str
    observed: str
    source: str

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.observer, self.observed)

    def merge(self, other: Recognition) -> Recognition:
        """Keep one of them, named after the first source."""
        return replace(self, source=min(self.source, other.source))


@dataclass(frozen=True, order=True)
class Contact:
    """Firms of a group know at which holder to tell of a suspicious enquiry."""

    group: str
    holder: str

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.group, self.holder)

    def merge(self, other: Contact) -> Contact:  # noqa: ARG002 - both say the same
        """Keep one of them."""
        return self


@dataclass(frozen=True, order=True)
class Mandate:
    """A legal or procedural switch of a country; ``True`` wins over ``False``."""

    country: str
    topic: Topic
    value: bool

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.country, self.topic)

    def merge(self, other: Mandate) -> Mandate:
        """``True`` wins."""
        return replace(self, value=self.value or other.value)


@dataclass(frozen=True, order=True)
class Planning:
    """How donors plan: together or apart, with or without assessment; each good practice is kept."""

    donors: tuple[str, ...]
    sees_commitments: bool = False
    shared_priorities: bool = False
    assessed: bool = False
    chair: str = ""
    shared_assessment: bool = False
    """Whether they use one assessment together; those that share plans or priorities do so anyhow."""
    reports: bool = False
    """Whether results of activities, good and bad, are reported to them and read before the next plan."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (tuple(sorted(self.donors)),)

    def merge(self, other: Planning) -> Planning:
        """Keep every good practice."""
        return replace(
            self,
            sees_commitments=self.sees_commitments or other.sees_commitments,
            shared_priorities=self.shared_priorities or other.shared_priorities,
            assessed=self.assessed or other.assessed,
            shared_assessment=self.shared_assessment or other.shared_assessment,
            reports=self.reports or other.reports,
            chair=max(self.chair, other.chair),
        )


@dataclass(frozen=True, order=True)
class Checks:
    """End-use checks by an agency: hours each, number a year; numbers add."""

    agency: str
    kind: CheckKind
    per_year: float
    hours_each: float

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.agency, self.kind, self.hours_each)

    def merge(self, other: Checks) -> Checks:
        """Add the numbers."""
        return replace(self, per_year=self.per_year + other.per_year)


@dataclass(frozen=True, order=True)
class Post:
    """Staff added to a holder in a role, or taken from it where negative; they add."""

    holder: str
    staff: float
    role: StaffRole

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.holder, self.role)

    def merge(self, other: Post) -> Post:
        """Add the staff."""
        return replace(self, staff=self.staff + other.staff)


@dataclass(frozen=True, order=True)
class Budget:
    """Money from a payer to a payee for a purpose; sums add."""

    payer: str
    payee: str
    thousand_usd_per_year: float
    purpose: Literal["upkeep", "capture", "participation"]

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.payer, self.payee, self.purpose)

    def merge(self, other: Budget) -> Budget:
        """Add the money."""
        return replace(self, thousand_usd_per_year=self.thousand_usd_per_year + other.thousand_usd_per_year)


@dataclass(frozen=True, order=True)
class Charge:
    """What somebody spends so that a mechanism runs: hours and money a year, or once; they add."""

    payer: str
    hours_per_year: float
    thousand_usd_per_year: float
    reason: str
    once_thousand_usd: float = 0.0

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.payer, self.reason)

    def merge(self, other: Charge) -> Charge:
        """Add hours and money."""
        return replace(
            self,
            hours_per_year=self.hours_per_year + other.hours_per_year,
            thousand_usd_per_year=self.thousand_usd_per_year + other.thousand_usd_per_year,
            once_thousand_usd=self.once_thousand_usd + other.once_thousand_usd,
        )


@dataclass(frozen=True, order=True)
class Cascade:
    """Own trainers of a body, trained from outside, who teach at home and train the next; numbers add."""

    host: str
    competences: tuple[str, ...]
    trainers_per_year: float
    payer: str
    teach_back: bool = False
    """Whether new trainers are observed teaching and followed up until they do."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.host, tuple(sorted(self.competences)), self.payer, self.teach_back)

    def merge(self, other: Cascade) -> Cascade:
        """Add the trainers."""
        return replace(self, trainers_per_year=self.trainers_per_year + other.trainers_per_year)


@dataclass(frozen=True, order=True)
class TrainerPool:
    """A body that teaches, in place of experts from abroad, at events that donors hold in its country.

    Donors plan as before and keep what is saved.
    """

    trainer: str
    competences: tuple[str, ...]
    events_per_year: float

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.trainer, tuple(sorted(self.competences)))

    def merge(self, other: TrainerPool) -> TrainerPool:
        """Add the events."""
        return replace(self, events_per_year=self.events_per_year + other.events_per_year)


@dataclass(frozen=True, order=True)
class Exchange:
    """Visits between two bodies, each of which takes up practices in which the other is ahead; they add."""

    first: str
    second: str
    visits_per_year: float
    visitors: float

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (*sorted((self.first, self.second)), self.visitors)

    def merge(self, other: Exchange) -> Exchange:
        """Add the visits."""
        return replace(self, visits_per_year=self.visits_per_year + other.visits_per_year)


Arrangement = (
    Channel
    | Convening
    | Programme
    | FollowUp
    | Recognition
    | Contact
    | Mandate
    | Planning
    | Checks
    | Post
    | Budget
    | Charge
    | Cascade
    | Exchange
    | TrainerPool
)
KINDS: tuple[type, ...] = (
    Channel,
    Convening,
    Programme,
    FollowUp,
    Recognition,
    Contact,
    Mandate,
    Planning,
    Checks,
    Post,
    Budget,
    Charge,
    Cascade,
    Exchange,
    TrainerPool,
)
_A = TypeVar(
    "_A",
    Channel,
    Convening,
    Programme,
    FollowUp,
    Recognition,
    Contact,
    Mandate,
    Planning,
    Checks,
    Post,
    Budget,
    Charge,
    Cascade,
    Exchange,
    TrainerPool,
)


@lru_cache(maxsize=1 << 16)
def _order(item: Arrangement) -> tuple[str, ...]:
    """Sorting key by kind and content; sets are sorted, for their own order differs between processes."""
    values = (getattr(item, f.name) for f in fields(item))
    return (type(item).__name__, *(repr(sorted(v) if isinstance(v, frozenset) else v) for v in values))


def merge(arrangements: Iterable[Arrangement]) -> frozenset[Arrangement]:
    """Merge arrangements by kind and key; commutative and associative up to the last bits of float sums.

    Sums are taken in sorted order, so the result does not depend on the order given.
    """
    merged: dict[tuple[object, ...], Arrangement] = {}
    for item in sorted(arrangements, key=_order):
        key = (type(item).__name__, *item.key)
        held = merged.get(key)
        merged[key] = item if held is None else held.merge(item)  # type: ignore[arg-type]
    return frozenset(merged.values())


def only(kind: type[_A], arrangements: Iterable[Arrangement]) -> list[_A]:
    """Return the arrangements of one kind, in an order that does not depend on how they were given."""
    return sorted((a for a in arrangements if isinstance(a, kind)), key=_order)
