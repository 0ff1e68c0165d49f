"""Designs for sensitivity: one quantity at a time, shared chance, the same points again."""

import sys

import numpy as np
import pytest

from stcsim.errors import InputError

pytest.importorskip("SALib")

from stcsim.study.designs.morris import LEVELS, morris_sample
from stcsim.study.designs.sobol import sobol_sample


def test_a_trajectory_moves_one_quantity_at_a_time_by_two_thirds() -> None:
    sample = morris_sample(7, 5, 3)
    assert sample.places.shape == (5 * 8, 7)
    for trajectory in range(5):
        steps = np.diff(sample.places[sample.chance == trajectory], axis=0)
        assert ((np.abs(steps) > 1e-9).sum(axis=1) == 1).all()
        assert ((np.abs(steps) > 1e-9).sum(axis=0) == 1).all()
        np.testing.assert_allclose(np.abs(steps).max(axis=1), 2 / 3)
    grid = np.linspace(0, 1, LEVELS)
    assert np.abs(sample.places[..., None] - grid).min(axis=-1).max() < 1e-9
    assert sample.places.min() >= 0
    assert sample.places.max() <= 1


def test_a_row_of_sobols_takes_each_quantity_in_turn_from_its_second_point() -> None:
    sample = sobol_sample(3, 8, 3)
    assert sample.places.shape == (8 * 5, 3)
    for row in sample.places.reshape(8, 5, 3):
        first, last = row[0], row[-1]
        for j in range(3):
            np.testing.assert_array_equal(row[1 + j], np.where(np.arange(3) == j, last, first))
    assert (np.bincount(sample.chance) == 5).all()


@pytest.mark.parametrize("draw", [morris_sample, sobol_sample])
def test_a_seed_names_its_points(draw) -> None:
    np.testing.assert_array_equal(draw(4, 8, 1).places, draw(4, 8, 1).places)
    assert not np.array_equal(draw(4, 8, 1).places, draw(4, 8, 2).places)


def test_more_trajectories_leave_the_first_as_they_are() -> None:
    few, many = morris_sample(4, 8, 1).places, morris_sample(4, 12, 1).places
    np.testing.assert_array_equal(many[: len(few)], few)


def test_numbers_that_make_no_design_are_refused_with_what_to_write() -> None:
    with pytest.raises(InputError, match="Take 64 or 128"):
        sobol_sample(3, 100, 1)
    with pytest.raises(InputError, match="2 is not a whole number from 4 to"):
        morris_sample(3, 2, 1)
    with pytest.raises(InputError, match="Take 6"):
        morris_sample(3, 8, 1, levels=5)


def test_pairs_of_quantities_take_each_in_turn_from_the_first_point() -> None:
    sample = sobol_sample(2, 8, 3, second_order=True)
    for row in sample.places.reshape(8, 6, 2):
        np.testing.assert_array_equal(row[3], [row[0, 0], row[5, 1]])
        np.testing.assert_array_equal(row[4], [row[5, 0], row[0, 1]])


@pytest.mark.parametrize("draw", [morris_sample, sobol_sample])
def test_without_salib_it_is_said_what_to_install(draw, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("SALib.sample.morris", "SALib.sample.sobol"):
        monkeypatch.setitem(sys.modules, module, None)
    sample = draw(3, 8, 1)
    with pytest.raises(InputError, match=r"need SALib.*pip install -c constraints.txt -e '\.\[studies\]'"):
        _ = sample.places
    # Which points share their chance is known all the same.
    assert len(np.unique(sample.chance)) == 8
