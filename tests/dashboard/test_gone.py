"""Which tabs are kept whose browser has gone without a word."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

pytest.importorskip("solara", reason="the dashboard needs the extra 'dashboard'")

from solara.server.kernel_context import PageStatus

from stcsim.dashboard.gone import spare
from stcsim.dashboard.limits import ALL_TABS, SESSION_TABS


@dataclass(eq=False)
class Tab:
    session_id: str
    page_status: dict[str, PageStatus]


def tabs(number: int, state: PageStatus = PageStatus.DISCONNECTED, browser: str = "one") -> list[Tab]:
    return [Tab(browser, {"page": state}) for _ in range(number)]


def test_latest_of_a_browser_are_kept() -> None:
    gone = tabs(SESSION_TABS + 3)
    assert set(spare(gone)) == set(gone[:3])
    assert spare(gone[3:]) == []


def test_connected_tabs_and_those_about_to_be_are_never_taken() -> None:
    here = [*tabs(SESSION_TABS, PageStatus.CONNECTED), Tab("one", {}), Tab("one", {})]
    half = Tab("one", {"gone": PageStatus.DISCONNECTED, "here": PageStatus.CONNECTED})
    gone = tabs(SESSION_TABS + 1)
    assert spare([half, *here, *gone]) == [gone[0]]


def test_all_browsers_together_have_a_bound() -> None:
    gone = [tab for number in range(ALL_TABS + 50) for tab in tabs(1, browser=str(number))]
    assert set(spare(gone)) == set(gone[:50])
