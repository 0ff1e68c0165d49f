"""Who is in a scenario: the identity of every actor, which never depends on the order of the file.

=================  =================================  ========================================
actor              identity                           such as
=================  =================================  ========================================
agency             country, id or role                ``A/customs_headquarters``
partner at home    country, id or kind                ``A/university``
international one  ``intl``, id or kind               ``intl/regional_centre``
post, stretch      country, id or kind; several       ``A/sea``; ``A/sea_1``, ``A/sea_2``
                   alike are numbered from 1
group of firms     country, ``firms``, id or class    ``A/firms/sme_machine_tools``
                   and sector
=================  =================================  ========================================

Agencies, partners, posts and stretches are the *holders* of capacity and information; they share one space of
identities, and so do groups of firms. Donors, networks and countries are known by their own ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from stcsim.actors.agency import AgencySpec
from stcsim.actors.checkpoint import CheckpointSpec, StretchSpec
from stcsim.actors.country import CountrySpec
from stcsim.actors.donor import DonorSpec
from stcsim.actors.firm import AWARENESS, EXPORTS_PER_YEAR, FirmsSpec
from stcsim.actors.network import NetworkSpec
from stcsim.actors.partner import PartnerSpec
from stcsim.errors import InputError, Problem, quote
from stcsim.parameters import Parameters
from stcsim.scenario.spec import ScenarioSpec

INTERNATIONAL = "intl"
"""First part of the identity of a body that is at home in no country."""

HolderKind = Literal["agency", "partner", "post", "stretch"]
HolderSpec = AgencySpec | PartnerSpec | CheckpointSpec | StretchSpec


@dataclass(frozen=True)
class HolderEntry:
    """One holder of capacity and information.

    Parameters
    ----------
    id : identity, such as ``A/sea_1``
    kind : agency, partner, post or stretch
    role : agency role, partner kind, or kind of post or stretch
    country : country identifier, empty for an international body
    staff : full-time equivalents; None for a post that has as many inspectors as the register's share needs
    competence : mean competence at the start; None where the country's holds
    spec : what the scenario says of it (of all alike, where several are)
    path : where the scenario says so
    """

    id: str
    kind: HolderKind
    role: str
    country: str
    staff: float | None
    competence: float | None
    spec: HolderSpec = field(compare=False)
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class FirmGroupEntry:
    """Firms alike, with what the scenario leaves open filled from their class and the parameters.

    Parameters
    ----------
    id : identity, such as ``A/firms/sme_general``; firm n of it is ``A/firms/sme_general/n``, from 1
    country, firm_class, sector : as in the scenario
    count : how many
    exports_per_year : controlled consignments per firm and year, median
    awareness : mean chance of recognising that a transfer is controlled
    compliance_programme : share with an internal compliance programme
    spec : what the scenario says
    path : where the scenario says so
    """

    id: str
    country: str
    firm_class: str
    sector: str
    count: int
    exports_per_year: float
    awareness: float
    compliance_programme: float
    spec: FirmsSpec = field(compare=False)
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Roster:
    """Every actor of a scenario, each kind sorted by identity."""

    countries: tuple[CountrySpec, ...]
    holders: tuple[HolderEntry, ...]
    firm_groups: tuple[FirmGroupEntry, ...]
    donors: tuple[DonorSpec, ...]
    networks: tuple[NetworkSpec, ...]

    @cached_property
    def by_id(self) -> dict[str, HolderEntry]:
        """Holders by identity."""
        return {h.id: h for h in self.holders}


def _numbered(name: str, count: int) -> Iterator[str]:
    if count == 1:
        yield name
    else:
        yield from (f"{name}_{n}" for n in range(1, count + 1))


def _partner(home: str, spec: PartnerSpec, path: str) -> HolderEntry:
    identity = f"{home or INTERNATIONAL}/{spec.id or spec.kind}"
    return HolderEntry(identity, "partner", spec.kind, home, spec.staff, spec.competence, spec, path)


def holder_entries(spec: ScenarioSpec) -> Iterator[HolderEntry]:
    """Yield every holder in the order of the file, duplicates included."""
    for c, country in enumerate(spec.countries):
        at, home = f"countries[{c}]", country.id
        for i, agency in enumerate(country.agencies):
            identity = f"{home}/{agency.id or agency.role}"
            path = f"{at}.agencies[{i}]"
            yield HolderEntry(
                identity, "agency", agency.role, home, agency.staff, agency.competence, agency, path
            )
        for i, partner in enumerate(country.partners):
            yield _partner(home, partner, f"{at}.partners[{i}]")
        for i, post in enumerate(country.checkpoints):
            for name in _numbered(post.id or post.kind, post.count):
                path = f"{at}.checkpoints[{i}]"
                yield HolderEntry(
                    f"{home}/{name}", "post", post.kind, home, post.inspectors, post.competence, post, path
                )
        for i, stretch in enumerate(country.stretches):
            for name in _numbered(stretch.id or stretch.kind, stretch.count):
                path = f"{at}.stretches[{i}]"
                yield HolderEntry(
                    f"{home}/{name}", "stretch", stretch.kind, home, stretch.staff, None, stretch, path
                )
    for i, partner in enumerate(spec.partners):
        yield _partner("", partner, f"partners[{i}]")


def firm_group(country: str, spec: FirmsSpec, parameters: Parameters, path: str = "") -> FirmGroupEntry:
    """Return the entry of a group of firms, with class and register filling what `spec` leaves open."""
    icp = parameters.firms.icp_large if spec.firm_class == "large" else parameters.firms.icp_sme
    rate, aware, programme = spec.exports_per_year, spec.awareness, spec.compliance_programme
    return FirmGroupEntry(
        id=f"{country}/firms/{spec.id or f'{spec.firm_class}_{spec.sector}'}",
        country=country,
        firm_class=spec.firm_class,
        sector=spec.sector,
        count=spec.count,
        exports_per_year=EXPORTS_PER_YEAR[spec.firm_class] if rate is None else rate,
        awareness=AWARENESS[spec.firm_class] if aware is None else aware,
        compliance_programme=icp if programme is None else programme,
        spec=spec,
        path=path,
    )


def firm_group_entries(spec: ScenarioSpec) -> Iterator[FirmGroupEntry]:
    """Yield every group of firms in the order of the file, duplicates included."""
    for c, country in enumerate(spec.countries):
        for i, firms in enumerate(country.firms):
            yield firm_group(country.id, firms, spec.parameters, f"countries[{c}].firms[{i}]")


def duplicates(entries: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (path, identity, path of the first) for every identity that a pair (identity, path) repeats."""
    first: dict[str, str] = {}
    reported: set[tuple[str, str]] = set()
    for identity, path in entries:
        earlier = first.setdefault(identity, path)
        if earlier != path and (path, identity) not in reported:
            reported.add((path, identity))
            yield path, identity, earlier


