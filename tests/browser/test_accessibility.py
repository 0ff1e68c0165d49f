"""What axe-core finds against WCAG 2.2 AA, on every page, light and dark, wide and narrow: nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="axe-core comes with the extra 'test'")

from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.servers import Served
from tests.browser.test_frame import PATHS, SHOWS

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
METHOD = tuple(f"/method?part={part}" for part in ("assumptions", "equations", "words"))


@cache
def engine() -> str:
    """Return axe-core, which a package for another way to call it brings along."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(shown: Any) -> list[str]:
    """Return what is wrong, a line a rule with the elements that break it."""
    shown.evaluate(engine())
    found = shown.evaluate(
        "rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })",
        list(RULES),
    )
    return [
        f"{one['id']}: {one['help']}: " + " | ".join(node["html"][:160] for node in one["nodes"][:4])
        for one in found["violations"]
    ]


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("path", [*PATHS, *(pytest.param(path, marks=pytest.mark.slow) for path in METHOD)])
def test_a_page_breaks_no_rule(
    open_window: Callable[..., Window], served: Served, path: str, theme: str
) -> None:
    window = open_window(served, color_scheme=theme)
    shown = window.visit(path)
    window.settle(*SHOWS[path.partition("?")[0]])
    assert violations(shown) == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_no_part_breaks_a_rule(
    open_window: Callable[..., Window], trial: Served, width: int, theme: str
) -> None:
    window = open_window(trial, color_scheme=theme, viewport={"width": width, "height": 900})
    shown = window.visit("/parts")
    shown.wait_for_selector('[data-chart="lines"][data-ready="1"]')
    shown.locator("button", has_text="Repeat this").click()
    shown.locator(".st-card", has=shown.locator('[data-chart="bars"]')).locator("button").first.click()
    shown.locator(".st-term").first.focus()
    expect(shown.locator(".st-tip")).to_be_visible()
    window.still()
    assert violations(shown) == []
