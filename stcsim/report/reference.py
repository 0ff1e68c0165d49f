"""The tables of the documentation, made from the code that they describe.

A page of `docs/` holds them between two comments, ``<!-- generated: NAME -->`` and ``<!-- end -->``, and
`refresh` replaces what stands there. So a parameter, an outcome or a phase is described once, where it is
declared.

::

    python -m stcsim.report.reference docs/model.md docs/reference.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from stcsim.errors import InputError
from stcsim.report import reference_choices as choices
from stcsim.report import reference_model as model
from stcsim.report.reference_tests import verification

SECTIONS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "populations": model.populations,
        "columns": model.columns,
        "phases": model.phases,
        "fates": model.fates,
        "ways": model.ways,
        "structure": model.structure,
        "arrangements": model.arrangements,
        "law": model.law,
        "activities": model.activities,
        "series": model.monthly_series,
        "mechanisms": choices.mechanisms,
        "mechanism_fields": choices.shared_fields,
        "challenges": choices.challenges,
        "shocks": choices.shocks,
        "scenarios": choices.scenarios,
        "parameters": choices.parameters,
        "assumed": choices.assumed,
        "bases": choices.bases,
        "outcomes": choices.outcomes,
        "sources": choices.sources_table,
        "verification": verification,
    }
)
"""What can be generated, by the name that pages use."""

_BLOCK = re.compile(r"(<!-- generated: ([a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def render(name: str) -> str:
    """Return one generated section as Markdown, without its markers.

    Raises
    ------
    InputError
        there is no section of that name
    """
    if name not in SECTIONS:
        raise InputError(f"there is no generated section {name}; there are {', '.join(SECTIONS)}")
    return SECTIONS[name]()


def refreshed(text: str) -> str:
    """Return a page with every generated section as it is now."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{render(found[2])}\n\n{found[3]}", text)


def refresh(path: Path) -> bool:
    """Bring the generated sections of a page up to date; return whether that changed it."""
    before = path.read_text(encoding="utf-8")
    after = refreshed(before)
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def main(pages: Sequence[str]) -> None:
    """Refresh pages, and say which have changed."""
    for page in pages:
        if refresh(Path(page)):
            sys.stdout.write(f"{page}: refreshed\n")


if __name__ == "__main__":
    main(sys.argv[1:])
