"""What is compared: a line that says it, the form behind it, and how far the comparison is."""

from __future__ import annotations

import solara

from stcsim.dashboard.asking.lasting import about
from stcsim.dashboard.asking.page import question_card
from stcsim.dashboard.command import processes_each
from stcsim.dashboard.comparing.asking import seconds
from stcsim.dashboard.comparing.drafting import Draft, summary
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.form import Form
from stcsim.dashboard.comparing.saved_choice import SavedChoice
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts import Button


@solara.component
def Setup(followed: Followed) -> Element:
    """Show what is compared, the way to change it, and how far it is."""
    spec, asked = followed.spec, followed.asked
    opened, open_ = solara.use_state(False)
    start = Draft(followed.source.name, followed.values["challenge"], asked)

    def begin(draft: Draft) -> None:
        open_(False)
        followed.run(draft.scenario, draft.asked, challenge=draft.challenge)

    buttons = [Button("Close" if opened else "Change what is compared", lambda: open_(not opened))]
    if followed.waits and spec is not None and not opened:
        time = about(seconds(asked, spec, processes_each()))
        buttons.insert(0, Button(f"Run it, {time}", followed.job.start, kind="main"))
    form = [Form(start, begin).key(f"form {start}")] if opened else []
    return question_card(
        followed,
        summary(spec, asked) if spec is not None else "",
        buttons,
        [*form, SavedChoice("", followed.change)],
        doing="Comparing",
        subtitle=spec.question if spec is not None else "",
    )
