"""Harmonised lists: countries adopt the regime's control list by reference, and send it to all who use it."""

from collections.abc import Iterable
from itertools import permutations
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Mandate
from stcsim.structure.view import View

_LISTS = frozenset({"lists"})
_OPEN = frozenset({"open"})


class HarmonisedLists(Mechanism):
    """Adopt what the regime agrees on the day of its agreement.

    So no list lags behind a neighbour's and goods do not pass between them. Where nobody reads the list it
    changes nothing, and goods that no regime has listed stay outside.
    """

    name: ClassVar[str] = "harmonised_lists"
    title: ClassVar[str] = "Harmonised control lists"
    answers: ClassVar[tuple[str, ...]] = ("identifying_goods", "cross_border_cooperation", "rerouting")
    route: ClassVar[tuple[str, ...]] = ("Mandate", "Channel")
    prerequisites: ClassVar[str] = "a licensing authority that keeps the list"
    sources: ClassVar[tuple[str, ...]] = ("eu_p2p", "wassenaar_2014_us", "eu_list_2017")

    countries: tuple[str, ...] = ()
    """Countries that adopt the regime's list by reference; all when empty."""
    mean_delay_days: float = quantity(14.0, unit="days", low=0.5, high=800.0, sweep=(3.0, 90.0))
    """Mean time of a new list from the authority to posts and to other authorities, at full trust."""
    expert_hours: float = quantity(240.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(80.0, 900.0))
    """Hours a year of each licensing authority for taking part in the regime's drafting and explaining it."""
    post_hours: float = quantity(8.0, unit="h/yr", low=0.0, high=2000.0, sweep=(2.0, 40.0))
    """Hours a year of each post for taking over a list that changes sooner."""
    legal_thousand_usd: float = quantity(
        60.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(15.0, 250.0)
    )
    """What the change of law costs each country once."""
    lead_time: int = quantity(52, unit="weeks", low=0, high=1040, sweep=(26, 208))
    """Weeks from decision to effect: a law that refers to another list."""

    def _authorities(self, view: View) -> dict[str, str]:
        chosen = self.chosen(self.countries, (c.id for c in view.countries))
        found = {c: view.one(c, "licensing_authority") for c in chosen}
        return {c: body for c, body in found.items() if body}

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """The switch of the law, the list's ways to posts and between authorities, and what they cost."""
        authorities = self._authorities(view)
        for country, body in authorities.items():
            yield Mandate(country, "harmonised_lists", True)
            yield Charge(body, self.expert_hours, 0.0, self.name)
            yield Charge(body, 0.0, 0.0, f"{self.name}: law", self.legal_thousand_usd)
            ends = view.holders_of(country, kind="post") + view.holders_of(country, ("customs_headquarters",))
            for end in ends:
                yield Channel(body, end.id, self.mean_delay_days, _LISTS, _OPEN, hub=body)
                yield Charge(end.id, self.post_hours, 0.0, self.name)
        for source, target in permutations(sorted(authorities.values()), 2):
            yield Channel(source, target, self.mean_delay_days, _LISTS, _OPEN)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody keeps a list."""
        return () if self._authorities(view) else (self.prerequisites,)
