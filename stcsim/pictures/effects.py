"""What pictures and reports need to know of a comparison: one typed row for each arm and outcome.

Only this file knows the column names of the analysis. Relative differences are shares here, not percent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.verdict import UNDEFINED, behind_the_word
from stcsim.outcomes.info import OutcomeInfo
from stcsim.pictures.style import BASELINE, RIVAL, is_rival, rival_of
from stcsim.pictures.words import capital_words, clean

Interval = tuple[float, float]
_NOWHERE: Interval = (math.nan, math.nan)


@dataclass(frozen=True)
class Effect:
    """The paired difference of one arm to the baseline in one outcome.

    Parameters
    ----------
    arm, outcome : names
    base, level : mean of the baseline and of the arm under default assumptions
    mean : mean difference in the outcome's unit
    share : the same as share of the baseline; NaN where that is not positive
    runs_interval, runs_share_interval : interval over runs that is printed, in the outcome's unit and as
        share of the baseline: the one that the verdict comes from where assumptions were not varied, else,
        for a headline, the one that holds over all arms and headlines at once; shares are NaN where the
        baseline's own mean may be 0
    variance_removed : share of variance that pairing removes
    pairs : pairs under default assumptions
    worlds : sampled sets of assumptions in which it is defined, 0 when they were not varied
    undefined : assumptions were varied, but it is defined in too few of their sampled sets
    world_interval, world_share_interval : interval that holds a world's expected difference, in the outcome's
        unit and as share of the baseline's mean over worlds
    world_mean : mean over worlds
    world_mean_interval : interval of the mean over worlds that the verdict comes from: the simultaneous one
        where it is ``clearly``, else the plain one
    world_mean_share, world_mean_share_interval : `world_mean` and that interval as share of the baseline's
        mean over worlds
    verdict : ``clearly``, ``probably``, ``unclear`` or ``no change``
    direction : ``lower`` or ``higher`` where the verdict names one, else empty
    judged : ``better``, ``worse``, or empty when unclear or when neither is better
    exploratory : the intervals do not hold together with those of other outcomes
    """

    arm: str
    outcome: str
    base: float
    level: float
    mean: float
    share: float
    runs_interval: Interval
    runs_share_interval: Interval
    variance_removed: float
    pairs: int
    worlds: int
    undefined: bool
    world_interval: Interval
    world_share_interval: Interval
    world_mean: float
    world_mean_interval: Interval
    world_mean_share: float
    world_mean_share_interval: Interval
    verdict: str
    direction: str
    judged: str
    exploratory: bool

    @property
    def clear(self) -> bool:
        """Whether a direction may be named at all."""
        return self.verdict in ("clearly", "probably")

    @property
    def capped(self) -> bool:
        """Whether the interval over runs holds over all arms and headlines, while others stand alone."""
        return self.verdict == "clearly" and not self.worlds

    def centre(self, relative: bool) -> float:
        """Mean difference over runs, as share of the baseline or in units."""
        return self.share if relative else self.mean

    def runs(self, relative: bool) -> Interval:
        """Interval over runs that is printed."""
        return self.runs_share_interval if relative else self.runs_interval

    def assumptions(self, relative: bool) -> Interval:
        """Interval over assumptions, NaN when these were not varied."""
        return self.world_share_interval if relative else self.world_interval

    def over_worlds(self, relative: bool) -> tuple[float, Interval]:
        """Mean over assumptions and the interval that the verdict comes from, NaN when not varied."""
        if relative:
            return self.world_mean_share, self.world_mean_share_interval
        return self.world_mean, self.world_mean_interval


@dataclass(frozen=True)
class Effects:
    """All effects of a comparison, with names for people.

    Parameters
    ----------
    arms : names in the order in which they are shown, without the baseline; a rival follows its arm
    drawn : names in the order of the comparison, which decides on colours
    headline : names of the outcomes that the comparison is about
    infos : description of every outcome, in their order
    labels : names of arms for people
    rows : effects by (arm, outcome)
    worlds : sampled sets of assumptions, 0 when they were not varied
    pairs : pairs under default assumptions
    level : coverage of the intervals, such as 0.95
    notes : what a reader has to know about gaps in the runs
    """

    arms: tuple[str, ...]
    drawn: tuple[str, ...]
    headline: tuple[str, ...]
    infos: Mapping[str, OutcomeInfo]
    labels: Mapping[str, str]
    rows: Mapping[tuple[str, str], Effect]
    worlds: int
    pairs: int
    level: float
    notes: tuple[str, ...] = ()

    def get(self, arm: str, outcome: str) -> Effect:
        """Return the effect of an arm on an outcome."""
        return self.rows[arm, outcome]

    def info(self, outcome: str) -> OutcomeInfo:
        """Return the description of an outcome."""
        return self.infos[outcome]

    def label(self, arm: str) -> str:
        """Return the name of an arm for people."""
        if is_rival(arm) and arm not in self.labels:
            return f"{self.label(rival_of(arm))}: same money on staff"
        return self.labels.get(arm) or ("Baseline" if arm == BASELINE else capital_words(arm))

    def rival(self, arm: str) -> str | None:
        """Return the name of the arm that spends the money of `arm` on staff, if there is one."""
        name = arm + RIVAL
        return name if name in self.arms else None

    @property
    def own(self) -> tuple[str, ...]:
        """Arms other than rivals of arms that are compared themselves."""
        return tuple(a for a in self.arms if not (is_rival(a) and rival_of(a) in self.arms))

    @property
    def rivals(self) -> tuple[str, ...]:
        """Rivals of arms that are compared themselves."""
        return tuple(a for a in self.arms if is_rival(a) and rival_of(a) in self.arms)

    def relative(self, outcome: str) -> bool:
        """Whether an outcome can be shown in percent of the baseline: for most arms that is defined."""
        shares = [math.isfinite(self.rows[a, outcome].share) for a in self.arms]
        return 2 * sum(shares) > len(shares)


def central(e: Effect, relative: bool) -> tuple[float, Interval]:
    """Return the change that the word comes from, with its interval: over assumptions where varied."""
    if e.worlds:
        centre, ends = e.over_worlds(relative)
        if math.isfinite(centre):
            return centre, ends
    return e.centre(relative), e.runs(relative)


def effects_of(comparison: Comparison, labels: Mapping[str, str] | None = None) -> Effects:
    """Arrange a comparison for people: arms in the order of what they do to the first headline, best first.

    Parameters
    ----------
    comparison : as the analysis returns it
    labels : names of arms for people; those of the comparison are made readable where one is missing
    """
    infos = {info.name: info for info in comparison.outcomes}
    names = [arm for arm in comparison.arms if arm != comparison.baseline]
    rows = {
        (e.arm, e.outcome): e
        for e in _rows(
            comparison.levels,
            comparison.differences,
            comparison.worlds,
            comparison.verdicts,
            comparison.baseline,
        )
    }
    headline = tuple(comparison.headline)
    first = headline[0]
    sign = -1.0 if infos[first].better == "higher" else 1.0

    def key(arm: str) -> tuple[bool, float]:
        value = sign * rows[arm, first].mean
        return (not math.isfinite(value), value if math.isfinite(value) else 0.0)

    own = sorted((a for a in names if not (is_rival(a) and rival_of(a) in names)), key=key)
    ordered = [b for a in own for b in (a, a + RIVAL) if b in names]
    return Effects(
        arms=tuple(ordered),
        drawn=tuple(names),
        headline=headline,
        infos=infos,
        labels={name: clean(text) for name, text in (labels or {}).items() if text.strip()},
        rows=rows,
        worlds=max((e.worlds for e in rows.values()), default=0),
        pairs=max((e.pairs for e in rows.values()), default=0),
        level=comparison.level,
        notes=comparison.notes,
    )


def _rows(
    levels: pd.DataFrame,
    differences: pd.DataFrame,
    worlds: pd.DataFrame,
    verdicts: pd.DataFrame,
    baseline: str,
) -> Iterable[Effect]:
    keys = ["outcome", "arm"]
    own = {(r["outcome"], r["arm"]): r for r in levels.to_dict("records")}
    varied = {(r["outcome"], r["arm"]): r for r in worlds.to_dict("records")}
    words = {(r["outcome"], r["arm"]): r for r in verdicts.to_dict("records")}
    for row in differences.to_dict("records"):
        place = tuple(str(row[k]) for k in keys)
        outcome, arm = place
        base, level, word = own[outcome, baseline], own[outcome, arm], words[outcome, arm]
        world: Mapping[Any, Any] = varied.get((outcome, arm), {})
        kind = "mean" if word["certainty"] == "clearly" else "mean_plain"
        share = f"relative_{kind}"
        runs = behind_the_word(str(word["certainty"]), str(word["basis"]))
        yield Effect(
            arm=arm,
            outcome=outcome,
            base=float(base["mean"]),
            level=float(level["mean"]),
            mean=float(row["mean"]),
            share=float(row["relative"]) / 100,
            runs_interval=(float(row[f"{runs}low"]), float(row[f"{runs}high"])),
            runs_share_interval=(
                float(row[f"relative_{runs}low"]) / 100,
                float(row[f"relative_{runs}high"]) / 100,
            ),
            variance_removed=float(row["variance_removed"]),
            pairs=int(row["pairs"]),
            worlds=int(world.get("worlds", 0)),
            undefined=word["basis"] == UNDEFINED,
            world_interval=(float(world.get("low", math.nan)), float(world.get("high", math.nan))),
            world_share_interval=(
                float(world.get("relative_low", math.nan)) / 100,
                float(world.get("relative_high", math.nan)) / 100,
            ),
            world_mean=float(world.get("mean", math.nan)),
            world_mean_interval=(
                float(world.get(f"{kind}_low", math.nan)),
                float(world.get(f"{kind}_high", math.nan)),
            ),
            world_mean_share=float(world.get("relative_mean", math.nan)) / 100,
            world_mean_share_interval=(
                float(world.get(f"{share}_low", math.nan)) / 100,
                float(world.get(f"{share}_high", math.nan)) / 100,
            ),
            verdict=str(word["certainty"]),
            direction=str(word["direction"]),
            judged=str(word["wanted"]),
            exploratory=row["interval"] == "exploratory",
        )
