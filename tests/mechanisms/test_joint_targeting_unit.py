"""A joint targeting unit: people are moved, not made, and what a service keeps stays in the room."""

from __future__ import annotations

import pytest

from stcsim.mechanisms.joint_targeting_unit import JointTargetingUnit
from stcsim.structure.arrangements import Channel, Convening, Post, only
from tests.mechanisms.views import rich_view, strangers

VIEW = rich_view()
UNIT = list(JointTargetingUnit(countries=("A",)).arrange(VIEW))


def test_those_in_the_room_are_those_who_were_sent() -> None:
    posts = {p.holder: p.staff for p in only(Post, UNIT)}
    assert sum(posts.values()) == pytest.approx(0.0)
    sent = sum(0.1 * VIEW.by_id[h].staff for h in ("A/intelligence", "A/law_enforcement"))
    assert posts["A/customs_headquarters"] == pytest.approx(sent)


def test_posts_get_vetted_items_and_none_that_its_originator_controls() -> None:
    to_posts = [c for c in only(Channel, UNIT) if VIEW.by_id[c.target].kind == "post"]
    assert len(to_posts) == len(VIEW.holders_of("A", kind="post"))
    assert all(c.vetting and "originator_controlled" not in c.handling for c in to_posts)
    into_room = [c for c in only(Channel, UNIT) if c.source == "A/intelligence"]
    assert [c.target for c in into_room] == ["A/customs_headquarters"]
    assert "originator_controlled" in into_room[0].handling


def test_customs_sits_with_whom_it_knows() -> None:
    (briefing,) = only(Convening, UNIT)
    assert set(briefing.members) == {"A/customs_headquarters", "A/intelligence", "A/law_enforcement"}
    nobody = strangers(VIEW)
    assert JointTargetingUnit().unmet(nobody)
    assert list(JointTargetingUnit().arrange(nobody)) == []
