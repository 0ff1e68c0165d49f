"""The report: one self-contained page that a reader can keep, print and pass on."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.pictures.effects import effects_of
from stcsim.pictures.findings import design
from stcsim.pictures.forest import forest
from stcsim.pictures.plane import plane
from stcsim.pictures.style import arm_styles
from stcsim.pictures.words import capital, clean, counted
from stcsim.report.arms import arm_cards
from stcsim.report.assumptions import assumptions_part
from stcsim.report.brief.numbers import numbers_part
from stcsim.report.closing import limits_part, provenance_part
from stcsim.report.costs import extra_money, payers_part
from stcsim.report.exploratory import exploratory_part, variance_part
from stcsim.report.html import Html, join, tag
from stcsim.report.inputs import Assumption, Provenance, ScenarioInfo
from stcsim.report.parts import (
    brief_part,
    card,
    cost_part,
    figure,
    hours_part,
    optional_card,
    statistics_part,
    time_part,
)
from stcsim.study.whole_files import write_page

NAME = "report.html"


def write_report(
    path: Path | str,
    comparison: Comparison,
    runs: pd.DataFrame,
    series: pd.DataFrame,
    bodies: pd.DataFrame,
    provenance: Provenance,
    scenario_info: ScenarioInfo,
    assumptions: Sequence[Assumption] = (),
) -> Path:
    """Write the comparison as one HTML file that needs no network and no script.

    The same inputs give the same bytes.

    Parameters
    ----------
    path : file to write; in a folder, ``report.html``
    comparison : as the analysis returns it
    runs : one row a run, as the comparison was made from
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`; may be empty
    bodies : columns `arm`, `world`, `replication`, `body`, `hours`; may be empty
    provenance, scenario_info : what to tell of origin and question
    assumptions : the register of parameters, with values and sources

    Returns
    -------
    Path
        the file
    """
    page = render(comparison, runs, series, bodies, provenance, scenario_info, assumptions)
    return write_page(path, NAME, page)


def render(
    comparison: Comparison,
    runs: pd.DataFrame,
    series: pd.DataFrame,
    bodies: pd.DataFrame,
    provenance: Provenance,
    info: ScenarioInfo,
    assumptions: Sequence[Assumption] = (),
) -> str:
    """Return the page; parameters as of `write_report`."""
    effects = effects_of(comparison, info.arm_labels)
    costs = plane(effects)
    extra = extra_money(runs)
    title = clean(info.title) or capital(info.name.replace("_", " "))
    sections = [
        ("brief", "In brief", brief_part(effects, costs, extra)),
        ("arms", "What each arm changes", arm_cards(effects, info, arm_styles(effects.drawn))),
        ("payers", "What it costs and who pays", optional_card(payers_part(effects, extra))),
        ("time", "Over time", time_part(effects, series, info)),
        (
            "differences",
            "All arms side by side",
            join(
                figure(forest(effects)),
                card(numbers_part(effects, runs)),
                card(variance_part(effects)),
            ),
        ),
        ("cost", "Cost and effect", cost_part(effects, costs, comparison, runs)),
        ("hours", "Who bears the hours", hours_part(effects, bodies)),
        ("statistics", "What your own statistics would show", statistics_part(effects)),
        (
            "assumptions",
            "The assumptions behind each headline",
            card(assumptions_part(effects, assumptions)),
        ),
        ("exploratory", "Other outcomes", optional_card(exploratory_part(effects))),
        ("limits", "What the model cannot say", card(limits_part())),
        ("provenance", "Where this comes from", card(provenance_part(provenance, info, _runs(runs)))),
    ]
    shown = [(anchor, heading, body) for anchor, heading, body in sections if body is not None]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"stcsim {provenance.version}"),
        tag("title", f"{title} · stcsim"),
        Html(f"<style>{_style()}</style>"),
    )
    bar = tag("div", tag("p", "stcsim · comparison of coordination mechanisms"), class_="bar")
    opening = tag(
        "header",
        tag("h1", title),
        tag("p", info.question, class_="question") if info.question.strip() else None,
        tag("p", " · ".join([design(effects), *info.facts]), class_="small"),
    )
    contents = tag(
        "nav",
        *(tag("a", heading, href=f"#{anchor}") for anchor, heading, _ in shown),
        aria_label="Contents",
    )
    main = [
        tag("section", tag("h2", heading, id=anchor), body, class_=f"part {anchor}")
        for anchor, heading, body in shown
    ]
    body = tag("body", bar, tag("main", opening, contents, *main))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def _style() -> str:
    return files("stcsim.report").joinpath("style.css").read_text(encoding="utf-8")


def _runs(runs: pd.DataFrame) -> str:
    worlds = int((runs.groupby("world").size().index > 0).sum())
    arms = counted(runs["arm"].nunique(), "arm")
    return f"{counted(len(runs), 'run')} of {arms}, {counted(worlds, 'sampled world')}"
