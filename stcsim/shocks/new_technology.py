"""A new technology: networks want goods that are on no list yet."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Emergence, Shock, Strain
from stcsim.spec import quantity


class NewTechnology(Shock):
    """A breakout technology comes to market; lists name it only after the regime's and the national lag.

    Until then only the catch-all can stop its goods.
    """

    name: ClassVar[str] = "new_technology"
    title: ClassVar[str] = "New technology"

    weeks: int = quantity(520, unit="weeks", low=1, high=5200, sweep=(26, 1040))
    """How long networks want it."""
    country: str = ""
    """Country where alone it can be had; everywhere when empty."""
    share: float = quantity(0.3, unit="share", low=0.0, high=1.0, sweep=(0.1, 0.6))
    """Share of what networks want that is of this technology."""

    def strains(self) -> Iterable[Strain]:
        """Nothing is strained."""
        return ()

    def emergences(self) -> Iterable[Emergence]:
        """The technology."""
        yield Emergence(self.at_week, self.weeks, self.country, self.share)
