"""What a coordination mechanism is: a frozen object that answers with arrangements and reaches into nothing.

To add one, write one file in this package: a class with parameters, texts, the challenges it answers, its
route, its prerequisites and ``arrange``. Registration, scenario key, schema, listing and conformance
tests follow.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from pydantic import model_validator

from stcsim.spec import Spec, quantity
from stcsim.structure.arrangements import Arrangement
from stcsim.structure.view import View

REGISTRY: dict[str, "type[Mechanism]"] = {}
"""Mechanisms by name, filled as their modules are imported."""


class Mechanism(Spec):
    """Base of all coordination mechanisms.

    Class attributes
    ----------------
    name : key in scenario files
    title : for people
    answers : identifiers of the challenges it answers
    route : names of the kinds of arrangement through which it works; ``Charge`` (what it costs) is no route
    prerequisites : in words
    sources : keys of ``sources.yaml``
    asked_each_quarter : whether it goes on by the calendar, so that it is asked anew though nothing that it
        sees has changed
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    answers: ClassVar[tuple[str, ...]] = ()
    route: ClassVar[tuple[str, ...]] = ()
    prerequisites: ClassVar[str] = "none"
    sources: ClassVar[tuple[str, ...]] = ()
    asked_each_quarter: ClassVar[bool] = False

    coverage: float = quantity(1.0, unit="share", low=0.0, high=1.0)
    """Share of the bodies concerned that it reaches; 0 is inert."""
    start: int = quantity(0, unit="weeks", low=0, high=5200)
    """Week after arms branch in which it is decided."""
    end: int | None = quantity(None, unit="weeks", low=0, high=5200)
    """Week in which it ends; never when not given."""
    lead_time: int = quantity(0, unit="weeks", low=0, high=1040)
    """Weeks from decision to effect; until then it costs and does nothing."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.name:
            REGISTRY[cls.name] = cls

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"end {self.end} is not after start {self.start}; give a later end, or none")
        return self

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Return the whole set of arrangements wanted now; pure, asked at the start and each quarter."""
        raise NotImplementedError

    def unmet(self, view: View) -> tuple[str, ...]:  # noqa: ARG002 - most mechanisms look at it
        """Return the prerequisites that are not met, in words; while any is, only charges are borne."""
        return ()

    def covers(self, identity: str) -> bool:
        """Whether a body is among those reached, by a hash of its identity: growing coverage only adds."""
        if self.coverage >= 1.0:
            return True
        digest = hashlib.blake2b(f"{self.name}:{identity}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "little") / 2.0**64 < self.coverage

    def chosen(self, wanted: tuple[str, ...], available: Iterable[str]) -> list[str]:
        """Return `wanted`, or all `available` when nothing is wanted by name, restricted to those covered."""
        known = list(available)
        return [i for i in (list(wanted) or known) if i in known and self.covers(i)]
