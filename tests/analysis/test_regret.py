"""Expected gains of sampled worlds and regret, against the worlds' true gains."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis.expected_gains import expected_gains
from stcsim.analysis.regret import regret, regret_of
from stcsim.errors import InputError
from tests.analysis.planted_arms import cube_with, planted_gains

Seed = Callable[[str], int]
TRUTH = np.linspace(0.0, 1.0, 4)
ARMS = ("baseline", "arm_1", "arm_2", "arm_3")


@pytest.mark.parametrize("noise", [1.5, 3.0])
def test_regret_is_that_of_expected_gains_and_not_of_noise(noise: float, seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of(f"regret/{noise}"))
    off, plain = [], []
    for trial in range(30):
        gains, true = planted_gains(generator, TRUTH, worlds=60, noise=noise)
        lost = (true.max(axis=0) - true).mean()
        off.append(regret_of(expected_gains(gains, draws=100, seed=trial), ARMS).mean.mean() - lost)
        seen = gains.mean(axis=2)
        plain.append((seen.max(axis=0) - seen).mean() - lost)
    # Of a mean regret of 1.1, noise adds 0.45 and 1.35.
    assert np.mean(plain) > 0.3
    assert abs(np.mean(off)) < 0.25 * np.mean(plain)


def test_share_of_worlds_in_which_an_arm_is_best_is_without_noise(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("regret/share"))
    off, plain = [], []
    for trial in range(30):
        # One assumption moves all arms, so that mostly the third is best and noise hides it.
        size = 1.0 + generator.standard_normal((1, 60))
        true = TRUTH[:, None] * size + 0.3 * generator.standard_normal((4, 60))
        gains = true[:, :, None] + 1.5 * generator.standard_normal((4, 60, 2))
        best = (true.argmax(axis=0) == 3).mean()
        zero = regret_of(expected_gains(gains - gains[:1], draws=100, seed=trial), ARMS).zero[3]
        off.append(zero - best)
        plain.append((gains.mean(axis=2).argmax(axis=0) == 3).mean() - best)
    assert np.mean(plain) < -0.15
    assert abs(np.mean(off)) < 0.4 * abs(np.mean(plain))


def test_without_noise_nothing_is_drawn(seed_of: Seed) -> None:
    gains, true = planted_gains(
        np.random.default_rng(seed_of("regret/no noise")), TRUTH, worlds=12, pairs=2, noise=0.0
    )
    found = expected_gains(gains, draws=20)
    apart = (true - true.mean(axis=0)).T
    assert found.draws == pytest.approx(np.broadcast_to(apart, found.draws.shape), abs=1e-6)
    lost = regret_of(found, ARMS)
    assert lost.mean == pytest.approx((true.max(axis=0) - true).mean(axis=1), abs=1e-6)
    assert lost.largest == pytest.approx((true.max(axis=0) - true).max(axis=1), abs=1e-6)
    assert lost.zero == pytest.approx([(true.argmax(axis=0) == i).mean() for i in range(4)])
    assert lost.zero.sum() == pytest.approx(1.0)
    assert lost.least == ARMS[int(np.argmax(true.mean(axis=1)))]


def test_worlds_without_any_difference_leave_no_regret(seed_of: Seed) -> None:
    found = regret(cube_with(np.zeros((3, 10, 2))), "diversions")
    assert (found.mean == 0).all()
    assert found.zero == pytest.approx(np.full(3, 1 / 3))


def test_intervals_of_mean_regret_cover_that_of_all_worlds(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("regret/cover"))
    many, _ = planted_gains(generator, TRUTH, worlds=40_000, pairs=1, noise=0.0)
    truth = (many.max(axis=0) - many)[:, :, 0].mean(axis=1)
    held = []
    for trial in range(80):
        gains, _ = planted_gains(generator, TRUTH, worlds=30)
        found = regret_of(expected_gains(gains, draws=100, seed=trial), ARMS)
        held.append((found.mean_low <= truth) & (truth <= found.mean_high))
    assert float(np.mean(held)) > 0.88


def test_worlds_that_share_their_chance_shift_together(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("regret/shared"))
    covered, plain, off = [], [], []
    for trial in range(40):
        true = TRUTH[:, None] + 0.5 * generator.standard_normal((4, 40))
        gains = true[:, :, None] + generator.standard_normal((4, 1, 4))  # the same noise in every world
        apart = true[3].mean() - true[1].mean()
        for shared, held in ((True, covered), (False, plain)):
            found = expected_gains(gains - gains[:1], shared_seeds=shared, draws=200, seed=trial).draws
            lead = (found[:, :, 3] - found[:, :, 1]).mean(axis=1)
            low, high = np.quantile(lead, [0.025, 0.975])
            held.append(low <= apart <= high)
            if shared:
                spread = float((found[:, :, 3] - found[:, :, 1]).std(axis=1).mean())
                off.append(spread - float((true[3] - true[1]).std()))
    assert np.mean(covered) > 0.88
    assert np.mean(plain) < 0.5
    assert abs(np.mean(off)) < 0.05  # of 0.7: nothing is taken out that is not noise


def test_one_pair_a_world_cannot_tell_noise_and_says_so(seed_of: Seed) -> None:
    gains, _ = planted_gains(np.random.default_rng(seed_of("regret/one")), TRUTH, worlds=8, pairs=1)
    found = regret(cube_with(gains), "diversions")
    assert not found.noise_known
    assert found.mean == pytest.approx((gains.max(axis=0) - gains)[:, :, 0].mean(axis=1), abs=1e-6)


def test_worlds_are_left_out_where_an_arm_has_no_value(seed_of: Seed) -> None:
    gains, _ = planted_gains(np.random.default_rng(seed_of("regret/gaps")), TRUTH, worlds=8, pairs=3)
    gains[2, 5], gains[1, 0, 0] = np.nan, np.nan
    assert expected_gains(gains).rows.tolist() == [0, 1, 2, 3, 4, 6, 7]
    gains[1, 1:] = np.nan
    with pytest.raises(InputError, match="two are the fewest"):
        expected_gains(gains)
