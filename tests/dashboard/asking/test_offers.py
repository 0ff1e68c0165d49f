"""What can be chosen, with a challenge and without."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

import stcsim
from stcsim.dashboard.asking.offers import FIRST, GROUPS, STAFF, challenge_choices, offer
from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.arms import resolve_arms


def test_a_challenge_offers_what_answers_it_and_the_staff_rival():
    challenge = CHALLENGES["inconsistent_checkpoints"]
    spec = stcsim.load(challenge.scenario)
    found = offer(spec, "inconsistent_checkpoints")
    answering = {o.name for o in found.options if o.answers and not o.own}
    wanted = {m for m, kind in MECHANISMS.items() if "inconsistent_checkpoints" in kind.answers}
    # "joint_targeting_unit" stands there as the arm of the file that is nothing else
    whole = {a.chosen()[0].name for a in spec.arms if len(a.chosen()) == 1}
    assert answering <= wanted - {STAFF}
    assert answering | whole >= wanted - {STAFF}
    assert len({o.label for o in found.options}) == len(found.options)
    assert found.staff
    assert len(found.chosen) == FIRST
    assert all(o.answers for o in found.options[:FIRST])


@pytest.mark.parametrize("challenge", sorted(CHALLENGES))
def test_every_challenge_chooses_arms_that_can_be_run_in_its_scenario(challenge: str):
    spec = stcsim.load(CHALLENGES[challenge].scenario)
    found = offer(spec, challenge)
    assert found.chosen
    for arm in resolve_arms(found.chosen, spec):
        assert any(challenge in type(m).answers for m in arm.mechanisms)
    assert STAFF not in found.chosen


def test_without_a_challenge_the_arms_of_the_file_come_first():
    spec = stcsim.load("reference_region")
    found = offer(spec)
    own = [arm.name for arm in spec.arms]
    assert [o.name for o in found.options][: len(own)] == own
    assert found.chosen == tuple(own[:FIRST])
    assert not found.staff
    assert found.named(["no such arm", own[2]]) == (own[2],)
    assert resolve_arms([o.name for o in found.options], spec), "each can be asked for"


def test_every_challenge_stands_in_one_group():
    listed = [key for group in challenge_choices().values() for key, _ in group]
    assert sorted(listed) == sorted(CHALLENGES)
    assert set(challenge_choices()) == set(GROUPS.values())
