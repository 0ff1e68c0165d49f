"""Whether the best arm stays the best: in how many sampled sets each is, and under other measures."""

from __future__ import annotations

from collections.abc import Mapping

from stcsim.analysis.robustness import Robustness
from stcsim.analysis.whole_counts import whole_counts
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.rows import rows_of, write_beside
from stcsim.pictures.style import GREY, INK, arm_styles, drawing
from stcsim.pictures.words import number

_WIDTH, _RIGHT = 560.0, 96.0
LEAST = 0.05
"""Expected number of sets below which an arm is not drawn."""
WHAT_SETS_ARE = (
    "Sets are drawn uniformly over the ranges; a share of them is no probability. The noise of runs is "
    "taken out, so that a share need be no whole number of sets."
)
WHAT_MEASURES_ARE = (
    "the same share where some sets count more; line: 95% interval for other sets drawn in the same way. "
    "Hollow: another arm is best on average there."
)


def robustness_picture(found: Robustness, outcome: str, labels: Mapping[str, str]) -> Picture:
    """Draw how many sets each arm is best in, and the share of the best one under each measure.

    Parameters
    ----------
    outcome : what arms are ordered by, in words
    labels : names of arms for people
    """
    label = {arm: labels.get(arm, arm) for arm in found.arms}
    shown, counts = drawn_arms(found), counts_of(found)
    styles = arm_styles(found.arms)
    with drawing():
        firsts, axes = rows_of(
            [label[found.arms[i]] for i in shown],
            (0.0, float(found.of)),
            number,
            "sampled sets of assumptions in which it is best, expected number",
            width=_WIDTH,
            right=_RIGHT,
        )
        for row, i in enumerate(shown):
            own, count = found.arms[i] == found.best, float(found.firsts[i])
            told = f"{counts[found.arms[i]]} of {found.of}"
            axes.barh(row, count, height=0.5, color=styles[found.arms[i]].colour if own else GREY)
            write_beside(axes, row, told, _RIGHT, bold=own)
        measures, axes = rows_of(
            [held.words for held in found.held],
            (0.0, 1.0),
            lambda x: f"{100 * x:.0f}%",
            f"share of the sets in which {label[found.best]} is best",
            width=_WIDTH,
            left=230.0,
            right=_RIGHT,
        )
        for row, held in enumerate(found.held):
            colour = INK if held.first == found.best else GREY
            axes.plot((held.low, held.high), (row, row), color=colour, linewidth=1.4)
            axes.plot(
                held.share,
                row,
                "o",
                color=colour,
                markerfacecolor=colour if held.first == found.best else "#ffffff",
                markersize=7,
                zorder=4,
                clip_on=False,
            )
            write_beside(axes, row, f"{100 * held.share:.0f}%", _RIGHT, bold=not row)
    subtitle = f"{WHAT_SETS_ARE} Right: {WHAT_MEASURES_ARE}"
    panels = (
        Panel(firsts, "Where each is best", " ".join(found.sentences(labels))),
        Panel(measures, "Under other ways to count the sets", " ".join(h.words for h in found.held)),
    )
    return Picture("robustness", finding(found, outcome, labels), subtitle, panels)


def finding(found: Robustness, outcome: str, labels: Mapping[str, str]) -> str:
    """Say in how many sets the best arm is best."""
    width = ""
    if found.count_low < found.count_high:
        width = f" ({found.count_low} to {found.count_high} as far as few runs can tell)"
    sets = f"{found.count} of {found.of} sampled assumption sets"
    return f"{labels.get(found.best, found.best)} is best in {sets}{width}, by {outcome}"


def counts_of(found: Robustness) -> dict[str, int]:
    """Return the sets in which each arm is best as whole numbers that add up to all sets."""
    expected = dict(zip(found.arms, map(float, found.firsts), strict=True))
    return whole_counts(expected, found.of, found.best, found.count)


def drawn_arms(found: Robustness) -> list[int]:
    """Return the places of the arms that are best in some set, the most frequent first."""
    order = sorted(range(len(found.arms)), key=lambda i: -float(found.firsts[i]))
    return [i for i in order if found.firsts[i] >= LEAST or found.arms[i] == found.best]
