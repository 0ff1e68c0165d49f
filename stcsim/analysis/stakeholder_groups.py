"""Bodies of a region put together by country and group, so that many can be seen as a few."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from stcsim.analysis.tie_layers import F8, FRONTLINE, Layer, Ties

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "policy": "Licensing and policy",
        "enforcement": "Enforcement",
        "frontline": "Checkpoints",
        "society": "Industry and society",
        "abroad": "International bodies",
    }
)
"""Groups of a country, and the one of bodies without a country, with words for people."""
_ENFORCEMENT = frozenset(
    {"customs_headquarters", "border_guard", "law_enforcement", "intelligence", "prosecutor"}
)
ALL = "all"
"""Opens every group."""


@dataclass(frozen=True)
class Node:
    """What is drawn as one: a group of a country, or one actor of a group that is open.

    Parameters
    ----------
    id : of the group, or of the actor
    label : for people, without the country
    group : key of `GROUPS`
    country, country_label : empty for international bodies
    members : places of actors in `Ties`
    opened : whether it is an actor
    """

    id: str
    label: str
    group: str
    country: str
    country_label: str
    members: tuple[int, ...]
    opened: bool

    @property
    def home(self) -> str:
        """Identity of the group it stands for or belongs to."""
        return f"{self.country}:{self.group}" if self.country else self.group

    @property
    def full_label(self) -> str:
        """Its name with the country."""
        return f"{self.label}, {short_country(self.country_label)}" if self.country else self.label


def short_country(label: str) -> str:
    """Return the name of a country without what stands behind it in brackets."""
    return label.partition(" (")[0]


def group_of(kind: str, role: str, country: str) -> str:
    """Return the key of the group of an actor.

    Parameters
    ----------
    kind, role, country : ``kind``, ``group`` and ``country`` of an observation's actors
    """
    if not country:
        return "abroad"
    if kind in FRONTLINE:
        return "frontline"
    if kind == "partner":
        return "society"
    return "enforcement" if role in _ENFORCEMENT else "policy"


def nodes(ties: Ties, layer: Layer, opened: Collection[str] = ()) -> tuple[Node, ...]:
    """Return what is drawn, by country and group, in an order that hangs on who there is alone.

    Parameters
    ----------
    layer : actors that cannot have ties of it are left out
    opened : groups whose actors are drawn one by one, see `Node.home`; ``all`` for every group
    """
    table = ties.actors.assign(
        place=np.arange(ties.n),
        home=[group_of(*row) for row in ties.actors[["kind", "group", "country"]].itertuples(index=False)],
    )[ties.within(layer)]
    order = list(GROUPS)
    found: list[Node] = []
    countries = sorted(set(table["country"]), key=lambda c: (c == "", c))
    for country in countries:
        local = table[table["country"] == country]
        for group in sorted(set(local["home"]), key=order.index):
            found += _of_group(local[local["home"] == group], country, group, opened)
    return tuple(found)


def _of_group(members: pd.DataFrame, country: str, group: str, opened: Collection[str]) -> list[Node]:
    name = str(members["country_label"].iloc[0])
    places = tuple(int(i) for i in members["place"])
    whole = Node(
        f"{country}:{group}" if country else group, GROUPS[group], group, country, name, places, False
    )
    if ALL not in opened and whole.id not in opened:
        return [whole]
    rows = zip(members["id"], members["label"], places, strict=True)
    return [Node(str(i), str(label), group, country, name, (place,), True) for i, label, place in rows]


def between(ties: Ties, layer: Layer, drawn: tuple[Node, ...], arm: str, quarter: int) -> pd.DataFrame:
    """Return the ties between, and within, what is drawn: one row a pair of nodes that has pairs of actors.

    Columns: `a`, `b` (places in `drawn`, a <= b), `tied` (pairs of actors that are tied), `pairs` (of actors
    that could be), `value` (mean over these pairs, or their sum where values add up), `needed` (pairs that
    should know each other by role), `missing` (those of them that are not tied).
    """
    links = ties.links(layer, arm, quarter)
    needed = ties.needed > 0

    def put(matrix: F8) -> F8:
        return put_together(ties, drawn, matrix)

    pairs = put(np.ones((ties.n, ties.n)))
    value = put(ties.strength(layer, arm, quarter))
    a, b = np.nonzero(np.triu(pairs) > 0)
    each = value if layer.total else value / np.maximum(pairs, 1.0)
    return pd.DataFrame(
        {
            "a": a,
            "b": b,
            "tied": put(links.astype(np.float64))[a, b].astype(np.int64),
            "pairs": pairs[a, b].astype(np.int64),
            "value": each[a, b],
            "needed": put(needed.astype(np.float64))[a, b].astype(np.int64),
            "missing": put((needed & ~links).astype(np.float64))[a, b].astype(np.int64),
        }
    )


def put_together(ties: Ties, drawn: tuple[Node, ...], matrix: F8) -> F8:
    """Return the sum over pairs of actors for each pair of nodes, and for each node over pairs within it.

    Parameters
    ----------
    matrix : of pairs of actors, symmetric, shape (n, n)
    """
    member = np.zeros((len(drawn), ties.n))
    for row, node in enumerate(drawn):
        member[row, list(node.members)] = 1.0
    found = member @ (matrix * ~np.eye(ties.n, dtype=np.bool_)) @ member.T
    found[np.diag_indices(len(drawn))] /= 2  # within a group each pair is there twice
    return np.asarray(found, dtype=np.float64)
