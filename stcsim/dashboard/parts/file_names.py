"""Names of files that a reader saves: scenario, page, card, arm; the same on all pages, safe everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs

import solara

LONGEST = 96
"""Characters of a name, its ending aside: what all file systems and most screens hold."""
MOST_OF_TITLE = 40
"""Characters of a title where it stands for the name of a card."""
_STRANGE = re.compile(r"[^a-z0-9_]+")

FILES = solara.create_context("")
"""What names of files on a page begin with; a page within its frame has it from `stem_of`."""


def safe(words: str, longest: int = LONGEST) -> str:
    """Return words as a part of a name: small letters, digits, underscores and hyphens, whole words.

    >>> safe("Every outcome with Channel & training")
    'every-outcome-with-channel-training'
    """
    found = _STRANGE.sub("-", words.lower()).strip("-_")
    if len(found) <= longest:
        return found
    return found[: longest + 1].rpartition("-")[0] or found[:longest]


def joined(parts: Iterable[str]) -> str:
    """Return parts of a name as one, from the general to the particular; empty ones are left out."""
    return safe("-".join(part for part in map(safe, parts) if part))


def stem_of(path: str, search: str | None, first: str) -> str:
    """Return what names of files on a page begin with: scenario, study or saved comparison, and the page.

    Parameters
    ----------
    path : of the page
    search : what stands in its address behind ``?``
    first : scenario where the address names none
    """
    page = path.strip("/") or "compare"
    said = {name: texts[0] for name, texts in parse_qs(search or "").items()}
    scenario = said.get("scenario", first).removeprefix("file:").removesuffix(".yaml").removesuffix(".yml")
    about = {"studies": said.get("study", "").rpartition("/")[2], "method": ""}
    if saved := said.get("saved"):
        about |= dict.fromkeys(("compare", "truth"), saved)
    return joined((about.get(page, scenario), page))
