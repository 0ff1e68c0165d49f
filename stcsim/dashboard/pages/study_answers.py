"""What a study answers: in brief, which arm is best, and whether the order holds."""

from __future__ import annotations

import math

import solara

from stcsim.api.study_analyses import commands_of
from stcsim.charts.forest import forest_chart
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.pages.study_opened import (
    Opened,
    card_of,
    facts_list,
    points,
    repeat_of,
    stack,
    why_not,
)
from stcsim.dashboard.parts import Card, Choice, DataTable, Markup, Repeat
from stcsim.dashboard.studies.sections import (
    brief_lines,
    chances_table,
    first_outcome,
    front_drawn,
    holding_drawn,
    leaders,
    ranked_by,
    ranking_drawn,
    regret_finding,
    regret_table,
    turn_lines,
    values_drawn,
)
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.bands import Over
from stcsim.pictures.ranking import share_words
from stcsim.pictures.words import MISSING
from stcsim.report.html import Html, tag


@solara.component
def Brief(opened: Opened) -> Element:
    """Show what was found, the differences of arms, and what may be asked."""
    findings, part, shown = opened.findings, opened.part, opened.shown
    lines = brief_lines(findings, part, shown)
    effects = part.effects
    forests = []
    if effects is not None:
        over: Over = "assumptions" if effects.worlds else "runs"
        command = Repeat(
            commands_of(shown.name)["report"], note="Below its figure stands the line that draws it."
        )
        forests = [
            Card(chart=forest_chart(effects, outcome, over), repeat=command, level=3).key(f"forest {outcome}")
            for outcome in effects.headline
        ]
    return stack(
        Card("What was found", children=[points(lines)] if lines else [], repeat=repeat_of(shown, "ranking")),
        html("div", *forests, class_="st-grid") if forests else Markup(Html(""), "span"),
        Card("What was asked and run", children=[facts_list(opened)]),
        _Asked(opened),
    )


@solara.component
def _Asked(opened: Opened) -> Element:
    """Show which analyses the design allows."""
    allowed = [a for a in opened.analyses if a.allowed]
    refused = [a for a in opened.analyses if not a.allowed]
    rows = [
        *(tag("div", tag("dt", a.title), tag("dd", tag("code", a.command))) for a in allowed),
        *(tag("div", tag("dt", a.title), tag("dd", a.why)) for a in refused),
    ]
    title = f"This design can answer {len(allowed)} of {len(opened.analyses)} questions"
    meaning = "By the command that gives the answer, or why the design does not allow it."
    return Card(title, meaning, children=[Markup(tag("dl", *rows, class_="st-facts"))])


@solara.component
def Ranking(opened: Opened) -> Element:
    """Show which arm is best by what, at what price, and what choosing it may lose."""
    findings, part, shown = opened.findings, opened.part, opened.shown
    names = ranked_by(part)
    if not names:
        return why_not(opened, "ranking", "regret", of="Ranking")
    by = opened.chosen["outcome"] if opened.chosen["outcome"] in names else next(iter(names))
    chooser = Choice("Ranked by", by, names, lambda name: opened.change(outcome=name))
    drawn = ranking_drawn(findings, part, by, shown)
    choosers = [chooser] if len(names) > 1 else []
    cards: list[Element] = []
    if drawn is not None:
        cards.append(Card(chart=drawn.chart, repeat=Repeat(drawn.command), controls=choosers))
    else:
        said = f"{names[by]}: no arm differs from another in these runs"
        cards.append(
            Card(said, "There is no order, and a chance of one would be that of a draw.", controls=choosers)
        )
    front = front_drawn(findings, part, shown)
    if front is not None:
        cards.append(card_of(front))
    chances = chances_table(findings, part)
    if len(names) > 1:
        over = "on average over the sampled sets" if part.sets else "under the default assumptions"
        heading = leaders(part, findings.labels)
        written = {str(column): _chance for column in chances.columns[1:]}
        cards.append(
            Card(
                heading,
                f"Chance of each arm to be best, {over}, in percent.",
                children=[DataTable(chances, "Chance to be best", formats=written)],
                table=chances,
                name="chance-to-be-best",
                repeat=repeat_of(shown, "ranking"),
            )
        )
    lost = regret_table(part, findings.labels)
    if not lost.empty:
        info = INFOS[first_outcome(part)]
        meaning = (
            f"[[regret|Regret]] by {info.label}, {unit_words(info.unit)}: what is lost where another arm "
            "would have been better. Interval: 95%, for another sample of sets."
        )
        written, first = {str(lost.columns[-1]): _chance}, ("Mean", "Worst set")
        table = DataTable(lost, "Regret", formats=written, first=first)
        title = regret_finding(part, findings.labels)
        repeat = repeat_of(shown, "ranking")
        cards.append(Card(title, meaning, children=[table], table=lost, repeat=repeat, name="regret"))
    return stack(*cards)


def _chance(percent: float) -> str:
    return MISSING if math.isnan(percent) else share_words(percent / 100) or "0%"


@solara.component
def Robustness(opened: Opened) -> Element:
    """Show whether the order holds over assumptions, or over what is varied one by one."""
    findings, part, shown = opened.findings, opened.part, opened.shown
    drawn = holding_drawn(findings, part, shown)
    over = values_drawn(findings, part, shown)
    if not drawn and not over:
        return why_not(opened, "robustness", "values", of="Robustness")
    cards = [card_of(one) for one in (*drawn, *over)]
    lines = turn_lines(findings, part)
    if lines:
        more = [points(lines[1:])] if lines[1:] else []
        cards.insert(1, Card(lines[0].rstrip("."), children=more, repeat=Repeat(drawn[0].command)))
    return stack(*cards)
