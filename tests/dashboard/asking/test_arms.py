"""Arms that an address may name, and what people call them."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

import stcsim
from stcsim.dashboard.address import read
from stcsim.dashboard.asking.arms import arm_labels, arms_of

SPEC = stcsim.load("small_region")
OWN = SPEC.arms[0].name


@pytest.mark.parametrize(
    ("said", "arms", "lacking"),
    [
        (OWN, (OWN,), ""),
        (f"{OWN}+legal_clearance,mentoring", (f"{OWN}+legal_clearance",), "mentoring"),
        ("x,y", (), "x,y"),
        (f"nothing,{OWN}", (OWN,), "nothing"),
        (f"{OWN}+x", (), f"{OWN}+x"),
        ("<b>,../../etc", (), "<b>,../../etc"),
    ],
)
def test_arms_that_mean_something_in_the_scenario_stay(said: str, arms: tuple[str, ...], lacking: str):
    values = read(f"arms={said}".replace("+", "%2B"), {"arms": arms_of(SPEC, 8, baseline=True)})
    assert values["arms"] == arms
    assert len(values.notes) == bool(lacking)
    assert all(repr(lacking) in note for note in values.notes)


def test_the_baseline_alone_can_be_watched_and_not_compared():
    watched = read("arms=baseline", {"arms": arms_of(SPEC, 8, baseline=True)})
    compared = read("arms=baseline", {"arms": arms_of(SPEC, 8, baseline=False)})
    assert (watched["arms"], watched.notes) == (("baseline",), ())
    assert compared["arms"] == ()
    assert len(compared.notes) == 1


def test_labels_are_those_of_the_file_and_of_mechanisms():
    assert arm_labels(SPEC, [OWN, f"{OWN}+legal_clearance"]) == [
        "Frontline channel",
        "Frontline channel + Legal clearance of data on nationals",
    ]
    assert len(arm_labels(SPEC, ())) == len(SPEC.arms)
