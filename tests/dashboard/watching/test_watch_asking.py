"""What pages that watch ask for."""

from __future__ import annotations

from stcsim.dashboard.address import read
from stcsim.dashboard.watching.asking import FIRST, Watched, fields, seconds, watched_of
from stcsim.dashboard.watching.setup import summary
from stcsim.scenario.loading import load

SPEC = load("scenarios/small_region.yaml").spec


def test_address_without_arms_asks_for_the_first_of_the_scenario() -> None:
    asked = watched_of(read("", fields()), SPEC)
    assert asked.arms == tuple(arm.name for arm in SPEC.arms[:FIRST])
    assert asked.argv()[:3] == ("observe", "--arms", ",".join(asked.arms))


def test_address_names_arms_and_the_baseline_alone() -> None:
    found = read("arms=mentoring,baseline&replications=2&seed=9", fields())
    assert watched_of(found, SPEC) == Watched(("mentoring",), 2, 9)
    alone = watched_of(read("arms=baseline", fields()), SPEC)
    assert alone.arms == ()
    assert alone.argv()[:3] == ("observe", "--arms", "baseline")


def test_estimate_grows_with_arms_and_runs() -> None:
    few, many = Watched(("a",), 2, 1), Watched(("a", "b"), 8, 1)
    assert seconds(few, SPEC) < seconds(many, SPEC)


def test_summary_names_arms_for_people() -> None:
    said = summary(SPEC, Watched(("frontline_channel", "mentoring"), 1, 1))
    assert said == "Frontline channel and Mentoring beside the baseline · 1 run each, quarter by quarter"
    assert summary(SPEC, Watched((), 4, 1)).startswith("The baseline alone")
