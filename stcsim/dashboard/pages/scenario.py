"""The page *Scenario*: look into a scenario, change it by forms or in its text, bring one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard import address, sources
from stcsim.dashboard.editing import paths
from stcsim.dashboard.editing.differing import summary, value_words
from stcsim.dashboard.editing.draft import Draft, read_draft
from stcsim.dashboard.editing.history import History
from stcsim.dashboard.editing.outline import outline, part_at, part_of_line
from stcsim.dashboard.editing.telling import status
from stcsim.dashboard.editor.changes import Difference
from stcsim.dashboard.editor.outline import Outline
from stcsim.dashboard.editor.problems import Wrong
from stcsim.dashboard.editor.sections import Section
from stcsim.dashboard.editor.text import Text
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.limits import UPLOAD_BYTES
from stcsim.dashboard.parts import Button, Card, Choice, Download, FileField, Notice, Option
from stcsim.errors import InputError
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.nodes import Leaf, Steps
from stcsim.scenario.spec import NAME, ScenarioSpec
from stcsim.scenario.starter import starter

FIELDS = {
    "scenario": address.scenario(),
    "original": address.choice("", lambda name: not name or sources.source_of(name) is not None),
    "part": address.Field("", lambda text: text if paths.read(text) is not None else None),
    "challenge": address.choice("", ("", *CHALLENGES)),
}
_UNTOUCHED: tuple[str, str | None] = ("", None)
"""The text on which somebody writes, and what it has become before it is left."""
_NOWHERE: tuple[Steps, str, int] = ((), "", 0)
NEW = "new_scenario"
"""Name of a scenario that was begun here."""


def _with_one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_of(name: str) -> str:
    found = sources.source_of(name)
    if found is None:
        return ""
    # what is no UTF-8 is told by the reader as what it is: characters that have no place in a text
    return _with_one_break(found.path.read_bytes()[: UPLOAD_BYTES + 1].decode("utf-8-sig", errors="replace"))


def _file_name(draft: Draft) -> str:
    node = draft.node(("name",))
    name = node.value if isinstance(node, Leaf) and isinstance(node.value, str) else ""
    return f"{name if NAME.fullmatch(name) else 'scenario'}.yaml"


def _choices(current: str) -> list[Option]:
    found = [Option(name, sources.label_of(name), "Library") for name in sources.library()]
    found += [Option(name, sources.label_of(name), "Folder of results") for name in sources.files()]
    if current.startswith(sources.OWN):
        found.append(Option(current, "Your own, as it stands here", "This session"))
    return found


@solara.component
def Page() -> Element:
    """Show a scenario with its parts, the form of one of them, its text, and what differs."""
    values, change = address.use_address(FIELDS)
    router = solara.use_router()
    name = values["scenario"]
    original = values["original"] or name
    kept = _text_of(name)
    typed, set_typed = solara.use_state(_UNTOUCHED)
    seen, set_seen = solara.use_state(0)
    refused, refuse = solara.use_state("")
    focus, set_focus = solara.use_state(_NOWHERE)
    past: Any = solara.use_ref(History((kept,)))
    if past.current.text != kept:
        # Back, or a link, has led to another text
        past.current = past.current.found(kept)
    text = typed[1] if typed[1] is not None and typed[0] == kept else kept
    draft = solara.use_memo(lambda: read_draft(text), [text])
    root = solara.use_memo(lambda: outline(draft), [draft])
    here = part_at(root, paths.read(values["part"]) or ())
    notes = list(values.notes)
    if values["part"] and here is root:
        notes.append(address.note("part", values["part"], "the whole scenario is shown"))

    def go_on(new: str, **more: str | None) -> None:
        """Show another text of this scenario."""
        set_typed(_UNTOUCHED)
        try:
            shown = original if new == _text_of(original) else sources.keep(new).name
            if original.startswith(sources.OWN):
                # what is looked at is not what makes room
                sources.keep(_text_of(original))
        except InputError as error:
            refuse(str(error))
            return
        refuse("")
        change(scenario=shown, original=original, **more)

    def commit(new: str, **more: str | None) -> None:
        if new != kept:
            past.current = past.current.then(new)
            go_on(new, **more)
            return
        set_typed(_UNTOUCHED)
        if more:
            change(**more)

    def attempt(make: Callable[[], str], then: Steps | None = None) -> None:
        try:
            made = make()
        except InputError as error:
            refuse(
                " ".join(
                    f"{p.message[:1].upper()}{p.message[1:]}. {p.repair}".strip() for p in error.problems
                )
            )
            return
        commit(made, **({} if then is None else {"part": paths.written(then)}))

    def begin(new: str) -> None:
        try:
            shown = sources.keep(_with_one_break(new)).name
        except InputError as error:
            refuse(str(error))
            return
        past.current = History((_with_one_break(new),))
        set_typed(_UNTOUCHED)
        refuse("")
        change(scenario=shown, original=None, part=None)

    def choose(wanted: str) -> None:
        past.current = History((_text_of(wanted),))
        set_typed(_UNTOUCHED)
        refuse("")
        change(scenario=wanted, original=None, part=None)

    def go(steps: Steps, field: str = "") -> None:
        part = part_at(root, steps)
        refuse("")
        set_focus((part.steps, field, focus[2] + 1))
        change(part=paths.written(part.steps))

    def move(to: History) -> None:
        past.current = to
        go_on(to.text)

    def on_text(new: str, count: int, end: bool) -> None:
        set_seen(count)
        if end:
            commit(new)
        else:
            set_typed((kept, new))

    def compare() -> None:
        shown = name
        if text != kept:
            shown = sources.keep(text).name
        router.push(f"/?scenario={shown}")

    before = _text_of(original)
    headline = ScenarioSpec.model_fields["headline"].default
    words = solara.use_memo(lambda: _value_words(before, draft), [before, draft])
    bar = Card(
        title=status(draft),
        subtitle="Forms and text are two views of one file: a change in one shows in the other at once.",
        children=[
            html(
                "div",
                Choice("Scenario", name, _choices(name), choose),
                FileField("Bring your own (YAML)", lambda _, content: begin(content), largest=UPLOAD_BYTES),
                html(
                    "div",
                    Button("Compare this scenario", compare, kind="main", off=draft.loaded is None),
                    Download("Download", _file_name(draft), text, "text/yaml"),
                    Button("Undo", lambda: move(past.current.undone()), off=not past.current.can_undo),
                    Button("Redo", lambda: move(past.current.redone()), off=not past.current.can_redo),
                    Button("New", lambda: begin(starter(NEW, headline))),
                    class_="se-buttons",
                ),
                class_="se-bar",
            ),
            Wrong(draft, go),
        ],
    )
    differing = Card(
        title=summary(before, text),
        subtitle=words,
        children=[Difference(before, text)] if before != text else [],
    )
    return html(
        "div",
        *map(Notice, notes),
        bar,
        *[Notice(f"Without effect: {note}.") for note in draft.notes],
        *([html("p", refused, class_="se-refused", role="alert")] if refused else []),
        html(
            "div",
            html("div", Card(title="", children=[Outline(draft, root, here, go)]), class_="se-left"),
            html(
                "div",
                Section(
                    draft,
                    root,
                    here,
                    focus,
                    values["challenge"],
                    lambda wanted: change(challenge=wanted),
                    go,
                    attempt,
                ),
                class_="se-middle",
            ),
            html(
                "div",
                Card(
                    title=_file_name(draft),
                    subtitle="The file as it stands. A form keeps its remarks and the order of its lines.",
                    children=[
                        Text(
                            draft,
                            seen,
                            draft.line(here.steps) if here.steps else 0,
                            on_text,
                            lambda line: go(part_of_line(root, draft, line).steps),
                        )
                    ],
                ),
                differing,
                class_="se-right st-stack",
            ),
            class_="se-page",
        ),
        class_="st-stack",
    )


def _value_words(before: str, draft: Draft) -> str:
    return "" if before == draft.text else value_words(read_draft(before), draft)
