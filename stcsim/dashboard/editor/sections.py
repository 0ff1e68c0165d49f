"""The open part of a scenario: its form, its entries, what can be added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from inspect import cleandoc

import solara

from stcsim.dashboard.editing import changing
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.entries import copy_of, new_entry
from stcsim.dashboard.editing.fields import field_at, form_fields, in_words
from stcsim.dashboard.editing.form import Row, beside, part_remark, told, value_of
from stcsim.dashboard.editing.known import fresh
from stcsim.dashboard.editing.outline import Part, one_of, part_at
from stcsim.dashboard.editor.building import Builder, chosen_names
from stcsim.dashboard.editor.entries import Entries
from stcsim.dashboard.editor.form import Form
from stcsim.dashboard.editor.outline import Go
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Button, Card
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.scenario.nodes import Leaf, Mapping, Sequence, Steps
from stcsim.scenario.spec import ArmSpec, MechanismSet, ScenarioSpec
from stcsim.shocks import SHOCKS

Attempt = Callable[..., None]


def _above(root: Part, here: Part) -> str:
    """Return the parts around the open one, from the outside in."""
    labels = [part_at(root, here.steps[:n]) for n in range(1, len(here.steps))]
    found: list[str] = []
    for part in labels:
        if part.steps and part.steps != here.steps and part.label not in found:
            found.append(part.label)
    return " › ".join(found)


def _doc(part: Part) -> str:
    if part.spec is ScenarioSpec:
        return "Name, title, question and headline outcomes. Everything else stands in the parts of it."
    text = " ".join(cleandoc(part.spec.__doc__ or "").split("\n\n")[0].split())
    if issubclass(part.spec, Mechanism):
        return f"{text} Needs: {part.spec.prerequisites}"
    return text


@solara.component
def Section(
    draft: Draft,
    root: Part,
    here: Part,
    focus: tuple[Steps, str, int],
    challenge: str,
    on_challenge: Callable[[str], None],
    on_go: Go,
    attempt: Attempt,
) -> Element:
    """Show the open part.

    Parameters
    ----------
    focus : see `Form`
    challenge, on_challenge : see `Builder`
    on_go : called with where to go, and the name of a field
    attempt : called with what makes a text, and where to go then; says what is refused
    """
    above = _above(root, here)
    remark = part_remark(draft, here)
    subtitle = ". ".join(
        s.rstrip(".") for s in (above, _doc(here), f"Remark: {remark}" if remark else "") if s
    )
    children = [
        *_beside(draft, here, attempt),
        *_inside(draft, here, focus, on_go, attempt),
    ]
    cards = [Card(title=here.label, subtitle=f"{subtitle}.", children=children)]
    arm = _arm(here)
    if arm is not None or here.steps == ("arms",):
        cards.append(_builder(draft, arm, challenge, on_challenge, attempt))
    return html("div", *cards, class_="st-stack")


def _arm(here: Part) -> Steps | None:
    """Return where the arm stands that the open part is, or whose mechanisms it shows."""
    if here.spec is ArmSpec and here.kind == "entry":
        return here.steps
    return here.steps[:-1] if here.spec is MechanismSet else None


def _builder(
    draft: Draft, arm: Steps | None, challenge: str, on_challenge: Callable[[str], None], attempt: Attempt
) -> Element:
    def choose(name: str) -> None:
        if arm is None:
            node = draft.node(("arms",))
            taken = [_word(item, "name") for item in node.items] if isinstance(node, Sequence) else []
            entry = {
                "name": fresh(name, taken)[:40],
                "label": MECHANISMS[name].title[:80],
                "mechanisms": {name: {}},
            }
            attempt(lambda: changing.added(draft, ("arms",), entry), ("arms", len(taken)))
            return
        steps = (*arm, "mechanisms", name)
        if name in chosen_names(draft, arm):
            attempt(lambda: changing.reset(draft, steps))
        else:
            attempt(lambda: changing.changed(draft, steps, {}))

    if arm is None:
        return Builder(draft, "", frozenset(), challenge, on_challenge, choose)
    node = draft.node(arm)
    return Builder(
        draft, _word(node, "name") or "?", chosen_names(draft, arm), challenge, on_challenge, choose
    )


def _word(node: object, key: str) -> str:
    there = node.items.get(key) if isinstance(node, Mapping) else None
    return there.value if isinstance(there, Leaf) and isinstance(there.value, str) else ""


def _beside(draft: Draft, here: Part, attempt: Attempt) -> Iterator[Element]:
    for placed in beside(draft, here):
        steps = placed.steps
        yield html("p", told(placed), class_="se-refused", role="alert")
        if steps and draft.line(steps) and isinstance(steps[-1], str) and field_at(steps) is None:
            yield Button(f"Take out '{steps[-1]}'", partial(attempt, partial(changing.reset, draft, steps)))


def _inside(
    draft: Draft, here: Part, focus: tuple[Steps, str, int], on_go: Go, attempt: Attempt
) -> Iterator[Element]:
    def drop(steps: Steps) -> None:
        attempt(lambda: changing.reset(draft, steps), here.steps)

    def copy(steps: Steps) -> None:
        attempt(lambda: changing.added(draft, steps[:-1], copy_of(draft, steps)))

    def add(name: str) -> None:
        steps = (*here.steps, name) if name else here.steps
        attempt(lambda: changing.added(draft, steps, new_entry(draft, steps)) if not name else _begin(steps))

    def _begin(steps: Steps) -> str:
        entry = new_entry(draft, steps)
        if draft.node(steps) is None:
            return changing.changed(draft, steps, entry)
        return changing.added(draft, steps, entry)

    def value(row: Row, given: object) -> None:
        steps = (*here.steps, row.field.name)
        says, new = value_of(row.field, given)
        if not says:
            attempt(lambda: changing.reset(draft, steps))
        elif isinstance(new, list) and isinstance(row.value, tuple):
            before = [v for _, v in (value_of(row.field, [v]) for v in row.value)]
            attempt(lambda: changing.list_changed(draft, steps, [v for (v,) in before], new))
        else:
            attempt(lambda: changing.changed(draft, steps, new))

    if here.kind in ("group", "entry"):
        if any(f.entry is None for f in form_fields(here.spec)):
            yield Form(
                draft,
                here,
                focus,
                value,
                lambda row: attempt(lambda: changing.reset(draft, (*here.steps, row.field.name))),
            )
        inner = [c for c in here.children if c.steps[-1] != "mechanisms"]
        mechanisms = [m for c in here.children if c.steps[-1] == "mechanisms" for m in c.children]
        if here.spec is ArmSpec:
            yield html("h3", "Mechanisms of this arm", class_="se-sub")
            yield Entries(
                draft, mechanisms, on_go_to(on_go), drop, none="None: this arm equals the baseline."
            )
        if inner and here.steps:
            yield html("h3", "In it", class_="se-sub")
            yield Entries(draft, inner, on_go_to(on_go))
        if here.kind == "entry":
            above = here.steps[:-1]
            yield Button(
                f"Take out this {_kind(here)}",
                lambda: attempt(lambda: changing.reset(draft, here.steps), above),
            )
    elif here.kind == "list":
        yield Entries(
            draft,
            here.children,
            on_go_to(on_go),
            drop,
            adding=_adding(here),
            on_add=add,
            on_copy=copy,
        )
    else:
        kinds = SHOCKS if here.spec is not MechanismSet else {}
        yield Entries(
            draft,
            here.children,
            on_go_to(on_go),
            drop,
            adding="Add a shock",
            names=[(name, kind.title or in_words(name)) for name, kind in kinds.items()],
            on_add=add,
        )


def _kind(here: Part) -> str:
    """Return what the open entry is called among its like."""
    if "mechanisms" in here.steps or here.steps[0] == "shocks":
        return "mechanism" if "mechanisms" in here.steps else "shock"
    return one_of(next(str(s) for s in reversed(here.steps) if isinstance(s, str)))


def _adding(here: Part) -> str:
    one = one_of(str(here.steps[-1]))
    return f"Add {'an' if one[0] in 'aeio' else 'a'} {one}"


def on_go_to(on_go: Go) -> Callable[[Steps], None]:
    """Return what opens a part without a field to put the cursor in."""
    return lambda steps: on_go(steps, "")
