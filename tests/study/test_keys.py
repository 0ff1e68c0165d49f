from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import ResolvedArm
from stcsim.study import keys
from stcsim.study.specs import RunSpec
from tests.regions import Raw, spec_of
from tests.study.studies import raw_study

ARM = ResolvedArm("a", "A", (MECHANISMS["frontline_channel"](), MECHANISMS["training_programme"]()))


def key_of(raw: Raw, arm: ResolvedArm = ARM, **options: Any) -> str:
    return RunSpec(spec_of(raw), arm, **{"seed": 1, **options}).key


def relabel(raw: Raw) -> None:
    raw["title"], raw["question"], raw["name"] = "Another title", "Why?", "another_name"
    raw["countries"][0]["name"] = "Avaria"


def reorder(raw: Raw) -> None:
    for entries in (raw["countries"], raw["networks"], raw["countries"][0]["agencies"]):
        entries.reverse()


def ask_other_arms(raw: Raw) -> None:
    raw["arms"] = raw["arms"][:1]
    raw["headline"] = ["diversions"]


@pytest.mark.parametrize("change", [relabel, reorder, ask_other_arms])
def test_what_changes_no_run_changes_no_key(change: Callable[[Raw], None]) -> None:
    changed = copy.deepcopy(raw_study())
    change(changed)
    assert key_of(changed) == key_of(raw_study())


def more_staff(raw: Raw) -> None:
    raw["countries"][1]["agencies"][0]["staff"] += 1


def other_parameter(raw: Raw) -> None:
    raw["parameters"] = {"firms": {"margin": 0.4}}


def longer(raw: Raw) -> None:
    raw["time"]["counted_weeks"] += 1


@pytest.mark.parametrize("change", [more_staff, other_parameter, longer])
def test_what_changes_a_run_changes_its_key(change: Callable[[Raw], None]) -> None:
    changed = copy.deepcopy(raw_study())
    change(changed)
    assert key_of(changed) != key_of(raw_study())


def test_a_key_follows_from_chance_arm_world_and_version(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = raw_study()
    channel, training = ARM.mechanisms
    found = {
        key_of(raw),
        key_of(raw, seed=2),
        key_of(raw, replication=1),
        key_of(raw, overrides=(("parameters.firms.margin", 0.3),)),
        key_of(raw, ResolvedArm("a", "A", (channel,))),
        key_of(raw, ResolvedArm("a", "A", (channel.model_copy(update={"start": 3}), training))),
    }
    assert len(found) == 6
    assert key_of(raw, ResolvedArm("b", "Another label", (training, channel))) == key_of(raw)
    before = key_of(raw)
    monkeypatch.setattr(keys, "MODEL_VERSION", "another")
    assert key_of(raw) != before


def test_seeds_of_neighbouring_studies_have_nothing_in_common() -> None:
    seeds = [
        keys.run_seed(study, world, replication)
        for study in range(5)
        for world in range(5)
        for replication in range(20)
    ]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 2**48 for seed in seeds)


def test_what_the_runs_of_an_arm_share_is_hashed_once() -> None:
    overrides = (("parameters.firms.margin", 0.31), ("parameters.capacity.trainer_share", 0.2))
    shared = keys.ArmKeys("setting", ARM.mechanisms, overrides)
    for seed, replication in ((1, 0), (2**48 - 1, 12)):
        whole = [
            keys.MODEL_VERSION,
            "setting",
            keys.arm_content(ARM.mechanisms),
            sorted(overrides),
            seed,
            replication,
        ]
        assert shared.of(seed, replication) == keys.digest(whole)
