"""Two readers of one server: neither sees or names what is the other's; addresses hold what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import quote, urlsplit

from playwright.sync_api import expect

from stcsim.dashboard.limits import SESSION_TABS
from stcsim.scenario.library import folder
from tests.browser.servers import Served
from tests.browser.window import Window


def test_own_scenario_stays_with_its_session(open_window: Callable[..., Window], trial: Served) -> None:
    text = (folder() / "small_region.yaml").read_text(encoding="utf-8").replace("\n", "\n# mine\n", 1)[:1500]
    one, other = open_window(trial), open_window(trial)
    mine = one.visit(f"/own?text={quote(text)}")
    mine.get_by_role("button", name="Keep").click()
    expect(mine.get_by_test_id("own")).to_have_text(re.compile("^own:"))
    name = mine.inner_text("[data-testid=own]")
    # A new tab, and a page that is loaded again, still have it.
    again = one.visit("/own", one.tab())
    expect(again.get_by_test_id("own")).to_have_text(name)
    theirs = other.visit("/own")
    theirs.get_by_role("button", name="Keep").wait_for()
    other.still()
    expect(theirs.get_by_test_id("own")).to_have_text("")
    other.visit(f"/address?scenario={name}")
    expect(theirs.get_by_test_id("notes")).to_contain_text("not to be had")
    expect(theirs.get_by_test_id("values")).to_contain_text("'scenario': 'small_region'")
    one.visit(f"/address?scenario={name}", again)
    expect(again.get_by_test_id("values")).to_contain_text(name)


def test_address_holds_what_is_shown_and_back_takes_a_step_back(trial_page: Window) -> None:
    shown = trial_page.visit("/address?quarter=7&other=kept")
    values = shown.get_by_test_id("values")
    expect(values).to_contain_text("'quarter': 7")
    shown.get_by_role("button", name="Two").click()
    expect(values).to_contain_text("'arm': 'two'")
    expect(shown).to_have_url(f"{trial_page.url}/address?other=kept&arm=two&quarter=7")
    shown.get_by_role("button", name="Later").click()
    expect(values).to_contain_text("'quarter': 8")
    expect(shown).to_have_url(re.compile("quarter=8"))
    shown.get_by_role("button", name="Both").click()
    expect(values).to_contain_text("('one', 'one+two')")
    expect(shown).to_have_url(re.compile("arms="))
    shown.go_back()
    expect(values).to_contain_text("'arms': ()")
    shown.go_back()
    expect(values).to_contain_text("'quarter': 7")
    shown.go_back()
    expect(values).to_contain_text("'arm': 'one'")
    expect(values).to_contain_text("'quarter': 7")


def test_wrong_address_falls_back_and_says_so(trial_page: Window) -> None:
    shown = trial_page.visit("/address?quarter=700&arm=<b>three</b>&scenario=../../etc/passwd")
    notes = shown.get_by_test_id("notes")
    expect(notes).to_contain_text("quarter '700', which is not to be had: this is 4.")
    expect(notes).to_contain_text("<b>three</b>")
    expect(shown.get_by_test_id("values")).to_contain_text("'scenario': 'small_region'")


def test_page_says_in_words_that_too_many_tabs_are_open(
    open_window: Callable[..., Window], trial: Served
) -> None:
    from websockets.sync.client import connect

    window = open_window(trial)
    shown = window.visit("/address")
    cookies = shown.context.cookies(trial.url)
    who = {"Cookie": next(f"{one['name']}={one['value']}" for one in cookies if "session" in one["name"])}
    kernels = f"ws://{urlsplit(trial.url).netloc}/jupyter/api/kernels"
    with ExitStack() as tabs:
        # Connections as tabs have them; so many tabs would take a minute.
        for number in range(SESSION_TABS - 1):
            address = f"{kernels}/44444444-4444-4444-8444-{number:012}/channels?session_id=p"
            tabs.enter_context(connect(address, origin=trial.url, additional_headers=who))
        more = window.tab()
        more.goto(f"{trial.url}/address")
        told = more.get_by_role("alert").filter(has_text="Too many tabs of this browser are open")
        expect(told).to_be_visible(timeout=60_000)
        expect(shown.get_by_test_id("values")).to_be_visible()
    more.reload()
    expect(more.get_by_test_id("values")).to_be_visible(timeout=60_000)
    expect(told).to_have_count(0)
