"""The fields of a part; what a browser sends is checked before anybody acts on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.editing import paths
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.fields import in_words
from stcsim.dashboard.editing.form import Row, basis_words, rows
from stcsim.dashboard.editing.outline import Part
from stcsim.dashboard.editor.text import whole
from stcsim.dashboard.element import Element
from stcsim.outcomes.registry import INFOS
from stcsim.scenario.nodes import Steps


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
            on_value(row, whole(value) if isinstance(value, str) else value)

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
        "back": row.back,
        "note": ". ".join(p[:1].upper() + p[1:] for p in parts if p),
        "problems": list(row.problems),
    }


def _words(row: Row) -> dict[str, str]:
    """Return what names are called where people choose; those of the scenario are called as they are."""
    if row.field.space == "outcomes":
        return {name: INFOS[name].label for name in row.names if name in INFOS}
    own = not row.field.choices and row.field.space not in ("activities", "equipment", "bodies")
    return {} if own else {name: in_words(name) for name in row.names}
