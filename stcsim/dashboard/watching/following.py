"""An observation as a question that a page puts."""

from __future__ import annotations

from collections.abc import Mapping

from stcsim.dashboard.address import Field
from stcsim.dashboard.asking.arms import arms_of
from stcsim.dashboard.asking.following import Following, Kind, use_following
from stcsim.dashboard.watching.asking import AT_ONCE, MOST_ARMS, Watched, fields, seconds, watched_of
from stcsim.dashboard.watching.opened import Seen, seen

OBSERVATION: Kind[Watched, Seen] = Kind(
    asked_of=watched_of,
    seconds=seconds,
    at_once=AT_ONCE,
    read=seen,
    arms=lambda spec: arms_of(spec, MOST_ARMS, baseline=True),
    beside=" --out FOLDER",
)
Watching = Following[Watched, Seen]


def use_observation(own: Mapping[str, Field]) -> Watching:
    """Follow the observation that the address asks for.

    Parameters
    ----------
    own : fields of the page, such as the quarter that is shown
    """
    return use_following(OBSERVATION, {**fields(), **own}, own)
