"""Time series: the median of runs with their spread, every arm beside the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from stcsim.pictures.axis import spread
from stcsim.pictures.bands import (
    MOST,
    SMOOTH,
    YEAR_MONTHS,
    Bands,
    bands_of,
    last_year_words,
    limits,
    parting,
)
from stcsim.pictures.measure import SIZE, fit
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import (
    BASELINE,
    GREY,
    PALE,
    RIVAL,
    ArmStyle,
    canvas,
    dark,
    drawing,
    is_rival,
    page_of,
    rival_of,
)
from stcsim.pictures.words import capital, counted, number

_WIDTH = 360.0
_HEIGHT = 216.0


def time_series(
    series: pd.DataFrame,
    name: str,
    *,
    arms: Sequence[str],
    label: str,
    unit: str,
    labels: Mapping[str, str],
    styles: Mapping[str, ArmStyle],
) -> Picture:
    """Draw one monthly series of every arm under default assumptions.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : in the order in which they are shown; the baseline is drawn with each, a rival with its arm
    label, unit : of the series
    labels, styles : of the arms
    """
    bands = bands_of(series, name, (BASELINE, *arms))
    own = [a for a in arms if a in bands and not (is_rival(a) and rival_of(a) in bands)]
    runs = max((len(b.runs) for b in bands.values()), default=0)
    groups = [own] if len(own) <= MOST else [[a] for a in own]
    with drawing():
        ends = limits(list(bands.values()))
        panels = tuple(
            _panel(group, bands, labels, styles, ends, unit, single=len(groups) == 1) for group in groups
        )
    subtitle = (
        f"Line: median of {counted(runs, 'run')} under default assumptions, moving mean over {SMOOTH} "
        "months. "
        "Band: 5th to 95th percentile of the runs, their spread, not an interval of the mean."
        if runs > 1
        else f"One run under default assumptions, moving mean over {SMOOTH} months."
    )
    subtitle += " Dashed, on top: the baseline."
    if any(is_rival(a) for a in bands):
        subtitle += " Dotted: median with the same money spent on staff."
    return Picture(
        f"series-{name}".replace("_", "-"), parting(capital(label), own, bands, labels), subtitle, panels
    )


def _panel(
    group: Sequence[str],
    bands: Mapping[str, Bands],
    labels: Mapping[str, str],
    styles: Mapping[str, ArmStyle],
    ends: tuple[float, float],
    unit: str,
    *,
    single: bool,
) -> Panel:
    width, height = (640.0, 320.0) if single else (_WIDTH, _HEIGHT)
    room = 176.0 if single else 76.0
    figure, axes = canvas(width, height, 56, room, 22, 34)
    _axes(axes, bands, ends, unit)
    tips: list[tuple[float, str, str]] = []
    for arm in (BASELINE, *group):
        if arm not in bands:
            continue
        band, style = bands[arm], styles[arm]
        if len(band.runs) > 1:
            axes.fill_between(
                band.months,
                band.quantile(0.05),
                band.quantile(0.95),
                color=style.colour,
                alpha=0.16,
                linewidth=0,
            )
        middle = band.quantile(0.5)
        (line,) = axes.plot(
            band.months,
            middle,
            color=style.colour,
            linewidth=1.6 if arm == BASELINE else 2.2,
            # On top, so that an arm that changes nothing does not hide it.
            zorder=4 if arm == BASELINE else 2,
        )
        line.set_dashes(style.dashes or (1, 0))
        tips.append((float(middle[-1]), "baseline" if arm == BASELINE else labels[arm], style.colour))
        if arm != BASELINE and single:
            every = max(1, len(band.months) // 6)
            axes.plot(
                band.months,
                middle,
                style.marker,
                color=style.colour,
                markersize=5,
                markevery=(every // 2, every),
            )
        if (rival := bands.get(arm + RIVAL)) is not None:
            (line,) = axes.plot(
                rival.months, rival.quantile(0.5), color=styles[arm + RIVAL].colour, linewidth=1.6
            )
            line.set_dashes((1, 1.4))
            if not single:
                tips.append((float(rival.quantile(0.5)[-1]), "staff", styles[arm + RIVAL].colour))
    if not single:
        tips = [(y, "this arm" if i == 1 else text, colour) for i, (y, text, colour) in enumerate(tips)]
    _end_labels(axes, tips, room)
    title = "" if single else labels[group[0]]
    return Panel(figure, title, last_year_words(group, bands, labels))


def _axes(axes: Axes, bands: Mapping[str, Bands], ends: tuple[float, float], unit: str) -> None:
    last = max((float(b.months[-1]) for b in bands.values()), default=1.0)
    axes.set_xlim(0, max(last, 1.0))
    axes.set_ylim(*ends)
    years = last + 1 >= 2 * YEAR_MONTHS
    axes.xaxis.set_major_locator(MultipleLocator(YEAR_MONTHS) if years else MaxNLocator(6, integer=True))
    if years:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / YEAR_MONTHS:g}"))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y)))
    axes.grid(axis="y", color=PALE, linewidth=0.7)
    axes.spines["left"].set_visible(False)
    frame = ("axes fraction", "axes fraction")
    axes.annotate(fit(unit, 160, 10), (0, 1), (-50, 10), frame, "offset points", color=GREY, fontsize=10)
    axes.annotate(
        "years" if years else "months",
        (1, 0),
        (6, -14),
        frame,
        "offset points",
        color=GREY,
        fontsize=10,
        va="center",
    )


def _end_labels(axes: Axes, ends: Sequence[tuple[float, str, str]], room: float) -> None:
    """Name the lines at their right ends, pushed apart where they would overlap."""
    if not ends:
        return
    bottom, top = axes.get_ylim()
    tall = axes.get_position().height * page_of(axes).get_figheight() * 72
    scale = tall / (top - bottom)
    order = sorted(range(len(ends)), key=lambda i: (ends[i][0], i))
    places = spread([(ends[i][0] - bottom) * scale for i in order], SIZE * 1.25, (0.0, tall))
    for i, place in zip(order, places, strict=True):
        _, text, colour = ends[i]
        axes.annotate(
            fit(text, room - 10, SIZE, bold=True),
            (1, 0),
            (6, place),
            "axes fraction",
            "offset points",
            va="center",
            color=dark(colour),
            fontweight="bold",
        )
