"""Attempts and violations in words: by which way, where, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import pandas as pd

from stcsim.pictures.style import BETTER, GREY, WORSE

Origin = Literal["networks", "firms"]
Through = Literal["way", "post", "country"]

ORIGINS: Final[Mapping[Origin, tuple[str, ...]]] = {
    "networks": ("adversary",),
    "firms": ("ignorance", "evasion"),
}
"""Whose they are, by origins of an observation."""
NOUNS: Final[Mapping[Origin, tuple[str, str]]] = {
    "networks": ("occasion", "occasions"),
    "firms": ("violation", "violations"),
}
"""What is counted: a network may let an occasion pass, a firm's violation has happened."""

WAYS: Final[Mapping[str, str]] = {
    "deceive_licensing": "licence by deceit",
    "after_delivery": "sold on after delivery",
    "unlicensed": "without a licence",
    "unaware_firm": "through an unaware firm",
    "third_country": "through a third country",
    "open_stretch": "over an open stretch",
    "intangible": "as files or know-how",
    "wait": "let pass",
}
"""Ways that an attempt may take, in the order in which they are shown."""

FATES: Final[Mapping[str, str]] = {
    "completed": "gets through",
    "released_clock": "let go when time ran out",
    "in_process": "not over yet",
    "forgone": "let pass",
    "refused": "licence refused",
    "stopped_prelicence": "stopped before the licence",
    "interdicted_checkpoint": "seized at a checkpoint",
    "stopped_report": "reported by a firm",
    "stopped_intelligence": "stopped on intelligence",
}
"""What may become of it, from what gets through to what is stopped."""

THROUGH: Final = frozenset(("completed", "released_clock"))
"""Fates with which goods reach where they should not."""
NEITHER: Final = frozenset(("forgone", "in_process"))
"""Fates that are neither."""
NOWHERE: Final = ""
"""Place of what passes no checkpoint."""
NO_POST: Final = "no checkpoint"
PASSED: Final = "wait"

PLACE: Final[Mapping[Through, str]] = {"way": "way", "post": "checkpoint", "country": "country of export"}
"""What attempts are told apart by, in words."""


def fate_colour(fate: str) -> str:
    """Return the colour of what became of an attempt: got through, stopped, neither."""
    return WORSE if fate in THROUGH else GREY if fate in NEITHER else BETTER


def post_names(actors: pd.DataFrame) -> dict[str, str]:
    """Return names of checkpoints and stretches for people, each with its country, by identity.

    Parameters
    ----------
    actors : table of an observation
    """
    posts = actors[actors["kind"].isin(("post", "stretch"))]
    several = posts["country"].nunique() > 1
    short = (
        posts["label"].str.replace(" checkpoint", "", regex=False).str.replace(" of border", "", regex=False)
    )
    return {
        str(key): f"{country}: {label[:1].lower()}{label[1:]}" if several else str(label)
        for key, country, label in zip(posts["id"], posts["country"], short, strict=True)
    }


def place_name(place: str, through: Through, posts: Mapping[str, str]) -> str:
    """Return a way, checkpoint or country for people; what is let pass is called so everywhere."""
    if through == "way" or place == PASSED:
        return WAYS.get(place, place.replace("_", " "))
    if through == "post":
        return posts.get(place, place) if place else NO_POST
    return place


def counted_cases(flows: pd.DataFrame, origin: Origin, through: Through) -> pd.DataFrame:
    """Return how many cases there are by arm, run, place and fate.

    Its columns are `arm`, `replication`, `place`, `fate` and `cases`. What a network lets pass has the place
    ``wait``, however places are told apart.
    """
    kept = flows[flows["origin"].isin(ORIGINS[origin])]
    place = kept[through].where(kept["way"] != PASSED, PASSED) if through != "way" else kept["way"]
    grouped = kept.assign(place=place).groupby(["arm", "replication", "place", "fate"], observed=True)
    return grouped["cases"].sum().reset_index()
