"""Headline cards: one a headline outcome, the change in words with both intervals first, the level last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from stcsim.charts.marks import told
from stcsim.outcomes.info import unit_words
from stcsim.pictures.bands import Over
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import (
    TOO_FEW,
    between,
    mean_over_assumptions,
    verdict_words,
)
from stcsim.pictures.words import arrow, capital, number, percent, signed, span


@dataclass(frozen=True)
class Line:
    """One uncertainty of a change.

    Parameters
    ----------
    term : what it is, a key of the glossary
    text : its numbers
    """

    term: str
    text: str


@dataclass(frozen=True)
class Tile:
    """What a card says of one outcome in one arm.

    Parameters
    ----------
    outcome, arm : names
    label : of the outcome, for people
    change : relative, ``−13%``; in units where a share is not defined
    arrow : sign that says up or down without colour; empty where that is unclear
    verdict : ``clearly lower``
    judged : ``better`` or ``worse``; empty where unclear or where neither is better
    lines : both intervals, the one that was asked for first
    level : from what to what, in the outcome's unit
    rival : the same of the money spent on staff, empty without rival
    """

    outcome: str
    arm: str
    label: str
    change: str
    arrow: str
    verdict: str
    judged: str
    lines: tuple[Line, ...]
    level: str
    rival: str

    @property
    def spoken(self) -> str:
        """The whole card in one sentence."""
        lines = ", ".join(f"{line.term} {line.text}" for line in self.lines)
        wanted = f", which is {self.judged}" if self.judged else ""
        return f"{self.label}: {self.verdict}{wanted}, {self.change} ({lines}). {self.level}"


def tile(effects: Effects, arm: str, outcome: str, over: Over = "runs") -> Tile:
    """Return what the card of one outcome says of an arm.

    Parameters
    ----------
    over : which mean is the large one
    """
    e, info = effects.get(arm, outcome), effects.info(outcome)
    relative, unit = effects.relative(outcome), unit_words(info.unit)
    lines = _lines(e, relative, unit, varied=bool(effects.worlds))
    rival = effects.rival(arm)
    beside = ""
    if rival is not None:
        other = effects.get(rival, outcome)
        beside = f"{_change(other, relative, unit, over)}, {verdict_words(other)}"
    return Tile(
        outcome=outcome,
        arm=arm,
        label=capital(info.label),
        change=_change(e, relative, unit, over),
        arrow=arrow(e.mean) if e.clear else "",
        verdict=verdict_words(e),
        judged=e.judged if e.clear else "",
        lines=tuple(reversed(lines)) if over == "assumptions" else lines,
        level=f"Baseline {number(e.base)}, with this arm {number(e.level)} {unit}".strip(),
        rival=beside,
    )


def _change(e: Effect, relative: bool, unit: str, over: Over) -> str:
    share, _ = told(e, True, over)
    if relative and math.isfinite(share):
        return percent(share)
    return f"{signed(told(e, False, over)[0])} {unit}".strip()


def _lines(e: Effect, relative: bool, unit: str, *, varied: bool) -> tuple[Line, ...]:
    """Return the interval over runs, and what assumptions leave open."""
    relative = relative and math.isfinite(e.share)
    runs = Line("runs", between(e.runs, relative, unit))
    if not varied:
        return (runs, Line("assumptions", "not varied"))
    if not e.worlds:
        return (runs, Line("assumptions", TOO_FEW))
    return (
        runs,
        Line("mean over assumptions", mean_over_assumptions(e, relative, unit)),
        Line("assumptions", f"95% of sets {between(e.assumptions, relative, unit)}"),
    )


def small(effects: Effects, arm: str, outcome: str, over: Over = "runs") -> str:
    """Return one arm in a line: ``−1.8% (−5.1 to +1.0%)``."""
    e, relative = effects.get(arm, outcome), effects.relative(outcome)
    unit = unit_words(effects.info(outcome).unit)
    _, ends = told(e, relative, over)
    return f"{_change(e, relative, unit, over)} ({span(*ends, relative=relative)})"
