"""What axe-core finds against WCAG 2.2 AA."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


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
