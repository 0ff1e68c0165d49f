"""Displacement: where fewer get through with an arm, and where more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.attempts import NOUNS, PLACE, Origin, Through
from stcsim.charts.chart import Chart
from stcsim.charts.marks import CARD, symbol
from stcsim.charts.paired import Paired
from stcsim.charts.rows import between_rows, interval, points, rows_of
from stcsim.charts.shifts import Shift, finding, shifts
from stcsim.pictures.style import GREY, ArmStyle
from stcsim.pictures.words import capital, counted, number, signed

_ROW = 38


def displacement_chart(
    flows: pd.DataFrame,
    arm: str,
    *,
    label: str,
    style: ArmStyle,
    posts: Mapping[str, str],
    origin: Origin = "networks",
    by: Through = "post",
) -> Chart | None:
    """Draw what an arm changes at each place; None where there are no attempts.

    Parameters
    ----------
    flows : table of an observation
    arm : which, other than the baseline
    label, style : of the arm
    posts : names of checkpoints
    origin : whose attempts
    by : what places are
    """
    found = shifts(flows, arm, posts=posts, origin=origin, by=by)
    if len(found) < 2:
        return None
    ends = _ends(found)
    runs = found[0].through.pairs
    nouns = "attempts" if origin == "networks" else NOUNS[origin][1]
    series: list[dict[str, Any]] = []
    used: list[dict[str, Any]] = []
    through: list[dict[str, Any]] = []
    for row, shift in enumerate(found):
        for which, shown, height in (
            ("used", shift.used, row - 0.17),
            ("through", shift.through, row + 0.17),
        ):
            colour = style.colour if shown.clear else GREY
            series += interval(f"{which}-{row}", height, shown.low, shown.high, colour, ends)
            if not np.isfinite(shown.mean):
                continue
            hollow = which == "used"
            (used if hollow else through).append(
                {
                    "value": [min(max(shown.mean, ends[0]), ends[1]), height],
                    **symbol(style),
                    "itemStyle": {
                        "color": CARD if hollow else colour,
                        "borderColor": colour,
                        "borderWidth": 1.6,
                    },
                    "tip": _tip(shift.name, "taken" if hollow else "got through", shown),
                }
            )
    beside = [
        f"{signed(s.through.mean, 2)} from {number(s.through.base, 2)}" if np.isfinite(s.through.mean) else ""
        for s in found
    ]
    names = [capital(s.name) for s in found]
    rows = rows_of(
        names,
        beside,
        ends,
        f"more or fewer {nouns} a run than in the baseline",
        "=signed",
        [*series, points("used", used, zero=True), points("through", through)],
        row=_ROW,
    )
    return Chart(
        "displacement",
        finding(found, label),
        f"Filled: {nouns} that get through; hollow: all that come this way. Mean difference of "
        f"{counted(runs, 'paired run')} over the whole time under default assumptions; lines: 95% intervals "
        "over runs, those of single places wider so that they hold for all at once, grey where they "
        f"hold zero. Behind: change of what gets through, in {nouns} a run. What is lower in one place and "
        "higher in another is [[displacement]].",
        between_rows(rows.option, len(found)),
        _table(found, PLACE[by], nouns),
        f"{finding(found, label)}. "
        + "; ".join(f"{s.name}: {signed(s.through.mean)}" for s in found[:6])
        + ".",
        height=rows.height + (_ROW - 34) + 8,
        narrow=rows.narrow,
    )


def _ends(found: Sequence[Shift]) -> tuple[float, float]:
    """Return ends of the axis that hold all means, and all intervals that are not far longer."""
    means = [abs(x.mean) for s in found for x in (s.used, s.through) if np.isfinite(x.mean)]
    most = max(means, default=1.0)
    reach = [abs(e) for s in found for x in (s.used, s.through) for e in (x.low, x.high) if np.isfinite(e)]
    end = max(most * 1.15, min(max(reach, default=most), 3 * most)) or 1.0
    step = 10.0 ** np.floor(np.log10(end))
    end = float(np.ceil(end / step * 2) / 2 * step)
    return -end, end


def _tip(name: str, what: str, shown: Paired) -> str:
    return (
        f"{capital(name)}, {what}: {number(shown.base)} a run in the baseline, "
        f"{number(shown.level)} with the arm\n"
        f"Difference {signed(shown.mean)} ({signed(shown.low)} to {signed(shown.high)})"
    )


def _table(found: Sequence[Shift], place: str, nouns: str) -> pd.DataFrame:
    rows = []
    for s in found:
        for what, x in ((f"{nouns} that come this way", s.used), (f"{nouns} that get through", s.through)):
            rows.append((capital(s.name), capital(what), x.base, x.level, x.mean, x.low, x.high))
    return pd.DataFrame(
        rows,
        columns=[capital(place), "What", "Baseline, a run", "Arm, a run", "Difference", "From", "To"],
    )
