"""The command ``list``: what can be said in a scenario, asked of a comparison, or loaded by name."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from stcsim.cli.console import write
from stcsim.cli.options import Options
from stcsim.errors import InputError, Problem, quote


class Kind(StrEnum):
    """What can be listed."""

    MECHANISMS = "mechanisms"
    CHALLENGES = "challenges"
    SHOCKS = "shocks"
    OUTCOMES = "outcomes"
    PARAMETERS = "parameters"
    SCENARIOS = "scenarios"
    ACTIVITIES = "activities"


class Form(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"


Row = dict[str, Any]
_LEAST_TEXT = 20
"""Characters that a column of text has at least."""
_BETWEEN = 3
"""Characters that each column takes besides its text."""


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("list")(list_entries)


def list_entries(
    group: Annotated[str, typer.Argument(metavar="KIND", help=f"What to list: {', '.join(Kind)}.")],
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="One of them; of parameters also a group, or a part of a name."),
    ] = None,
    style: Annotated[
        str, typer.Option("--format", metavar="table|json", help="How to print it.")
    ] = Form.TABLE.value,
) -> None:
    """List mechanisms, challenges, shocks, outcomes, parameters, scenarios or activities."""
    options = Options()
    kind = options.choice("KIND", group, Kind)
    form = options.choice("--format", style, Form)
    options.check()
    rows = _KINDS[kind]()
    if name is None:
        shown: Any = [{k: v for k, v in row.items() if k != "parameters"} for row in rows]
    else:
        shown = _one(kind, rows, name)
    if form is Form.JSON:
        write(json.dumps(shown, indent=1, ensure_ascii=False))
    elif isinstance(shown, dict):
        _print_entry(shown)
    else:
        _print_table(shown)


def _one(kind: Kind, rows: Sequence[Row], name: str) -> Row | list[Row]:
    for row in rows:
        if row["name"] == name:
            return row
    if kind is Kind.PARAMETERS and name:
        # A group of parameters is named by the part before the dot; any other part finds all that have it.
        group = [row for row in rows if row["name"].startswith(f"{name}.")]
        found = group or [row for row in rows if name.lower() in row["name"]]
        if found:
            return found
    from stcsim.scenario.library import did_you_mean

    repair = did_you_mean(name, [row["name"] for row in rows])
    raise InputError(
        [Problem("", 0, 0, "", f"{quote(name)} is none of the {kind}", repair)], f"stcsim list {kind}"
    )


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _fields(spec: Any) -> list[Row]:
    """Return a row for each field of a mechanism or shock."""
    from stcsim.spec import quantities, texts

    measured = {q.path: q for q in quantities(spec)}
    rows = []
    for name, info in spec.model_fields.items():
        q = measured.get(name)
        default = None if info.is_required() else _plain(info.default)
        row: Row = {"name": name, "default": default, "required": info.is_required()}
        if q is not None:
            row |= {"unit": q.unit, "range": [q.low, q.high], "sweep": _plain(q.sweep), "basis": q.basis}
        rows.append({**row, "text": texts(spec).get(name, "")})
    return rows


def _mechanisms() -> list[Row]:
    from stcsim.mechanisms import MECHANISMS

    return [
        {
            "name": name,
            "title": kind.title,
            "route": list(kind.route),
            "answers": list(kind.answers),
            "prerequisites": kind.prerequisites,
            "sources": list(kind.sources),
            "text": " ".join((kind.__doc__ or "").split()),
            "parameters": _fields(kind),
        }
        for name, kind in MECHANISMS.items()
    ]


def _challenges() -> list[Row]:
    from stcsim.mechanisms import MECHANISMS
    from stcsim.mechanisms.challenges import CHALLENGES

    answers = {name: [m for m, kind in MECHANISMS.items() if name in kind.answers] for name in CHALLENGES}
    return [
        {
            "name": name,
            "title": challenge.text,
            "group": challenge.group,
            "mechanisms": answers[name],
            "scenario": challenge.scenario,
            "outcomes": list(challenge.outcomes),
            "evidence": list(challenge.elements),
            "pages": ["docs/evidence.md", *(f"docs/mechanisms/{m}.md" for m in answers[name])],
        }
        for name, challenge in CHALLENGES.items()
    ]


def _shocks() -> list[Row]:
    from stcsim.shocks import SHOCKS

    return [
        {
            "name": name,
            "title": kind.title,
            "sources": list(kind.sources),
            "text": " ".join((kind.__doc__ or "").split()),
            "parameters": _fields(kind),
        }
        for name, kind in SHOCKS.items()
    ]


def _outcomes() -> list[Row]:
    from dataclasses import asdict

    from stcsim.outcomes.registry import INFOS

    return [asdict(info) for info in INFOS.values()]


def _parameters() -> list[Row]:
    from stcsim.parameters import register as parameters

    return [
        {
            "name": q.path,
            "default": q.default,
            "unit": q.unit,
            "range": [q.low, q.high],
            "sweep": _plain(q.sweep),
            "basis": q.basis,
            "text": q.text,
        }
        for q in parameters()
    ]


def _scenarios() -> list[Row]:
    from stcsim.scenario.extending import read_tree
    from stcsim.scenario.library import folder, names
    from stcsim.scenario.nodes import plain

    rows = []
    for name in names():
        path = folder() / f"{name}.yaml"
        said = plain(read_tree(path, path.name).root)
        arms = [arm.get("name", "") for arm in said.get("arms", [])]
        rows.append(
            {
                "name": name,
                "title": said.get("title", ""),
                "question": said.get("question", ""),
                "arms": arms,
            }
        )
    return rows


def _activities() -> list[Row]:
    from dataclasses import asdict

    from stcsim.actors.activity import CATALOGUE

    return [{key: _plain(value) for key, value in asdict(activity).items()} for activity in CATALOGUE]


_KINDS: dict[Kind, Callable[[], list[Row]]] = {
    Kind.MECHANISMS: _mechanisms,
    Kind.CHALLENGES: _challenges,
    Kind.SHOCKS: _shocks,
    Kind.OUTCOMES: _outcomes,
    Kind.PARAMETERS: _parameters,
    Kind.SCENARIOS: _scenarios,
    Kind.ACTIVITIES: _activities,
}


def _text(value: Any, key: str = "") -> str:
    if value is None:
        return ""
    if key in ("range", "sweep") and isinstance(value, list):
        return " to ".join("" if v is None else f"{v:g}" for v in value)
    if isinstance(value, list):
        return ", ".join(_text(v) for v in value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _least(column: str, cells: Sequence[str]) -> int:
    """Return the width in which a column breaks no word; text has room for some words."""
    longest = max(len(word) for cell in (column, *cells) for word in cell.split() or [""])
    return max(longest, min(_LEAST_TEXT, max((len(cell) for cell in cells), default=0)))


def _fitting(least: dict[str, int], width: int) -> list[str]:
    """Return the first columns that fit into a width, no fewer than one."""
    shown: list[str] = []
    width -= _BETWEEN
    for column, own in least.items():
        width -= own + _BETWEEN
        if shown and width < 0:
            break
        shown.append(column)
    return shown


def _widths(least: dict[str, int], longest: dict[str, int], room: int) -> dict[str, int]:
    """Return the width of each column: its longest cell, or where that is too much, no more than the others.

    Parameters
    ----------
    least, longest : characters that a column has at least, and at most
    room : characters for the text of all
    """

    def at_most(limit: int) -> dict[str, int]:
        return {column: max(own, min(longest[column], limit)) for column, own in least.items()}

    limit = max(longest.values(), default=0)
    while limit and sum(at_most(limit).values()) > room:
        limit -= 1
    return at_most(limit)


def _print_table(rows: Sequence[Row]) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    # What takes paragraphs is shown with one entry; in a table of many it would bury their names.
    hidden = {"sources", "required", "pages"}
    hidden |= {"text"} if rows and {"title", "label"} & set(rows[0]) else set()
    columns = list(dict.fromkeys(key for row in rows for key in row if key not in hidden))
    terminal = sys.stdout.isatty()
    cells = {column: [_text(row.get(column), column) for row in rows] for column in columns}
    least = {column: _least(column, cells[column]) for column in columns}
    longest = {column: max(least[column], *map(len, cells[column]), 0) for column in columns}
    # In a file or pipe an entry is one line, however long: nothing is cut, and a search finds all of it.
    whole = sum(longest.values()) + _BETWEEN * (len(columns) + 1)
    console = Console(markup=False, highlight=False, width=None if terminal else whole)
    shown = _fitting(least, console.width)
    room = console.width - _BETWEEN * (len(shown) + 1)
    widths = _widths({column: least[column] for column in shown}, longest, room)
    table = Table(box=SIMPLE)
    for column in shown:
        table.add_column(column, no_wrap=column == "name", overflow="fold", width=widths[column])
    for line in zip(*(cells[column] for column in shown), strict=True):
        table.add_row(*line)
    if terminal:
        console.print(table)
        if len(shown) < len(columns):
            write(f"A wider window also shows: {', '.join(c for c in columns if c not in shown)}.")
        return
    with console.capture() as captured:
        console.print(table)
    # What reads a pipe wants neither blank lines around the table nor blanks up to its width.
    write("\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n"))


def _print_entry(row: Row) -> None:
    for key, value in row.items():
        if key != "parameters" and _text(value, key):
            write(f"{key + ':':<14} {_text(value, key)}")
    if row.get("parameters"):
        _print_table(row["parameters"])
