"""A standing exchange of information between two holders that the scenario knows of."""

from typing import get_args

from pydantic import Field

from stcsim.actors.vocabulary import Category, Handling
from stcsim.spec import Spec, quantity

ALL_CATEGORIES: tuple[Category, ...] = get_args(Category)


class ChannelSpec(Spec):
    """One directed channel. Holders are named by identity, such as ``A/customs_headquarters``."""

    source: str = Field(max_length=90)
    """Identity of the sender."""
    target: str = Field(max_length=90)
    """Identity of the receiver."""
    mean_delay_days: float = quantity(unit="days", low=0.5, high=20_000)
    """Mean time from the sender's reading to the receiver's mailbox, at full trust."""
    both_ways: bool = False
    """Whether it runs back as well."""
    categories: tuple[Category, ...] = ALL_CATEGORIES
    """Information categories it carries."""
    handling: tuple[Handling, ...] = ("open",)
    """Handling caveats it may carry."""
    answers: bool = False
    """Whether it carries requests for determination and their answers (reach-back)."""
