"""What is compared: a line that says it, the form behind it, and how far the comparison is."""

from __future__ import annotations

import solara

from stcsim.dashboard.board import processes_each
from stcsim.dashboard.comparing.asking import about, seconds
from stcsim.dashboard.comparing.drafting import Draft, summary
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.form import Form
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Button, Card, Notice, Problems, ProgressLine
from stcsim.pictures.words import capital_words


@solara.component
def Setup(followed: Followed) -> Element:
    """Show what is compared, the way to change it, and how far it is."""
    values, job, spec = followed.values, followed.job, followed.spec
    opened, open_ = solara.use_state(False)
    title = (
        spec.title or capital_words(spec.name) if spec is not None else capital_words(followed.source.name)
    )
    line = summary(spec, followed.asked) if spec is not None else "This scenario has problems."
    start = Draft(followed.source.name, values["challenge"], followed.asked)

    def begin(draft: Draft) -> None:
        open_(False)
        followed.run(draft.scenario, draft.challenge, draft.asked)

    buttons = [Button("Close" if opened else "Change what is compared", lambda: open_(not opened))]
    if followed.waits and spec is not None and not opened:
        time = about(seconds(followed.asked, spec, processes_each()))
        buttons.insert(0, Button(f"Run it, {time}", job.start, kind="main"))
    top = (html("p", line, class_="cmp-line"), html("div", *buttons, class_="cmp-pair"))
    body: list[Element] = [html("div", *top, class_="cmp-top"), *(Notice(note) for note in values.notes)]
    if opened:
        body.append(Form(start, begin).key(f"form {start}"))
    if job.active:
        body.append(ProgressLine(job.text, job.progress, job.cancel, label="Comparing"))
    if job.state == "stopped":
        body.append(Notice("Stopped." if job.text in ("", "stopped") else f"Stopped: {job.text}."))
    if job.state == "failed" and not followed.problems:
        body.append(Problems([job.text]))
    if followed.problems:
        body.append(Problems(followed.problems))
    return Card(title, spec.question if spec is not None else "", body)
