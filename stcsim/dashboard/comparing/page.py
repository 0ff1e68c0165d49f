"""What Compare and Truth show: the answer to what is asked, or a comparison that lies among the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from stcsim.dashboard.address import use_address
from stcsim.dashboard.asking.following import Following
from stcsim.dashboard.asking.page import question_page
from stcsim.dashboard.comparing.asking import Asked, fields, saved_field
from stcsim.dashboard.comparing.drafting import Draft, summary
from stcsim.dashboard.comparing.following import COMPARISON, POINTED, Followed, use_comparison
from stcsim.dashboard.comparing.form import Form
from stcsim.dashboard.comparing.opened import Shown
from stcsim.dashboard.comparing.saved import Saved, open_saved, repeat_of, saved_named, scenario_of
from stcsim.dashboard.comparing.saved_choice import SavedChoice
from stcsim.dashboard.comparing.setup import Setup
from stcsim.dashboard.element import Element
from stcsim.dashboard.jobs import JobView, order_of
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import Made, use_made
from stcsim.dashboard.parts import Button, Card, Notice, Problems, ProgressLine
from stcsim.dashboard.running import this_server
from stcsim.dashboard.session import session_key
from stcsim.dashboard.sources import ScenarioSource, source_of
from stcsim.dashboard.studies.folders import shown_name
from stcsim.errors import InputError

Results = Callable[[Followed, Shown], Element]


@solara.component
def ComparisonPage(name: str, results: Results) -> Element:
    """Show what is compared, and what came of it.

    Parameters
    ----------
    name : by which tests and styles know the page
    results : component that shows the answer
    """
    values, _ = use_address({"saved": saved_field()})
    if values["saved"]:
        return _Opened(name, values["saved"], results).key(f"saved {values['saved']}")
    return _Asking(name, results)


@solara.component
def _Asking(name: str, results: Results) -> Element:
    followed = use_comparison()
    return question_page(name, Setup(followed), followed, results)


@solara.component
def _Opened(name: str, folder: str, results: Results) -> Element:
    """Show the saved comparison of a folder."""
    values, change = use_address(fields())
    saved = saved_named(folder)
    made = use_made(lambda _: open_saved(folder), (folder, saved.changed if saved is not None else 0.0))
    source = solara.use_memo(lambda: scenario_of(saved) if saved is not None else None, [saved])
    followed = None
    if saved is not None and source is not None and made.value is not None:
        followed = _following(values, change, saved, source, made.value)
    setup = _SavedSetup(folder, saved, followed, made, values.notes, change)
    parts = [html("div", setup, class_="cmp-setup")]
    if followed is not None and followed.found is not None:
        parts.append(results(followed, followed.found))
    return html("div", *parts, class_=f"cmp {name}", data_testid=name)


def _following(
    values: Any, change: Callable[..., None], saved: Saved, source: ScenarioSource, shown: Shown
) -> Followed:
    """Return what is known of a saved comparison, with the way to one of one's own."""
    nothing: Callable[[], None] = lambda: None  # noqa: E731
    idle = JobView("idle", None, "", None, (), (), saved.command, nothing, nothing)

    def run(scenario: str, new: Asked, **more: Any) -> None:
        of = source_of(scenario)
        if of is None:
            return
        # Who asks for it here has clicked: it is not to wait for another click there.
        this_server().board.request(order_of(new.argv(), of), session_key())
        change(saved=None, scenario=scenario, **dict.fromkeys(POINTED), **new.said(), **more)

    return Following(
        kind=COMPARISON,
        fields=fields(),
        values=values,
        change=change,
        source=source,
        spec=shown.kept.scenario,
        asked=saved.asked,
        job=idle,
        found=shown,
        problems=(),
        run=run,
        waits=False,
        recorded=repeat_of(saved, source),
    )


@solara.component
def _SavedSetup(
    folder: str,
    saved: Saved | None,
    followed: Followed | None,
    made: Made[Shown],
    notes: Sequence[str],
    change: Callable[..., None],
) -> Element:
    """Show which comparison it is, the way to one of one's own, and what is wrong with it."""
    opened, open_ = solara.use_state(False)
    results = this_server().results
    where = shown_name(results, folder) if results is not None else folder
    line = f"Saved in {where}" + (f", {saved.date}" if saved is not None else "")
    title, subtitle, form, buttons = folder, "", [], []
    if saved is not None:
        title = saved.title
    if followed is not None and followed.spec is not None:
        subtitle = followed.spec.question
        line += f" · {summary(followed.spec, followed.asked)}"
        buttons = [Button("Close" if opened else "Change what is compared", lambda: open_(not opened))]
    if followed is not None and opened:
        start = Draft(followed.source.name, followed.values["challenge"], followed.asked)
        run = followed.run
        form = [Form(start, lambda d: run(d.scenario, d.asked, challenge=d.challenge)).key(f"form {start}")]
    top = (html("p", line, class_="cmp-line"), html("div", *buttons, class_="cmp-pair"))
    body: list[Element] = [html("div", *top, class_="cmp-top")]
    body += [Notice(note) for note in notes]
    if saved is not None and not saved.complete:
        body.append(Notice("It was stopped before its end: runs are missing."))
    body += form
    if made.value is None and made.busy:
        body.append(ProgressLine("Reading the results", None, label="Reading"))
    if isinstance(made.problem, InputError):
        body.append(Problems([problem.message for problem in made.problem.problems]))
    return Card(title, subtitle, [*body, SavedChoice(folder, change)])
