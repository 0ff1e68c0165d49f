"""Attempts and quarters in words."""

from __future__ import annotations

from stcsim.actors.vocabulary import CATEGORIES, FAMILIES, family_words
from stcsim.actors.vocabulary import FATES as ALL_FATES
from stcsim.charts.attempts import FATES, THROUGH, WAYS
from stcsim.charts.quarters import quarter_name
from stcsim.study.observing_knowledge import ON


def test_words_cover_everything_that_may_happen() -> None:
    assert set(FATES) == set(ALL_FATES)
    assert set(ON) == set(CATEGORIES)
    assert family_words("cat_6_sensors") == "sensors (category 6)"
    assert family_words("small_arms") == "small arms"
    assert not any("_" in family_words(f) for f in FAMILIES)
    assert set(THROUGH) <= set(FATES)
    assert list(WAYS)[-1] == "wait"


def test_quarters_are_named_by_years() -> None:
    days = [0, 91, 182, 273, 364, 400]
    assert quarter_name(0, days) == "start"
    assert quarter_name(4, days) == "year 1, quarter 4"
    assert quarter_name(5, days, short=True) == "2/1"
