"""Sets of arms under a budget: what each gains on fresh seeds, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stcsim.analysis.portfolio import ChosenSet, Estimate, Portfolio
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.ranking import share_words
from stcsim.pictures.rows import rows_of, write_beside
from stcsim.pictures.style import GREY, INK, drawing
from stcsim.pictures.words import capital, number, signed

_WIDTH, _RIGHT = 560.0, 96.0


def set_words(parts: Sequence[str]) -> str:
    """Return the name of a set for people."""
    return " + ".join(part.replace("_", " ") for part in parts)


def portfolio_picture(found: Portfolio, gain: str, cost: str) -> Picture:
    """Draw the sets, the best first, with what they gain and what they cost.

    Parameters
    ----------
    found : one set or more
    gain, cost : what these are, with their units, in words
    """
    names = [set_words(chosen.parts) for chosen in found.sets]
    with drawing():
        panels = (
            _panel(found, names, lambda s: s.gain, f"{gain} ▶ better", "What each gains"),
            _panel(found, names, lambda s: s.cost, cost, "What each costs", found.budget),
        )
    first = found.sets[0]
    title = (
        f"{capital(names[0])} gains most of the sets that were found: best of them with a chance of "
        f"{share_words(first.best) or '0%'}"
        if first.gain.low > 0
        else f"None gains for certain: {names[0]} may gain nothing"
    )
    subtitle = (
        f"Mean over {found.units} {found.over} that had no part in choosing, against the baseline, with "
        f"{found.level:.0%} intervals that hold for all sets at once. Dashed: the budget. Hollow: costs more."
    )
    return Picture("portfolio", title, subtitle, panels)


def _panel(
    found: Portfolio,
    names: list[str],
    of: Callable[[ChosenSet], Estimate],
    words: str,
    title: str,
    budget: float | None = None,
) -> Panel:
    shown = [of(chosen) for chosen in found.sets]
    ends = [0.0, *(x for e in shown for x in (e.low, e.high)), *([] if budget is None else [budget])]
    pad = 0.05 * (max(ends) - min(ends)) or 1.0
    figure, axes = rows_of(
        names, (min(ends) - pad, max(ends) + pad), signed, words, width=_WIDTH, right=_RIGHT
    )
    if budget is not None:
        axes.axvline(budget, color=INK, linewidth=1.2, dashes=(4, 2))
    for row, (chosen, e) in enumerate(zip(found.sets, shown, strict=True)):
        colour = GREY if e.low <= 0 <= e.high else INK
        axes.plot((e.low, e.high), (row, row), color=colour, linewidth=1.4)
        face = colour if chosen.affordable else "#ffffff"
        axes.plot(e.mean, row, "o", color=colour, markerfacecolor=face, markersize=7, zorder=4)
        write_beside(axes, row, number(e.mean), _RIGHT, bold=not row)
    text = "; ".join(
        f"{name}: {signed(e.mean)} ({signed(e.low)} to {signed(e.high)})"
        for name, e in zip(names, shown, strict=True)
    )
    return Panel(figure, title, f"{text}.")
