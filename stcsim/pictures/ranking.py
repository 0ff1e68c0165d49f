"""How sure the order of arms is: the chance of each arm to stand at each place."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.patches import Rectangle

from stcsim.analysis.ahead import Ahead
from stcsim.analysis.ranking import Ranking
from stcsim.pictures.axis import name_row
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.standing import in_sentence, standing
from stcsim.pictures.style import GREY, INK, PALE, canvas, drawing
from stcsim.pictures.words import capital, counted, span

_LEFT, _TOP, _CELL, _HIGH = 210.0, 26.0, 52.0, 30.0
_BLUE = np.array([0x12, 0x34, 0x4D]) / 255
MOST_PLACES = 12
MOST_ROWS = 16
_MENTIONED = 0.05
"""Chance to be best from which on the next arm is named."""


def share_words(share: float) -> str:
    """Return a chance in percent: ``<1%``, ``37%``, ``>99%``; nothing where it is 0."""
    if share <= 0:
        return ""
    if share < 0.01:
        return "<1%"
    return ">99%" if share > 0.99 else f"{100 * share:.0f}%"


def ranking_picture(
    found: Ranking, outcome: str, labels: Mapping[str, str], sets: Ahead | None = None
) -> Picture:
    """Draw a row an arm, best first, and a column a place; the darker, the likelier.

    Parameters
    ----------
    outcome : what is ranked by, in words
    labels : names of arms for people
    sets : in which sampled sets an arm is ahead, where that is known
    """
    order = [found.arms.index(arm) for arm in found.order]
    order = order[:MOST_ROWS]
    places = found.places[order][:, :MOST_PLACES]
    rows, columns = places.shape
    with drawing():
        width = _LEFT + _CELL * columns + 16
        figure, axes = canvas(width, _TOP + _HIGH * rows + 10, _LEFT, 16, _TOP, 10)
        axes.set_xlim(0, columns)
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        for row, arm in enumerate(found.order[:rows]):
            name_row(axes, labels.get(arm, arm), row, _LEFT)
            for place in range(columns):
                share = float(places[row, place])
                tint = 1 - (1 - _BLUE) * min(1.0, share)
                axes.add_patch(
                    Rectangle((place + 0.03, row - 0.46), 0.94, 0.92, facecolor=tuple(tint), edgecolor=PALE)
                )
                axes.annotate(
                    share_words(share),
                    (place + 0.5, row),
                    ha="center",
                    va="center",
                    fontsize=10.5,
                    color="#ffffff" if share > 0.45 else INK,
                )
        for place in range(columns):
            axes.annotate(
                f"{place + 1}.",
                (place + 0.5, 1),
                (0, 10),
                ("data", "axes fraction"),
                "offset points",
                ha="center",
                va="center",
                color=GREY,
            )
    text = "; ".join(
        f"{labels.get(a, a)}: first {share_words(float(found.best[found.arms.index(a)])) or '0%'}, gain "
        f"{span(float(found.low[i]), float(found.high[i]), relative=False)}"
        for a in found.order
        for i in (found.arms.index(a),)
    )
    title, subtitle = finding(found, outcome, labels, sets), what_places_mean(found, labels, sets)
    return Picture("ranking", title, subtitle, (Panel(figure, "", f"{text}."),))


def what_places_mean(found: Ranking, labels: Mapping[str, str], sets: Ahead | None = None) -> str:
    """Say how likely the first is the best, what the chances of places are, and what they were drawn from.

    Parameters
    ----------
    labels : names of arms for people
    sets : where they are given, `finding` says what they say, and the first is told here
    """
    lead = f"{on_average(found, labels)}. " if sets is not None and sets.of and found.differs else ""
    units = f"{found.units} {'sets' if found.over == 'worlds' else found.over}"
    gaps = f"; {counted(found.left_out, 'set')} without a value in every arm left out" * (found.left_out > 0)
    return (
        f"{lead}Chance of each arm to stand at each place {_on(found)}, by drawing the {units} again and "
        "again. What may be luck of these runs in the gaps between arms is taken off, so that the first "
        f"looks no surer than it is{gaps}."
    )


def finding(found: Ranking, outcome: str, labels: Mapping[str, str], sets: Ahead | None = None) -> str:
    """Say what can be told set by set; without that how likely the first is the best, and who else may be.

    Parameters
    ----------
    outcome : what is ranked by, in words
    labels : names of arms for people
    sets : in which sampled sets an arm is ahead, where that is known
    """
    if not found.differs:
        return f"{capital(outcome)}: no arm differs from another in these runs"
    if sets is not None and sets.of:
        return f"{capital(outcome)}: {standing(sets, found.winner, labels)}"
    first, *others = found.order
    best = {arm: float(found.best[found.arms.index(arm)]) for arm in found.arms}
    head = (
        f"{capital(outcome)}: {in_sentence(first, labels)} is best {_on(found)}, by these runs with a chance "
        f"of {share_words(best[first])}"
    )
    if 2 * found.same > found.units:
        head += f", by the few it differs in: the first two are the same in {found.same} of {found.units} "
        head += "sets" if found.over == "worlds" else found.over
    rivals = sorted((a for a in others if best[a] >= _MENTIONED), key=lambda a: -best[a])
    if not rivals:
        return f"{head}; no other one reaches 5%"
    return f"{head}; next {in_sentence(rivals[0], labels)}, {share_words(best[rivals[0]])}"


def _on(found: Ranking) -> str:
    """Return what the order holds on average over."""
    return "on average over the sampled sets" if found.over == "worlds" else "under the default assumptions"


def on_average(found: Ranking, labels: Mapping[str, str]) -> str:
    """Say how likely the first arm is the best on average over the sampled sets, and who comes next."""
    best = {arm: float(found.best[found.arms.index(arm)]) for arm in found.arms}
    first = found.winner
    said = f"On average over the sets {in_sentence(first, labels)} is best with a chance of "
    said += share_words(best[first]) or "0%"
    rivals = sorted((a for a in found.order[1:] if best[a] >= _MENTIONED), key=lambda a: -best[a])
    return f"{said}; {in_sentence(rivals[0], labels)}: {share_words(best[rivals[0]])}" if rivals else said
