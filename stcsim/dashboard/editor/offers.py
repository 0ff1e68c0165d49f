"""Mechanisms with what they need and cost in the region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from stcsim.dashboard.editing.choosing import STAFF, Offer
from stcsim.dashboard.element import Element
from stcsim.report.first_cost import FirstCost


@solara.component_vue("offers.vue", vuetify=False)
def _Offers(offers: list[dict[str, Any]], event_choose: Callable[[Any], None]) -> None: ...


@solara.component
def Offers(
    offers: Sequence[Offer],
    costs: dict[str, FirstCost],
    taken: frozenset[str],
    act: str,
    on_choose: Callable[[str], None],
) -> Element:
    """Show mechanisms with what they need and cost in the region.

    Parameters
    ----------
    costs : by name; of those that are not in it nothing is told
    taken : names of those that are chosen already
    act : what choosing one does
    """
    names = frozenset(offer.name for offer in offers)
    return _Offers(
        offers=[
            {
                "name": o.name,
                "title": o.title,
                "text": o.text,
                "needs": o.prerequisites,
                "unmet": "; ".join(costs[o.name].unmet) if o.name in costs else "",
                "cost": _cost_words(costs[o.name]) if o.name in costs else "",
                "lead": f"{o.lead_weeks} weeks after the decision" if o.lead_weeks else "at once",
                "rival": o.name == STAFF,
                "taken": o.name in taken,
                "act": "Take out" if o.name in taken else act,
            }
            for o in offers
        ],
        event_choose=lambda sent: on_choose(sent) if isinstance(sent, str) and sent in names else None,
    )


def _cost_words(cost: FirstCost) -> str:
    if cost.unmet:
        return "nothing is told while its prerequisite is not met"
    own = cost.amount or "nothing by itself"
    return f"{own}; on top: {', '.join(cost.beside)}" if cost.beside else own
