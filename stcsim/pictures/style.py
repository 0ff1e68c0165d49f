"""One look for every picture: which arm has which colour, marker and line, and how axes are drawn.

Colours are those of Okabe and Ito (2008), told apart with any common colour blindness. A second sign (marker,
line style, hatch) says the same, so that a print in black and white can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from types import MappingProxyType
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stcsim.pictures.measure import FONT, SIZE, any_script

INK = "#16202b"
"""Text."""
GREY = "#59636e"
"""Text of second rank, the baseline, whatever is unclear; contrast 6:1 on white."""
PALE = "#d5dae0"
"""Grid lines and borders."""
PAPER = "#ffffff"

BETTER = "#00664c"
WORSE = "#a8400a"

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d00")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h", "<", ">", "p")
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 2), (6, 2, 1, 2), (3, 1.5))

RIVAL = "~staff"
"""Ending of the name of an arm that spends another arm's whole cost on staff."""
BASELINE = "baseline"
"""Name of the arm in which nothing is chosen."""

_DRAWING = RLock()


@dataclass(frozen=True)
class ArmStyle:
    """How one arm is drawn, everywhere.

    Parameters
    ----------
    colour : as ``#rrggbb``
    marker : matplotlib's sign of the marker
    dashes : on and off lengths of its line in points, empty for a solid line
    hollow : whether the marker is drawn as an outline: rivals and the baseline
    """

    colour: str
    marker: str
    dashes: tuple[float, ...] = ()
    hollow: bool = False

    @property
    def face(self) -> str:
        """Fill of the marker."""
        return PAPER if self.hollow else self.colour


def arm_styles(arms: Iterable[str]) -> Mapping[str, ArmStyle]:
    """Return the style of each arm by its place in the order given; a rival is its arm, hollow and dotted.

    Parameters
    ----------
    arms : names in the order of the comparison; the baseline and rivals take no place
    """
    names = list(arms)
    own = [n for n in names if n != BASELINE and not is_rival(n)]
    own += [rival_of(n) for n in names if is_rival(n) and rival_of(n) not in own]
    styles = {
        name: ArmStyle(
            _COLOURS[i % len(_COLOURS)],
            _MARKERS[i % len(_MARKERS)],
            _DASHES[(i // len(_COLOURS)) % len(_DASHES)],
        )
        for i, name in enumerate(own)
    }
    rivals = {
        n: ArmStyle(styles[rival_of(n)].colour, styles[rival_of(n)].marker, (1, 1.6), hollow=True)
        for n in names
        if is_rival(n)
    }
    return MappingProxyType({BASELINE: ArmStyle(GREY, "o", (4, 2), hollow=True), **styles, **rivals})


def is_rival(arm: str) -> bool:
    """Whether the arm is the same money spent on staff."""
    return arm.endswith(RIVAL)


def rival_of(arm: str) -> str:
    """Return the arm whose money the rival `arm` spends."""
    return arm.removesuffix(RIVAL)


def dark(colour: str) -> str:
    """Return a colour of the palette dark enough for text on white, contrast 4.5:1 or more."""
    return {
        "#d55e00": "#b34f00",
        "#009e73": "#00775a",
        "#cc79a7": "#a3507e",
        "#e69f00": "#8f6200",
        "#56b4e9": "#1f74a8",
    }.get(colour, colour)


@contextmanager
def drawing() -> Iterator[None]:
    """Return a context in which matplotlib draws in our style, the same bytes each time.

    Its settings belong to the whole process, so that one thread draws at a time.
    """
    settings: dict[str, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "stcsim",
        "font.family": [FONT],
        "font.size": SIZE,
        "text.color": INK,
        "axes.edgecolor": GREY,
        "axes.labelcolor": GREY,
        "axes.labelsize": SIZE,
        "axes.linewidth": 0.8,
        "axes.facecolor": PAPER,
        "axes.unicode_minus": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelsize": SIZE,
        "ytick.labelsize": SIZE,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "hatch.linewidth": 0.7,
        "figure.facecolor": PAPER,
        "figure.dpi": 72,
        "savefig.dpi": 72,
        "savefig.bbox": None,
        "path.simplify": False,
        # A dollar sign in a name is a dollar sign.
        "text.parse_math": False,
    }
    # The stubs list every name of a setting; which of them exist depends on the version.
    with _DRAWING, rc_context(settings), any_script():  # type: ignore[arg-type]
        yield


def canvas(
    width: float, height: float, left: float, right: float, top: float, bottom: float
) -> tuple[Figure, Axes]:
    """Return a figure of `width` by `height` px and its only axes, with the four margins in px."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    box = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    axes = figure.add_axes(box)
    axes.set_axisbelow(True)
    return figure, axes


def page_of(axes: Axes) -> Figure:
    """Return the figure that holds `axes`."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure
