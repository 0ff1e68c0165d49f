"""Method: what the model cannot say, what is assumed, its equations, what words mean; all to be searched."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import solara

from stcsim.dashboard import assumed
from stcsim.dashboard.address import Field, Values, choice, use_address
from stcsim.dashboard.assumed import MECHANISM, MODEL, Entry
from stcsim.dashboard.element import Element
from stcsim.dashboard.manual import Section, chapter, found
from stcsim.dashboard.parts import Card, Choice, DataTable, Markup, Notice, Switch, TextField
from stcsim.dashboard.parts.terms import TERMS
from stcsim.engine.phases import PHASES
from stcsim.pictures.words import capital, counted
from stcsim.report.html import Html, details, join, tag

LIMITS, NUMBERS, EQUATIONS, WORDS = "limits", "assumptions", "equations", "words"
PARTS = {
    LIMITS: "What it cannot say",
    NUMBERS: "Assumptions",
    EQUATIONS: "Equations",
    WORDS: "Words",
}
_LONGEST = 80
_OPEN = 3
"""So few sections are shown open when they are what a search has found."""


def _searched(text: str) -> str | None:
    return text if len(text) <= _LONGEST and text.isprintable() else None


FIELDS = {
    "part": choice(LIMITS, PARTS),
    "search": Field("", _searched),
    "kind": choice("", (MODEL, MECHANISM)),
    "basis": choice("", ("assumed", "source")),
    "term": choice("", lambda path: any(e.path == path for e in assumed.entries())),
}


@solara.component
def Page() -> Element:
    """Show one of the four parts, and what is searched in it."""
    values, change = use_address(FIELDS)
    part, search = values["part"], values["search"]
    with solara.Div(classes=["st-stack"]) as page:
        for note in values.notes:
            Notice(note)
        with solara.Div(classes=["st-row"]):
            Switch("Part", part, PARTS, lambda wanted: change(part=wanted, term=None))
            TextField(
                "Search in this part",
                search,
                lambda text: change(search=text),
                hint="such as trust",
                live=True,
                most=_LONGEST,
            )
        if part == NUMBERS:
            _Numbers(values, change)
        else:
            {LIMITS: _Limits, EQUATIONS: _Equations, WORDS: _Words}[part](search)
    return page


Change = Callable[..., None]


@solara.component
def _Limits(search: str) -> Element:
    limits = chapter("responsible-use", "What it cannot say")
    uses = chapter("responsible-use", "What it may not be used for")
    gaps = chapter("model", "Known limits")
    telling = chapter("responsible-use", "What to tell a reader with any result")
    columns = [
        [
            ("It compares ways to coordinate in an invented region, and estimates nothing real", limits),
            ("What it may not be used for", uses),
            ("What to tell a reader with any result", telling),
        ],
        [("What the model leaves out", gaps)],
    ]
    shown = [[(title, found(held, search)) for title, held in column] for column in columns]
    shown = [[(title, held) for title, held in column if held] for column in shown]
    if not any(shown):
        return Notice(_nothing(search))
    with solara.Div(classes=["st-grid"]) as limits_and_uses:
        for column in filter(None, shown):
            with solara.Div(classes=["st-stack"]):
                for title, held in column:
                    Card(title, children=[Markup(join(*map(_told, held)), class_="st-prose")])
    return limits_and_uses


def _told(section: Section) -> Html:
    return join(tag("h3", section.title) if section.under else None, section.markup)


@solara.component
def _Numbers(values: Values, change: Change) -> Element:
    shown = assumed.chosen(values["search"], values["kind"], values["basis"])
    table = solara.use_memo(lambda: assumed.table(shown), [shown])
    place = next((i for i, e in enumerate(shown) if e.path == values["term"]), None)
    controls = [
        Choice(
            "Whose",
            values["kind"],
            {"": "Model and mechanisms", MODEL: "Model", MECHANISM: "Mechanisms"},
            lambda kind: change(kind=kind),
        ),
        Choice(
            "Basis",
            values["basis"],
            {"": "Any", "assumed": "Assumed", "source": "With a public source"},
            lambda basis: change(basis=basis),
        ),
    ]
    with solara.Div(classes=["st-stack"]) as numbers:
        if place is not None:
            _Entry(shown[place])
        Card(
            assumed.summary(),
            f"{capital(counted(len(shown), 'number'))} shown. Each can be set in a [[scenario]] file by its "
            "key. [[sampled set|Sampled sets]] draw those that have a range from it; the others are held.",
            [
                DataTable(
                    table,
                    "Register of assumptions",
                    heads={"Basis": "[[basis|Basis]]", "Varied from": "[[sweep|Varied from]]"},
                    on_row=lambda row: change(term=shown[row].path),
                    chosen=place,
                    first=("Meaning", "Value"),
                )
                if shown
                else Notice(_nothing(values["search"]))
            ],
            table=table,
            controls=controls,
            name="assumptions",
        )
    return numbers


@solara.component
def _Entry(entry: Entry) -> Element:
    q, source = entry.quantity, entry.source
    bounds = " to ".join("any" if end is None else f"{end:g}" for end in (q.low, q.high))
    lines: list[tuple[str, Html | str]] = [
        ("Value", entry.value),
        ("Sampled sets draw it from", entry.range if q.sweep is not None else "nothing: it is held"),
        ("A file may set it to", bounds),
        ("Key in a file", tag("code", entry.path)),
    ]
    if source is None:
        lines.append(("Basis", "Assumed: no public figure was found for it."))
    else:
        link = tag("a", source.title, href=source.url, target="_blank", rel="noopener noreferrer")
        lines += [
            ("Basis", join(link, f", {source.year}")),
            ("What it says", source.fact),
            ("How it is known", entry.known),
        ]
    facts = tag(
        "dl", *(tag("div", tag("dt", name), tag("dd", said)) for name, said in lines), class_="st-facts"
    )
    return Card(f"{capital(entry.name)} ({entry.group})", q.text, [Markup(facts)], level=3)


@solara.component
def _Equations(search: str) -> Element:
    sections = found(chapter("model", "Submodels", "How to read them"), search)
    words = search.lower().split()
    steps = [
        (i, p)
        for i, p in enumerate(PHASES, 1)
        if all(word in f"{p.name} {p.text} {' '.join(p.writes)}".lower() for word in words)
    ]
    table = pd.DataFrame(
        [(p.name, i, capital(p.text), p.substeps, ", ".join(p.writes)) for i, p in steps],
        columns=["Process", "Order", "What happens", "How often", "Changes"],
    )
    with solara.Div(classes=["st-stack"]) as equations:
        if sections:
            Card(
                "Equations, process by process",
                "As they stand in the code. Names of the form group.name are parameters: look them up under "
                "Assumptions. What has no public [[basis]] is assumed, forms of equations too.",
                [Markup(_opened(sections, bool(search)), class_="st-prose")],
            )
        if steps:
            Card(
                f"{len(PHASES)} processes make a step, in this order",
                "Each acts on all actors at once; what one changes, the next one sees.",
                [DataTable(table, "Processes of a step", sortable=False, first=("What happens",))],
                table=table,
                name="processes",
            )
        if not sections and not steps:
            Notice(_nothing(search))
    return equations


def _opened(sections: tuple[Section, ...], searched: bool) -> Html:
    few = searched and len(sections) <= _OPEN
    return join(*(_section(s, few) for s in sections))


def _section(section: Section, opened: bool) -> Html:
    if not opened:
        return details(section.title, section.markup)
    return tag("details", tag("summary", section.title), section.markup, open=True)


@solara.component
def _Words(search: str) -> Element:
    words = search.lower().split()
    rows = [
        (capital(key), meaning)
        for key, meaning in sorted(TERMS.items(), key=lambda item: item[0].lower())
        if all(word in f"{key} {meaning}".lower() for word in words)
    ]
    table = pd.DataFrame(rows, columns=["Word", "What it means here"])
    if not rows:
        return Notice(_nothing(search))
    return Card(
        "What words mean on these pages",
        "Wherever one is underlined with dots, this stands behind it.",
        [DataTable(table, "Words", sortable=False)],
        table=table,
        name="words",
    )


def _nothing(search: str) -> str:
    return (
        f"Nothing here holds “{search}”. Fewer words, or another part, may."
        if search
        else "Nothing is chosen."
    )
