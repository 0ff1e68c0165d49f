"""Capacity of several bodies and areas put together: what is in use, and what is acquired and not in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

COMPONENTS: Final[Mapping[str, str]] = {
    "knowledge": "Knowledge",
    "practices": "Procedures",
    "skills": "Skills",
    "tools": "Tools",
}
"""The four parts, in the order of their initials."""

PILLARS: Final[Mapping[str, str]] = {
    "legal_regulatory": "law and regulation",
    "licensing": "licensing",
    "enforcement": "enforcement",
    "government_industry": "government and industry",
    "interagency_international": "between agencies and countries",
}
"""Core areas of assistance."""

ALL = ""


def chosen(capacity: pd.DataFrame, body: str = ALL, pillar: str = ALL) -> pd.DataFrame:
    """Return the rows of one body, one area, or both; all of them where nothing is named."""
    if body:
        capacity = capacity[capacity["body"] == body]
    if pillar:
        capacity = capacity[capacity["pillar"] == pillar]
    return capacity


def where_words(body: str, pillar: str, names: Mapping[str, str]) -> str:
    """Return of whom and of which area capacity is shown, in words."""
    of = names.get(body, body) if body else "all bodies"
    return f"{of}, {PILLARS.get(pillar, pillar)}" if pillar else of


def put_together(capacity: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return means of `latent` and `captured` by some columns, weighed as the region's figures are.

    Parameters
    ----------
    capacity : table of an observation
    by : columns that are told apart
    """
    weighed = capacity.assign(
        latent=capacity["latent"] * capacity["weight"], captured=capacity["captured"] * capacity["weight"]
    )
    sums = weighed.groupby(by, observed=True, sort=False)[["latent", "captured", "weight"]].sum()
    return sums[["latent", "captured"]].div(sums["weight"], axis=0).reset_index()


def body_names(actors: pd.DataFrame) -> dict[str, str]:
    """Return names of bodies for people, each with its country, by identity."""
    short = actors["label"].str.replace(" checkpoint", " post", regex=False)
    short = short.str.replace(" of border", "", regex=False)
    several = actors.loc[actors["country"] != "", "country"].nunique() > 1
    return {
        str(key): f"{country}: {label[:1].lower()}{label[1:]}" if several and country else str(label)
        for key, country, label in zip(actors["id"], actors["country"], short, strict=True)
    }
