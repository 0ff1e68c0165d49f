"""Which ties two arms do not share: in words, and pair by pair."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from stcsim.analysis.stakeholder_groups import Node, nodes, short_country
from stcsim.analysis.tie_layers import B1, Layer, Ties
from stcsim.charts.network_view import View, against_words


def changes_table(ties: Ties, view: View, arm: str, other: str) -> pd.DataFrame:
    """Return pairs of actors that are tied in one of two arms alone, the largest changes first.

    Columns: both names, `change` (``new`` or ``lost`` with `arm`), the value in `other` and in `arm`, and
    whether roles ask for the tie.
    """
    layer = view.of
    now, then = ties.links(layer, arm, view.quarter), ties.links(layer, other, view.quarter)
    value, before = ties.strength(layer, arm, view.quarter), ties.strength(layer, other, view.quarter)
    a, b = np.nonzero(np.triu(now != then))
    order = np.argsort(-np.abs(value - before)[a, b], kind="stable")
    a, b = a[order], b[order]
    name = actor_names(ties)
    return pd.DataFrame(
        {
            "one": [name[i] for i in a],
            "other": [name[i] for i in b],
            "change": np.where(now[a, b], "new", "lost"),
            "before": before[a, b],
            "with": value[a, b],
            "needed": ties.needed[a, b] > 0,
        }
    )


def actor_names(ties: Ties) -> list[str]:
    """Return what each actor is called, with its country."""
    rows = ties.actors[["label", "country", "country_label"]].itertuples(index=False)
    return [f"{label}, {short_country(where)}" if country else str(label) for label, country, where in rows]


def spoken_names(ties: Ties) -> list[str]:
    """Return what each actor is called within a sentence: ``Maravel's customs headquarters``."""
    rows = ties.actors[["label", "country", "country_label"]].itertuples(index=False)
    return [
        f"{short_country(where)}'s {label[:1].lower()}{label[1:]}" if country else str(label)
        for label, country, where in rows
    ]


def changes_finding(ties: Ties, view: View, arm: str, label: str, other: str, other_label: str) -> str:
    """Return which ties are new or lost, and between whom most of them are."""
    layer = view.of
    now, then = ties.links(layer, arm, view.quarter), ties.links(layer, other, view.quarter)
    fresh, lost = np.triu(now & ~then), np.triu(then & ~now)
    base = against_words(other_label)
    if not fresh.any() and not lost.any():
        return f"With {label} the same pairs {layer.tied} as in {base}"
    said = [
        _sentence(ties, layer, found, word) for found, word in ((fresh, "new"), (lost, "lost")) if found.any()
    ]
    return f"Pairs that {layer.tied} with {label} against {base}: {'; '.join(said)}"


def _sentence(ties: Ties, layer: Layer, found: B1, word: str) -> str:
    home = {place: node for node in nodes(ties, layer) for place in node.members}
    counts: Counter[tuple[str, str]] = Counter()
    for i, j in zip(*np.nonzero(found), strict=True):
        counts[_between(home[int(i)], home[int(j)])] += 1
    total = int(found.sum())
    (first, second), most = min(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    share = "" if most == total else f"{most:,} of them "
    where = f"within {first}" if first == second else f"between {first} and {second}"
    return f"{total:,} {word}, {share}{where}"


def _between(a: Node, b: Node) -> tuple[str, str]:
    first, second = sorted((_group_words(a), _group_words(b)))
    return first, second


def _group_words(node: Node) -> str:
    """Return a group for a sentence: ``Maravel's enforcement``."""
    if not node.country:
        return node.label.lower()
    return f"{short_country(node.country_label)}'s {node.label.lower()}"


def shown_changes(table: pd.DataFrame, layer: Layer, label: str, other_label: str) -> pd.DataFrame:
    """Return the table of changes with heads and cells for people."""
    return pd.DataFrame(
        {
            "One side": table["one"],
            "Other side": table["other"],
            f"With {label}": table["change"],
            f"{layer.column}: {other_label}": layer.told(table["before"].to_numpy()),
            f"{layer.column}: {label}": layer.told(table["with"].to_numpy()),
            "Asked for by role": np.where(table["needed"], "yes", "no"),
        }
    )
