"""Where goods cross a border: a post with declarations, or an open stretch without."""

from typing import Literal, get_args

from pydantic import Field

from stcsim.spec import Spec, quantity

PostKind = Literal["air", "land", "sea", "rail", "postal", "river"]
POST_KINDS: tuple[str, ...] = get_args(PostKind)
StretchKind = Literal["green", "blue_river", "blue_sea"]
STRETCH_KINDS: tuple[str, ...] = get_args(StretchKind)


class CheckpointSpec(Spec):
    """One post with declarations, or several alike."""

    id: str = Field(default="", pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$|^$")
    """Identifier within the country; the kind when empty. Several alike are numbered ``_1``, ``_2`` ..."""
    kind: PostKind
    """Mode of transport."""
    count: int = quantity(1, unit="posts", low=1, high=1000)
    """How many posts alike."""
    traffic: float = quantity(150_000.0, unit="declarations/yr", low=0.0, high=1e9)
    """Declared consignments a year (median of the posts alike)."""
    inspectors: float | None = quantity(None, unit="FTE", low=0.0, high=1e5)
    """Inspectors; as many as the register's inspected share needs when not given."""
    competence: float | None = quantity(None, unit="share", low=0.05, high=0.95)
    """Mean competence at the start; the country's when not given."""
    equipment: float | None = quantity(None, unit="share", low=0.0, high=1.0)
    """Share of the tools a post of this kind needs that it has; follows the competence when not given."""


class StretchSpec(Spec):
    """One open stretch of border, or several alike: no declarations, patrols that act on intelligence."""

    id: str = Field(default="", pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$|^$")
    """Identifier within the country; the kind when empty."""
    kind: StretchKind
    """Land, river or sea."""
    count: int = quantity(1, unit="stretches", low=1, high=100)
    """How many stretches alike."""
    patrols: float = quantity(0.2, unit="share", low=0.0, high=1.0, sweep=(0.05, 0.6))
    """Patrol density: chance that a patrol is near where it is told to be."""
    staff: float = quantity(4.0, unit="FTE", low=0.0, high=1e5)
    """Staff on patrol."""
