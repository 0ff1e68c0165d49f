"""An insider at a country's posts, or at a named one, waves through what he is paid for."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.shocks.base import Insider, Shock
from stcsim.spec import quantity


class BoughtInsider(Shock):
    """A share of what is inspected there is waved through, listed parties included."""

    name: ClassVar[str] = "insider"
    title: ClassVar[str] = "Insider at the border"

    post: str = Field(default="", max_length=120)
    """Identity of the post, such as ``A/sea``; all posts of the country when empty."""
    share: float = quantity(0.6, unit="share", low=0.0, high=1.0, sweep=(0.1, 1.0))
    """Share of the inspections of illicit consignments that is waved through."""

    def strains(self) -> Iterable[Insider]:
        """Inspection is defeated there in that share of cases."""
        yield Insider(self.country, self.post, self.share)
