from __future__ import annotations

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.timing import late_mechanisms, too_late


@pytest.mark.parametrize(
    ("dates", "weeks", "said"),
    [
        ({"start": 0, "lead_time": 13}, 14, ""),
        ({"start": 10, "lead_time": 4}, 14, "week 14 (start 10, lead time 4), after the last of 14 weeks"),
        (
            {"start": 300, "lead_time": 0},
            260,
            "week 300 (start 300, lead time 0), after the last of 260 weeks",
        ),
        ({"start": 2, "lead_time": 4, "end": 6}, 14, "week 6 (start 2, lead time 4), but ends in week 6"),
        ({"start": 2, "lead_time": 4, "end": 7}, 14, ""),
    ],
)
def test_what_takes_effect_too_late(dates: dict[str, int], weeks: int, said: str) -> None:
    reason = too_late(MECHANISMS["frontline_channel"](**dates), weeks)
    assert reason == (f"would take effect in {said}" if said else "")


def test_each_arm_is_named() -> None:
    late = MECHANISMS["frontline_channel"](start=300)
    soon = MECHANISMS["frontline_channel"]()
    arms = [ResolvedArm("late", "", (late,)), ResolvedArm("soon", "", (soon,))]
    (line,) = late_mechanisms(arms, 260)
    assert line.startswith("arm 'late': frontline_channel would take effect in week 313")
