"""Who convenes, who is invited, who pays: what several mechanisms read from a view in the same way.

A body invites only those whose part it recognises. Posts and stretches belong to a service of their own
country, which knows them without being told.
"""

from collections.abc import Iterable
from typing import Literal

from stcsim.actors.agency import Role
from stcsim.actors.partner import PartnerKind
from stcsim.structure.view import HolderView, View

Member = Role | PartnerKind
"""What a group may list as a member: a role of an agency or a kind of partner."""

Payer = Literal["country", "donor"]
"""Who pays for the events of a programme."""

CORE: tuple[Member, ...] = (
    "licensing_authority",
    "trade_ministry",
    "customs_headquarters",
    "border_guard",
    "intelligence",
    "law_enforcement",
    "foreign_affairs",
    "technical_authority",
)
"""Bodies that decide on or enforce most of what a control system does, and so are asked first."""

PRINCIPALS: tuple[Member, ...] = (
    "trade_ministry",
    "customs_headquarters",
    "law_enforcement",
    "intelligence",
    "foreign_affairs",
    "defence",
)
"""Bodies whose heads decide on priorities and staff."""

_CONVENORS: tuple[Role, ...] = (
    "licensing_authority",
    "trade_ministry",
    "customs_headquarters",
    "foreign_affairs",
)


def convenor(view: View, country: str, lead: str) -> str:
    """Return who convenes: the body in role `lead`, else the first usual convenor, else ``""``."""
    return view.one(country, lead, *_CONVENORS)


def invited(view: View, host: str, roles: Iterable[str]) -> tuple[str, ...]:
    """Return the host and those bodies of its country in `roles` whose part it recognises, sorted."""
    wanted = frozenset(roles)
    home = view.by_id[host].country
    return tuple(
        sorted(
            h.id
            for h in view.holders_of(home)
            if h.id == host
            or (h.role in wanted and h.kind in ("agency", "partner") and view.recognises(host, h.id))
        )
    )


def reached(view: View, host: str, audience: Iterable[str]) -> tuple[HolderView, ...]:
    """Return the holders of the host's country that an audience names and the host knows, sorted.

    An audience names roles of bodies, or ``post`` and ``stretch`` for all of these.
    """
    wanted = frozenset(audience)
    home = view.by_id[host].country
    found = (
        h
        for h in view.holders_of(home)
        if (h.kind in wanted and h.kind in ("post", "stretch"))
        or (h.role in wanted and h.kind in ("agency", "partner") and view.recognises(host, h.id))
    )
    return tuple(sorted(found, key=lambda h: h.id))


def payer_of(view: View, country: str, payer: Payer) -> str:
    """Return who pays: the country or the first donor that works there (the country where none does)."""
    if payer == "donor":
        working = sorted(d.id for d in view.donors if not d.countries or country in d.countries)
        if working:
            return working[0]
    return country


def wage_level(view: View, country: str) -> float:
    """Return the cost of staff in a country relative to the reference wage; 1 for an international body."""
    return next((c.wage_level for c in view.countries if c.id == country), 1.0)
