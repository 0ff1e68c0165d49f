"""Outcomes that the comparison is not about, for ideas, not conclusions; and what pairing removed."""

from __future__ import annotations

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import between, size
from stcsim.pictures.words import arrow, capital, percent
from stcsim.report.html import Child, Html, details, join, table, tag


def exploratory_part(effects: Effects) -> Html | None:
    """Return a table of all outcomes that are no headlines, arms as columns; None when there are none."""
    names = [o for o in effects.infos if o not in effects.headline]
    if not names or not effects.own:
        return None
    rows: list[list[Child]] = []
    for outcome in sorted(names, key=lambda o: list(effects.infos).index(o)):
        info = effects.info(outcome)
        name = join(capital(info.label), tag("span", f" {unit_words(info.unit)}", class_="small"))
        rows.append([name, info.family, *(_cell(effects, effects.get(a, outcome)) for a in effects.own)])
    head: list[Child] = ["Outcome", "Family", *(effects.label(a) for a in effects.own)]
    words = (
        f"{len(names)} more outcomes, exploratory: each interval stands alone, so among so many some "
        "exclude zero by "
        "chance. Take ideas from here, not conclusions. Change to the baseline with the interval over runs."
    )
    return details(
        f"Exploratory: {len(names)} more outcomes",
        tag("p", words),
        table(head, rows, caption="Exploratory outcomes by arm", class_="dense wide"),
        class_="printed exploratory",
    )


def _cell(effects: Effects, e: Effect) -> Html:
    relative, unit = effects.relative(e.outcome), unit_words(effects.info(e.outcome).unit)
    if e.verdict == "no change":
        return tag("span", "no change", class_="small")
    shown = f"{arrow(e.mean)} {size(e, relative, '')}" if e.clear else size(e, relative, "")
    return join(
        tag("span", shown.strip(), class_=e.judged if e.clear and e.judged else None if e.clear else "small"),
        tag("span", between(e.runs, relative, unit), class_="small block"),
    )


def variance_part(effects: Effects) -> Html:
    """Return the share of variance that pairing removed, by arm and headline."""
    rows: list[list[Child]] = [
        [
            effects.label(arm),
            *(percent(effects.get(arm, o).variance_removed).removeprefix("+") for o in effects.headline),
        ]
        for arm in effects.own
    ]
    head: list[Child] = ["Arm", *(capital(effects.info(o).label) for o in effects.headline)]
    words = (
        "Arms share seeds, so most of chance cancels in a difference. Share of variance removed against "
        "independent "
        "runs; below zero, pairing did harm."
    )
    return details(
        "How much pairing of runs helped",
        tag("p", words),
        table(head, rows, caption="Variance removed by pairing", numeric=frozenset(range(1, len(head)))),
    )
