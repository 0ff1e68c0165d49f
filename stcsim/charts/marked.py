"""Terms in titles and subtitles: ``[[key]]`` or ``[[key|as it reads]]`` is a word that has a definition."""

from __future__ import annotations

import re
from typing import Final

MARKED: Final = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")
"""A marked term: its key, and how it reads where that is not the key."""


def plain_words(sentence: str) -> str:
    """Return the text with the words of its terms and without their marks."""
    return MARKED.sub(lambda found: found[2] or found[1], sentence)
