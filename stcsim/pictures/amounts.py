"""How much something changes and what it costs, in words that can stand in a sentence."""

from __future__ import annotations

import math

from stcsim.outcomes.info import OutcomeInfo, unit_words
from stcsim.pictures.effects import Effect, Effects, central
from stcsim.pictures.words import AT_MOST, less_and_more, number, percent


def changed(effects: Effects, e: Effect, *, named: bool = True, runs: bool = False) -> str:
    """Return a change with what it is a change of: ``15% fewer illicit transfers completed``.

    What is not counted one by one is ``captured capacity 0.8% higher``.

    Parameters
    ----------
    named : else it is the amount alone: ``15% fewer``
    runs : the mean over runs under default assumptions, whatever the word of the effect comes from
    """
    info, less = effects.info(e.outcome), sides(effects.info(e.outcome))
    share, mean = (e.share, e.mean) if runs else (central(e, True)[0], central(e, False)[0])
    if mean == 0:
        return f"no change in {info.label}" if named else "no change"
    side = less[mean > 0]
    said = percent(share) if effects.relative(e.outcome) else ""
    if said.startswith("×"):
        amount = f"{said[1:]} times as {'many' if is_counted(info) else 'high'}"
    elif math.isfinite(share) and said not in ("", AT_MOST):
        digits = said.lstrip("+−")
        amount = f"{'under 0.01%' if digits in ('0%', '0.0%') else digits} {side}"
    else:
        unit = "" if is_counted(info) or info.unit == "share" else f" {unit_words(info.unit)}"
        amount = f"{number(abs(mean))}{unit} {side}"
    if not named:
        return amount
    return f"{amount} {info.label}" if is_counted(info) else f"{info.label} {amount}"


def money(thousands: float) -> str:
    """Return an amount of money: ``205 thousand US dollars``, ``1.2 million US dollars``."""
    if abs(thousands) < 1:
        return "under a thousand US dollars"
    if abs(thousands) < 1000:
        return f"{number(thousands)} thousand US dollars"
    return f"{number(1000 * thousands)} US dollars"


def is_counted(info: OutcomeInfo) -> bool:
    """Whether one can say fewer and more of it: ``fewer transfers``, ``more days an export loses``."""
    words = less_and_more(info.unit)
    return words[0] == "fewer" or (words[0] == "shorter" and info.label.startswith(f"{info.unit} "))


def sides(info: OutcomeInfo) -> tuple[str, str]:
    """Return the words for less and more of it."""
    return ("fewer", "more") if is_counted(info) else ("lower", "higher")
