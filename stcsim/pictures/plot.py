"""One call for notebooks and results: which picture of a comparison, or which series of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.errors import InputError
from stcsim.outcomes.series import SERIES
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.forest import forest
from stcsim.pictures.picture import Picture
from stcsim.pictures.plane import plane
from stcsim.pictures.series import time_series
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.pictures.truth import truth_and_statistics
from stcsim.pictures.words import capital_words

Kind = Literal["differences", "cost", "statistics"]


def plot_comparison(
    comparison: Comparison, kind: Kind = "differences", labels: Mapping[str, str] | None = None
) -> Picture:
    """Return a picture of a comparison; notebooks show it, ``.save(path)`` writes it.

    Parameters
    ----------
    comparison : as the analysis returns it
    kind : ``differences`` (forest plot of the headlines), ``cost`` (plane of cost and effect) or
        ``statistics`` (what happened beside what statistics show)
    labels : names of arms for people, by name

    Raises
    ------
    InputError
        there is no such kind, or the comparison lacks the outcomes for it
    """
    effects = effects_of(comparison, labels)
    makers: dict[str, Callable[[Effects], Picture | None]] = {
        "differences": forest,
        "cost": plane,
        "statistics": truth_and_statistics,
    }
    if kind not in makers:
        raise InputError(f"there is no picture {kind!r}; there are {', '.join(makers)}")
    picture = makers[kind](effects)
    if picture is None:
        raise InputError(f"the comparison lacks the outcomes for the picture {kind!r}")
    return picture


def plot_series(
    series: pd.DataFrame,
    name: str,
    *,
    arms: Sequence[str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Picture:
    """Return a picture of one monthly series, of a single run or of many.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : arms in the order in which they are shown; all when not given
    labels : names of arms for people, by name

    Raises
    ------
    InputError
        the table does not hold the series
    """
    known = sorted(set(series["name"]))
    if name not in known:
        raise InputError(f"there is no series {name!r}; there are {', '.join(known)}")
    present = [str(a) for a in series["arm"].unique()]
    shown = list(arms) if arms is not None else [a for a in present if a != BASELINE]
    given = labels or {}
    drawn = SERIES.get(name)
    return time_series(
        series,
        name,
        arms=shown,
        label=drawn.label if drawn else capital_words(name).lower(),
        unit=drawn.unit if drawn else "",
        labels={a: given.get(a) or capital_words(a) for a in (BASELINE, *shown)},
        styles=arm_styles(present),
    )
