"""In how many sets of assumptions an arm is best, under several measures, against the true sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.heavy import HEAVY, kurtosis
from stcsim.analysis.measures import around_defaults, as_drawn, by_switch, distance, positions, tilted
from stcsim.analysis.robustness import register_defaults, robustness, sampled
from stcsim.draws import F8
from stcsim.errors import InputError
from tests.analysis.planted_arms import cube_with

Seed = Callable[[str], int]
ASSUMPTION = "parameters.firms.margin"


def assumptions(
    generator: np.random.Generator, sets: int, noise: float = 1.0, turning: float = 0.0
) -> tuple[pd.DataFrame, F8, F8]:
    """Sets, expected gains (arms, sets) and gains of two pairs each; arm 2 is better for a high margin."""
    inputs = pd.DataFrame({f"parameters.firms.x{i}": generator.random(sets) for i in range(8)})
    inputs[ASSUMPTION] = generator.random(sets)
    inputs["structure.capture"] = generator.choice(["immediate", "slow"], sets)
    margin = inputs[ASSUMPTION].to_numpy()
    slow = (inputs["structure.capture"] == "slow").to_numpy()
    true = np.stack(
        [
            np.zeros(sets),
            1.0 + 0.5 * generator.standard_normal(sets),
            0.6 + turning * (margin - 0.6) + 0.4 * slow + 0.5 * generator.standard_normal(sets),
            0.3 + 0.3 * generator.standard_normal(sets),
        ]
    )
    gains = true[:, :, None] + noise * generator.standard_normal((4, sets, 2))
    return inputs, true, gains - gains[:1]


def test_number_of_sets_is_that_of_expected_gains_and_its_intervals_cover(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("robustness"))
    _, many, _ = assumptions(generator, 100_000)
    share = (many.argmax(axis=0) == 1).mean()
    held, holds, off, plain = [], [], [], []
    for trial in range(40):
        inputs, true, gains = assumptions(generator, 60)
        found = robustness(
            cube_with(gains, inputs), "diversions", arm="arm_1", paths=[], defaults={}, draws=100, seed=trial
        )
        count = int((true.argmax(axis=0) == 1).sum())
        held.append(found.held[0].low <= share <= found.held[0].high)
        holds.append(found.count_low <= count <= found.count_high)
        off.append(found.count - count)
        plain.append(int((gains.mean(axis=2).argmax(axis=0) == 1).sum()) - count)
    assert np.mean(held) > 0.88
    assert np.mean(holds) > 0.85
    assert np.mean(plain) < -4.0  # what noise makes of it
    assert abs(np.mean(off)) < 0.6 * abs(np.mean(plain))


def test_rare_differences_are_told_as_seen_and_without_noise(seed_of: Seed) -> None:
    """Arms cost a little in every run and save much in few: two pairs a set show most sets no saving."""
    generator = np.random.default_rng(seed_of("rare"))
    holds, rare, wider = [], [], 0
    for trial in range(40):
        inputs = pd.DataFrame({f"parameters.firms.x{i}": generator.random(60) for i in range(3)})
        cost, rate = 0.05 + 0.3 * generator.random((3, 60)), generator.gamma(0.35, 0.25, (3, 60))
        cost[0] = rate[0] = 0.0
        gains = generator.poisson(rate[:, :, None], (3, 60, 2)) - cost[:, :, None]
        found = robustness(
            cube_with(gains, inputs), "diversions", paths=[], defaults={}, draws=100, seed=trial
        )
        place = found.arms.index(found.best)
        holds.append(found.count_low <= ((rate - cost).argmax(axis=0) == place).sum() <= found.count_high)
        rare.append(found.rare)
        if found.rare:
            assert found.count_low <= found.seen <= found.count_high
            assert any("in few runs and by much" in said for said in found.sentences())
            wider += found.seen != found.count
    assert np.mean(holds) > 0.8
    assert np.mean(rare) > 0.75
    assert wider > 20


def test_normal_noise_is_not_taken_for_rare_events(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("normal"))
    drawn = [kurtosis(generator.standard_normal((100, 2))) for _ in range(500)]
    assert np.mean(drawn) == pytest.approx(3.0, abs=0.1)
    assert max(drawn) < HEAVY
    few = np.zeros((100, 2))
    few[:3, 0] = 1.0  # three events in two hundred pairs
    assert kurtosis(few) == pytest.approx(100 / 3)
    assert np.isnan(kurtosis(np.ones((5, 1))))


def test_sentences_say_how_many_and_where_the_order_turns(seed_of: Seed) -> None:
    inputs, true, gains = assumptions(
        np.random.default_rng(seed_of("robustness/words")), 200, 0.2, turning=4.0
    )
    found = robustness(cube_with(gains, inputs), "diversions", arm="arm_1")
    said = found.sentences({"arm_1": "Channel", "arm_2": "Training"}, {ASSUMPTION: "SME margin"})
    assert said[0].startswith(f"Channel is best in {found.count} of 200 sampled assumption sets")
    assert "(uniform over the register's ranges; not a probability)" in said[0]
    assert found.count == pytest.approx((true.argmax(axis=0) == 1).sum(), abs=6)
    assert said[1].startswith("The order of Channel and Training turns when SME margin is above 0.")
    # 1 = 0.6 + 4 (x - 0.6) + 0.2 at 0.65
    assert found.turns[0][0] == "arm_2"
    assert found.turns[0][1].threshold == pytest.approx(0.65, abs=0.08)
    assert found.next_best == "arm_2"


def test_measures_move_the_share_as_the_truth_says(seed_of: Seed) -> None:
    inputs, true, gains = assumptions(
        np.random.default_rng(seed_of("robustness/measures")), 400, 0.0, turning=4.0
    )
    found = robustness(cube_with(gains, inputs), "diversions", arm="arm_1", defaults={ASSUMPTION: 0.1})
    held = {h.measure: h for h in found.held}
    first = true.argmax(axis=0) == 1
    assert held["as_drawn"].share == pytest.approx(first.mean())
    assert held["near_defaults"].share > held["as_drawn"].share > held["far_from_defaults"].share
    assert held[f"high:{ASSUMPTION}"].share < held["as_drawn"].share - 0.1
    for value in ("immediate", "slow"):
        own = (inputs["structure.capture"] == value).to_numpy()
        assert held[f"structure.capture={value}"].share == pytest.approx(first[own].mean())
    table = found.table()
    assert table["measure"].tolist()[0] == "as_drawn"
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_weights_of_a_tilted_measure_leave_half_of_the_sets(seed_of: Seed) -> None:
    score = np.random.default_rng(seed_of("tilt")).random(300)
    found = tilted("high", "high ones count more", score)
    assert found is not None
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.effective == pytest.approx(150.0, rel=0.01)
    assert (np.argsort(found.weights) == np.argsort(score)).all()
    assert tilted("none", "", np.ones(5)) is None
    assert as_drawn(7).effective == pytest.approx(7.0)


def test_distance_is_in_shares_of_the_sets_in_between() -> None:
    inputs = pd.DataFrame({"a": [0.0, 1.0, 2.0, 100.0], "b": ["x", "y", "x", "y"], "c": [1.0] * 4})
    assert list(positions(inputs).columns) == ["a"]
    assert distance(inputs, {"a": 2.0, "unknown": 1.0}).tolist() == [0.5, 0.25, 0.0, 0.25]
    assert distance(inputs, {}).tolist() == [0.0] * 4
    assert around_defaults(inputs, {}) == ()
    assert [m.name for m in by_switch(inputs)] == ["b=x", "b=y"]


def test_default_points_are_no_sampled_sets() -> None:
    study = cube_with(np.zeros((2, 6, 2)))
    assert sampled(study, 3).worlds.tolist() == [3, 4, 5, 6]


def test_register_knows_defaults_of_assumptions() -> None:
    found = register_defaults([ASSUMPTION, "structure.capture", "nothing.here.at_all"])
    assert list(found) == [ASSUMPTION]


def test_few_sets_and_one_pair(seed_of: Seed) -> None:
    inputs, _, gains = assumptions(np.random.default_rng(seed_of("robustness/few")), 12)
    single = robustness(cube_with(gains[:, :, :1], inputs), "diversions")
    assert not single.noise_known
    assert "noise of runs" in single.sentences()[-1]
    with pytest.raises(InputError, match="say nothing"):
        robustness(cube_with(gains[:, :4], inputs.iloc[:4]), "diversions")
    with pytest.raises(InputError, match="no arm"):
        robustness(cube_with(gains, inputs), "diversions", arm="nobody")
    gains[2, :5] = np.nan
    left = robustness(cube_with(gains, inputs), "diversions")
    assert (left.of, left.left_out) == (7, 5)


def test_a_count_that_is_no_whole_share_says_what_it_stands_for(seed_of: Seed) -> None:
    inputs, _, gains = assumptions(np.random.default_rng(seed_of("robustness/counts")), 12)
    found = robustness(cube_with(gains, inputs), "diversions")
    odd = replace(found, count=34, of=40, held=(replace(found.held[0], share=0.8401), *found.held[1:]))
    even = replace(odd, held=(replace(found.held[0], share=0.85), *found.held[1:]))
    words = "34 of 40 stands for 33.6 of 40, which is 84%."
    assert odd.sentences()[-1].endswith(words)
    assert not any("stands for" in said for said in even.sentences())
