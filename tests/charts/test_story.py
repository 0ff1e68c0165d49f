"""Stories: told in order, drawn for both arms, in words for all that may happen."""

from __future__ import annotations

from stcsim.charts.capacity import body_names
from stcsim.charts.story import best_told, stories
from stcsim.charts.story_chart import story_chart
from stcsim.charts.story_events import EVENTS, events_of
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.study.observation import Observation
from stcsim.study.observing_story import WHAT
from tests.charts.conftest import CHANNEL as ARM
from tests.charts.promises import keeps_promises


def test_it_keeps_what_every_chart_promises(channel: Observation) -> None:
    told = best_told(stories(channel.cases, list(channel.arms)), ARM)
    assert told is not None
    common = {"styles": arm_styles(channel.arms), "names": body_names(channel.actors)}
    keeps_promises(
        [story_chart(channel.events, told, arm, label=channel.arms[arm], **common) for arm in (ARM, BASELINE)]
    )


def test_a_story_is_told_in_order_of_days(channel: Observation) -> None:
    told = stories(channel.cases, list(channel.arms))
    assert told
    names = body_names(channel.actors)
    for one in told:
        for arm in channel.arms:
            table = events_of(channel.events, one, arm, names)
            assert table["Day"].is_monotonic_increasing
            assert len(table) > 0
    shown = best_told(told, ARM)
    assert shown is not None
    assert shown.turned(ARM) or not any(t.turned(ARM) for t in told)


def test_words_cover_all_events() -> None:
    assert set(EVENTS) == set(WHAT)
