"""Parts in a real browser: charts and their files, terms, tables, inputs by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.servers import Served
from tests.browser.window import NARROW, Window

SVG = "{http://www.w3.org/2000/svg}"
READY = '[data-chart="lines"][data-ready="1"]'


@pytest.fixture
def parts(trial_page: Window) -> Any:
    """The page with all parts, its charts drawn."""
    shown = trial_page.visit("/parts")
    shown.wait_for_selector(READY)
    shown.wait_for_selector('[data-chart="bars"][data-ready="1"]')
    return shown


def said(shown: Any, text: str) -> None:
    """Wait until the page says `text`."""
    expect(shown.get_by_test_id("said")).to_contain_text(text)


def test_a_chart_is_a_named_picture_in_the_colours_of_the_page_with_light_files(parts: Any) -> None:
    chart = parts.locator(READY)
    expect(chart).to_have_role("img")
    expect(chart).to_have_accessible_name("Eight lines rise")
    expect(chart.locator("svg")).to_contain_text("+1,000%")
    # Blue and vermilion by day and by night, as in the style sheet.
    tones = {"light": ("#0072b2", "#d55e00"), "dark": ("#3d9be0", "#ee7a2d")}
    for there, gone in (("light", "dark"), ("dark", "light")):
        for tone in tones[there]:
            expect(chart.locator(f"svg path[stroke='{tone}']").first).to_be_attached()
        for tone in tones[gone]:
            expect(chart.locator(f"svg path[stroke='{tone}']")).to_have_count(0)
        if there == "light":
            parts.locator(".shell-theme").click()
    # Files are light all the same.
    card = parts.locator(".st-card", has=chart)
    with parts.expect_download() as download:
        card.locator("button", has_text="SVG").click()
    assert "#0072b2" in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_click_on_a_chart_arrives(parts: Any, trial_page: Window) -> None:
    chart = parts.locator('[data-chart="bars"]')
    chart.scroll_into_view_if_needed()
    trial_page.still()
    box = chart.bounding_box()
    parts.mouse.move(box["x"] + box["width"] / 5, box["y"] + box["height"] * 0.6)
    # Markup in a name is text.
    expect(parts.locator("body")).to_contain_text("three & <b>more</b>")
    parts.mouse.click(box["x"] + box["width"] / 5, box["y"] + box["height"] * 0.6)
    said(parts, "clicked a 3")


def test_table_files_and_command_of_a_card(parts: Any, tmp_path: Path) -> None:
    card = parts.locator(".st-card", has=parts.locator('[data-chart="lines"]'))
    tools = card.locator(".st-tools button")
    expect(tools).to_have_text(["Table", "CSV", "SVG", "PNG", "Repeat this"])
    held: dict[str, bytes] = {}
    for tool in ("CSV", "SVG", "PNG"):
        with parts.expect_download() as download:
            tools.filter(has_text=tool).click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
        held[download.value.suggested_filename] = (tmp_path / download.value.suggested_filename).read_bytes()
    stem = "small_region-parts-lines"
    assert held[f"{stem}.csv"].decode().startswith("Arm,Last value\nbaseline,5\n")
    drawn = ElementTree.fromstring(held[f"{stem}.svg"])
    texts = [element.text for element in drawn.iter(f"{SVG}text")]
    assert {"All lines rise", "Mean of runs"} <= set(texts)
    assert held[f"{stem}.png"].startswith(b"\x89PNG")
    tools.filter(has_text="Table").click()
    card.locator("table").wait_for()
    expect(card.locator("[data-chart]")).to_be_hidden()
    expect(tools.filter(has_text="Table")).to_have_attribute("aria-pressed", "true")
    tools.filter(has_text="Table").click()
    card.locator("[data-chart]").wait_for()
    tools.filter(has_text="Repeat this").click()
    expect(card.locator("pre")).to_have_text("stcsim compare mine.yaml --seed 1")
    with parts.expect_download() as download:
        card.locator("button", has_text="Download mine.yaml").click()
    download.value.save_as(tmp_path / "mine.yaml")
    assert (tmp_path / "mine.yaml").read_text() == "name: mine\n"


def test_a_term_is_defined_on_focus_and_let_go_with_escape(parts: Any, trial_page: Window) -> None:
    term = parts.locator(".st-term", has_text="clearly")
    tip = parts.locator(".st-tip")
    expect(tip).to_be_hidden()
    # Out of sight: the page moves to what has the focus.
    parts.mouse.wheel(0, 100_000)
    expect(term).not_to_be_in_viewport()
    term.focus()
    expect(term).to_be_in_viewport()
    trial_page.still()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("at least 95%")
    parts.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    term.hover()
    expect(tip).to_be_visible()
    parts.mouse.wheel(0, 100_000)
    expect(tip).to_be_hidden()
    expect(term).to_have_accessible_description(re.compile("at least 95%"))


def test_inputs_work_by_keyboard(parts: Any) -> None:
    parts.get_by_label("Scenario").focus()
    parts.keyboard.press("ArrowDown")
    said(parts, "b one runs 8")
    parts.get_by_label("Two").focus()
    parts.keyboard.press("Space")
    said(parts, "b one,two runs 8")
    parts.get_by_role("radio", name="Runs").focus()
    parts.keyboard.press("ArrowRight")
    said(parts, "assumptions")
    number = parts.get_by_label("Replications")
    number.fill("99")
    number.press("Enter")
    parts.get_by_text("It must be between 2 and 20.").wait_for()
    expect(number).to_have_attribute("aria-invalid", "true")
    number.fill("12")
    number.press("Enter")
    said(parts, "assumptions 12")
    parts.get_by_label("Time").focus()
    for _ in range(3):
        parts.keyboard.press("ArrowRight")
    said(parts, "Quarter 3")
    parts.get_by_label("Search").fill("trust")
    said(parts, "trust")
    parts.get_by_role("button", name="Do it").focus()
    parts.keyboard.press("Enter")
    said(parts, "done")
    parts.get_by_role("button", name="Stop").press("Enter")
    said(parts, "stopped")


def test_a_file_is_handed_in_by_its_input(parts: Any) -> None:
    field = parts.get_by_label("File", exact=True)
    field.set_input_files({"name": "mine.yaml", "mimeType": "text/yaml", "buffer": b"a: 1\n"})
    said(parts, "mine.yaml: 5")
    field.set_input_files({"name": "big.yaml", "mimeType": "text/yaml", "buffer": b"x" * 65})
    parts.get_by_text("The file is too large").wait_for()
    field.set_input_files({"name": "odd.yaml", "mimeType": "text/yaml", "buffer": b"\xff\xfe"})
    parts.get_by_text("The file is no text in UTF-8.").wait_for()


def test_a_table_is_sorted_and_its_rows_are_chosen(parts: Any) -> None:
    rows = parts.locator("section[aria-label=Rows] tbody tr")
    expect(rows.first).to_contain_text(re.compile(r"^\s*b"))
    parts.get_by_role("button", name="Sort by Name").click()
    expect(rows.first).to_contain_text(re.compile(r"^\s*a"))
    rows.first.get_by_role("button").click()
    said(parts, "row 1")


def test_a_narrow_chart_takes_what_is_meant_for_it(open_window: Callable[..., Window], trial: Served) -> None:
    window = open_window(trial, viewport=NARROW)
    shown = window.visit("/parts")
    drawn = shown.locator(f"{READY} svg")
    expect(drawn).to_contain_text("+1,000%")
    window.fits()
    assert "seven" not in drawn.inner_html()


def test_a_wide_table_becomes_a_list_whose_rows_open_by_keyboard(
    open_window: Callable[..., Window], trial: Served
) -> None:
    window = open_window(trial, viewport=NARROW)
    shown = window.visit("/parts")
    card = shown.locator("section[aria-label='Many columns']")
    card.locator(".stacked").wait_for()
    window.fits()
    expect(card.get_by_role("table", name="Many columns")).to_have_count(1)
    row = card.get_by_role("row", name="row B")
    # The names of columns are those of the cells, and stand beside them for who sees the page.
    expect(row.get_by_role("cell")).to_have_text(["Column a11", "Column b12"])
    expect(card.get_by_role("columnheader")).to_have_count(8)
    row.get_by_role("button", name="All of row B").focus()
    shown.keyboard.press("Enter")
    expect(row.get_by_role("cell")).to_have_count(7)
    expect(row.get_by_role("button")).to_have_attribute("aria-expanded", "true")
    shown.keyboard.press("Space")
    expect(row.get_by_role("cell")).to_have_count(2)
    first = card.locator("tbody th").first
    card.get_by_label("Sorted by").select_option("Column a")
    expect(first).to_contain_text("row L")
    card.get_by_role("button", name="Turn round").press("Enter")
    expect(first).to_contain_text("row A")
    # A small table that fits stays one.
    expect(shown.locator("section[aria-label=Rows] .stacked")).to_have_count(0)


def test_a_table_that_scrolls_is_a_region_and_says_so(
    open_window: Callable[..., Window], trial: Served
) -> None:
    shown = open_window(trial, viewport={"width": 960, "height": 844}).visit("/parts")
    card = shown.locator("section[aria-label='Very many columns']")
    region = card.get_by_role("region", name="Very many columns")
    expect(region).to_have_attribute("tabindex", "0")
    expect(card).to_contain_text("More columns lie to the side")
    region.focus()
    shown.keyboard.press("ArrowRight")
    shown.wait_for_function(
        "document.querySelector('[aria-label=\"Very many columns\"] .st-scroll').scrollLeft > 0"
    )
    # One that fits is no region, and nothing to stop at.
    expect(shown.get_by_role("region", name="Rows")).to_have_count(0)
    expect(shown.locator("section[aria-label=Rows] .st-scroll[tabindex]")).to_have_count(0)
