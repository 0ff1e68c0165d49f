"""Words for teaching: programmes of activities, what follows them, own trainers, and a body that teaches."""

from __future__ import annotations

from dataclasses import dataclass, replace


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
