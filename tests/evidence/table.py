"""The table of evidence: rows to CSV and to a page that people can read."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from scipy.stats import norm

from stcsim.outcomes.registry import INFOS
from stcsim.report.markdown import code, grid
from stcsim.study.worlds import drawn_quantities
from tests.evidence.judging import ENOUGH, NOT_SHOWN, VERDICTS, WRONG, Judged, cut_works, reason
from tests.evidence.rows import HERE, ROUTE, stated

COLUMNS = ("id", "effect", "low", "high", "share", "cut", "verdict")
SETS, PAIRS, DEFAULTS = 200, 4, 40
"""Sets of assumptions, pairs in each, and pairs at the defaults of a table that is complete."""
GONE, REMAINS = "gone", "remains"
ELEMENTS = HERE / "elements.csv"
DOCS = HERE.parents[1] / "docs"
CSV, PAGE = DOCS / "evidence.csv", DOCS / "evidence.md"


def elements() -> dict[str, dict[str, str]]:
    """Return the elements of the field by identifier, in their order."""
    with ELEMENTS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _number(value: float) -> str:
    return f"{value:.4g}"


def as_csv(judged: Iterable[Judged]) -> str:
    """Return the table; `cut` says whether the effect goes with the route cut, empty where none is."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for j in judged:
        e = j.effect
        cut = "" if j.cut is None else cut_word(j)
        writer.writerow(
            [j.row.id, _number(e.value), _number(e.low), _number(e.high), _number(j.share), cut, j.verdict]
        )
    return out.getvalue()


def committed() -> dict[str, dict[str, str]]:
    """Return the committed table by row."""
    with CSV.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def cut_word(j: Judged) -> str:
    """Return in a word whether the effect goes with the route cut."""
    assert j.cut is not None
    return GONE if cut_works(j.effect, j.cut) else REMAINS


def _size(j: Judged, value: float) -> str:
    if math.isnan(value):
        return "undefined"
    if j.row.kind == "property":
        return f"{value:g}"
    if not j.row.level:
        return f"{value:+.3g}".replace("-", "−")
    return f"{100 * value:+.3g}%".replace("-", "−")


def _effect(j: Judged) -> str:
    row = j.row
    if row.kind == "property":
        return j.told
    label = INFOS[row.outcome].label
    if row.per:
        label += f", over {INFOS[row.per].label}"
    if row.minus:
        label += f", minus {INFOS[row.minus].label}"
    if row.rate_by:
        label += f", gain for each unit of {INFOS[row.rate_by].label}"
    elif not row.level:
        label += f" ({INFOS[row.outcome].unit})"
    e = j.effect
    return f"{label}: {_size(j, e.value)} ({_size(j, e.low)} to {_size(j, e.high)})"


def _cut(j: Judged) -> str:
    if j.cut is None:
        return ""
    how = stated()[j.row.id]["cut"]
    words = []
    if how.get("mute"):
        words.append(
            "without its arrangements" if how["mute"] == ROUTE else f"without {', '.join(how['mute'])}"
        )
    words += [f"{path.removeprefix('parameters.')} = {value}" for path, value in how.get("set", {}).items()]
    words += [f"with {name}" for name in how.get("mechanisms", {})]
    if "coverage" in how:
        words.append("reaching nobody")
    if len(words) > 3:
        words = [*words[:3], "…"]
    return f"{cut_word(j)}: {_size(j, j.cut.value)} ({'; '.join(words)})"


def _expected(j: Judged) -> str:
    row = j.row
    if row.kind == "property":
        return ""
    size = f"{100 * row.size:g}%" if row.level else f"{row.size:g}"
    if row.sign == 0:
        return f" *Expected: within {size}.*"
    return f" *Expected: {'higher' if row.sign > 0 else 'lower'}, by {size} at least.*"


def _verdict(j: Judged) -> str:
    why = reason(j)
    return f"{j.verdict}: {why}" if why else j.verdict


def _share(j: Judged) -> str:
    return "undefined" if math.isnan(j.share) else f"{100 * j.share:.0f}%"


def as_page(judged: Sequence[Judged], worlds: int, pairs: int, defaults: int) -> str:
    """Return the page: what was expected of each element, what the model shows, and on what it hangs."""
    by_element: dict[str, list[Judged]] = {}
    for j in judged:
        by_element.setdefault(j.row.element, []).append(j)
    counted = {v: sum(j.verdict == v for j in judged) for v in VERDICTS}
    parts = [
        _HEAD.format(
            rows=len(judged),
            elements=len(by_element),
            worlds=worlds,
            pairs=pairs,
            defaults=defaults,
            counted="\n".join(f"- {code(v)}: {n}" for v, n in counted.items()),
            fewer=_FEWER.format(sets=SETS, pairs=PAIRS) if (worlds, pairs) != (SETS, PAIRS) else "",
        )
    ]
    sources: dict[str, list[str]] = {}
    for id_, element in elements().items():
        sources.setdefault(element["source"], []).append(id_)
    for source, ids in sources.items():
        parts.append(f"## {source[0].upper()}{source[1:]}\n")
        lines: list[list[str]] = []
        for id_ in ids:
            lines.append([f"**{id_}**", f"**{elements()[id_]['element']}**", "", "", "", ""])
            for j in by_element.get(id_, ()):
                lines.append(
                    [j.row.id, j.row.says + "." + _expected(j), _effect(j), _share(j), _cut(j), _verdict(j)]
                )
        parts.append(
            grid(["Row", "Expectation", "Effect at the defaults", "Sets", "Route cut", "Verdict"], lines)
        )
        parts.append("")
    parts.append(_hanging(judged, worlds))
    parts.append(_not_so(judged))
    return "\n".join(parts).rstrip() + "\n"


