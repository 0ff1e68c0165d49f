"""How long an answer takes, in words."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

from stcsim.dashboard.asking.lasting import about


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (3.0, "about 5 seconds"),
        (11.0, "about 15 seconds"),
        (44.0, "about 50 seconds"),
        (100.0, "about 2 minutes"),
        (7200.0, "about 2.0 hours"),
    ],
)
def test_an_estimate_is_no_more_precise_than_it_is(time: float, words: str):
    assert about(time) == words
