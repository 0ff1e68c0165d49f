"""Page Compare and page Truth: from a click to a finding, the address, the brief, narrow and dark windows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from stcsim.cli import main
from tests.browser.rules import violations
from tests.browser.servers import Served
from tests.browser.window import JOB_PATIENCE, NARROW, Window

SMALL = "/?scenario=small_region&arms=frontline_channel&replications=2"


@pytest.fixture(scope="module")
def saved(results: Path) -> str:
    """Return the name of a comparison that lies among the results, beside one that is damaged."""
    name = "spring/first"
    short = ["--set", "time.warm_up_weeks=14", "--set", "time.counted_weeks=52"]
    words = ["--arms", "frontline_channel", "--replications", "3", *short, "--jobs", "1"]
    assert main(["compare", "small_region", *words, "--out", str(results / name)]) == 0
    shutil.copytree(results / name, results / "damaged")
    (results / "damaged" / "runs.parquet").write_bytes(b"PAR1")
    return name


def _found(page: Any, runs: int) -> None:
    """Wait until the findings of so many runs are there, with their charts."""
    page.wait_for_selector(f"[data-testid=results] >> text={runs} paired runs", timeout=JOB_PATIENCE)
    page.wait_for_selector("[data-testid=results] [data-chart^=forest][data-ready='1']", timeout=JOB_PATIENCE)


def test_from_a_click_to_a_finding_and_back(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Change what is compared").click()
    field = shown.get_by_label("Runs of each")
    field.fill("3")
    field.press("Enter")
    expect(shown.locator(".cmp-form")).to_contain_text("6 runs")
    shown.get_by_role("button", name="Run the comparison").click()
    _found(shown, 3)
    expect(shown).to_have_url(re.compile("replications=3"))
    expect(shown.locator("[data-testid=results] .st-title").first).to_contain_text(
        "illicit transfers completed"
    )
    expect(shown.locator(".st-headline")).to_have_count(4)
    expect(shown.get_by_text("were not varied").first).to_be_visible()
    shown.go_back()
    _found(shown, 2)


def test_months_are_summed_up_set_side_by_side_or_beside_the_baseline(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    card = shown.locator(".st-card", has=shown.get_by_label("Over time"))
    card.locator("[data-chart=sums-diversions][data-ready='1']").wait_for()
    card.get_by_role("radio", name="Difference to baseline").check()
    card.locator("[data-chart=gaps-diversions][data-ready='1']").wait_for()
    expect(shown).to_have_url(re.compile("time=difference"))
    expect(card).to_contain_text("Line: mean difference to the baseline over 2 paired runs")
    again = page.visit(shown.url.removeprefix(page.url))
    again.wait_for_selector("[data-chart=gaps-diversions][data-ready='1']", timeout=JOB_PATIENCE)
    again.get_by_label("Over time").select_option("captured_capacity")
    again.wait_for_selector("[data-chart=gaps-captured-capacity][data-ready='1']")
    again.get_by_role("radio", name="Month by month").check()
    again.wait_for_selector("[data-chart=bands-captured-capacity][data-ready='1']")
    expect(again.locator("input[type=radio][value=summed]")).to_be_disabled()


def test_a_saved_comparison_is_opened_and_one_of_ones_own_started_from_it(
    page: Window, saved: str, results: Path
) -> None:
    quoted = saved.replace("/", "(/|%2F)")
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_label("Saved comparisons").select_option(saved)
    _found(shown, 3)
    expect(shown).to_have_url(re.compile(f"saved={quoted}"))
    expect(shown.locator(".cmp-line")).to_contain_text(f"Saved in {results.name}/{saved}, ")
    card = shown.locator(".st-card", has=shown.locator("[data-chart^=forest]"))
    card.get_by_role("button", name="Repeat this").click()
    command = "stcsim compare small_region --arms frontline_channel --replications 3"
    expect(card.locator("pre").first).to_contain_text(command)
    expect(card.locator("pre").first).to_contain_text("--set time.counted_weeks=52")
    expect(card).to_contain_text("scenario.resolved.yaml")
    page.visit(f"/truth?saved={saved}").wait_for_selector("[data-testid=results]", timeout=JOB_PATIENCE)
    shown = page.visit(f"/?saved={saved}")
    _found(shown, 3)
    shown.get_by_role("button", name="Change what is compared").click()
    field = shown.get_by_label("Runs of each")
    field.fill("2")
    field.press("Enter")
    expect(shown.locator(".cmp-form")).to_contain_text("4 runs")
    shown.get_by_role("button", name="Run the comparison").click()
    _found(shown, 2)
    expect(shown).to_have_url(re.compile(f"scenario=saved(:|%3A){quoted}"))
    assert "&saved=" not in shown.url.replace("?", "&")


def test_what_cannot_be_opened_is_said_in_a_line(page: Window, saved: str, results: Path) -> None:
    shown = page.visit("/?saved=damaged")
    shown.wait_for_selector(".st-problems", timeout=JOB_PATIENCE)
    problems = shown.locator(".st-problems")
    expect(problems).to_contain_text("holds tables that cannot be read")
    said = problems.inner_text()
    assert "/" not in said.replace(f"{results.name}/damaged", "").replace("/runs.parquet", "")
    expect(shown.get_by_label("Saved comparisons")).to_have_count(1)
    page.visit("/studies").get_by_role("link", name="Comparison: A producer and a hub").last.click()
    shown.wait_for_selector("[data-testid=compare]")
    expect(shown).to_have_url(re.compile("saved="))
    nowhere = page.visit(f"{SMALL}&saved=../secret")
    _found(nowhere, 2)
    expect(nowhere.get_by_text("which is not to be had")).to_have_count(1)


def test_a_finding_is_looked_at_handed_out_and_printed(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_label("Outcome", exact=True).select_option("captured_capacity")
    shown.wait_for_selector("[data-chart=forest-captured-capacity][data-ready='1']")
    expect(shown).to_have_url(re.compile("outcome=captured_capacity"))
    # The address is all that it takes.
    page.visit(shown.url.removeprefix(page.url))
    shown.wait_for_selector("[data-chart=forest-captured-capacity][data-ready='1']", timeout=JOB_PATIENCE)
    expect(shown.get_by_label("Outcome", exact=True)).to_have_value("captured_capacity")
    card = shown.locator(".st-card", has=shown.locator("[data-chart^=forest]"))
    card.get_by_role("button", name="Repeat this").click()
    expect(card.locator("pre")).to_contain_text("stcsim compare small_region --arms frontline_channel")
    card.get_by_role("button", name="Table").click()
    card.locator("table").wait_for()
    with shown.expect_download() as kept:
        card.get_by_role("button", name="CSV").click()
    assert kept.value.suggested_filename == "small_region-compare-forest-captured-capacity.csv"
    shown.get_by_role("button", name="Print the brief").click()
    frame = ".cmp-print iframe[data-ready='1']"
    shown.wait_for_selector(frame, state="attached", timeout=JOB_PATIENCE)
    expect(shown.frame_locator(frame).locator("body")).to_contain_text("Next step")
    with shown.expect_download() as kept:
        shown.get_by_role("button", name="Keep the brief").click()
    assert kept.value.suggested_filename == "small_region-compare-brief.html"


def test_a_challenge_brings_its_scenario_its_mechanisms_and_the_staff_rival(page: Window) -> None:
    shown = page.visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Change what is compared").click()
    shown.get_by_label("A challenge").select_option("inconsistent_checkpoints")
    shown.wait_for_selector("text=Answer the challenge")
    expect(shown.get_by_label("Scenario")).to_have_value("transshipment_hub")
    expect(shown.locator(".cmp-form input[type=checkbox]:checked")).to_have_count(3)
    expect(shown.locator(".cmp-form input[type=radio][value='1']")).to_be_checked()
    expect(shown.locator(".cmp-time")).to_contain_text("about", ignore_case=True)
    page.still()
    assert violations(shown) == []


def test_a_wrong_address_says_so_and_shows_what_there_is(page: Window) -> None:
    small = SMALL.replace("arms=", "arms=no_such_arm,")
    shown = page.visit(f"{small}&worlds=1&view=everything&arm=nobody&outcome=diversions")
    _found(shown, 2)
    expect(shown.get_by_text("which is not to be had")).to_have_count(4)
    expect(shown.locator("p.st-notice").first).to_contain_text("'no_such_arm'")


def test_what_cannot_be_compared_is_a_problem_in_words(page: Window) -> None:
    twice = "frontline_channel%2Btraining_programme,training_programme%2Bfrontline_channel"
    shown = page.visit(f"/?scenario=small_region&arms={twice}&replications=2")
    problems = shown.locator(".st-problems")
    expect(problems).to_contain_text("is the same as", timeout=JOB_PATIENCE)
    # Problems come all at once.
    assert "/" not in problems.inner_text().replace("and/or", "")


def test_statistics_stand_beside_what_is_so(page: Window) -> None:
    shown = page.visit(SMALL.replace("/?", "/truth?"))
    shown.wait_for_selector("[data-testid=results] [data-chart^=truth][data-ready='1']", timeout=JOB_PATIENCE)
    expect(shown.locator("[data-chart^=truth]").nth(1)).to_be_visible()
    expect(shown.get_by_text("You would choose")).to_have_count(1)


@pytest.mark.slow
def test_findings_and_form_break_no_rule_in_dark_colours(
    open_window: Callable[..., Window], served: Served
) -> None:
    window = open_window(served, color_scheme="dark")
    shown = window.visit(SMALL)
    _found(shown, 2)
    shown.get_by_role("button", name="Change what is compared").click()
    window.settle(".cmp-form")
    assert violations(shown) == []


def test_narrow_and_dark_windows_show_all_of_it(open_window: Callable[..., Window], served: Served) -> None:
    window = open_window(served, viewport=NARROW, color_scheme="dark")
    shown = window.visit(SMALL)
    _found(shown, 2)
    window.fits()
    shown.get_by_role("button", name="Change what is compared").click()
    shown.wait_for_selector(".cmp-form")
    window.fits()
