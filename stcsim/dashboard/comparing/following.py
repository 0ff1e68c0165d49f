"""A comparison as a question that a page puts."""

from __future__ import annotations

from stcsim.dashboard.asking.arms import arms_of
from stcsim.dashboard.asking.following import Following, Kind, use_following
from stcsim.dashboard.command import processes_each
from stcsim.dashboard.comparing.asking import (
    AT_ONCE,
    MOST_ARMS,
    Asked,
    asked_of,
    by_challenge,
    fields,
    seconds,
)
from stcsim.dashboard.comparing.opened import Shown, shown

COMPARISON: Kind[Asked, Shown] = Kind(
    asked_of=lambda values, _: asked_of(values),
    seconds=lambda asked, spec: seconds(asked, spec, processes_each()),
    at_once=AT_ONCE,
    read=shown,
    arms=lambda spec: arms_of(spec, MOST_ARMS, baseline=False),
    meant=by_challenge,
)
POINTED = ("outcome", "arm", "series")
"""What the address says of the results that are there."""
Followed = Following[Asked, Shown]


def use_comparison() -> Followed:
    """Follow the comparison that the address asks for."""
    return use_following(COMPARISON, fields(), POINTED)
