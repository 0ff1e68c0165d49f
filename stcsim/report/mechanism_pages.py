"""A reference page for each mechanism, made from its class: what it changes, needs, costs and rests on.

::

    python -m stcsim.report.mechanism_pages docs/mechanisms
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from inspect import cleandoc
from pathlib import Path

from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.outcomes.registry import INFOS
from stcsim.report.first_cost import first_cost, planners_view
from stcsim.report.markdown import code, first_paragraph, grid
from stcsim.report.reference_choices import DATES, fields_of
from stcsim.scenario.loading import load
from stcsim.sources import sources
from stcsim.spec import ASSUMED, quantities
from stcsim.structure.arrangements import KINDS
from stcsim.structure.view import View

EXAMPLE = "reference_region"
"""Scenario in which the cost of the defaults is told."""
_MADE = "<!-- Made from the code by `make docs`; what is changed here is lost. -->"


def page(kind: type[Mechanism]) -> str:
    """Return the reference page of a mechanism as Markdown."""
    lead = kind.model_fields["lead_time"].default
    parts = [
        f"# {kind.title}\n\n{_MADE}",
        f"{code(kind.name)}: {cleandoc(kind.__doc__ or '')}",
        _answers(kind),
        f"## How it works\n\n{_route(kind)}",
        f"## What it needs\n\nPrerequisite: {kind.prerequisites}. Lead time: {lead} weeks from the decision "
        "to the effect; until then, and while the prerequisite is not met, it costs and does nothing.",
        f"## What it costs\n\n{_cost(kind)}",
        f"## In a scenario\n\n```yaml\narms:\n  - name: {kind.name}\n    mechanisms:\n"
        f"      {kind.name}: {{}}\n```\n\n`{{}}` takes all defaults. What follows can be said, beside what "
        f"all mechanisms share ({', '.join(code(d) for d in DATES)}).\n\n{fields_of(kind, leave_out=DATES)}",
        _basis(kind),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _answers(kind: type[Mechanism]) -> str:
    if not kind.answers:
        return "It claims to answer no challenge."
    rows = [
        [
            f"{CHALLENGES[name].text} ({code(name)})",
            code(CHALLENGES[name].scenario),
            ", ".join(f"{INFOS[o].label} ({code(o)})" for o in CHALLENGES[name].outcomes),
        ]
        for name in kind.answers
    ]
    head = ["Challenge that it claims to answer", "Scenario that shows it", "Outcomes to look at"]
    told = "Whether it does is a result of the simulation, not a property of the mechanism."
    return f"{grid(head, rows)}\n\n{told}"


def _route(kind: type[Mechanism]) -> str:
    words = {k.__name__: first_paragraph(k.__doc__) for k in KINDS}
    lines = "\n".join(f"- {code(name)}: {words[name]}" for name in kind.route)
    return (
        "It asks for arrangements of these kinds, and through nothing else has it any effect "
        f"(a test takes them out and finds nothing left but the cost):\n\n{lines}"
    )


@cache
def _view() -> View:
    return planners_view(load(EXAMPLE).spec)


def _cost(kind: type[Mechanism]) -> str:
    cost = first_cost(kind(), _view())
    if cost.unmet:
        own = f"There its prerequisite is not met ({'; '.join(cost.unmet)}), so nothing is told of its cost."
    elif not cost.amount:
        own = "By itself it charges nothing there."
    else:
        bodies = "body" if cost.payers == 1 else "bodies"
        own = f"By itself it charges {cost.amount}, borne by {cost.payers} {bodies}."
    beside = f" On top come {' and '.join(cost.beside)}." if cost.beside else ""
    return f"With its defaults in the four countries of `{EXAMPLE}`. {own}{beside}"


def _basis(kind: type[Mechanism]) -> str:
    own = [q for q in quantities(kind) if q.path not in DATES]
    assumed = sum(q.basis == ASSUMED for q in own)
    known = sources()
    rows = [
        [f"[{known[key].title}]({known[key].url})", known[key].year, known[key].fact, known[key].confidence]
        for key in kind.sources
    ]
    table = grid(["Document", "Year", "What is taken from it", "Confidence"], rows) if rows else "None."
    return f"## What it rests on\n\nOf its {len(own)} numbers {assumed} are assumed.\n\n{table}"


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    return {f"{name}.md": page(kind) for name, kind in MECHANISMS.items()}


def main(arguments: Sequence[str]) -> None:
    """Write the pages into a folder, say which have changed, and remove those of mechanisms that are gone."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in sorted({p.name for p in folder.glob("*.md")} - set(made)):
        (folder / old).unlink()
        sys.stdout.write(f"{folder / old}: removed\n")
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path}: refreshed\n")


if __name__ == "__main__":
    main(sys.argv[1:])
