"""Who answers a post's doubts: by channel or letter, at home or abroad, whoever is expected first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import Draws
from stcsim.engine.answers import HOPS_TO_POST, IDENTIFICATION
from stcsim.engine.build import build
from stcsim.engine.compile import apply_plans
from stcsim.engine.make_plan import make_plan
from stcsim.engine.schedule import Directory
from stcsim.processes.detention import answer_days, answered_share, clock_days
from stcsim.processes.firms import register_seen
from stcsim.scenario.roster import roster
from stcsim.state.state import State
from stcsim.structure.arrangements import Channel
from tests.regions import changed, spec_of

ROLES = {"customs_headquarters": 1e4, "licensing_authority": 1e4, "technical_authority": 1e4}
LETTER = 30.0


def country(name: str, competence: float) -> dict[str, Any]:
    return {
        "id": name,
        "competence": competence,
        "agencies": [{"role": r, "staff": s} for r, s in ROLES.items()],
        "checkpoints": [{"kind": "land", "traffic": 1000.0}],
    }


def channel(source: str, target: str, days: float, answers: bool = False) -> Channel:
    return Channel(source, target, days, frozenset(CATEGORIES), frozenset(HANDLINGS), answers=answers)


def state_with(channels: Sequence[Channel], lost: float = 0.0) -> State:
    """Two countries at full trust; the technical body of A has lost a share of its staff."""
    spec = spec_of({"name": "answers", "countries": [country("A", 0.4), country("B", 0.8)]})
    p = changed(
        spec.parameters,
        **{"trust.domestic": 1.0, "trust.cross_border": 1.0, "information.tie_probability": 0.0},
    )
    state = build(spec, 1, p)
    state.holders.competence_quarter[:] = state.holders.competence
    state.holders.staff[index(state, "A/technical_authority")] *= 1 - lost
    apply_plans(state, Draws(), [make_plan(channels, Directory.of(roster(spec)).names, p)])
    return state


def index(state: State, name: str) -> int:
    return state.holders.ids.index(name)


def asked(state: State) -> str:
    """Whom the post of A asks."""
    return state.holders.ids[int(state.compiled.answerer[0])]


HOME = [channel("A/technical_authority", "A/customs_headquarters", 4.0, True)]
DOWN = channel("A/customs_headquarters", "A/land", 2.0)
ABROAD = [channel("B/technical_authority", "A/customs_headquarters", 9.0, True)]


def test_without_a_channel_posts_write_a_letter() -> None:
    state = state_with([])
    assert asked(state) == "A/technical_authority"
    assert answer_days(state)[0] == pytest.approx(LETTER)
    assert not state.compiled.linked.any()
    assert register_seen(state).tolist() == [0.0, 0.0]


def test_days_over_a_chain_add_up_and_the_skill_is_the_experts() -> None:
    state = state_with([*HOME, DOWN])
    assert answer_days(state)[0] == pytest.approx(6.0)
    who = index(state, "A/technical_authority")
    assert state.compiled.reach_back[0] == state.holders.competence[who, IDENTIFICATION]
    assert register_seen(state).tolist() == [1.0, 0.0]
    clock = clock_days(state)[0]
    assert answered_share(state)[0] == pytest.approx(1 - np.exp(-clock / 6.0))


def test_who_answers_abroad_is_asked_only_where_that_is_quicker() -> None:
    """Eleven days against six at home; against sixty when the body at home has lost nine tenths of it."""
    assert asked(state_with([*HOME, DOWN, *ABROAD])) == "A/technical_authority"
    state = state_with([*HOME, DOWN, *ABROAD], lost=0.9)
    assert asked(state) == "B/technical_authority"
    assert answer_days(state)[0] == pytest.approx(11.0)
    who = index(state, "B/technical_authority")
    assert state.compiled.reach_back[0] == state.holders.competence[who, IDENTIFICATION]
    alone = state_with([*HOME, DOWN], lost=0.9)
    assert asked(alone) == "A/technical_authority"
    assert answer_days(alone)[0] == pytest.approx(60.0)
    assert answered_share(alone)[0] < answered_share(state)[0]


def test_an_expert_abroad_beats_a_letter_and_sees_no_licences() -> None:
    state = state_with([channel("B/technical_authority", "A/land", 9.0, True)])
    assert asked(state) == "B/technical_authority"
    assert answer_days(state)[0] == pytest.approx(9.0)
    assert not state.compiled.linked.any(), "foreign experts know goods, not licences"
    slow = state_with([channel("B/technical_authority", "A/land", LETTER + 5.0, True)])
    assert asked(slow) == "A/technical_authority"


def test_an_answer_travels_over_a_few_channels_at_most() -> None:
    chain = ["B/customs_headquarters", "B/licensing_authority", "A/customs_headquarters", "A/land"]
    hops = [channel("B/technical_authority", chain[0], 1.0, True)]
    hops += [channel(u, v, 1.0) for u, v in pairwise(chain)]
    assert len(hops) == HOPS_TO_POST + 1
    assert asked(state_with(hops)) == "A/technical_authority"
    short = [*hops[:1], channel(chain[0], chain[2], 1.0), hops[-1]]
    assert asked(state_with(short)) == "B/technical_authority"


@pytest.mark.parametrize("lost", [0.0, 0.5, 1.0])
def test_half_the_staff_answers_half_as_fast(lost: float) -> None:
    state = state_with([], lost)
    assert answer_days(state)[0] == pytest.approx(LETTER / max(1 - lost, 0.01))


def test_what_is_known_at_home_does_not_come_back_over_a_border() -> None:
    state = state_with(
        [
            channel("A/technical_authority", "B/customs_headquarters", 1.0, True),
            channel("B/customs_headquarters", "A/land", 1.0),
        ]
    )
    assert answer_days(state)[0] == pytest.approx(LETTER)
    assert not state.compiled.linked[0]


def test_a_channel_slower_than_a_letter_is_not_used() -> None:
    state = state_with([channel("A/technical_authority", "A/land", 2 * LETTER, True)])
    assert answer_days(state)[0] == pytest.approx(LETTER)
    assert state.compiled.linked[0], "it still shows the register of licences"
