"""The sheet of colours: enough contrast, light and dark, and a tone for every colour of the pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "stcsim"
SHEET = (PACKAGE / "dashboard" / "style.css").read_text(encoding="utf-8")
ARMS = ("0072b2", "d55e00", "009e73", "cc79a7", "e69f00", "56b4e9", "8a6d00")
TEXT = 4.5
"""Least contrast of text, WCAG 2.2 AA."""
MARK = 3.0
"""Least contrast of what has to be told apart, WCAG 2.2 AA."""


def colours(theme: str) -> dict[str, str]:
    """Return the custom properties of a theme, those that stand for others resolved."""
    light, dark = SHEET.split(':root[data-theme="dark"] {', 1)
    found = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    if theme == "dark":
        found |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", dark.split("\n}", 1)[0]))

    def resolved(value: str) -> str:
        other = re.fullmatch(r"var\((--[\w-]+)\)", value.strip())
        return resolved(found[other[1]]) if other else value.strip()

    return {name: resolved(value) for name, value in found.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str):
    c = colours(theme)
    pairs = [(ink, back) for ink in ("--ink", "--grey", "--link") for back in ("--card", "--page", "--soft")]
    pairs += [
        ("--better", "--card"),
        ("--worse", "--card"),
        ("--worse", "--worse-back"),
        ("--ink", "--chosen"),
    ]
    pairs += [("--better", "--better-back"), ("--ink", "--worse-back"), ("--ink", "--notice-back")]
    pairs += [("--card", "--link"), ("--on-bar", "--bar"), ("--link", "--chosen")]
    pairs += [(f"--word-{arm}", "--card") for arm in ARMS]
    low = {pair: contrast(c[pair[0]], c[pair[1]]) for pair in pairs}
    assert {pair: round(x, 2) for pair, x in low.items() if x < TEXT} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_and_borders_of_inputs_can_be_seen(theme: str):
    c = colours(theme)
    names = [f"--tone-{arm}" for arm in ARMS] + ["--edge", "--focus", "--tone-59636e", "--tone-00664c"]
    low = {name: contrast(c[name], c["--card"]) for name in [*names, "--tone-a8400a"]}
    low |= {f"{name} on the page": contrast(c[name], c["--page"]) for name in ("--edge", "--focus")}
    assert {name: round(x, 2) for name, x in low.items() if x < MARK} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_arms_keep_tones_of_their_own(theme: str):
    c = colours(theme)
    tones = [c[f"--tone-{arm}"] for arm in ARMS]
    assert len(set(tones)) == len(ARMS)


def test_every_colour_that_a_picture_is_drawn_in_has_a_tone():
    named = {"#16202b", "#59636e", "#d5dae0", "#ffffff"}
    drawn = set[str]()
    for path in (PACKAGE / "pictures").glob("*.py"):
        drawn |= set(re.findall(r"#[0-9a-f]{6}\b", path.read_text(encoding="utf-8")))
    for theme in ("light", "dark"):
        known = {f"#{name.removeprefix('--tone-')}" for name in colours(theme) if name.startswith("--tone-")}
        assert drawn - named <= known
