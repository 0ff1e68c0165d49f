"""Tabs that went without a word: which are kept, since they may come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from solara.server.kernel_context import PageStatus

from stcsim.dashboard.limits import ALL_TABS, SESSION_TABS


def spare(contexts: Iterable[Any]) -> list[Any]:
    """Return which of all tabs, in the order in which they came, need not be kept.

    Of those that are not connected any more the latest are kept: as many as may be open, of one browser and
    in all. One that has never been connected is about to be.
    """
    here = PageStatus.CONNECTED
    gone = [one for one in contexts if one.page_status and here not in tuple(one.page_status.values())]
    kept: Counter[str] = Counter()
    found = []
    for context in reversed(gone):
        if kept[context.session_id] < SESSION_TABS and kept.total() < ALL_TABS:
            kept[context.session_id] += 1
        else:
            found.append(context)
    return found
