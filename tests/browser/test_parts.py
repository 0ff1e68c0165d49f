"""Parts in a real browser: charts and their files, terms, tables, inputs by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.browser.conftest import Window
from tests.browser.servers import Served

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
    shown.wait_for_function(
        "text => document.querySelector('[data-testid=said]').innerText.includes(text)", arg=text
    )


def colours(shown: Any) -> set[str]:
    """Return the colours of all lines of the first chart."""
    return set(
        shown.eval_on_selector_all(
            f"{READY} svg path[stroke][fill=none], {READY} svg path[stroke][fill=transparent]",
            "paths => paths.map(p => p.getAttribute('stroke'))",
        )
    )


def test_a_chart_is_a_named_picture_in_the_colours_of_the_page(parts: Any) -> None:
    chart = parts.locator(READY)
    assert (chart.get_attribute("role"), chart.get_attribute("aria-label")) == ("img", "Eight lines rise")
    assert "+1,000%" in chart.locator("svg").inner_html()
    light = colours(parts)
    assert "#0072b2" in light
    parts.locator(".shell-theme").click()
    parts.wait_for_function(f"""() => !document.querySelector('{READY} svg').innerHTML.includes('#0072b2')""")
    assert not light & (colours(parts) - {"none"}) & {"#0072b2", "#d55e00"}


def test_a_click_on_a_chart_arrives(parts: Any) -> None:
    chart = parts.locator('[data-chart="bars"]')
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    parts.mouse.move(box["x"] + box["width"] / 5, box["y"] + box["height"] * 0.6)
    # Markup in a name is text.
    parts.wait_for_function("document.body.innerText.includes('three & <b>more</b>')")
    parts.mouse.click(box["x"] + box["width"] / 5, box["y"] + box["height"] * 0.6)
    said(parts, "clicked a 3")


def test_table_files_and_command_of_a_card(parts: Any, tmp_path: Path) -> None:
    card = parts.locator(".st-card", has=parts.locator('[data-chart="lines"]'))
    tools = card.locator(".st-tools button")
    assert tools.all_inner_texts() == ["Table", "CSV", "SVG", "PNG", "Repeat this"]
    held: dict[str, bytes] = {}
    for tool in ("CSV", "SVG", "PNG"):
        with parts.expect_download() as download:
            tools.filter(has_text=tool).click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
        held[download.value.suggested_filename] = (tmp_path / download.value.suggested_filename).read_bytes()
    assert held["lines.csv"].decode().startswith("Arm,Last value\nbaseline,5\n")
    drawn = ElementTree.fromstring(held["lines.svg"])
    texts = [element.text for element in drawn.iter(f"{SVG}text")]
    assert {"All lines rise", "Mean of runs"} <= set(texts)
    assert held["lines.png"].startswith(b"\x89PNG")
    tools.filter(has_text="Table").click()
    card.locator("table").wait_for()
    assert not card.locator("[data-chart]").is_visible()
    assert tools.filter(has_text="Table").get_attribute("aria-pressed") == "true"
    tools.filter(has_text="Table").click()
    card.locator("[data-chart]").wait_for()
    tools.filter(has_text="Repeat this").click()
    assert card.locator("pre").inner_text() == "stcsim compare mine.yaml --seed 1"
    with parts.expect_download() as download:
        card.locator("button", has_text="Download mine.yaml").click()
    download.value.save_as(tmp_path / "mine.yaml")
    assert (tmp_path / "mine.yaml").read_text() == "name: mine\n"


def test_files_of_a_dark_page_are_light(open_window: Callable[..., Window], trial: Served) -> None:
    shown = open_window(trial, color_scheme="dark").visit("/parts")
    shown.wait_for_selector(READY)
    card = shown.locator(".st-card", has=shown.locator('[data-chart="lines"]'))
    with shown.expect_download() as download:
        card.locator("button", has_text="SVG").click()
    assert "#0072b2" in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_term_is_defined_on_focus_and_let_go_with_escape(parts: Any) -> None:
    term = parts.locator(".st-term", has_text="clearly")
    tip = parts.locator(".st-tip")
    assert not tip.is_visible()
    term.focus()
    assert "at least 95%" in tip.inner_text()
    parts.keyboard.press("Escape")
    assert not tip.is_visible()
    term.hover()
    assert tip.is_visible()
    described = term.get_attribute("aria-describedby")
    assert "at least 95%" in parts.evaluate("id => document.getElementById(id).textContent", described)


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
    assert number.get_attribute("aria-invalid") == "true"
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
    assert rows.first.inner_text().startswith("b")
    parts.get_by_role("button", name="Sort by Name").click()
    parts.wait_for_function(
        "document.querySelector('section[aria-label=Rows] tbody tr').innerText.startsWith('a')"
    )
    rows.first.get_by_role("button").click()
    said(parts, "row 1")


def test_a_narrow_chart_takes_what_is_meant_for_it(open_window: Callable[..., Window], trial: Served) -> None:
    shown = open_window(trial, viewport={"width": 390, "height": 844}).visit("/parts")
    shown.wait_for_selector(READY)
    assert "seven" not in shown.locator(f"{READY} svg").inner_html()
    assert shown.evaluate("document.documentElement.scrollWidth") == 390
