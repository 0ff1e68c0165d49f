"""The page of the stakeholder network: two maps, opened and moved through time, by keyboard and by mouse."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.window import Window

PATH = "/ecosystem?arm=frontline_channel"
"""Of what pages watch by themselves, so that the server has it already."""
LEFT, RIGHT = "[data-chart=network-baseline]", "[data-chart=network-frontline-channel]"


def shows(shown: Any, chart: str, words: str, *, there: bool = True) -> None:
    shown.wait_for_function(
        "([chart, words, there]) => document.querySelector(chart)?.textContent.includes(words) === there",
        arg=[chart, words, there],
    )


def test_maps_open_by_keyboard_close_with_back_and_move_through_time(page: Window) -> None:
    shown = page.visit(PATH)
    page.settle(LEFT, RIGHT)
    for chart in (LEFT, RIGHT):
        shows(shown, chart, "Enforcement")
        shows(shown, chart, "Border guard", there=False)
    groups = shown.get_by_label("Groups on the maps")
    groups.focus()
    groups.select_option("Maravel:enforcement")
    for chart in (LEFT, RIGHT):
        shows(shown, chart, "Border guard")
    expect(shown).to_have_url(re.compile("open=Maravel:enforcement"))
    shown.go_back()
    shows(shown, LEFT, "Border guard", there=False)
    time = shown.get_by_label("When")
    time.focus()
    shown.keyboard.press("Home")
    expect(shown).to_have_url(re.compile("quarter=0"))
    expect(shown.locator("[data-testid=results]")).to_contain_text("the same pairs have a channel")


def test_group_opens_with_a_click_and_the_table_is_behind_the_map(page: Window) -> None:
    shown = page.visit(f"{PATH}&layer=recognition&ties=needed")
    page.settle(LEFT, RIGHT)
    # Checkpoints have no recognition, so they are on no map of it.
    shows(shown, LEFT, "Checkpoints", there=False)
    card = shown.locator(".st-card", has=shown.locator(LEFT))
    card.get_by_role("button", name="Table").click()
    card.locator("table tbody tr").nth(3).wait_for()
    names = shown.locator(f"{RIGHT} svg").get_by_text("Enforcement")
    names.first.scroll_into_view_if_needed()

    def opens_at(share: float) -> None:
        # Nothing moves any more where it is clicked.
        page.settle(RIGHT)
        # What is pointed at comes to the front, so that the order of names says nothing of their places.
        box = min((name.bounding_box() for name in names.all()), key=lambda box: float(box["x"]))
        shown.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        shows(shown, RIGHT, "Border guard")
        expect(shown).to_have_url(re.compile("open=Maravel:enforcement"))

    for share in (0.1, 0.9):
        opens_at(share)
        shown.go_back()
        shows(shown, RIGHT, "Border guard", there=False)
    # The mark stands at the end of the name.
    opens_at(1.2)
    shown.get_by_role("button", name="Open all").click()
    shows(shown, RIGHT, "Trade ministry")
    expect(shown).to_have_url(re.compile("open=all"))
    page.keep("ecosystem-open")
