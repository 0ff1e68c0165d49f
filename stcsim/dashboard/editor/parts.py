"""The components of the editor; what a browser sends is checked here before anybody acts on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from stcsim.dashboard.editing import paths
from stcsim.dashboard.editing.choosing import STAFF, Offer
from stcsim.dashboard.editing.differing import rows as differing_rows
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.fields import in_words
from stcsim.dashboard.editing.finding import Place, find
from stcsim.dashboard.editing.form import Row, basis_words, rows, summary, told
from stcsim.dashboard.editing.outline import Part
from stcsim.dashboard.element import Element
from stcsim.dashboard.limits import UPLOAD_BYTES
from stcsim.dashboard.parts import Markup
from stcsim.outcomes.registry import INFOS
from stcsim.report.first_cost import FirstCost
from stcsim.report.html import Html, tag
from stcsim.scenario.nodes import Steps
from stcsim.scenario.spec import MechanismSet

Go = Callable[[Steps, str], None]
_WORDS = 120
"""Most characters of a search."""
_SHOWN = 300
"""Most entries of one list that are shown."""


@solara.component_vue("outline.vue", vuetify=False)
def _Outline(
    parts: list[dict[str, Any]],
    found: list[dict[str, Any]],
    words: str,
    event_go: Callable[[Any], None],
    event_search: Callable[[Any], None],
) -> None: ...


@solara.component
def Outline(draft: Draft, root: Part, here: Part, on_go: Go) -> Element:
    """Show the parts of a scenario, those around the open one unfolded; and a search over all fields.

    Parameters
    ----------
    here : the open part
    on_go : called with where to go, and the name of a field to put the cursor in
    """
    words, search = solara.use_state("")
    found: tuple[Place, ...] = solara.use_memo(lambda: find(root, words), [root, words])

    def go(sent: Any) -> None:
        path, field = (*sent, "", "")[:2] if isinstance(sent, list) else ("", "")
        steps = paths.read(path)
        if steps is not None:
            on_go(steps, field if isinstance(field, str) else "")

    return _Outline(
        parts=_visible(draft, root, here),
        found=[
            {"path": paths.written(p.steps), "field": p.field, "label": p.label, "where": p.where}
            for p in found
        ],
        words=words,
        event_go=go,
        event_search=lambda sent: search(sent[:_WORDS] if isinstance(sent, str) else ""),
    )


def _visible(draft: Draft, root: Part, here: Part) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []

    def show(part: Part, deep: int) -> None:
        shown.append(
            {
                "path": paths.written(part.steps),
                "label": part.label,
                "deep": deep,
                "here": part.steps == here.steps,
                "size": part.size if part.kind in ("list", "set") else 0,
                "problems": len(draft.within(part.steps)),
            }
        )
        if here.steps[: len(part.steps)] == part.steps:
            for child in part.children[:_SHOWN]:
                # mechanisms stand right below their arm
                for one in child.children if child.spec is MechanismSet else (child,):
                    show(one, deep + 1 if part.steps else deep)

    show(root, 0)
    return shown


@solara.component_vue("form.vue", vuetify=False)
def _Form(
    part: str,
    rows: list[dict[str, Any]],
    focus: dict[str, Any],
    event_give: Callable[[Any], None],
    event_reset: Callable[[Any], None],
) -> None: ...


@solara.component
def Form(
    draft: Draft,
    part: Part,
    focus: tuple[Steps, str, int],
    on_value: Callable[[Row, object], None],
    on_reset: Callable[[Row], None],
) -> Element:
    """Show the fields of a part.

    Parameters
    ----------
    focus : part and name of the field in which the cursor is to be, and the how manieth such wish it is
    on_value : called with a field and what was put in
    on_reset : called with a field that is to have its default
    """
    found: tuple[Row, ...] = solara.use_memo(lambda: rows(draft, part), [draft, part.steps])
    by_name = {row.field.name: row for row in found}

    def give(sent: Any) -> None:
        row = by_name.get(str(sent.get("name"))) if isinstance(sent, dict) else None
        value = sent.get("value") if isinstance(sent, dict) else None
        shown = list(row.value) if row is not None and isinstance(row.value, tuple) else row and row.value
        if row is not None and value != shown and isinstance(value, (str, bool, list)):
            on_value(row, _whole(value) if isinstance(value, str) else value)

    def reset(sent: Any) -> None:
        if isinstance(sent, str) and sent in by_name:
            on_reset(by_name[sent])

    return _Form(
        part=paths.written(part.steps),
        rows=[_row_data(row) for row in found],
        focus={"part": paths.written(focus[0]), "name": focus[1], "count": focus[2]},
        event_give=give,
        event_reset=reset,
    )


def _whole(text: str) -> str:
    """Return a text without halves of characters, which no file can hold."""
    return text.encode(errors="replace").decode()


def _row_data(row: Row) -> dict[str, Any]:
    field = row.field
    several = field.kind in ("choices", "names")
    form = {"number": "number", "whole": "number", "switch": "switch", "long text": "long"}.get(
        field.kind, "text"
    )
    if several:
        form = "several"
    elif field.choices or (row.names and not row.free):
        form = "one"
    bare = row.default.removesuffix(f" {field.unit}") if form == "number" else row.default
    hint = f"{bare} (default)" if bare else "not given" if form == "one" else ""
    back = (
        "what the extended scenario says" if row.inherited else row.default and f"the default: {row.default}"
    )
    said = f"line {row.line}" if row.said else "from the extended scenario" if row.inherited else ""
    if not said and form in ("switch", "several"):
        said = "default"
    parts = [
        f"{field.range_text}" if field.range_text else "",
        basis_words(field),
        said if not row.said or not row.remark else f"{said}: {row.remark}",
    ]
    return {
        "name": field.name,
        "label": field.label,
        "text": field.text,
        "kind": form,
        "required": field.required,
        "value": list(row.value) if isinstance(row.value, tuple) else row.value,
        "hint": hint,
        "unit": field.unit if form == "number" and field.unit != "-" else "",
        "names": list(row.names),
        "words": _words(row),
        "longest": field.longest if not several else 0,
        "full": several and 0 < field.longest <= len(row.value if isinstance(row.value, tuple) else ()),
        "said": row.said,
        "back": (back or "nothing said") if row.said and not field.required else "",
        "note": ". ".join(p[:1].upper() + p[1:] for p in parts if p),
        "problems": list(row.problems),
    }


def _words(row: Row) -> dict[str, str]:
    """Return what names are called where people choose; those of the scenario are called as they are."""
    if row.field.space == "outcomes":
        return {name: INFOS[name].label for name in row.names if name in INFOS}
    own = not row.field.choices and row.field.space not in ("activities", "equipment", "bodies")
    return {} if own else {name: in_words(name) for name in row.names}


@solara.component_vue("entries.vue", vuetify=False)
def _Entries(
    entries: list[dict[str, Any]],
    none: str,
    adding: str,
    copies: bool,
    drops: bool,
    names: list[dict[str, str]],
    event_open: Callable[[Any], None],
    event_copy: Callable[[Any], None],
    event_drop: Callable[[Any], None],
    event_add: Callable[[Any], None],
) -> None: ...


@solara.component
def Entries(
    draft: Draft,
    parts: Sequence[Part],
    on_open: Callable[[Steps], None],
    on_drop: Callable[[Steps], None] | None = None,
    *,
    none: str = "There are none.",
    adding: str = "",
    names: Sequence[tuple[str, str]] = (),
    on_add: Callable[[str], None] | None = None,
    on_copy: Callable[[Steps], None] | None = None,
) -> Element:
    """Show entries one below the other, to be opened, copied and taken out, and a way to add one.

    Parameters
    ----------
    adding : what the way to add one is called; empty for none
    names : names and words from which a new one is chosen; where empty, there is one kind alone
    """
    known = {paths.written(part.steps): part.steps for part in parts}

    def to(act: Callable[[Steps], None] | None) -> Callable[[Any], None]:
        return lambda sent: act(known[sent]) if act and isinstance(sent, str) and sent in known else None

    def add(sent: Any) -> None:
        if on_add and isinstance(sent, str) and (not names or sent in dict(names)):
            on_add(sent)

    return _Entries(
        entries=[
            {
                "path": paths.written(part.steps),
                "label": part.label,
                "summary": summary(draft, part),
                "problems": len(draft.within(part.steps)),
            }
            for part in parts[:_SHOWN]
        ],
        none=none,
        adding=adding,
        copies=on_copy is not None,
        drops=on_drop is not None,
        names=[{"value": value, "label": label} for value, label in names],
        event_open=to(on_open),
        event_copy=to(on_copy),
        event_drop=to(on_drop),
        event_add=add,
    )


@solara.component_vue("offers.vue", vuetify=False)
def _Offers(offers: list[dict[str, Any]], event_choose: Callable[[Any], None]) -> None: ...


@solara.component
def Offers(
    offers: Sequence[Offer],
    costs: dict[str, FirstCost],
    taken: frozenset[str],
    act: str,
    on_choose: Callable[[str], None],
) -> Element:
    """Show mechanisms with what they need and cost in the region.

    Parameters
    ----------
    costs : by name; of those that are not in it nothing is told
    taken : names of those that are chosen already
    act : what choosing one does
    """
    names = frozenset(offer.name for offer in offers)
    return _Offers(
        offers=[
            {
                "name": o.name,
                "title": o.title,
                "text": o.text,
                "needs": o.prerequisites,
                "unmet": "; ".join(costs[o.name].unmet) if o.name in costs else "",
                "cost": _cost_words(costs[o.name]) if o.name in costs else "",
                "lead": f"{o.lead_weeks} weeks after the decision" if o.lead_weeks else "at once",
                "rival": o.name == STAFF,
                "taken": o.name in taken,
                "act": "Take out" if o.name in taken else act,
            }
            for o in offers
        ],
        event_choose=lambda sent: on_choose(sent) if isinstance(sent, str) and sent in names else None,
    )


def _cost_words(cost: FirstCost) -> str:
    if cost.unmet:
        return "nothing is told while its prerequisite is not met"
    own = cost.amount or "nothing by itself"
    return f"{own}; on top: {', '.join(cost.beside)}" if cost.beside else own


@solara.component_vue("text.vue", vuetify=False)
def _Text(
    text: str,
    seen: int,
    problems: list[dict[str, Any]],
    at: dict[str, int],
    event_give: Callable[[Any], None],
    event_find: Callable[[Any], None],
) -> None: ...


@solara.component
def Text(
    draft: Draft,
    seen: int,
    line: int,
    on_text: Callable[[str, int, bool], None],
    on_line: Callable[[int], None],
) -> Element:
    """Show the text of a scenario, to be edited, with numbers of lines and those that are wrong.

    Parameters
    ----------
    seen : number of the last text that came from here
    line : where the open part stands, 0 for nowhere
    on_text : called with the text, its number, and whether whoever wrote it has left it
    on_line : called with a line whose part is to be opened
    """

    def give(sent: Any) -> None:
        text, count = (sent.get("text"), sent.get("count")) if isinstance(sent, dict) else (None, None)
        if isinstance(text, str) and isinstance(count, int) and len(text) <= UPLOAD_BYTES:
            on_text(_whole(text), count, bool(sent.get("end")))

    return _Text(
        text=draft.text,
        seen=seen,
        problems=[
            {"line": number, "text": " ".join(f"{p.message}. {p.repair}".strip() for p in found)}
            for number, found in sorted(draft.lines.items())[:_SHOWN]
        ],
        at={"line": line, "lines": 1},
        event_give=give,
        event_find=lambda sent: on_line(sent) if isinstance(sent, int) else None,
    )


@solara.component
def Difference(before: str, after: str) -> Element:
    """Show the lines in which two texts differ."""
    marks = {"new": ("+", "now"), "gone": ("−", "before"), "same": ("", ""), "gap": ("", "")}
    lines: list[Html] = []
    for row in differing_rows(before, after):
        mark, words = marks[row.kind]
        if row.kind == "gap":
            lines.append(tag("tr", tag("td", row.text, colspan="4"), class_="se-gap"))
            continue
        cells = (
            tag("td", str(row.before or ""), class_="se-n"),
            tag("td", str(row.after or ""), class_="se-n"),
            tag("td", tag("span", mark, aria_hidden="true"), tag("span", words, class_="st-hidden")),
            tag("td", row.text),
        )
        lines.append(tag("tr", *cells, class_=f"se-{row.kind}"))
    head = tag("tr", *(tag("th", word, scope="col") for word in ("Before", "Now", "", "Text")))
    caption = tag("caption", "Lines that differ from the original", class_="st-hidden")
    whole = tag("table", caption, tag("thead", head), tag("tbody", *lines))
    return Markup(
        tag("div", whole, tabindex="0", role="region", aria_label="Lines that differ") if lines else Html(""),
        "div",
        "se-diff",
    )


@solara.component
def Wrong(draft: Draft, on_go: Go) -> Element:
    """Show all problems, each as a way to its field."""
    return _Wrong(
        problems=[
            {
                "path": paths.written(p.steps),
                "where": f"line {p.problem.line}" if p.problem.line else "",
                "what": p.problem.path,
                "text": told(p),
            }
            for p in draft.problems[:_SHOWN]
        ],
        more=max(0, len(draft.problems) - _SHOWN) + draft.more,
        event_go=lambda sent: _to_problem(draft, sent, on_go),
    )


def _to_problem(draft: Draft, sent: Any, on_go: Go) -> None:
    if isinstance(sent, int) and 0 <= sent < len(draft.problems):
        steps = draft.problems[sent].steps
        name = next((str(s) for s in reversed(steps) if isinstance(s, str)), "")
        on_go(steps, name)


@solara.component_vue("wrong.vue", vuetify=False)
def _Wrong(problems: list[dict[str, Any]], more: int, event_go: Callable[[Any], None]) -> None: ...
