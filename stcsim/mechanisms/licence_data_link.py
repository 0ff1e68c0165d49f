"""A licence data link: officers at posts see the licence register and write off what passes."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate
from stcsim.structure.view import HolderView, View


class LicenceDataLink(Mechanism):
    """Make the licence register visible at posts with declarations.

    An honest licence is then seen, so that its goods are not held and applying for it pays; a forged or
    used-up one is seen as well. It tells nobody what goods are.
    """

    name: ClassVar[str] = "licence_data_link"
    title: ClassVar[str] = "Licence data link to the frontline"
    answers: ClassVar[tuple[str, ...]] = ("sme_compliance", "identifying_goods", "front_companies")
    route: ClassVar[tuple[str, ...]] = ("Mandate",)
    prerequisites: ClassVar[str] = "a licensing authority, export control by law, and posts with declarations"
    sources: ClassVar[tuple[str, ...]] = ("single_window", "wco_cosmo")

    countries: tuple[str, ...] = ()
    """Countries that link their register; all when empty."""
    software_thousand_usd: float = quantity(
        150.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(40.0, 600.0)
    )
    """What the link costs each country once."""
    upkeep_thousand_usd: float = quantity(
        25.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(5.0, 100.0)
    )
    """What running it costs each country a year."""
    register_hours: float = quantity(200.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(50.0, 800.0))
    """Hours a year of the licensing authority for keeping the register right."""
    post_hours: float = quantity(40.0, unit="h/yr", low=0.0, high=5000.0, sweep=(10.0, 160.0))
    """Hours a year of each post for looking up and writing off."""
    lead_time: int = quantity(52, unit="weeks", low=0, high=1040, sweep=(26, 156))
    """Weeks from decision to effect."""

    def _links(self, view: View) -> Iterable[tuple[str, str, tuple[HolderView, ...]]]:
        law = {c.id: c.law for c in view.countries}
        for country in self.chosen(self.countries, law):
            authority = view.one(country, "licensing_authority")
            posts = view.holders_of(country, kind="post")
            hidden = not law[country].get("register_visible", False)
            if authority and posts and hidden and law[country].get("export", True):
                yield country, authority, posts

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """The visible register, and what it costs to build, to run and to use."""
        for country, authority, posts in self._links(view):
            yield Mandate(country, "register_visible", True)
            yield Charge(country, 0.0, self.upkeep_thousand_usd, self.name, self.software_thousand_usd)
            yield Charge(authority, self.register_hours, 0.0, self.name)
            for post in posts:
                yield Charge(post.id, self.post_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any register could be linked to any post."""
        return () if any(True for _ in self._links(view)) else (self.prerequisites,)
