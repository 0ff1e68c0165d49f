"""Stories: occasions whose events are recorded in every arm, what becomes of them, what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stcsim.actors.vocabulary import family_words
from stcsim.charts.attempts import FATES, NEITHER, ORIGINS, THROUGH, WAYS
from stcsim.pictures.style import BASELINE


@dataclass(frozen=True)
class Told:
    """An occasion that has a story in every arm.

    Parameters
    ----------
    key : what the address calls it, ``replication-case``
    replication, case : which
    day : on which it arose in the baseline
    network : whose
    goods : family, in words
    supplier : country
    fates : by arm
    ways : by arm
    """

    key: str
    replication: int
    case: str
    day: float
    network: str
    goods: str
    supplier: str
    fates: Mapping[str, str]
    ways: Mapping[str, str]

    def differs(self, arm: str) -> bool:
        """Whether it ends otherwise, or goes another way, than in the baseline."""
        return (self.fates[arm], self.ways[arm]) != (self.fates[BASELINE], self.ways[BASELINE])

    def turned(self, arm: str) -> bool:
        """Whether it gets through in one of the two alone."""
        return (self.fates[arm] in THROUGH) != (self.fates[BASELINE] in THROUGH)


def stories(cases: pd.DataFrame, arms: Sequence[str]) -> tuple[Told, ...]:
    """Return the occasions that have a story, in the order of runs and days.

    Parameters
    ----------
    cases : table of an observation
    arms : all of them, the baseline first
    """
    told = cases[cases["story"] & cases["origin"].isin(ORIGINS["networks"])]
    found = []
    by_key: dict[tuple[int, str], dict[str, dict[Any, Any]]] = {}
    for row in told.to_dict("records"):
        by_key.setdefault((int(row["replication"]), str(row["case"])), {})[str(row["arm"])] = row
    for (replication, case), by_arm in by_key.items():
        if not all(arm in by_arm for arm in arms):
            continue
        first = by_arm[arms[0]]
        found.append(
            Told(
                f"{replication}-{case}",
                replication,
                case,
                float(first["day"]),
                str(first["network"]),
                family_words(str(first["family"])),
                str(first["supplier"]),
                {a: str(by_arm[a]["fate"]) for a in arms},
                {a: str(by_arm[a]["way"]) for a in arms},
            )
        )
    return tuple(sorted(found, key=lambda t: (t.replication, t.day)))


def best_told(found: Sequence[Told], arm: str) -> Told | None:
    """Return the story to show where none was asked for: one that an arm turns, else one that it changes."""
    return next(
        (t for test in (Told.turned, Told.differs) for t in found if test(t, arm)),
        found[0] if found else None,
    )


def fate_words(fate: str) -> str:
    """Return what becomes of an attempt."""
    return FATES.get(fate, fate.replace("_", " "))


def story_title(told: Told, arm: str, label: str) -> str:
    """Return how it ends in the baseline and with the arm."""
    before, now = told.fates[BASELINE], told.fates[arm]
    if arm == BASELINE:
        return f"An occasion for {told.goods} from {told.supplier}: {fate_words(before)}"
    if before == now and told.ways[arm] == told.ways[BASELINE]:
        return f"The same occasion: {fate_words(before)} in the baseline, and no otherwise with {label}"
    if before == now:
        return (
            f"The same occasion: {fate_words(before)} in both, {WAYS[told.ways[BASELINE]]} in the baseline, "
            f"{WAYS[told.ways[arm]]} with {label}"
        )
    return f"The same occasion: {fate_words(before)} in the baseline, {fate_words(now)} with {label}"


def story_option(told: Told, arm: str) -> str:
    """Return one line by which a story is chosen."""
    before, now = fate_words(told.fates[BASELINE]), fate_words(told.fates[arm])
    ends = before if arm == BASELINE or before == now else f"{before} → {now}"
    when = f"run {told.replication + 1}, day {told.day:.0f}"
    return f"{ends} · {told.goods} from {told.supplier} · {when}"


def story_group(told: Told, arm: str) -> str:
    """Return under which heading a story is chosen."""
    before, now = told.fates[BASELINE], told.fates[arm]
    if told.turned(arm):
        if now in NEITHER:
            return "No longer tried, or not over"
        return "Stopped with the arm" if before in THROUGH else "Gets through with the arm"
    return "Changed otherwise" if told.differs(arm) else "The same in both"
