"""Texts of a scenario are texts: whatever they hold, no page makes elements of it or runs it."""

from __future__ import annotations

import re

import pytest

from stcsim.scenario.library import folder
from tests.browser.test_pages import SHOWS
from tests.browser.window import Window

MARKUP = "<img src=x onerror='window.ran = 1'><b>bold</b> [[no term]] {{ 7 * 191 }}"


def dressed() -> bytes:
    """Return a scenario whose texts for people hold markup."""
    text = (folder() / "small_region.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^name: .*$", "name: dressed", text)
    text = re.sub(r"(?m)^title: .*$", f'title: "{MARKUP}"', text)
    text = re.sub(r"(?m)^(\s+label: ).*$", rf'\g<1>"{MARKUP}"', text)
    return text.encode()


@pytest.mark.parametrize(
    "paths",
    [
        ("/scenario", "/"),
        pytest.param(("/ecosystem", "/flows"), marks=pytest.mark.slow),
        pytest.param(("/capacity", "/truth"), marks=pytest.mark.slow),
    ],
)
def test_markup_in_a_scenario_is_shown_and_not_obeyed(page: Window, paths: tuple[str, ...]) -> None:
    shown = page.visit("/scenario")
    given = {"name": "dressed.yaml", "mimeType": "text/yaml", "buffer": dressed()}
    shown.locator("input[type=file]").set_input_files(given)
    shown.wait_for_url("**scenario=own:*")
    name = shown.url.partition("scenario=")[2].partition("&")[0]
    for path in paths:
        page.visit(f"{path}?scenario={name}&replications=2&arms=frontline_channel")
        page.settle(*SHOWS[path])
        # All of it is there, and nothing comes any more.
        written = shown.locator(".se-text textarea").input_value() if path == "/scenario" else ""
        assert "<b>bold</b>" in written + shown.inner_text("main")
        assert "1337" not in shown.inner_text("main")
        assert shown.locator("main img").count() == 0
        assert shown.locator("main b", has_text="bold").count() == 0
        assert shown.evaluate("window.ran") is None
