"""The register of assumptions as a table: parameters of the model, and numbers of the mechanisms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd

from stcsim.mechanisms import MECHANISMS
from stcsim.parameters import register
from stcsim.pictures.words import counted, number
from stcsim.report.reference_choices import DATES
from stcsim.sources import CONFIDENCE, Source, sources
from stcsim.spec import ASSUMED, QuantityInfo, quantities

MODEL, MECHANISM = "model", "mechanisms"


@dataclass(frozen=True)
class Entry:
    """One number that can be set.

    Parameters
    ----------
    path : its name in a scenario file
    kind : `MODEL` or `MECHANISM`
    group : process or mechanism that it belongs to, as words
    quantity : as it is declared
    source : that it rests on; None where it is assumed
    """

    path: str
    kind: str
    group: str
    quantity: QuantityInfo
    source: Source | None

    @property
    def name(self) -> str:
        """Its own name as words."""
        return self.path.rpartition(".")[2].replace("_", " ")

    @property
    def value(self) -> str:
        """Its default with its unit."""
        return _written(self.quantity.default, self.quantity.unit)

    @property
    def range(self) -> str:
        """The range from which sampled sets draw it, or that it is held."""
        if self.quantity.sweep is None:
            return "held"
        low, high = self.quantity.sweep
        return f"{number(low)} to {number(high)}"

    @property
    def basis(self) -> str:
        """Where it comes from, in words."""
        return self.source.title if self.source is not None else self.quantity.basis

    @property
    def known(self) -> str:
        """How firmly its source is known, in words; empty where it is assumed."""
        return CONFIDENCE[self.source.confidence] if self.source is not None else ""


@cache
def entries() -> tuple[Entry, ...]:
    """Return the whole register, parameters of the model first."""
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    known = sources()
    for q in register():
        yield Entry(
            f"parameters.{q.path}", MODEL, q.path.partition(".")[0].replace("_", " "), q, known.get(q.basis)
        )
    for name, mechanism in sorted(MECHANISMS.items()):
        for q in quantities(mechanism):
            if q.path not in DATES:
                yield Entry(f"{name}.{q.path}", MECHANISM, mechanism.title, q, known.get(q.basis))


def chosen(search: str, kind: str, basis: str) -> tuple[Entry, ...]:
    """Return the entries in which every word of `search` stands.

    Parameters
    ----------
    search : words, any case
    kind : `MODEL`, `MECHANISM` or empty for both
    basis : ``assumed``, ``source`` or empty for both
    """
    words = search.lower().split()
    return tuple(
        e
        for e in entries()
        if (not kind or e.kind == kind)
        and (not basis or (e.quantity.basis == ASSUMED) == (basis == ASSUMED))
        and all(word in _searched(e) for word in words)
    )


@cache
def _searched(e: Entry) -> str:
    return " ".join((e.path, e.name, e.group, e.quantity.text, e.quantity.unit, e.basis)).lower()


def table(found: tuple[Entry, ...]) -> pd.DataFrame:
    """Return entries as a table, one row each."""
    rows = [(e.name, e.group, e.quantity.text, e.value, e.range, e.basis, e.path) for e in found]
    return pd.DataFrame(
        rows, columns=["Name", "Belongs to", "Meaning", "Value", "Varied from", "Basis", "Key in a file"]
    )


def summary() -> str:
    """Return how much of the model is assumed, in a sentence."""
    model = [e for e in entries() if e.kind == MODEL]
    own = [e for e in entries() if e.kind == MECHANISM]
    guessed = sum(e.quantity.basis == ASSUMED for e in model)
    guessed_own = sum(e.quantity.basis == ASSUMED for e in own)
    of = "all" if guessed_own == len(own) else f"{guessed_own} of"
    return (
        f"{guessed} of {counted(len(model), 'parameter')} of the model are assumed, and {of} {len(own)} "
        "numbers that describe mechanisms"
    )


def _written(value: object, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{number(float(value), 6)} {unit}".strip()
    if isinstance(value, (tuple, list)):
        return f"{', '.join(_written(item, '') for item in value)} {unit}".strip()
    return f"{value} {unit}".strip()
