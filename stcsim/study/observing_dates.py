"""What is dated in a scenario and its arms: mechanisms, shocks, donors that leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec

WEEK_DAYS = 7
DATES: dict[str, str] = {
    "decided": "a mechanism is decided",
    "effect": "its lead time is over; where bodies have to agree, it takes effect later",
    "ends": "a mechanism ends",
    "shock": "a shock strikes",
    "shock_ends": "a shock is over",
    "announced": "hosts learn that a donor will leave",
    "leaves": "a donor leaves",
}
"""What a date may be of."""


def dates_table(spec: ScenarioSpec, arms: Sequence[ResolvedArm]) -> pd.DataFrame:
    """Return what is dated, in the order of days, see `Observation`."""
    end = WEEK_DAYS * spec.time.counted_weeks
    rows = [*_mechanisms(arms), *_shocks(spec), *_donors(spec)]
    kept = sorted((row for row in rows if 0 <= row[1] <= end), key=lambda row: row[1])
    columns = ["arm", "day", "what", "who", "detail"]
    types = {"arm": "str", "day": "float64", "what": "str", "who": "str", "detail": "str"}
    return pd.DataFrame(kept, columns=columns).astype(types)


Row = tuple[str, int, str, str, str]
"""Arm, day, what, who, words."""


def _mechanisms(arms: Sequence[ResolvedArm]) -> Iterator[Row]:
    for arm in arms:
        for m in arm.mechanisms:
            yield arm.name, WEEK_DAYS * m.start, "decided", "", m.title
            yield arm.name, WEEK_DAYS * (m.start + m.lead_time), "effect", "", m.title
            if m.end is not None:
                yield arm.name, WEEK_DAYS * m.end, "ends", "", m.title


def _shocks(spec: ScenarioSpec) -> Iterator[Row]:
    for shock in spec.all_shocks():
        country, words = getattr(shock, "country", ""), shock.title
        yield "", WEEK_DAYS * shock.at_week, "shock", country, words
        yield "", WEEK_DAYS * (shock.at_week + shock.weeks), "shock_ends", country, words


def _donors(spec: ScenarioSpec) -> Iterator[Row]:
    warm_up = spec.time.warm_up_weeks
    for donor in spec.donors:
        if donor.active_until_week is not None:
            last = donor.active_until_week - warm_up
            yield "", WEEK_DAYS * (last - donor.notice_weeks), "announced", donor.id, "all countries"
            yield "", WEEK_DAYS * last, "leaves", donor.id, "all countries"
    for shock in spec.all_shocks():
        for one in shock.withdrawals():
            where = one.country or "all countries"
            for who in [one.donor] if one.donor else [donor.id for donor in spec.donors]:
                yield "", WEEK_DAYS * (shock.at_week - one.notice_weeks), "announced", who, where
                yield "", WEEK_DAYS * shock.at_week, "leaves", who, where
