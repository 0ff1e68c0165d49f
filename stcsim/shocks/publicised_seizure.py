"""A seizure in the press: for a while leaders, firms and networks have it on their minds."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class PublicisedSeizure(Shock):
    """Will rises, firms believe in detection, and networks feel the country's borders to be riskier."""

    name: ClassVar[str] = "publicised_seizure"
    title: ClassVar[str] = "Seizure in the press"

    will: float = quantity(1.25, unit="multiple", low=1.0, high=5.0, sweep=(1.0, 1.8))
    """Political will as it acts while the press writes of it, over what it was."""
    deterrence: float = quantity(2.0, unit="multiple", low=1.0, high=20.0, sweep=(1.2, 4.0))
    """Detection as firms believe in it, over what they believed."""
    wariness: float = quantity(1.5, unit="multiple", low=1.0, high=10.0, sweep=(1.1, 3.0))
    """Risk that networks feel at the country's borders, over what they felt."""

    def strains(self) -> Iterable[Strain]:
        """Will, deterrence and wariness rise while it is in the press."""
        yield Strain("will", self.country, self.will)
        yield Strain("deterrence", self.country, self.deterrence)
        yield Strain("wariness", self.country, self.wariness)