def by_chance(worlds: int) -> float:
    """Return what the largest rank correlation of unrelated assumptions exceeds in one row of 20."""
    asked = sum(q.path.startswith("parameters.") for q in drawn_quantities())
    once = 1 - 0.95 ** (1 / asked)
    return min(1.0, float(norm.isf(once / 2)) / math.sqrt(max(1, worlds - 1)))


def _hanging(judged: Sequence[Judged], worlds: int) -> str:
    """Rows whose sign holds in less than four sets of five, with the two assumptions that matter most."""
    lines = []
    chance = by_chance(worlds)
    for j in judged:
        if j.row.kind != "property" and not j.share >= ENOUGH:
            named = [
                f"{code(path.removeprefix('parameters.'))} ({r:+.2f}{'' if abs(r) > chance else ', chance?'})"
                for path, r in j.matter
            ]
            told = ", ".join(named).replace("-", "−") or "none"
            lines.append([j.row.id, j.row.says, _share(j), told, j.verdict])
    head = "## What depends on assumptions\n\n" + _DEPENDING.format(worlds=worlds, chance=chance) + "\n"
    return (
        head
        + "\n"
        + (grid(["Row", "Expectation", "Sets", "Assumptions it goes with most", "Verdict"], lines))
    )


def _not_so(judged: Sequence[Judged]) -> str:
    """Expectations that were wrong, and those that are not shown, with what the model has instead."""
    parts = []
    for verdict, title in ((WRONG, "Expectations that were wrong"), (NOT_SHOWN, "What is not shown")):
        lines = [
            [j.row.id, j.row.says, stated()[j.row.id].get("why") or reason(j).capitalize()]
            for j in judged
            if j.verdict == verdict
        ]
        parts.append(f"\n## {title}\n\n" + (grid(["Row", "Expectation", "Why"], lines) if lines else "None."))
    return "\n".join(parts)


def write(judged: Sequence[Judged], worlds: int, pairs: int, defaults: int, folder: Path = DOCS) -> None:
    """Write both files."""
    (folder / CSV.name).write_text(as_csv(judged), encoding="utf-8")
    (folder / PAGE.name).write_text(as_page(judged, worlds, pairs, defaults), encoding="utf-8")


_HEAD = """# Evidence

What the field names, what was expected of each, and what the model shows. {rows} rows for {elements}
elements. The expectations stood in [expectations.yaml](../tests/evidence/expectations.yaml) before the
first run of each; sign, least size and outcome have not been changed since, and no parameter of the model
was set for a row. After a first pass some rows got other arms or another cut, where theirs could not show
what was asked: a course that ended before bodies had agreed on it, will that did not stay where it was set,
a cut that left the effect another way. This page and [evidence.csv](evidence.csv) are made by
`make evidence`; do not edit them.

All rows are run in [one small invented region](../tests/evidence/region.yaml) unless they name a
scenario. *Effect at the defaults* is the paired difference between arms over {defaults} pairs (four
times as many for nulls and contrasts of four arms), relative to the level of the baseline where a
percentage stands, with its 95% interval. *Sets* is the share of {worlds} sampled sets of assumptions,
{pairs} pairs each, in which the sign is the expected one; for a null, in which the effect lies within
the margin.{fewer} *Route cut* is the effect that is left when the way by which it should come about is
closed; charges remain, so what the hours do by themselves remains as well.

The verdicts follow from these numbers:

- `holds`: the interval lies on the expected side, the effect has the least size that was expected, it
  goes when its route is cut (what is left cannot be told from none, or is a tenth at most), and the sign
  holds in four sets of five; a null's interval lies within its margin, as four sets of five do; a
  property passes its check.
- `depends on assumptions`: the same, but the sign holds in fewer sets.
- `expectation wrong`: the interval lies on the other side, or beyond the margin of a null.
- `not shown`: anything else.

Counts:

{counted}

They say what follows from this model's assumptions, not how the world is; [how to read
results](reading.md).
"""

_FEWER = """ (`make evidence` left to itself makes {sets} sets with {pairs} pairs, which takes an hour or
more; this page was made with fewer.)"""

_DEPENDING = """Rows that hold in fewer than four sets of five, with the two assumptions whose draws the
effect goes with most (rank correlation over the sets). Among so many assumptions the largest correlation
with {worlds} sets exceeds {chance:.2f} in one row of 20 by chance alone: one that does not is marked
*chance?*, and where both are, no single assumption was found to decide."""
