"""What options need, from when they are in force, and from when they show."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from stcsim.analysis.onset import onset
from stcsim.outcomes.series import SERIES, YEAR_MONTHS
from stcsim.pictures.leading import first_outcome
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import listed
from stcsim.report.brief.inputs import BriefInputs, Need
from stcsim.report.brief.words import in_years, months

AGREED = "consensus_weeks"


def needs_line(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    """Say what each option needs before it can begin."""
    parts = []
    for arm in own:
        told = list(dict.fromkeys(_need(n) for n in inputs.needs.get(arm, ())))
        if told:
            parts.append(f"{inputs.effects.label(arm)}: {'; '.join(told)}.")
    return tuple(parts) or ("Not known: the options were made by a program.",)


def _need(need: Need) -> str:
    return f"{need.prerequisite} (MISSING: {need.missing})" if need.missing else need.prerequisite


def timing_line(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    """Say when an option is in force and from when it shows in the first outcome."""
    outcome = first_outcome(inputs.effects)
    parts = []
    for arm in own:
        said = "; ".join(s for s in (_force(inputs, arm), _shows(inputs, arm, outcome)) if s)
        if said:
            parts.append(f"{inputs.effects.label(arm)}: {said}.")
    return tuple(parts) or ("Not kept in this folder.",)


def never_in_force(inputs: BriefInputs, arm: str) -> bool:
    """Whether nothing of an option took effect in the time that was counted."""
    needs = inputs.needs.get(arm, ())
    if not needs or any(n.missing for n in needs):
        return False
    if all(n.late for n in needs):
        return True
    runs = inputs.runs
    if AGREED not in runs.columns:
        return False
    own = runs[(runs["arm"] == arm) & (runs["world"] == 0)]
    # it is undefined where no mechanism took effect
    return bool(len(own)) and not bool(own[AGREED].notna().any())


def late_options(inputs: BriefInputs) -> tuple[str, ...]:
    """Return the options of which nothing took effect in the time that was counted."""
    return tuple(arm for arm in inputs.effects.own if never_in_force(inputs, arm))


def enough_weeks(inputs: BriefInputs, arms: Sequence[str]) -> int:
    """Return a counted time, in whole years, that lets options act for a year or more."""
    ends = [n.start + n.lead_time for arm in arms for n in inputs.needs.get(arm, ())]
    return 52 * -(-(max([*ends, inputs.counted_weeks]) + 52) // 52)


def _force(inputs: BriefInputs, arm: str) -> str:
    needs = inputs.needs.get(arm, ())
    if not needs:
        return ""
    if never_in_force(inputs, arm):
        return f"not in force within {in_years(inputs.counted_weeks)}, all that was counted"
    weeks = [n.start + n.lead_time for n in needs if not n.late]
    waited, effects = 0.0, inputs.effects
    if AGREED in effects.infos:
        level = effects.get(arm, AGREED).level
        waited = level if math.isfinite(level) and level >= 1 else 0.0
    first, last = months(min(weeks) + waited), months(max(weeks) + waited)
    when = f"in force after {last}" if first == last else f"in force between {first} and {last}"
    if waited:
        when += f" ({months(waited)} of that to agree)"
    late = [n.title for n in needs if n.late]
    return f"{when}; {listed(late)} not in the time that was counted" if late else when


def _shows(inputs: BriefInputs, arm: str, outcome: str) -> str:
    """Return from which month on the outcome differs for good under default assumptions.

    Nothing is said where no direction of the whole change may be named.
    """
    drawn = SERIES.get(outcome)
    if not inputs.effects.get(arm, outcome).clear:
        return ""
    under = " under default assumptions" if inputs.effects.worlds else ""
    series = inputs.series
    if series.empty or drawn is None:
        return ""
    own = series[(series["name"] == outcome) & (series["world"] == 0) & series["arm"].isin([arm, BASELINE])]
    if own.empty:
        return ""
    table = own.pivot_table(index="replication", columns=["arm", "month"], values="value", dropna=False)
    if not {arm, BASELINE} <= set(table.columns.get_level_values("arm")):
        return ""
    apart = table[arm].to_numpy(dtype=np.float64) - table[BASELINE].to_numpy(dtype=np.float64)
    month = onset(apart, flow=drawn.unit.endswith("a month"))
    if month is None:
        within = in_years(round(52 * len(table[arm].columns) / YEAR_MONTHS))
        return f"does not show for sure within {within}{under}, month by month"
    return f"shows from month {round((month + 1) * 12 / YEAR_MONTHS)} on{under}"
