"""How far a series of an arm lies from the baseline's: the mean paired difference, how well it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from stcsim.analysis.moments import moments
from stcsim.draws import F8
from stcsim.pictures.bands import NOUNS, Bands, Over
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import number, percent, signed

LEVEL = 0.95
"""Coverage of the interval of each month by itself."""


@dataclass(frozen=True)
class Gap:
    """The difference of one arm to the baseline, month by month.

    Parameters
    ----------
    months : since arms branched
    mean : over pairs of runs, or over sampled sets
    low, high : its interval in each month by itself, Student's law; NaN with fewer than two pairs
    pairs : most of a month
    """

    months: F8
    mean: F8
    low: F8
    high: F8
    pairs: int

    @property
    def side(self) -> int:
        """-1 or 1 where the last interval lies below or above 0, else 0."""
        return int(self.low[-1] > 0) - int(self.high[-1] < 0)

    @property
    def since(self) -> int:
        """Month from which on all intervals lie on the side of the last; only where that has one."""
        there = self.low > 0 if self.side > 0 else self.high < 0
        away = np.flatnonzero(~there)
        return int(self.months[int(away[-1]) + 1 if away.size else 0])


def gap_of(arm: Bands, base: Bands) -> Gap | None:
    """Return the difference of an arm to the baseline; None where they share no unit or no month."""
    units = sorted(set(arm.units) & set(base.units))
    months = np.intersect1d(arm.months, base.months)
    if not units or not months.size:
        return None
    gap, size = _of(arm, units, months), _of(base, units, months)
    found = moments(gap - size, np.maximum(np.abs(gap), np.abs(size)))
    known = found.count > 0
    low, high = found.interval(LEVEL)
    return Gap(months[known], found.mean[known], low[known], high[known], int(found.count.max()))


def _of(bands: Bands, units: Sequence[int], months: F8) -> F8:
    rows = [bands.units.index(unit) for unit in units]
    return bands.runs[rows][:, np.searchsorted(bands.months, months)]


def gaps_of(bands: Mapping[str, Bands]) -> dict[str, Gap]:
    """Return the differences of all arms that can be paired with the baseline."""
    base = bands.get(BASELINE)
    if base is None:
        return {}
    found = {arm: gap_of(own, base) for arm, own in bands.items() if arm != BASELINE}
    return {arm: gap for arm, gap in found.items() if gap is not None and gap.months.size}


def summed_finding(
    label: str,
    own: Sequence[str],
    bands: Mapping[str, Bands],
    labels: Mapping[str, str],
    over: Over = "runs",
) -> str:
    """Say what has come together in the baseline and in the arms that can be told from it.

    Parameters
    ----------
    label : of the series
    own : arms
    bands : of sums since the start
    labels : names of arms for people
    over : what is paired
    """
    base, gaps = bands.get(BASELINE), gaps_of(bands)
    if base is None:
        return f"{label}, summed up"
    start = f"{label}, summed up: "
    last = f"{number(float(base.mean()[-1]))} in the baseline"
    apart = _apart(own, gaps)
    if not apart:
        return f"{start}{last} by the end{_no_arm(own, gaps, labels, over)}"
    if len(apart) == 1 or len(own) == 1:
        arm = apart[0]
        level = number(float(bands[arm].mean()[-1]))
        return f"{start}{level} by the end with {labels[arm]}, {last}"
    return f"{start}{last} by the end; {_sides(apart, own, gaps, labels, _share(bands))}"


def gap_finding(
    label: str,
    own: Sequence[str],
    bands: Mapping[str, Bands],
    labels: Mapping[str, str],
    over: Over = "runs",
) -> str:
    """Say how far arms lie from the baseline at the end, how well that is known, and since when.

    Parameters
    ----------
    label : of what is compared
    own : arms
    bands : of the series, or of its sums since the start
    labels : names of arms for people
    over : what is paired
    """
    gaps = gaps_of(bands)
    apart = _apart(own, gaps)
    if not apart:
        return f"{label}: as in the baseline, as far as can be told{_no_arm(own, gaps, labels, over)}"
    if len(apart) == 1 or len(own) == 1:
        gap = gaps[apart[0]]
        ends = f"{signed(float(gap.low[-1]))} to {signed(float(gap.high[-1]))}"
        since = f"from month {gap.since} on" if gap.since else "from the start"
        return (
            f"{label}: {signed(float(gap.mean[-1]))} by the end with {labels[apart[0]]} ({ends}), "
            f"apart from zero {since}"
        )
    return f"{label}: by the end {_sides(apart, own, gaps, labels, _share(bands))}"


def _share(bands: Mapping[str, Bands]) -> float:
    """Return the baseline's last mean, which differences are a share of; NaN where none is."""
    last = float(bands[BASELINE].mean()[-1])
    return last if last > 0 else float("nan")


def _apart(own: Sequence[str], gaps: Mapping[str, Gap]) -> list[str]:
    """Return the arms whose last interval leaves out 0, the farthest first."""
    found = [arm for arm in own if arm in gaps and gaps[arm].side]
    return sorted(found, key=lambda arm: -abs(float(gaps[arm].mean[-1])))


def _sides(
    apart: Sequence[str], own: Sequence[str], gaps: Mapping[str, Gap], labels: Mapping[str, str], base: float
) -> str:
    """Return in how many arms it is lower and higher, and where most."""
    parts = []
    for word, side in (("lower", -1), ("higher", 1)):
        there = [arm for arm in apart if gaps[arm].side == side]
        if there:
            change = float(gaps[there[0]].mean[-1])
            said = f"{signed(change)}, {percent(change / base)}" if base == base else signed(change)
            most = "with" if len(there) == 1 else f"in {len(there)} of {len(own)} arms, most with"
            parts.append(f"{word} {most} {labels[there[0]]} ({said})")
    return ", ".join(parts)


def _no_arm(own: Sequence[str], gaps: Mapping[str, Gap], labels: Mapping[str, str], over: Over) -> str:
    """Return that no arm can be told from the baseline at the end, or that one run cannot tell."""
    if max((gap.pairs for gap in gaps.values()), default=0) < 2:
        return f"; one {NOUNS[over]} cannot tell an arm from it"
    who = labels[own[0]] if len(own) == 1 else "no arm"
    verb = "cannot be told" if len(own) == 1 else "can be told"
    return f"; {who} {verb} from it"
