"""A page that puts a question: the card that says what is asked and how far it is, the answer below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stcsim.dashboard.asking.following import A, Following, Q
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Notice, Problems, ProgressLine
from stcsim.pictures.words import capital_words


def question_page(
    name: str, setup: Element, following: Following[Q, A], results: Callable[[Following[Q, A], A], Element]
) -> Element:
    """Return the page: `setup` above, and `results` as soon as the answer is read.

    Parameters
    ----------
    name : by which tests and styles know the page
    setup : what `question_card` has made
    results : component that shows the answer
    """
    parts = [html("div", setup, class_="cmp-setup")]
    if following.found is not None:
        shown = results(following, following.found)
        parts.append(shown.key(f"results {following.found.folder.parent.name}"))
    return html("div", *parts, class_=f"cmp {name}", data_testid=name)


def question_card(
    following: Following[Q, A],
    line: str,
    buttons: Sequence[Element],
    form: Sequence[Element],
    *,
    doing: str,
    subtitle: str = "",
) -> Element:
    """Return the card that says what is asked, opens its form, and tells how far the answer is.

    Parameters
    ----------
    line : what is asked, in a line
    buttons : beside it
    form : below it, where it is open
    doing : what goes on while the job runs, such as ``Comparing``
    subtitle : below the name of the scenario
    """
    job, spec = following.job, following.spec
    title = (
        spec.title or capital_words(spec.name) if spec is not None else capital_words(following.source.name)
    )
    said = line if spec is not None else "This scenario has problems."
    top = (html("p", said, class_="cmp-line"), html("div", *buttons, class_="cmp-pair"))
    body: list[Element] = [html("div", *top, class_="cmp-top")]
    body += [Notice(note) for note in following.values.notes]
    body += form
    if job.active:
        body.append(ProgressLine(job.text, job.progress, job.cancel, label=doing))
    if job.state == "stopped":
        body.append(Notice("Stopped." if job.text in ("", "stopped") else f"Stopped: {job.text}."))
    if job.state == "failed" and not following.problems:
        body.append(Problems([job.text]))
    if following.problems:
        body.append(Problems(following.problems))
    if following.reading:
        body.append(ProgressLine("Reading the results", None, label="Reading"))
    return Card(title, subtitle, body)


def columns(*piles: Sequence[tuple[int, Element]]) -> Element:
    """Return columns that each end where they end; on a narrow screen one, in the order of the numbers."""
    found = [
        html("div", *(html("div", part, class_=f"cmp-{place}") for place, part in pile), class_="cmp-pile")
        for pile in piles
    ]
    return html("div", *found, class_="cmp-columns")
