"""A comparison that is put together: its line, its depth, what another challenge makes of it."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

import stcsim
from stcsim.dashboard.asking.offers import offer
from stcsim.dashboard.comparing.asking import Asked
from stcsim.dashboard.comparing.drafting import DEPTHS, Draft, depth_of, summary

ASKED = Asked((), 20, 0, 1, staff=False)


def test_a_line_says_what_is_compared():
    spec = stcsim.load("small_region")
    assert summary(spec, ASKED) == (
        "Frontline channel, Training programme and Donor coordination against the baseline · 20 runs each · "
        "assumptions not varied"
    )
    sums = Asked(("frontline_channel+joint_events",), 8, 10, 1, staff=True)
    assert summary(spec, sums) == (
        "Frontline channel + Joint events across sectors against the baseline · 8 runs each · 10 sampled "
        "sets of assumptions · each beside the same money on staff"
    )


def test_a_depth_is_known_by_its_numbers():
    for key, (_, replications, worlds) in DEPTHS.items():
        assert depth_of(Asked((), replications, worlds, 1, staff=False)) == key
    assert depth_of(Asked((), 7, 3, 1, staff=False)) == ""


def test_another_challenge_brings_its_arms_and_the_rival_and_keeps_the_rest():
    draft = Draft("small_region", "", ASKED)
    there = offer(stcsim.load("transshipment_hub"), "inconsistent_checkpoints")
    moved = draft.moved("transshipment_hub", "inconsistent_checkpoints", there)
    assert moved.asked.arms == there.chosen
    assert moved.asked.staff
    assert (moved.asked.replications, moved.asked.seed) == (20, 1)
    back = moved.moved("small_region", "", offer(stcsim.load("small_region")))
    assert back.asked.staff, "what was chosen is not taken back"
