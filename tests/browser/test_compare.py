"""Page Compare and page Truth: from a click to a finding, the address, the brief, narrow and dark windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Window
from tests.browser.servers import Served

SMALL = "/?scenario=small_region&arms=frontline_channel&replications=2"
PATIENCE = 120_000


def _found(page: Any, runs: int) -> None:
    """Wait until the findings of so many runs are there, with their charts."""
    page.wait_for_selector(f"[data-testid=results] >> text={runs} paired runs", timeout=PATIENCE)
    page.wait_for_selector("[data-testid=results] [data-chart^=forest][data-ready='1']", timeout=PATIENCE)


def _title(page: Any) -> str:
    return str(page.locator("[data-testid=results] .st-title").first.inner_text())


def test_from_a_click_to_a_finding_and_back(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Change what is compared").click()
    field = shown.get_by_label("Runs of each")
    field.fill("3")
    field.press("Enter")
    shown.wait_for_selector("text=6 runs")
    shown.get_by_role("button", name="Run the comparison").click()
    _found(shown, 3)
    assert "replications=3" in shown.url
    assert "headline" in _title(shown)
    assert shown.locator(".st-headline").count() == 4
    assert shown.get_by_text("were not varied").count() >= 1
    shown.go_back()
    _found(shown, 2)


def test_the_address_holds_what_is_looked_at(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_label("Outcome", exact=True).select_option("captured_capacity")
    shown.wait_for_selector("[data-chart=forest-captured-capacity][data-ready='1']")
    again = page.visit(shown.url.removeprefix(page.url))
    again.wait_for_selector("[data-chart=forest-captured-capacity][data-ready='1']", timeout=PATIENCE)
    assert again.get_by_label("Outcome", exact=True).input_value() == "captured_capacity"


def test_a_challenge_brings_its_scenario_its_mechanisms_and_the_staff_rival(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Change what is compared").click()
    shown.get_by_label("A challenge").select_option("inconsistent_checkpoints")
    shown.wait_for_selector("text=Answer the challenge")
    assert shown.get_by_label("Scenario").input_value() == "transshipment_hub"
    assert shown.locator(".cmp-form input[type=checkbox]:checked").count() == 3
    assert shown.locator(".cmp-form input[type=radio][value='1']").is_checked()
    assert "about" in shown.locator(".cmp-time").inner_text().lower()


def test_a_wrong_address_says_so_and_shows_what_there_is(page: Window) -> None:
    small = SMALL.replace("arms=", "arms=no_such_arm,")
    shown = page.visit(f"{small}&worlds=1&view=everything&arm=nobody&outcome=diversions")
    _found(shown, 2)
    assert shown.get_by_text("which is not to be had").count() == 4
    assert "'no_such_arm'" in shown.locator("p.st-notice").first.inner_text()


def test_what_cannot_be_compared_is_a_problem_in_words(page: Window) -> None:
    twice = "frontline_channel%2Btraining_programme,training_programme%2Bfrontline_channel"
    shown = page.visit(f"/?scenario=small_region&arms={twice}&replications=2")
    shown.wait_for_selector(".st-problems", timeout=PATIENCE)
    said = shown.locator(".st-problems").inner_text()
    assert "is the same as" in said
    assert "/" not in said.replace("and/or", "")


def test_the_brief_is_printed_from_the_page(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Print the brief").click()
    frame = shown.wait_for_selector(".cmp-print iframe[data-ready='1']", state="attached", timeout=PATIENCE)
    inside = frame.content_frame()
    assert "Next step" in inside.inner_text("body")
    with shown.expect_download() as kept:
        shown.get_by_role("button", name="Keep the brief").click()
    assert kept.value.suggested_filename == "brief.html"


def test_every_card_with_data_hands_out_table_files_and_command(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    card = shown.locator(".st-card", has=shown.locator("[data-chart^=forest]"))
    card.get_by_role("button", name="Repeat this").click()
    assert "stcsim compare small_region --arms frontline_channel" in card.locator("pre").inner_text()
    card.get_by_role("button", name="Table").click()
    card.locator("table").wait_for()
    with shown.expect_download() as kept:
        card.get_by_role("button", name="CSV").click()
    assert kept.value.suggested_filename == "forest-diversions.csv"


def test_statistics_stand_beside_what_is_so(page: Window) -> None:
    page.visit(SMALL)
    _found(page.page, 2)
    shown = page.visit(SMALL.replace("/?", "/truth?"))
    shown.wait_for_selector("[data-testid=results] [data-chart^=truth][data-ready='1']", timeout=PATIENCE)
    assert shown.locator("[data-chart^=truth]").count() >= 2
    assert shown.get_by_text("You would choose").count() == 1


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_findings_and_form_break_no_rule_of_accessibility(
    open_window: Callable[..., Window], served: Served, scheme: str
) -> None:
    rules = pytest.importorskip("tests.browser.test_accessibility", exc_type=ImportError)
    shown = open_window(served, color_scheme=scheme).visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Change what is compared").click()
    shown.wait_for_selector(".cmp-form")
    rules.settled(shown)
    assert rules.violations(shown) == []


def test_narrow_and_dark_windows_show_all_of_it(open_window: Callable[..., Window], served: Served) -> None:
    window = open_window(served, viewport={"width": 390, "height": 844}, color_scheme="dark")
    shown = window.visit(SMALL)
    _found(shown, 2)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    shown.get_by_role("button", name="Change what is compared").click()
    shown.wait_for_selector(".cmp-form")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
