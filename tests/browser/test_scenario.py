"""The page *Scenario*: forms and text are one file, problems stand at their fields, files come and go."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from stcsim.dashboard.limits import UPLOAD_BYTES
from stcsim.scenario.library import folder
from tests.browser.rules import violations
from tests.browser.servers import Served
from tests.browser.window import NARROW, Window

GOOD = (folder() / "small_region.yaml").read_text(encoding="utf-8").replace("small_region", "brought_along")
TEXT = ".se-text textarea"
STATUS = ".st-card h2"


def opened(window: Window, address: str = "?scenario=small_region") -> Any:
    """Return the page with the text of a scenario in it."""
    shown = window.visit(f"/scenario{address}")
    wait_for_text(shown, "\ncountries:")
    return shown


def to_part(shown: Any, label: str) -> None:
    """Open a part by its name in the outline."""
    shown.locator(".se-parts button", has_text=label).first.click()
    expect(shown.locator(".se-middle h2").first).to_have_text(label)


def wait_for_text(shown: Any, part: str) -> None:
    """Wait until the text has a part."""
    expect(shown.locator(TEXT)).to_have_value(re.compile(re.escape(part)))


def wait_for_text_without(shown: Any, part: str) -> None:
    """Wait until a part that the text had is in it no more."""
    expect(shown.locator(TEXT)).not_to_have_value(re.compile(re.escape(part)))


def wait_for_status(shown: Any, start: str) -> None:
    """Wait until the first heading begins in a way."""
    expect(shown.locator(STATUS).first).to_contain_text(re.compile(rf"^\s*{start}"))


def test_a_field_is_edited_is_wrong_is_mended_and_downloaded(page: Window) -> None:
    shown = opened(page)
    to_part(shown, "Countries")
    to_part(shown, "Orsund (producer)")
    will = shown.get_by_label("Will", exact=True)
    will.fill("6")
    will.press("Enter")
    row = shown.locator("[data-field=will]")
    row.locator(".st-wrong", has_text="6 is above the maximum 1 (share)").wait_for()
    expect(will).to_have_attribute("aria-invalid", "true")
    expect(will).to_have_accessible_description(re.compile("6 is above the maximum"))
    wait_for_status(shown, "1 problem")
    expect(shown.locator(".se-gutter .bad")).to_have_text("21")
    expect(shown.get_by_role("button", name="Compare this scenario")).to_be_disabled()
    will.fill("0.7")
    will.press("Tab")
    row.locator(".st-wrong").wait_for(state="detached")
    wait_for_status(shown, "Can be run")
    wait_for_text(shown, "will: 0.7 # assumed")
    shown.get_by_text("countries[Orsund].will 0.6 → 0.7").wait_for()
    with shown.expect_download() as coming:
        shown.get_by_role("button", name="Download", exact=True).click()
    assert coming.value.suggested_filename == "small_region.yaml"
    got = Path(coming.value.path()).read_text(encoding="utf-8")
    before = (folder() / "small_region.yaml").read_text(encoding="utf-8")
    assert got == before.replace("will: 0.6 # assumed", "will: 0.7 # assumed")
    # what was changed is undone, done again, and Back goes the same way
    shown.get_by_role("button", name="Undo").click()
    wait_for_text(shown, "will: 6 #")
    shown.get_by_role("button", name="Redo").click()
    wait_for_text(shown, "will: 0.7 #")
    shown.go_back()
    wait_for_text(shown, "will: 6 #")
    shown.reload()
    wait_for_text(shown, "will: 6 #")


def test_a_good_and_a_bad_file_are_brought_along(page: Window, tmp_path: Path) -> None:
    shown = opened(page)
    good, bad, large, binary = (tmp_path / name for name in ("good.yaml", "bad.yaml", "large.yaml", "b.yaml"))
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(GOOD.replace("  step_days: 7", "  step_days: often\n  steps: 3"), encoding="utf-8")
    large.write_bytes(b"# " + b"x" * UPLOAD_BYTES)
    binary.write_bytes(b"\xff\xfe\x00\x01")
    field = shown.get_by_label("Bring your own (YAML)")
    field.set_input_files(good)
    wait_for_text(shown, "name: brought_along")
    wait_for_status(shown, "Can be run")
    expect(shown).to_have_url(re.compile(r"scenario=own:[0-9a-f]{12}$"))
    field.set_input_files(bad)
    wait_for_status(shown, "2 problems")
    shown.get_by_role("button", name="time.steps").click()
    shown.locator(".se-refused", has_text="Unknown key. Did you mean 'step_days'?").wait_for()
    shown.get_by_role("button", name="time.step_days").click()
    expect(shown.locator("#sf-step_days")).to_be_focused()
    shown.locator("[data-field=step_days] .st-wrong", has_text="'often' is none of the choices").wait_for()
    expect(shown).to_have_url(re.compile("part=time"))
    there = shown.url
    for wrong, said in ((large, "too large"), (binary, "no text in UTF-8")):
        field.set_input_files(wrong)
        shown.get_by_role("alert").filter(has_text=said).wait_for()
        page.still()
        assert shown.url == there


def test_what_cannot_be_read_at_all_is_told_with_its_line(page: Window, tmp_path: Path) -> None:
    shown = opened(page)
    broken = tmp_path / "broken.yaml"
    broken.write_text("name: x\ncountries: [\n  - id: A\n", encoding="utf-8")
    shown.get_by_label("Bring your own (YAML)").set_input_files(broken)
    wait_for_status(shown, "1 problem")
    expect(shown.locator(".se-problems")).to_contain_text("Not valid YAML")
    # a bomb costs a message
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    shown.locator(TEXT).fill(bomb)
    shown.locator(".se-problems", has_text="more than 100,000 values").wait_for()


def test_the_text_is_edited_and_the_form_follows(page: Window) -> None:
    shown = opened(page, "?scenario=small_region&part=time")
    field, weeks = shown.locator(TEXT), shown.locator("#sf-counted_weeks")
    expect(weeks).to_have_value("104")
    field.fill(field.input_value().replace("counted_weeks: 104", "counted_weeks: 52"))
    expect(weeks).to_have_value("52")
    shown.get_by_label("Warm up weeks", exact=True).focus()
    expect(shown).to_have_url(re.compile("own:"))
    shown.get_by_role("button", name="Counted weeks: back to the default").click()
    expect(weeks).to_have_value("")
    wait_for_text_without(shown, "counted_weeks")


def test_entries_are_added_copied_and_taken_out(page: Window) -> None:
    shown = opened(page, "?scenario=small_region&part=countries.0.agencies")
    shown.get_by_role("button", name="Add an agency").click()
    wait_for_text(shown, "- { role: prosecutor }")
    shown.get_by_role("button", name="Copy Intelligence").click()
    wait_for_text(shown, "{ id: intelligence_2, role: intelligence, staff: 10 }")
    shown.get_by_role("button", name="Take out Foreign affairs").click()
    wait_for_text_without(shown, "foreign_affairs, staff: 4")
    wait_for_status(shown, "Can be run")


def test_an_arm_is_built_for_a_challenge_and_compared(page: Window) -> None:
    shown = opened(page, "?scenario=small_region&part=arms")
    shown.get_by_label("Challenge", exact=True).select_option("inconsistent_checkpoints")
    offers = shown.locator(".se-offers")
    offers.get_by_text("Charges here").first.wait_for()
    # the rival that costs the same stands last
    expect(offers.locator("li").last).to_contain_text("rival of all others")
    shown.get_by_role("button", name="New arm with this: Harmonised border procedures").click()
    wait_for_text(shown, "  - name: harmonised_procedures\n")
    shown.get_by_role("button", name="Add to this arm: Joint targeting unit").click()
    wait_for_text(shown, "      joint_targeting_unit: {}")
    shown.get_by_text("The mechanisms of this arm charge together").wait_for()
    shown.get_by_role("button", name="Take out: Joint targeting unit").click()
    wait_for_text_without(shown, "joint_targeting")
    wait_for_status(shown, "Can be run")
    shown.get_by_role("button", name="Compare this scenario").click()
    expect(shown).to_have_url(re.compile(r"//[^/]+/\?scenario=own:"))
    expect(shown.locator("h1")).to_have_text("Compare")


def test_fields_are_found_by_words_and_by_lines(page: Window) -> None:
    shown = opened(page)
    shown.get_by_label("Find a field or a part").fill("half of nothing")
    shown.get_by_text("Nothing is called that.").wait_for()
    shown.get_by_label("Find a field or a part").fill("unaware")
    shown.locator(".se-parts button", has_text="Cost unaware").click()
    expect(shown.locator("#sf-cost_unaware")).to_be_focused()
    expect(shown).to_have_url(re.compile(r"part=parameters\.adversary$"))
    field = shown.locator(TEXT)
    start = field.input_value().index("donor_2")
    field.evaluate("(field, at) => { field.focus(); field.setSelectionRange(at, at); }", start)
    field.press("ArrowRight")
    shown.get_by_role("button", name="in the form").click()
    expect(shown.locator(".se-middle h2").first).to_have_text("donor_2")


def test_by_keyboard_alone(page: Window) -> None:
    shown = opened(page, "?scenario=small_region&part=time")
    expect(shown.locator("#sf-counted_weeks")).to_have_value("104")
    page.still()
    # from the choice of the scenario by Tab to file, buttons, outline, form and text, and out again
    shown.get_by_label("Scenario", exact=True).focus()
    seen: list[str] = []
    for _ in range(60):
        shown.keyboard.press("Tab")
        seen.append(shown.evaluate("(e => e.type === 'file' ? 'file' : e.id)(document.activeElement)"))
        if seen[-1] == "sf-counted_weeks":
            break
    assert "file" in seen
    assert seen[-1] == "sf-counted_weeks"
    shown.keyboard.press("Control+A")
    shown.keyboard.type("60")
    shown.keyboard.press("Enter")
    wait_for_text(shown, "counted_weeks: 60")
    # the cursor stays where it is when the text comes back
    page.still()
    expect(shown.locator("#sf-counted_weeks")).to_be_focused()
    shown.locator(TEXT).focus()
    shown.keyboard.press("Tab")
    expect(shown.get_by_role("button", name="in the form")).to_be_focused()


def test_own_scenarios_are_nobody_elses(open_window: Callable[..., Window], served: Served) -> None:
    mine, other = open_window(served), open_window(served)
    shown = opened(mine, "?scenario=small_region&part=time")
    shown.get_by_label("Counted weeks", exact=True).fill("61")
    shown.get_by_label("Counted weeks", exact=True).press("Enter")
    wait_for_text(shown, "counted_weeks: 61")
    address = shown.url.removeprefix(mine.url)
    foreign = other.visit(address)
    foreign.get_by_text("which is not to be had").first.wait_for()
    wait_for_text(foreign, "counted_weeks: 104")


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_arms_and_problems_break_no_rule_of_accessibility(
    open_window: Callable[..., Window], served: Served, theme: str
) -> None:
    window = open_window(served, color_scheme=theme)
    shown = opened(window, "?scenario=small_region&part=arms.0&challenge=inconsistent_checkpoints")
    shown.locator(".se-offers").get_by_text("Charges here").first.wait_for()
    window.settle()
    assert violations(shown) == []
    shown = opened(window, "?scenario=small_region&part=countries.0")
    shown.get_by_label("Will", exact=True).fill("6")
    shown.get_by_label("Will", exact=True).press("Enter")
    wait_for_status(shown, "1 problem")
    shown.locator("[data-field=will] .st-wrong").wait_for()
    window.settle()
    assert violations(shown) == []


def test_narrow_and_dark(open_window: Callable[..., Window], served: Served) -> None:
    window = open_window(served, viewport=NARROW, has_touch=True, color_scheme="dark")
    for part in ("", "&part=arms.0", "&part=countries.1.law", "&part=countries.1.checkpoints"):
        opened(window, f"?scenario=small_region{part}")
        window.fits()


def test_large_scenarios_and_strange_addresses(page: Window) -> None:
    shown = opened(page, "?scenario=large_exporter&part=countries.0.firms.999.x")
    wait_for_status(shown, "Can be run")
    shown = opened(page, "?scenario=small_region&part=..%2F..%2Fetc&original=%2Fetc%2Fpasswd")
    shown.get_by_text("which is not to be had").first.wait_for()
    wait_for_status(shown, "Can be run")
