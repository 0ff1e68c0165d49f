"""The page: one self-contained file, parts in the order of the questions that a study answers."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from stcsim.pictures.words import capital, clean, counted
from stcsim.report.closing import limits_part
from stcsim.report.html import Html, details, join, table, tag
from stcsim.report.parts import card, figure
from stcsim.report.study.asked import facts_markup
from stcsim.report.study.figures import BOXES, COMPARED, HELD, MOVED, OVER, RANKED, Figure, figures
from stcsim.report.study.inputs import StudyFacts, StudyFindings
from stcsim.report.study.parts import (
    again_part,
    best_table,
    brief_points,
    held_part,
    lacking_part,
    numbers,
    payers,
    regret_table,
)
from stcsim.study.whole_files import write_page

NAME = "report.html"
_MOST_FAILURES = 200


def write_study_report(path: Path | str, findings: StudyFindings) -> Path:
    """Write the report as one HTML file that needs no network and no script; return it.

    Parameters
    ----------
    path : file to write; in a folder, ``report.html``
    findings : what to tell
    """
    return write_page(path, NAME, render_study(findings))


def render_study(findings: StudyFindings) -> str:
    """Return the page; the same findings give the same bytes."""
    facts = findings.facts
    drawn = list(figures(findings))

    def of(part: str) -> list[Html]:
        return [_repeatable(f, facts) for f in drawn if f.part == part]

    sections: list[tuple[str, str, Iterable[Html | None]]] = [
        ("brief", "In brief", [card(brief_points(findings))]),
        ("asked", "What was asked and run", [card(facts_markup({**facts.asked, **facts.ran}, "facts"))]),
        ("differences", "Arms against the baseline", [*of(COMPARED), numbers(findings), payers(findings)]),
        ("ranking", "Which arm is best", [*of(RANKED), best_table(findings), regret_table(findings)]),
        ("again", "The first on fresh seeds", [again_part(findings)]),
        ("robustness", "Whether the order holds", [*of(HELD), held_part(findings)]),
        ("values", "Over the values of what is varied", of(OVER)),
        ("sensitivity", "Which assumptions move it", of(MOVED)),
        ("discovery", "Under which assumptions it fails", of(BOXES)),
        ("lacking", "What is not shown, and why", [lacking_part(findings)]),
        ("failures", "Runs that failed", [_failures(findings)]),
        ("limits", "What the model cannot say", [card(limits_part())]),
        ("repeat", "How to repeat it", [card(_again(facts, drawn))]),
    ]
    shown = [(a, h, [b for b in body if b is not None]) for a, h, body in sections]
    shown = [(a, h, b) for a, h, b in shown if b]
    title = clean(facts.title) or capital(facts.name.replace("_", " "))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"stcsim {facts.version}"),
        tag("title", f"{title} · stcsim"),
        Html(
            f"<style>{files('stcsim.report').joinpath('style.css').read_text(encoding='utf-8')}{_MORE}</style>"
        ),
    )
    opening = tag(
        "header",
        tag("h1", title),
        tag("p", facts.question, class_="question") if facts.question.strip() else None,
        tag("p", " · ".join(list(facts.ran.values())[:2]), class_="small"),
    )
    contents = tag("nav", *(tag("a", h, href=f"#{a}") for a, h, _ in shown), aria_label="Contents")
    main = [tag("section", tag("h2", h, id=a), *b, class_=f"part {a}") for a, h, b in shown]
    bar = tag("div", tag("p", "stcsim · report of a study"), class_="bar")
    body = tag("body", bar, tag("main", opening, contents, *main))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


_MORE = """.again { margin: 8px 0 0; font-size: 12px; color: var(--grey); overflow-wrap: anywhere; }
ul.named { margin: 0; padding: 0; list-style: none; }
.named code { font-size: 11px; color: var(--grey); overflow-wrap: anywhere; }
"""


def command_of(facts: StudyFacts, name: str) -> str:
    """Return the line that draws one figure again."""
    return shlex.join(["stcsim", "study", "report", facts.folder, "--figure", name])


def _repeatable(drawn: Figure, facts: StudyFacts) -> Html:
    """Return a figure with the line that repeats it as the last thing of its card."""
    again = tag("p", "Again: ", tag("code", command_of(facts, drawn.name)), class_="again")
    shown = figure(drawn.picture)
    ending = "</figure>"
    assert shown.endswith(ending)
    return Html(f"{shown.removesuffix(ending)}{again}{ending}")


def _failures(findings: StudyFindings) -> Html | None:
    facts = findings.facts
    if facts.failures.empty:
        return None
    rows = [
        [
            findings.labels.get(str(r["arm"]), str(r["arm"])),
            str(r["scenario"]),
            str(r["world"]),
            str(r["replication"]),
            str(r["stage"]),
            str(r["error"]),
        ]
        for r in facts.failures.head(_MOST_FAILURES).to_dict("records")
    ]
    head = ["Arm", "Scenario", "Point", "Replication", "Stage", "Error"]
    again = tag("code", shlex.join(["stcsim", "study", "failures", facts.folder]))
    many = len(facts.failures)
    told = f"{counted(many, 'run')} came to no end and {'is' if many == 1 else 'are'} left out everywhere."
    words = tag("p", f"{told} Details: ", again)
    return card(
        join(words, table(list(head), [list(r) for r in rows], caption="Failed runs", class_="dense"))
    )


def _again(facts: StudyFacts, drawn: Sequence[Figure]) -> Html:
    """Return the lines that give everything again, and the study as it was given."""
    lines = [facts.command, shlex.join(["stcsim", "study", "report", facts.folder])]
    listed = "\n".join(command_of(facts, f.name) for f in drawn)
    return join(
        tag("p", "The runs, then this report:"),
        tag("pre", tag("code", "\n".join(line for line in lines if line)), tabindex="0"),
        details(f"Each of the {len(drawn)} figures as a file", tag("pre", tag("code", listed))),
        details("The study as it was run", tag("pre", tag("code", facts.text))),
    )
