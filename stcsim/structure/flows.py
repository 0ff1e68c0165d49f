"""Words for what passes between bodies, who knows of whom, and whom firms tell."""

from __future__ import annotations

from dataclasses import dataclass, replace


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
