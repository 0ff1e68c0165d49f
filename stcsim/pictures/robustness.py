"""Whether the best arm stays the best: in how many sampled sets each is ahead, and under other measures."""

from __future__ import annotations

from collections.abc import Mapping

from stcsim.analysis.ahead import Ahead
from stcsim.analysis.robustness import Robustness
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.rows import rows_of, write_beside
from stcsim.pictures.standing import left_open, standing
from stcsim.pictures.style import GREY, INK, PAPER, arm_styles, drawing
from stcsim.pictures.words import capital, number

_WIDTH, _RIGHT = 560.0, 96.0
NO_DIFFERENCE, TOO_CLOSE = "None: the best do the same", "None: too close to tell"
"""What sets in which no arm is ahead are called, by the reason."""
_SETS = "Sets are drawn uniformly over the ranges; a share of them is no probability."
WHAT_MEASURES_ARE = (
    "the share of the sets in which it is best, where some of them count more; sets in which arms cannot be "
    "told apart are shared out by their chances. Line: 95% interval for other sets drawn in the same way. "
    "Hollow: another arm is best on average there."
)


def robustness_picture(found: Robustness, sets: Ahead, outcome: str, labels: Mapping[str, str]) -> Picture:
    """Draw in how many sets each arm is ahead, and the share of the best one under each measure.

    Parameters
    ----------
    sets : by the arm that is ahead in them
    outcome : what arms are ordered by, in words
    labels : names of arms for people
    """
    label = {arm: labels.get(arm, arm) for arm in found.arms}
    shown, styles = counted_sets(found, sets), arm_styles(found.arms)
    with drawing():
        firsts, axes = rows_of(
            [label.get(arm, arm) for arm in shown],
            (0.0, float(sets.of)),
            number,
            "sampled sets of assumptions in which it is ahead of all others",
            width=_WIDTH,
            right=_RIGHT,
        )
        for row, (arm, count) in enumerate(shown.items()):
            own = arm == found.best
            fill = (styles[arm].colour if own else GREY) if arm in styles else PAPER
            edge = GREY if fill == PAPER else fill
            axes.barh(row, count, height=0.5, color=fill, edgecolor=edge)
            write_beside(axes, row, f"{count} of {sets.of}", _RIGHT, bold=own)
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
    title = finding(found, sets, outcome, labels)
    subtitle = f"{what_sets_are(found, labels)} Right: {WHAT_MEASURES_ARE}"
    panels = (
        Panel(firsts, "Where each is ahead", f"{title}."),
        Panel(measures, "Under other ways to count the sets", " ".join(h.words for h in found.held)),
    )
    return Picture("robustness", title, subtitle, panels)


def finding(found: Robustness, sets: Ahead, outcome: str, labels: Mapping[str, str]) -> str:
    """Say in how many sets the best arm is ahead, in how many it cannot be told from others, who else is."""
    return f"{capital(outcome)}: {standing(sets, found.best, labels)}"


def what_sets_are(found: Robustness, labels: Mapping[str, str]) -> str:
    """Say how sets were drawn, and what the few runs in each of them leave open."""
    return " ".join(f"{said.rstrip('.')}." for said in (_SETS, left_open(found, labels)) if said)


def counted_sets(found: Robustness, sets: Ahead) -> dict[str, int]:
    """Return the sets by the arm that is ahead in them, those in which none is at the end; they add up.

    The arm that is looked at is there wherever it stands.
    """
    own = {arm: n for arm, n in sets.sets.items() if n or arm == found.best}
    order = sorted(own, key=lambda arm: -own[arm])
    none = {words: n for words, n in ((NO_DIFFERENCE, sets.same), (TOO_CLOSE, sets.close)) if n}
    return {arm: own[arm] for arm in order} | none
