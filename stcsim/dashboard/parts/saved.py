"""A file for the browser to save."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Saved:
    """What the browser is to save; another `count` makes it another file, and 0 none.

    Parameters
    ----------
    name : of the file
    text : what it holds
    mime : its type
    count : how many there have been
    """

    name: str = ""
    text: str = ""
    mime: str = ""
    count: int = 0
