"""What a shock is: something dated that befalls the ecosystem, the same in every arm of one seed.

A shock, like a mechanism, changes structure and exogenous drives, never an outcome. It answers in a closed
vocabulary: multipliers on drives of countries (`Strain`), what it leaves of a body (`Impairment`), what it
destroys once (`Damage`), whom it has bought (`Insider`), false tips (`Tips`), and technologies that come to
market (`Emergence`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from stcsim.actors.vocabulary import Drive
from stcsim.spec import Spec, quantity

REGISTRY: dict[str, "type[Shock]"] = {}
STEP_WEEKS = 4
"""What recovers does so in steps of four weeks: structure is compiled at dates that all runs share."""


@dataclass(frozen=True)
class Withdrawal:
    """A donor (each when empty) leaves a country (all when empty) when the shock strikes, until it is over.

    Parameters
    ----------
    notice_weeks : weeks before, in which its hosts know
    hands_over : whether it goes on paying for upkeep and use for a time
    """

    donor: str
    country: str
    notice_weeks: int
    hands_over: bool


@dataclass(frozen=True)
class Strain:
    """A multiplier on one drive of one country (all when empty) while the shock lasts."""

    drive: Drive
    country: str
    factor: float


@dataclass(frozen=True)
class Impairment:
    """What is left of bodies while the shock lasts: shares of staff, and of the pace of their exchanges.

    ``body`` is an agency's role, ``post`` for all checkpoints and stretches, or empty for all of the country.
    """

    country: str
    body: str
    staff: float = 1.0
    exchange: float = 1.0


@dataclass(frozen=True)
class Damage:
    """Shares of what bodies have of the four components of capacity that are lost once, at the strike."""

    country: str
    body: str
    knowledge: float = 0.0
    practices: float = 0.0
    skills: float = 0.0
    tools: float = 0.0


@dataclass(frozen=True)
class Insider:
    """Share of the inspections of a post (of a country's posts when empty) that is waved through."""

    country: str
    post: str
    share: float


@dataclass(frozen=True)
class Tips:
    """False tips about honest parties that reach a country's customs (or intelligence) a year."""

    country: str
    per_year: float


Answer = Strain | Impairment | Insider | Tips
"""What holds while a shock lasts."""


@dataclass(frozen=True)
class Emergence:
    """A breakout technology that a shock brings.

    Parameters
    ----------
    week : after arms branch, in which it emerges
    weeks : how long networks want it
    country : where alone it can be had; everywhere when empty
    share : of what networks want from there
    """

    week: int
    weeks: int
    country: str
    share: float


class Shock(Spec):
    """Base of all shocks."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    sources: ClassVar[tuple[str, ...]] = ()

    at_week: int = quantity(unit="weeks", low=0, high=5200)
    """Week after arms branch in which it strikes."""
    weeks: int = quantity(26, unit="weeks", low=1, high=5200)
    """How long it lasts."""
    country: str = ""
    """Country that it befalls; all when empty."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.name:
            REGISTRY[cls.name] = cls

    def strains(self) -> Iterable[Answer]:
        """Return what it strains, impairs or brings while it lasts, as at the strike."""
        raise NotImplementedError

    def damages(self) -> Iterable[Damage]:
        """Return what it destroys at the strike."""
        return ()

    def withdrawals(self) -> Iterable[Withdrawal]:
        """Return which donors leave while it lasts."""
        return ()

    def left(self, weeks: int) -> float:  # noqa: ARG002 - most keep it all
        """Return the share of its strength that is left so many weeks after the strike."""
        return 1.0

    def turns(self) -> Iterable[int]:
        """Return the weeks in which what it strains changes."""
        yield self.at_week
        yield self.at_week + self.weeks

    def in_force(self, week: int) -> bool:
        """Return whether it lasts in a week after arms branch."""
        return self.at_week <= week < self.at_week + self.weeks

    def emergences(self) -> Iterable[Emergence]:
        """Return the technologies that it brings; most shocks bring none."""
        return ()
