"""Places of many ordinals are the uniform numbers of the same keys, however they are cut into chunks."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.draws import Draws, first_place_above, mix, places
from stcsim.draws.hashing import CHUNK

PLACES = 2.0**52


@pytest.mark.parametrize(
    "number",
    [
        (),
        (0,),
        (0, 0, 3, 0),
        (7, 1, 0, 12, 900),
        (CHUNK, 1),
        (CHUNK - 1, 2, 0, CHUNK, 5),
        (3 * CHUNK + 11, 0, 4, CHUNK),
    ],
)
def test_places_are_those_of_uniform_numbers(number: tuple[int, ...]) -> None:
    keys = mix(np.uint64(3), np.arange(len(number)))
    drawn: list[list[np.ndarray]] = [[] for _ in number]
    for pieces, found in places("ordinary", keys, np.array(number, dtype=np.int64)):
        assert len(found) <= CHUNK
        assert [a for _, a, _ in pieces] == [0, *(b for _, _, b in pieces[:-1])]
        assert pieces[-1][2] == len(found)
        for row, a, b in pieces:
            drawn[row].append((found[a:b] + 0.5) / PLACES)
    for row, n in enumerate(number):
        expected = Draws().uniform("ordinary", np.arange(n), keys[row : row + 1])
        assert np.array_equal(np.concatenate([np.zeros(0), *drawn[row]]), expected)


def test_the_first_place_above_a_mark_is_exact() -> None:
    """Next to ties and at both ends, where the next number of floating point decides."""
    place = np.concatenate([np.arange(4), 2**51 + np.arange(3), 2**52 - 1 - np.arange(3)]).astype(np.uint64)
    number = (place + 0.5) / PLACES
    ends = np.array([0.0, 1e-300, 0.5 / PLACES * (1 - 2**-53), 1 - 2.0**-53, 1.0])
    marks = np.concatenate([number, np.nextafter(number, 0), np.nextafter(number, 1), ends])
    above = first_place_above(marks)
    assert np.array_equal(place[:, None] >= above, number[:, None] > marks)
