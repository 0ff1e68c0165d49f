"""A headline: the relative change in words, both intervals, the level small; grey where it is unclear."""

from __future__ import annotations

import math
import re

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.figure import follows_theme
from stcsim.dashboard.parts.markup import Markup
from stcsim.dashboard.parts.term import term
from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import (
    assumed,
    between,
    in_one_line,
    mean_over_assumptions,
    size,
    verdict_words,
)
from stcsim.pictures.style import arm_styles, rival_of
from stcsim.pictures.words import arrow, capital, number, percent
from stcsim.report.arms import mark
from stcsim.report.html import Child, Html, tag

_SIGN = re.compile(r"^[+−]")


def change_words(e: Effect, relative: bool, unit: str, over_assumptions: bool = False) -> str:
    """Return the change in words: ``13% lower``, ``4.2 days higher``, ``No clear change``, ``No change``.

    Parameters
    ----------
    e : the effect
    relative : in percent of the baseline, where that is defined
    unit : in words
    over_assumptions : the mean over sampled assumptions, not over runs
    """
    if not e.clear:
        return "No change" if e.verdict == "no change" else "No clear change"
    share, mean = (
        (e.over_worlds(True)[0], e.over_worlds(False)[0])
        if over_assumptions and e.worlds
        else (e.share, e.mean)
    )
    if relative and math.isfinite(share):
        said = percent(share)
        return f"{said} of what it was" if said.startswith("×") else f"{_SIGN.sub('', said)} {e.direction}"
    return f"{number(abs(mean))} {unit}".strip() + f" {e.direction}"


def chip(e: Effect) -> Html:
    """Return how sure it is and whether that is wanted; colour only where both may be said."""
    if not e.clear:
        return tag("span", term("unclear") if e.verdict == "unclear" else e.verdict, class_="st-chip")
    pointer = arrow(-1.0 if e.direction == "lower" else 1.0)
    words: list[Child] = [f"{pointer} ", term(e.verdict)]
    if e.judged:
        words.append(f" {e.judged}")
    return tag("span", *words, class_=f"st-chip {e.judged}".strip())


def headline(effects: Effects, arm: str, outcome: str, *, over_assumptions: bool = False) -> Html:
    """Return the card of one arm and one outcome as markup.

    Parameters
    ----------
    effects : of the comparison
    arm, outcome : names
    over_assumptions : whether the first number is the mean over sampled assumptions
    """
    e, info = effects.get(arm, outcome), effects.info(outcome)
    relative, unit = effects.relative(outcome), unit_words(info.unit)
    whole = relative and math.isfinite(e.share)
    lines: list[Html | None] = [
        _line(term("runs", "Runs"), f"{size(e, relative, unit)} ({between(e.runs, whole, unit)})"),
        _line(term("mean over assumptions", "Mean over sets"), mean_over_assumptions(e, whole, unit))
        if e.worlds
        else None,
        _line(
            term("assumptions", f"{effects.level:.0%} of sets" if e.worlds else "Assumptions"),
            assumed(e, whole, unit),
        ),
    ]
    rival = effects.rival(arm)
    if rival is not None:
        other = effects.get(rival, outcome)
        said = f"{size(other, relative, unit)}, {verdict_words(other)}"
        lines.append(_line(term("same money on staff", "Same money on staff"), said))
    colour = e.judged if e.clear and e.judged else "unclear"
    return tag(
        "section",
        tag("h3", capital(info.label), class_="st-title"),
        tag("p", _marked(effects, arm), class_="st-of"),
        tag("p", change_words(e, whole, unit, over_assumptions), class_=f"st-big {colour}"),
        tag("p", chip(e)),
        tag("dl", *lines),
        tag("p", f"Level {number(e.level)} against {number(e.base)} {unit}".strip(), class_="st-level"),
        class_="st-card st-headline",
        role="group",
        aria_label=f"{capital(info.label)}: {in_one_line(effects, e)}",
    )


def _line(name: Html, value: str) -> Html:
    return tag("div", tag("dt", name), tag("dd", value))


def _marked(effects: Effects, arm: str) -> Html:
    style = arm_styles(effects.drawn)[arm if arm in effects.drawn else rival_of(arm)]
    return Html(follows_theme(mark(style)) + tag("span", effects.label(arm)))


@solara.component
def HeadlineCard(effects: Effects, arm: str, outcome: str, *, over_assumptions: bool = False) -> Element:
    """Show what one arm does to one outcome, see `headline`."""
    return Markup(headline(effects, arm, outcome, over_assumptions=over_assumptions))
