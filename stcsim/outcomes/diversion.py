"""Illicit transfers and attempts at them, by who caused them.

Attempts are counted on the day on which they arise, what becomes of them on the day on which it is settled.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FAMILIES, FATES, ORIGINS, SEVERITY, WAYS
from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome, outcomes
from stcsim.outcomes.tables import Tables, ratio

SEVERITIES = np.array([SEVERITY[f] for f in FAMILIES])
TANGIBLE_WAYS: dict[str, str] = {
    "deceive_licensing": "under a licence obtained by deceit",
    "unlicensed": "shipped without a licence",
    "unaware_firm": "through a firm that did not know",
    "third_country": "through a third country",
    "open_stretch": "across an open stretch of border",
    "after_delivery": "diverted after a licensed delivery",
}
"""Ways in which goods are moved, in words."""


@outcome(label="illicit transfers completed", unit="transfers", better="lower")
def diversions(tables: Tables) -> F8:
    """Transfers of goods by networks that were completed, or released as the time to hold them ran out."""
    return tables.cases(tables.diverted)


@outcome(label="illicit transfers completed, weighted by severity", unit="transfers", better="lower")
def diversions_weighted(tables: Tables) -> F8:
    """Illicit transfers completed, each weighted by how grave its goods are relative to a computer."""
    mask = tables.diverted
    return tables.by_run(tables.case("run")[mask], SEVERITIES[tables.case("family")[mask]])


@outcome(label="illicit transfers that nobody discovered", unit="transfers", better="lower")
def diversions_undiscovered(tables: Tables) -> F8:
    """Illicit transfers completed that no authority had learnt of by the end of the counted time."""
    return tables.cases(tables.diverted & (tables.case("discovered") > tables.end))


@outcome(label="illicit transfers discovered later", unit="transfers", better="none")
def diversions_discovered_later(tables: Tables) -> F8:
    """Illicit transfers completed that an authority learnt of later, by the end of the counted time."""
    return tables.cases(tables.diverted & (tables.case("discovered") <= tables.end))


@outcome(
    label="illicit transfers per opportunity", unit="share", better="lower", undefined="without any occasion"
)
def diversions_per_opportunity(tables: Tables) -> F8:
    """Illicit transfers completed over the occasions on which networks could have tried one."""
    return ratio(diversions(tables), opportunities(tables))


@outcomes(
    "diversions", TANGIBLE_WAYS, label="illicit transfers completed {}", unit="transfers", better="lower"
)
def diversions_by_way(tables: Tables, way: str) -> F8:
    """Illicit transfers completed {}."""
    return tables.cases(tables.diverted & (tables.case("way") == WAYS.index(way)))


@outcome(label="illicit transfers released at the clock", unit="transfers", better="lower")
def diversions_released(tables: Tables) -> F8:
    """Illicit transfers held in doubt at a checkpoint and let go because the time to hold them ran out."""
    return tables.cases(tables.diverted & (tables.case("fate") == FATES.index("released_clock")))


@outcome(label="opportunities of networks", unit="opportunities", better="none")
def opportunities(tables: Tables) -> F8:
    """Occasions on which a network could have tried a transfer, the same in every arm."""
    return tables.cases(tables.potential)


@outcome(label="attempts at illicit transfers", unit="attempts", better="lower")
def attempts(tables: Tables) -> F8:
    """Occasions on which a network tried a transfer, of goods or intangible."""
    return tables.cases(tables.potential & (tables.case("way") != WAYS.index("wait")))


KINDS: dict[str, str] = {"state_linked": "a state stands behind", "non_state": "no state stands behind"}
"""Kinds of networks by name, with words for them."""


@outcomes("attempts", KINDS, label="attempts of networks that {}", unit="attempts", better="lower")
def attempts_by_kind(tables: Tables, kind: str) -> F8:
    """Occasions on which a network that {} tried a transfer, of goods or intangible."""
    networks = tables.state.networks
    if not networks.n:
        return np.zeros(tables.runs)
    linked = networks.state_linked[np.maximum(tables.case("network"), 0)]
    tried = tables.potential & (tables.case("way") != WAYS.index("wait"))
    return tables.cases(tried & (linked == (kind == "state_linked")))


@outcome(label="attempts forgone", unit="attempts", better="higher")
def attempts_forgone(tables: Tables) -> F8:
    """Occasions that networks let pass because of risk or disruption."""
    return tables.cases(tables.potential & (tables.case("way") == WAYS.index("wait")))


@outcome(label="intangible transfers leaked by networks", unit="transfers", better="lower")
def intangible_leaks_networks(tables: Tables) -> F8:
    """Transfers of technology without goods that networks completed."""
    return tables.cases(tables.let_through & tables.by_networks & ~tables.tangible)


@outcome(label="intangible transfers leaked by firms", unit="transfers", better="lower")
def intangible_leaks_firms(tables: Tables) -> F8:
    """Controlled transfers of technology without goods that firms sent without a licence."""
    return tables.total("leaks_by_firms")


@outcome(label="intangible transfers leaked", unit="transfers", better="lower")
def intangible_leaks(tables: Tables) -> F8:
    """Transfers of technology without goods and without a licence, by networks and by firms."""
    return intangible_leaks_networks(tables) + intangible_leaks_firms(tables)


def _by_firms(tables: Tables, origin: str) -> F8:
    return tables.cases(tables.let_through & (tables.case("origin") == ORIGINS.index(origin)))


@outcome(label="unintentional violations", unit="consignments", better="lower")
def unintentional_violations(tables: Tables) -> F8:
    """Controlled goods that left without a licence because the exporting firm did not know."""
    return _by_firms(tables, "ignorance")


@outcome(label="evasion by firms", unit="consignments", better="lower")
def evasion(tables: Tables) -> F8:
    """Controlled goods that left without a licence although the exporting firm knew."""
    return _by_firms(tables, "evasion")
