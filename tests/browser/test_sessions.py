"""Two readers of one server: neither sees or names what is the other's; addresses hold what is shown."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from stcsim.scenario.library import folder
from tests.browser.conftest import Window
from tests.browser.servers import Served


def test_own_scenario_stays_with_its_session(open_window: Callable[..., Window], trial: Served) -> None:
    text = (folder() / "small_region.yaml").read_text(encoding="utf-8").replace("\n", "\n# mine\n", 1)[:1500]
    one, other = open_window(trial), open_window(trial)
    mine = one.visit(f"/own?text={quote(text)}")
    mine.get_by_role("button", name="Keep").click()
    mine.wait_for_function("document.querySelector('[data-testid=own]').innerText.startsWith('own:')")
    name = mine.inner_text("[data-testid=own]")
    # A new tab, and a page that is loaded again, still have it.
    again = one.visit("/own", one.tab())
    assert again.inner_text("[data-testid=own]") == name
    theirs = other.visit("/own")
    assert theirs.inner_text("[data-testid=own]") == ""
    other.visit(f"/address?scenario={name}")
    assert "not to be had" in theirs.inner_text("[data-testid=notes]")
    assert name not in theirs.inner_text("[data-testid=values]")
    one.visit(f"/address?scenario={name}", again)
    assert name in again.inner_text("[data-testid=values]")


def test_address_holds_what_is_shown_and_back_takes_a_step_back(trial_page: Window) -> None:
    shown = trial_page.visit("/address?quarter=7&other=kept")
    values = "document.querySelector('[data-testid=values]').innerText"
    assert "'quarter': 7" in shown.evaluate(values)
    shown.get_by_role("button", name="Two").click()
    shown.wait_for_function(f"{values}.includes(\"'arm': 'two'\")")
    assert shown.url == f"{trial_page.url}/address?other=kept&arm=two&quarter=7"
    shown.get_by_role("button", name="Later").click()
    shown.wait_for_function(f"{values}.includes(\"'quarter': 8\")")
    shown.get_by_role("button", name="Both").click()
    shown.wait_for_function(f"{values}.includes(\"('one', 'one+two')\")")
    shown.go_back()
    shown.wait_for_function(f"{values}.includes(\"'arms': ()\")")
    shown.go_back()
    shown.go_back()
    shown.wait_for_function(f"{values}.includes(\"'arm': 'one'\")")
    assert "'quarter': 7" in shown.evaluate(values)


def test_wrong_address_falls_back_and_says_so(trial_page: Window) -> None:
    shown = trial_page.visit("/address?quarter=700&arm=<b>three</b>&scenario=../../etc/passwd")
    said = shown.inner_text("[data-testid=notes]")
    assert "quarter '700', which is not to be had: this is 4." in said
    assert "<b>three</b>" in said
    assert "'scenario': 'small_region'" in shown.inner_text("[data-testid=values]")
