"""A series over months in every arm: month by month, summed up since the start, or beside the baseline."""

from __future__ import annotations

import solara

from stcsim.charts import Chart
from stcsim.charts.bands import bands_chart
from stcsim.charts.gaps import gaps_chart
from stcsim.dashboard.comparing.following import Followed
from stcsim.dashboard.comparing.opened import Shown
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Card, Choice, Option, Switch
from stcsim.outcomes.series import SERIES
from stcsim.pictures.bands import Over
from stcsim.pictures.words import capital

WAYS = {"monthly": "Month by month", "summed": "Summed up", "difference": "Difference to baseline"}
"""How a series may be drawn: name in the address, and for people."""


def way_of(series: str, wanted: str) -> str:
    """Return how a series is drawn: as wanted, where that can be, else as says most.

    A few events a month jump about, so what happens in a month is summed up; what is there at its end, such
    as capacity, cannot be.
    """
    adds_up = SERIES[series].adds_up
    if wanted == "summed" and not adds_up:
        return "monthly"
    return wanted or ("summed" if adds_up else "monthly")


def series_of(shown: Shown, wanted: str, outcome: str) -> str:
    """Return the series that is drawn: as wanted, or that of the outcome, or of the first headline with one.

    Empty where the runs have none.
    """
    names = (wanted, outcome, *shown.effects.headline, *shown.series)
    return next((name for name in names if name in shown.series), "")


def over_time_chart(shown: Shown, name: str, way: str, over: Over, arm: str) -> Chart | None:
    """Return the chart of a series.

    Parameters
    ----------
    way : of `WAYS`; a difference is one of sums where the series adds up
    over : runs under default assumptions, or sampled sets of them
    arm : in focus
    """
    series, effects = SERIES[name], shown.effects
    summed = way != "monthly" and series.adds_up
    draw = gaps_chart if way == "difference" else bands_chart
    return draw(
        shown.kept.tables.series,
        name,
        arms=effects.arms,
        drawn=effects.drawn,
        label=series.label,
        unit=series.sum_unit if summed else series.unit,
        labels=shown.labels,
        over=over,
        focus=arm,
        summed=summed,
    )


@solara.component
def OverTime(followed: Followed, shown: Shown, over: Over, arm: str, outcome: str) -> Element:
    """Show one series over months, and choose it and how it is drawn."""
    values, change = followed.values, followed.change
    name = series_of(shown, values["series"], outcome)
    way = way_of(name, values["time"]) if name else ""
    chart = solara.use_memo(
        lambda: over_time_chart(shown, name, way, over, arm) if name else None,
        [id(shown), name, way, over, arm],
    )
    if chart is None:
        return html("div")
    series = [Option(n, capital(SERIES[n].label)) for n in shown.series]
    ways = [Option(key, said, off=key == "summed" and not SERIES[name].adds_up) for key, said in WAYS.items()]
    picks = [
        Choice("Over time", name, series, lambda value: change(series=value)),
        Switch("Drawn", way, ways, lambda value: change(time=value)),
    ]
    return Card(chart=chart, repeat=followed.repeat, controls=picks)
