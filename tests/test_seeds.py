"""Seeds of evidence come from names, so rows can be added, removed and reordered without moving others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import row_seed


def test_a_seed_is_a_function_of_the_name_that_never_moves() -> None:
    assert row_seed("frontline_channel/diversions") == 1002024217
    assert row_seed("frontline_channel/diversions", offset=1) == 1736217493


def test_seeds_fit_31_bits_and_names_do_not_collide_with_shifted_ones() -> None:
    seeds = [row_seed(f"row {i}", offset) for i in range(200) for offset in range(20)]
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert len(set(seeds)) == len(seeds)


def test_the_fixture_follows_the_command_line(
    seed_of: Callable[[str], int], pytestconfig: pytest.Config
) -> None:
    assert seed_of("a row") == row_seed("a row", pytestconfig.getoption("--seed-offset"))
