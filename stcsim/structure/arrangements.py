"""The closed vocabulary through which a mechanism changes structure, and the merge law of each word.

No word names an outcome, a rate of detection or a probability, so no effect can be smuggled in. Every
arrangement has an identity (`key`); two with the same key merge by a commutative and associative law, so
the order in which mechanisms are listed changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from typing import TypeVar, get_args

from stcsim.structure.convenings import Convening, Exchange, Planning
from stcsim.structure.flows import Channel, Contact, Recognition
from stcsim.structure.programmes import Cascade, FollowUp, Programme, TrainerPool
from stcsim.structure.provisions import Budget, Charge, Checks, Mandate, Post

__all__ = [
    "KINDS",
    "Arrangement",
    "Budget",
    "Cascade",
    "Channel",
    "Charge",
    "Checks",
    "Contact",
    "Convening",
    "Exchange",
    "FollowUp",
    "Mandate",
    "Planning",
    "Post",
    "Programme",
    "Recognition",
    "TrainerPool",
    "by_kind",
    "merge",
]

Arrangement = (
    Channel
    | Convening
    | Programme
    | FollowUp
    | Recognition
    | Contact
    | Mandate
    | Planning
    | Checks
    | Post
    | Budget
    | Charge
    | Cascade
    | Exchange
    | TrainerPool
)
KINDS: tuple[type, ...] = get_args(Arrangement)
"""Every word of the vocabulary."""
_A = TypeVar("_A", bound=Arrangement)


@lru_cache(maxsize=1 << 16)
def _order(item: Arrangement) -> tuple[str, ...]:
    """Sorting key by kind and content; sets are sorted, for their own order differs between processes."""
    values = (getattr(item, f.name) for f in fields(item))
    return (type(item).__name__, *(repr(sorted(v) if isinstance(v, frozenset) else v) for v in values))


def merge(arrangements: Iterable[Arrangement]) -> frozenset[Arrangement]:
    """Merge arrangements by kind and key; commutative and associative up to the last bits of float sums.

    Sums are taken in sorted order, so the result does not depend on the order given.
    """
    alike: dict[tuple[object, ...], list[Arrangement]] = {}
    for item in arrangements:
        alike.setdefault((type(item), *item.key), []).append(item)
    return frozenset(items[0] if len(items) == 1 else _merged(items) for items in alike.values())


def _merged(items: list[Arrangement]) -> Arrangement:
    """Merge arrangements of one kind and key."""
    first, *others = sorted(items, key=_order)
    for item in others:
        first = first.merge(item)  # type: ignore[arg-type]  # of one kind, which the checker cannot see
    return first


def only(kind: type[_A], arrangements: Iterable[Arrangement]) -> list[_A]:
    """Return the arrangements of one kind, in an order that does not depend on how they were given."""
    return sorted((a for a in arrangements if isinstance(a, kind)), key=_order)


def by_kind(arrangements: Iterable[Arrangement]) -> dict[type, list[Arrangement]]:
    """Return arrangements by kind; a kind of which there is none has an empty list."""
    found: dict[type, list[Arrangement]] = {kind: [] for kind in KINDS}
    for item in arrangements:
        found[type(item)].append(item)
    return found
