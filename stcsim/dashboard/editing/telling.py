"""What a draft is, in a sentence."""

from __future__ import annotations

from stcsim.dashboard.editing.draft import Draft
from stcsim.scenario.size import described


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def status(draft: Draft) -> str:
    """Return whether a draft is a scenario, and how large, or how much is wrong with it."""
    if draft.loaded is None:
        number = len(draft.problems) + draft.more
        return f"{_counted(number, 'problem', 'problems')}: it cannot be run before this is mended."
    spec, size = draft.loaded.spec, draft.loaded.size
    counts = [
        (len(spec.countries), "country", "countries"),
        (size.holders, "body or checkpoint", "bodies and checkpoints"),
        (size.firms, "firm", "firms"),
        (len(spec.networks), "network", "networks"),
        (len(spec.arms), "arm", "arms"),
    ]
    said = ", ".join(_counted(*count) for count in counts)
    return f"Can be run: {said}; {described(size)}."
