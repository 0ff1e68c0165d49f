"""Where groups and bodies of a map stand: by country around an ellipse, each in a row of its own.

Positions hang on who is drawn alone, not on ties: they are the same in every quarter and arm, and names never
overlap, because no two of them share a row. Ties run through the middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stcsim.analysis.stakeholder_groups import Node, short_country

HEADING, GROUP, BODY, GAP = 24.0, 40.0, 21.0, 10.0
"""Height of a row in px: name of a country, group, actor; and what is left between countries."""
LEAST_HEIGHT = 300.0
_BEND = 0.45
"""How far the ends of a side lean to the middle, as a share of half the width."""


@dataclass(frozen=True)
class Place:
    """Where something stands.

    Parameters
    ----------
    x : -1 on the left to 1 on the right
    y : in px from the top
    """

    x: float
    y: float

    @property
    def left(self) -> bool:
        """Whether it is on the left side."""
        return self.x < 0


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    Parameters
    ----------
    nodes : place of each node
    headings : name of each country with its place
    height : in px
    """

    nodes: tuple[Place, ...]
    headings: tuple[tuple[str, Place], ...]
    height: float


def layout(drawn: Sequence[Node]) -> Layout:
    """Return where nodes stand that come country by country.

    The first countries stand on the left and the others on the right, so that both sides are about as long.
    """
    blocks: list[list[int]] = []
    for i, node in enumerate(drawn):
        if i and node.country == drawn[i - 1].country:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    lengths = [_length([drawn[i] for i in block]) for block in blocks]
    cut = min(range(len(blocks) + 1), key=lambda k: (max(sum(lengths[:k]), sum(lengths[k:])), -k))
    height = max(LEAST_HEIGHT, sum(lengths[:cut]), sum(lengths[cut:]))
    places: list[Place] = [Place(0.0, 0.0)] * len(drawn)
    headings: list[tuple[str, Place]] = []
    for side, some, used in ((-1, blocks[:cut], lengths[:cut]), (1, blocks[cut:], lengths[cut:])):
        # What is left over is shared out between the rows, so that both sides fill the height.
        stretch = height / sum(used) if used else 1.0
        y = 0.0
        for block in some:
            name = short_country(drawn[block[0]].country_label)
            if name:
                middle = y + HEADING * stretch / 2
                headings.append((name, Place(side * _width(middle / height), middle)))
                y += HEADING * stretch
            for i in block:
                row = (BODY if drawn[i].opened else GROUP) * stretch
                places[i] = Place(side * _width((y + row / 2) / height), y + row / 2)
                y += row
            y += GAP * stretch
    return Layout(tuple(places), tuple(headings), height)


def _length(block: Sequence[Node]) -> float:
    heading = HEADING if block[0].country else 0.0
    return heading + sum(BODY if node.opened else GROUP for node in block) + GAP


def _width(share: float) -> float:
    """Return how far from the middle a row stands whose height is this share of the whole."""
    bent = math.sqrt(max(0.0, 1.0 - (2.0 * share - 1.0) ** 2))
    return 1.0 - _BEND * (1.0 - bent)
