"""The assumptions behind each headline: how many, which, and what range was tried."""

from __future__ import annotations

from collections.abc import Sequence

from stcsim.pictures.effects import Effects
from stcsim.pictures.words import capital, counted, number
from stcsim.report.html import Child, Html, details, join, table, tag
from stcsim.report.inputs import Assumption


def assumptions_part(effects: Effects, assumptions: Sequence[Assumption]) -> Html:
    """Return the counts by headline and the whole list, assumed ones first."""
    if not assumptions:
        return tag("p", "The register of parameters was not given to this report.")
    counts: list[list[Child]] = []
    for outcome in effects.headline:
        behind = [a for a in assumptions if a.bears_on(outcome)]
        assumed = sum(a.assumed for a in behind)
        varied = sum(a.assumed and a.sweep is not None for a in behind)
        counts.append(
            [
                capital(effects.info(outcome).label),
                tag("strong", f"{assumed} of {len(behind)} assumed"),
                f"{varied} varied over {counted(effects.worlds, 'world')}"
                if effects.worlds
                else "none varied",
            ]
        )
    total = sum(a.assumed for a in assumptions)
    intro = f"{total} of {len(assumptions)} parameters rest on no public figure. " + (
        f"The interval called assumptions comes from {effects.worlds} sampled sets of them."
        if effects.worlds
        else "They were not varied here: the intervals below and above show chance alone."
    )
    ordered = sorted(assumptions, key=lambda a: (not a.assumed, a.path))
    some = any(a.outcomes for a in assumptions)
    head: list[Child] = ["Parameter", "Value", "Range tried", "Basis"]
    rows = [_row(a) for a in ordered]
    if some:
        head.append("Bears on")
        for row, a in zip(rows, ordered, strict=True):
            row.append(
                ", ".join(effects.infos[o].label for o in a.outcomes if o in effects.infos) or "all headlines"
            )
    return join(
        tag("p", intro),
        table(
            ["Headline", "Behind it", "In this comparison"],
            counts,
            caption="How much of each headline is assumed",
        ),
        details(
            f"All {len(assumptions)} parameters with basis, range and source",
            table(head, rows, caption="Parameters, assumed ones first", class_="dense"),
        ),
    )


def _row(a: Assumption) -> list[Child]:
    swept = f"{number(a.sweep[0])} to {number(a.sweep[1])}" if a.sweep is not None else "fixed"
    if a.assumed:
        basis: Html = tag("span", "assumed", class_="chip")
    else:
        basis = join(a.source or a.basis, tag("span", f" {a.url}", class_="url") if a.url else None)
    return [
        join(a.text or a.path, tag("code", a.path, class_="path")),
        f"{a.value} {'' if a.unit == '-' else a.unit}".strip(),
        swept,
        basis,
    ]
