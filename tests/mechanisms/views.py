"""Views to ask mechanisms about: a region with something of everything, and variations of it."""

from __future__ import annotations

from dataclasses import replace

from stcsim.actors.agency import ROLES
from stcsim.structure.view import CountryView, DonorView, FirmGroupView, HolderView, View

LAW = {"export": True, "transit": True, "catch_all": True, "detention": True}
ABSENT = {"A": (), "B": ("technical_authority", "legislature"), "C": ("licensing_authority", "intelligence")}
"""Roles that nobody plays in a country."""
UNRECOGNISED = ("regulator", "defence", "civil_society")
"""Roles whose part nobody else recognises."""


def _holders(country: str, wage: float) -> list[HolderView]:
    roles = [r for r in ROLES if r not in ABSENT[country]]
    found = [HolderView(f"{country}/{r}", "agency", r, country, 6.0 + 4.0 * wage) for r in roles]
    found += [
        HolderView(f"{country}/{k}", "partner", k, country, 3.0)
        for k in ("industry_association", "university", "civil_society")
    ]
    found += [HolderView(f"{country}/{k}", "post", k, country, s) for k, s in (("air", 8.0), ("land", 20.0))]
    found += [HolderView(f"{country}/sea_{n}", "post", "sea", country, 12.0 * n) for n in (1, 2)]
    found.append(HolderView(f"{country}/green", "stretch", "green", country, 4.0))
    return found


def _recognised(holders: list[HolderView]) -> frozenset[tuple[str, str]]:
    """Known to each other: bodies of a country save the unrecognised, and customs across borders."""
    bodies = [h for h in holders if h.kind in ("agency", "partner") and h.role not in UNRECOGNISED]
    return frozenset(
        (a.id, b.id)
        for a in bodies
        for b in bodies
        if a is not b and (a.country == b.country or a.role == b.role == "customs_headquarters")
    )


def rich_view() -> View:
    """Three countries unlike in law, wages and bodies; three donors; many firms; posts, stretches."""
    countries = (
        CountryView("A", {**LAW, "shares_data_on_nationals": True}, 1.0),
        CountryView("B", {**LAW, "shares_data_on_nationals": False}, 0.5),
        CountryView("C", {**LAW, "shares_data_on_nationals": False, "export": True}, 0.25),
    )
    holders = [h for c in countries for h in _holders(c.id, c.wage_level)]
    holders.append(HolderView("intl/regional_centre", "partner", "regional_centre", "", 5.0))
    groups = tuple(
        FirmGroupView(f"{c.id}/firms/{k}_{s}", c.id, k, s, n)
        for c in countries
        for k, n in (("large", 20), ("sme", 300), ("forwarder", 40), ("broker", 10), ("research", 12))
        for s in ("electronics", "machine_tools")
    )
    donors = (
        DonorView("donor_1", 1500.0, ("A", "B")),
        DonorView("donor_2", 4000.0, ()),
        DonorView("donor_3", 900.0, ("C",)),
    )
    ordered = tuple(sorted(holders, key=lambda h: h.id))
    return View(
        0, countries, ordered, tuple(sorted(groups, key=lambda g: g.id)), donors, _recognised(holders)
    )


def reversed_view(view: View) -> View:
    """The same region with every list in the opposite order."""
    return View(
        view.week,
        view.countries[::-1],
        view.holders[::-1],
        view.firm_groups[::-1],
        view.donors[::-1],
        view.recognised,
        view.staff_costs,
    )


def strangers(view: View) -> View:
    """The same region where no body knows of another's part."""
    return replace(view, recognised=frozenset())


EMPTY = View(0, (), (), (), (), frozenset())
"""A region without anybody."""
