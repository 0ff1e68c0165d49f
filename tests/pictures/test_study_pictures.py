"""Pictures of studies: titles that say what was found, texts apart and within, the same bytes each time."""

from __future__ import annotations

import itertools
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from stcsim.pictures.discovery import discovery_picture
from stcsim.pictures.over_values import over_values_picture
from stcsim.pictures.pareto import pareto_picture
from stcsim.pictures.picture import Picture
from stcsim.pictures.ranking import ranking_picture, share_words
from stcsim.pictures.robustness import NO_DIFFERENCE, TOO_CLOSE, counted_sets, robustness_picture
from stcsim.pictures.sensitivity import screening_picture, sobol_picture
from tests.pictures import found
from tests.pictures.test_pictures import texts

TRANSFERS = "illicit transfers completed"


def _plain(path: str) -> str:
    return path.rpartition(".")[2].replace("_", " ")


def drawn() -> dict[str, Picture]:
    ranges = {found.AWARENESS: (0.0, 1.0)}
    boxes = discovery_picture(found.boxes(), "the order turns", ranges, _plain)
    assert boxes is not None
    cost = "cost beyond the baseline"
    return {
        "ranking": ranking_picture(found.ranking(), TRANSFERS, found.LABELS, found.sets()),
        "crowd": ranking_picture(found.crowded_ranking(), TRANSFERS, found.LABELS),
        "pareto": pareto_picture(found.edge(), TRANSFERS, "transfers", cost, found.LABELS),
        "robustness": robustness_picture(found.held(), found.sets(), TRANSFERS, found.LABELS),
        "screening": screening_picture(found.screened(), TRANSFERS, "transfers", _plain),
        "sobol": sobol_picture(found.indices(), TRANSFERS, _plain),
        "discovery": boxes,
        "values": over_values_picture(found.by_donors(), TRANSFERS, "transfers", "donors", found.LABELS),
    }


@pytest.fixture(scope="module")
def pictures() -> dict[str, Picture]:
    return drawn()


def test_titles_say_what_was_found(pictures: dict[str, Picture]) -> None:
    titles = {name: picture.title for name, picture in pictures.items()}
    assert titles["ranking"].startswith("Illicit transfers completed: ")
    assert "is best on average over the sampled sets, by these runs with a chance of" in titles["crowd"]
    assert "not beaten in both" in titles["pareto"]
    for name in ("ranking", "robustness"):
        assert f"of {found.WORLDS} sampled sets" in titles[name]
        assert pictures[name].title.startswith("Illicit transfers completed: ")
    assert "of 10 assumptions matter" in titles["screening"]
    assert "quantity 0" in titles["screening"]
    assert "quantity 0" in titles["sobol"]
    assert titles["discovery"].startswith("The order turns in ")
    assert titles["values"] == (
        "Illicit transfers completed: the best arm turns with donors: channel at 2 to 4, group at 6 to 8"
    )


def test_no_two_texts_overlap_and_none_is_cut(pictures: dict[str, Picture]) -> None:
    for name, picture in pictures.items():
        for panel in picture.panels:
            boxes = list(texts(panel.figure))
            for text, (left, bottom, right, top) in boxes:
                inside = left >= -1 and bottom >= -1 and right <= panel.width + 1 and top <= panel.height + 1
                assert inside, (name, text)
            for (one, a), (two, b) in itertools.combinations(boxes, 2):
                apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 2 or b[3] <= a[1] + 2
                assert apart, (name, one, two)


def test_the_same_bytes_each_time_and_nothing_from_outside(pictures: dict[str, Picture]) -> None:
    again = ranking_picture(found.ranking(), TRANSFERS, found.LABELS, found.sets())
    assert pictures["ranking"].svg() == again.svg()
    for picture in pictures.values():
        svg = picture.svgs()[0]
        ElementTree.fromstring(svg)
        assert 'href="http' not in svg


def test_what_does_not_matter_is_said_as_such(pictures: dict[str, Picture]) -> None:
    assert "may be zero" in pictures["screening"].svg()
    assert "no proof of no effect" in pictures["sobol"].subtitle


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, ""), (0.004, "<1%"), (0.37, "37%"), (0.995, ">99%"), (1.0, ">99%")]
)
def test_a_chance_is_never_told_as_certain(share: float, words: str) -> None:
    assert share_words(share) == words


def test_bars_add_up_to_all_sets_and_hold_the_arm_that_is_looked_at() -> None:
    sets = replace(
        found.sets(), sets=dict.fromkeys(found.held().arms, 0) | {found.ARMS[0]: 41}, same=16, close=3
    )
    told = counted_sets(found.held(), sets)
    assert sum(told.values()) == 60
    assert list(told) == [found.ARMS[0], found.held().best, NO_DIFFERENCE, TOO_CLOSE]