def identities(spec: ScenarioSpec) -> Iterator[Iterator[tuple[str, str]]]:
    """Yield one stream of pairs (identity, path) for each space in which identities have to be unique."""
    yield ((c.id, f"countries[{i}]") for i, c in enumerate(spec.countries))
    yield ((h.id, h.path) for h in holder_entries(spec))
    yield ((g.id, g.path) for g in firm_group_entries(spec))
    yield ((d.id, f"donors[{i}]") for i, d in enumerate(spec.donors))
    yield ((n.id, f"networks[{i}]") for i, n in enumerate(spec.networks))


def roster(spec: ScenarioSpec) -> Roster:
    """Return every actor of `spec`, each kind sorted by identity.

    Raises
    ------
    InputError
        Where two actors of one kind have the same identity.
    """
    clashes = [d for space in identities(spec) for d in duplicates(space)]
    if clashes:
        raise InputError(
            [
                Problem(
                    "", 0, 0, path, f"identity {quote(identity)} is taken by {earlier}", "Give it an 'id'."
                )
                for path, identity, earlier in clashes
            ]
        )
    return Roster(
        countries=tuple(sorted(spec.countries, key=lambda c: c.id)),
        holders=tuple(sorted(holder_entries(spec), key=lambda h: h.id)),
        firm_groups=tuple(sorted(firm_group_entries(spec), key=lambda g: g.id)),
        donors=tuple(sorted(spec.donors, key=lambda d: d.id)),
        networks=tuple(sorted(spec.networks, key=lambda n: n.id)),
    )
