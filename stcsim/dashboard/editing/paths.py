"""Where a part stands, as the address and a form write it: ``countries.0.agencies``."""

from __future__ import annotations

import re

from stcsim.scenario.nodes import Steps

_PATH = re.compile(r"[A-Za-z0-9_]{1,60}(?:\.[A-Za-z0-9_]{1,60}){0,12}")


def written(steps: Steps) -> str:
    """Return steps as one word, empty for the whole scenario."""
    return ".".join(str(step) for step in steps)


def read(text: object) -> Steps | None:
    """Return the steps that a word says, None where it is no such word."""
    if text == "":
        return ()
    if not isinstance(text, str) or not _PATH.fullmatch(text):
        return None
    # digits alone are an index: no key is made of them
    return tuple(int(part) if part.isascii() and part.isdecimal() else part for part in text.split("."))
