"""A donor leaves: announced or from one day to the next, with its upkeep handed over or not."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain, Withdrawal
from stcsim.spec import quantity


class DonorExit(Shock):
    """A donor stops its activities while it lasts; national money that gave way to aid comes back slowly.

    With notice the national budget can begin to fill the gap before the end. With upkeep handed over the
    donor pays for upkeep and use, as far as its budget goes, for some years more.
    """

    name: ClassVar[str] = "donor_exit"
    title: ClassVar[str] = "A donor leaves"
    sources: ClassVar[tuple[str, ...]] = ("gao_06_311",)

    donor: str = ""
    """Donor that leaves; all when empty."""
    weeks: int = quantity(5200, unit="weeks", low=1, high=5200)
    """How long it stays away; for good when not given."""
    notice_weeks: int = quantity(0, unit="weeks", low=0, high=1040, sweep=(0, 104))
    """Weeks before its exit in which its hosts know of it."""
    upkeep_handed_over: bool = False
    """Whether it goes on paying for upkeep and use for some years."""

    def turns(self) -> Iterable[int]:
        """The week of the notice as well."""
        yield from super().turns()
        yield self.at_week - self.notice_weeks

    def strains(self) -> Iterable[Strain]:
        """No drive of the model but the donor itself."""
        return ()

    def withdrawals(self) -> Iterable[Withdrawal]:
        """The donor leaves the country that the shock befalls."""
        yield Withdrawal(self.donor, self.country, self.notice_weeks, self.upkeep_handed_over)
