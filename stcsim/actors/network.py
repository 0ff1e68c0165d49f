"""A procurement network: the adversary that the ecosystem faces."""

from typing import Literal

from pydantic import Field

from stcsim.actors.vocabulary import Family
from stcsim.spec import Spec, quantity


class NetworkSpec(Spec):
    """One procurement network. It never reads what authorities know."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
    """Identifier."""
    name: str = Field(default="", max_length=80)
    """Name for people."""
    kind: Literal["state_linked", "non_state"] = "state_linked"
    """Whether a state stands behind it, whose demand another network may take over while it is disrupted."""
    home: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
    """Country where most of its front companies are registered."""
    attempts: float | None = quantity(None, unit="1/yr", low=0.0, high=1e4)
    """Highest rate of potential attempts (the register's when not given)."""
    fronts: int = quantity(6, unit="companies", low=1, high=100, sweep=(2, 12))
    """Front companies alive at a time."""
    wanted: tuple[Family, ...] = ("cat_2_processing", "cat_3_electronics", "cat_9_aerospace")
    """Item families it wants."""
    skill: float = quantity(1.0, unit="multiple", low=0.1, high=10.0)
    """How well it hides; divides the rate at which intelligence about its fronts is born."""
