"""The catalogue of activities: complete, right, and refused where it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from stcsim.actors.activity import ACTIVITY, AT_BORDER, CATALOGUE, Level, Mode, validated
from stcsim.actors.agency import COMPETENCES_OF
from stcsim.actors.checkpoint import POST_KINDS, STRETCH_KINDS
from stcsim.actors.modality import FACTORS, MODALITIES, MODALITY
from stcsim.actors.partner import PARTNER_KINDS
from stcsim.actors.vocabulary import COMPETENCES, PILLAR_OF, PILLARS
from stcsim.engine.institutions import COMPETENCES_OF_OTHERS
from stcsim.parameters import Parameters

COURSE = ACTIVITY["licensing_officer_course"]


def used_by(audience: str) -> set[str]:
    """Competences that an audience uses."""
    kind = "partner" if audience in PARTNER_KINDS else audience
    return set(COMPETENCES_OF.get(audience, COMPETENCES_OF_OTHERS.get(kind, ())))


def test_it_covers_pillars_modes_levels_modalities_and_competences() -> None:
    assert len(CATALOGUE) >= 60
    assert {a.pillar for a in CATALOGUE} == set(PILLARS)
    assert {a.mode for a in CATALOGUE} == set(get_args(Mode))
    assert {a.level for a in CATALOGUE} == set(get_args(Level))
    assert {a.modality for a in CATALOGUE} == set(MODALITIES)
    for pillar in PILLARS:
        assert sum(a.pillar == pillar for a in CATALOGUE) >= 8
    for competence in COMPETENCES:
        taught = {a.component for a in CATALOGUE if competence in a.competences}
        assert {"course", "practices", "tools"} <= taught or competence == "legal_framework"


def test_no_two_are_alike() -> None:
    assert len({a.kind for a in CATALOGUE}) == len(CATALOGUE) == len(ACTIVITY)


def test_every_audience_uses_something_of_what_is_taught() -> None:
    for a in CATALOGUE:
        for audience in a.audiences:
            if audience != "firms" and a.competences:
                assert used_by(audience) & set(a.competences), (a.name, audience)


def test_the_pillar_is_that_of_a_competence() -> None:
    for a in CATALOGUE:
        if a.competences:
            assert a.pillar in {PILLAR_OF[c] for c in a.competences}, a.name


def test_every_kind_of_post_has_a_mode() -> None:
    assert set(AT_BORDER["any"]) == {*POST_KINDS, *STRETCH_KINDS}
    assert all(set(kinds) <= set(AT_BORDER["any"]) for kinds in AT_BORDER.values())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pillar": "magic"}, "'magic' is no pillar"),
        ({"competences": ("juggling",)}, "'juggling' is no competence"),
        ({"component": "hope"}, "'hope' is no component"),
        ({"audiences": ("nobody",)}, "'nobody' is no audience"),
        ({"level": "global"}, "'global' is no level"),
        ({"mode": "tube"}, "'tube' is no mode"),
        ({"modality": "telepathy"}, "'telepathy' is no modality"),
        ({"component": "none"}, "teach something"),
        ({"competences": ()}, "teach something"),
        ({"mode": "air"}, "posts and stretches only"),
        ({"hours": 0.0}, "have to be positive"),
        ({"name": "licensing_officer_course"}, "two of this name"),
        ({}, "the same as licensing_officer_course"),
    ],
)
def test_what_is_wrong_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        validated([COURSE, replace(COURSE, **{"name": "another", **change})])


def test_terms_of_modalities_are_numbers_or_parameters() -> None:
    p = Parameters().modalities
    assert set(MODALITY) == set(MODALITIES)
    for modality in MODALITY.values():
        for name in FACTORS:
            terms = getattr(modality, name)
            assert getattr(p, terms) >= 0 if isinstance(terms, str) else terms in (0.0, 1.0)
