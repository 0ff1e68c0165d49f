"""What each arm changes: one card an arm, the change in words first, levels second and small."""

from __future__ import annotations

import math
from collections.abc import Mapping

from stcsim.outcomes.info import unit_words
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import assumed, between, intervals, mean_over_assumptions, size, verdict_words
from stcsim.pictures.style import ArmStyle
from stcsim.pictures.words import arrow, capital, number, percent, signed
from stcsim.report.html import Html, join, tag
from stcsim.report.inputs import ScenarioInfo

_SHAPES = {
    "o": '<circle cx="8" cy="8" r="5.5"/>',
    "s": '<rect x="3" y="3" width="10" height="10"/>',
    "^": '<path d="M8 2 14 13 2 13z"/>',
    "v": '<path d="M8 14 14 3 2 3z"/>',
    "<": '<path d="M2 8 13 2 13 14z"/>',
    ">": '<path d="M14 8 3 2 3 14z"/>',
    "D": '<path d="M8 1 15 8 8 15 1 8z"/>',
    "P": '<path d="M6 2h4v4h4v4h-4v4H6v-4H2V6h4z"/>',
    "X": '<path d="M4.5 2 8 5.5 11.5 2 14 4.5 10.5 8 14 11.5 11.5 14 8 10.5 4.5 14 2 11.5 5.5 8 2 4.5z"/>',
    "h": '<path d="M8 1.5 13.6 4.8v6.4L8 14.5 2.4 11.2V4.8z"/>',
    "p": '<path d="M8 1.5 14.5 6.2 12 14H4L1.5 6.2z"/>',
}


def arm_cards(effects: Effects, info: ScenarioInfo, styles: Mapping[str, ArmStyle]) -> Html:
    """Return a card for every arm, in the order of the effects; a rival stands in the card of its arm."""
    return join(*(_card(effects, arm, info, styles[arm]) for arm in effects.own))


def mark(style: ArmStyle) -> Html:
    """Return the mark of an arm as in the pictures."""
    shape = _SHAPES[style.marker]
    return Html(
        f'<svg class="mark" viewBox="0 0 16 16" aria-hidden="true" fill="{style.face}" '
        f'stroke="{style.colour}" stroke-width="1.5">{shape}</svg>'
    )


def _card(effects: Effects, arm: str, info: ScenarioInfo, style: ArmStyle) -> Html:
    first = effects.get(arm, effects.headline[0])
    rival = effects.rival(arm)
    lines = [tag("p", _sentence(effects, first), class_="finding")]
    if rival is not None:
        other = effects.get(rival, effects.headline[0])
        unit = unit_words(effects.info(other.outcome).unit)
        relative = effects.relative(other.outcome)
        lines.append(
            tag(
                "p",
                f"The same money on staff: {verdict_words(other)}, {size(other, relative, unit)} "
                f"({intervals(other, relative, unit)}).",
                class_="rival",
            )
        )
    chosen = info.arm_texts.get(arm, "")
    return tag(
        "article",
        tag("h3", mark(style), effects.label(arm)),
        tag("p", chosen, class_="small") if chosen else None,
        *lines,
        tag("div", *(_tile(effects, arm, outcome) for outcome in effects.headline), class_="tiles"),
        class_="card arm",
    )


def _sentence(effects: Effects, e: Effect) -> Html:
    """The first headline in words, relative change and both intervals."""
    info = effects.info(e.outcome)
    relative, unit = effects.relative(e.outcome), unit_words(info.unit)
    return join(
        f"{capital(info.label)}: ",
        tag("strong", f"{verdict_words(e)}, {size(e, relative, unit)}"),
        f" ({intervals(e, relative, unit)}).",
    )


def _tile(effects: Effects, arm: str, outcome: str) -> Html:
    e, info = effects.get(arm, outcome), effects.info(outcome)
    relative = effects.relative(outcome) and math.isfinite(e.share)
    unit = unit_words(info.unit)
    value = percent(e.share) if relative else signed(e.mean)
    runs = between(e.runs, relative, unit)
    rival = effects.rival(arm)
    return tag(
        "section",
        tag("h4", capital(info.label)),
        tag(
            "p",
            tag("span", value, class_="big"),
            None if relative else tag("span", unit, class_="small"),
            chip(e),
            class_="value",
        ),
        tag(
            "dl",
            tag("div", tag("dt", "Runs"), tag("dd", runs)),
            tag(
                "div",
                tag("dt", "Mean over assumptions"),
                tag("dd", mean_over_assumptions(e, relative, unit)),
            )
            if e.worlds
            else None,
            tag("div", tag("dt", "Assumptions (95% of sets)"), tag("dd", assumed(e, relative, unit))),
            _rival_line(effects, rival, outcome) if rival is not None else None,
        ),
        tag("p", f"{number(e.level)} against {number(e.base)} {unit}", class_="level"),
        class_="tile",
    )


def _rival_line(effects: Effects, rival: str, outcome: str) -> Html:
    e, relative = effects.get(rival, outcome), effects.relative(outcome)
    words = f"{size(e, relative, '').strip()}, {verdict_words(e)}"
    return tag("div", tag("dt", "Staff instead"), tag("dd", words))


def chip(e: Effect) -> Html:
    """Return the verdict as a chip: colour and arrow only where a direction may be named."""
    if not e.clear:
        return tag("span", e.verdict, class_="chip")
    words = f"{arrow(-1.0 if e.direction == 'lower' else 1.0)} {verdict_words(e)}"
    if e.judged:
        words += f": {e.judged}"
    return tag("span", words, class_=f"chip {e.judged}".strip())
