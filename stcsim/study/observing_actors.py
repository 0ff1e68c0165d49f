"""Who there is in a scenario that is watched, with words for people."""

from __future__ import annotations

import math

import pandas as pd

from stcsim.scenario.roster import HolderEntry, roster
from stcsim.scenario.spec import ScenarioSpec

_MODES: dict[str, str] = {"post": "checkpoint", "stretch": "stretch of border"}


def actors_table(spec: ScenarioSpec) -> pd.DataFrame:
    """Return every body, donor, network and country of a scenario, see `Observation`."""
    people = roster(spec)
    country = {c.id: c.name or c.id for c in people.countries}
    rows: list[tuple[str, str, str, str, str, str, float]] = [
        (c.id, country[c.id], "country", "country", c.id, country[c.id], math.nan) for c in people.countries
    ]
    for h in people.holders:
        home = country.get(h.country, "")
        staff = math.nan if h.staff is None else h.staff
        rows.append((h.id, _label(h), h.kind, h.role, h.country, home, staff))
    for d in people.donors:
        rows.append((d.id, d.name or d.id, "donor", "donor", "", "", math.nan))
    for n in people.networks:
        rows.append((n.id, n.name or n.id, "network", "network", "", "", math.nan))
    columns = ["id", "label", "kind", "group", "country", "country_label", "staff"]
    return pd.DataFrame(rows, columns=columns).astype({"staff": "float64"})


def _label(holder: HolderEntry) -> str:
    """Return what a body is called: its name in the file, else its role and, of several alike, a number."""
    given = getattr(holder.spec, "name", "")
    if given:
        return str(given)
    own = holder.id.partition("/")[2]
    words = holder.role.replace("_", " ")
    if holder.kind in _MODES:
        words = f"{words} {_MODES[holder.kind]}"
    tail = own.removeprefix(holder.role).lstrip("_").replace("_", " ")
    text = f"{words} {tail}".strip() if own.startswith(holder.role) else own.replace("_", " ")
    return text[:1].upper() + text[1:]
