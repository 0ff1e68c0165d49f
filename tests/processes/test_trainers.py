"""Own trainers: generation after generation, what they teach, what it costs, what stays."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.parameters import Parameters, TrainerParameters
from stcsim.processes.capacity import step_capacity
from stcsim.processes.trainers import institutionalised, step_trainers, trainers_after
from stcsim.state import State, When
from tests.processes.capacity_region import DRAWS, region

K = COMPETENCES.index("commodity_identification")
P = TrainerParameters()


def begun(teach_back: bool = False, trained: float = 12.0, **values: float) -> tuple[State, int]:
    """A region in which customs of A has trainers trained, and the row of these customs."""
    p = Parameters(trainers=TrainerParameters(**values))
    state = region(donors=0, parameters=[p])
    host = state.holders.ids.index("A/customs_headquarters")
    state.compiled.trainers_trained[host, K] = trained
    state.compiled.teach_back[host, K] = teach_back
    return state, host


def years(state: State, number: float, start: int = 0) -> None:
    for week in range(start, start + int(number * 52)):
        step_trainers(state, DRAWS, When(week * 7, 7, 0))


def test_without_growth_they_add_up() -> None:
    zero = np.zeros(1)
    assert trainers_after(zero, np.array([4.0]), zero, 0.5) == pytest.approx(2.0)
    assert trainers_after(np.array([3.0]), zero, np.array([-0.5]), 2.0) == pytest.approx(3 * np.exp(-1.0))


@pytest.mark.parametrize(("offspring", "grows"), [(1.2, False), (1.6, True)])
def test_generations_grow_if_and_only_if_each_more_than_replaces_itself(
    offspring: float, grows: bool
) -> None:
    """With nobody leaving and room for all: by the factor exp((r alpha a - 1) t / G)."""
    values = {"offspring": offspring, "dilution": 0.8, "activation_teach_back": 0.9, "generation": 2.0}
    state, host = begun(True, 0.0, most=1.0, **values)
    state.holders.institutionalised[:] = 1.0
    state.holders.trainers[host, K] = 1e-6
    years(state, 4)
    factor = state.holders.trainers[host, K] / 1e-6
    assert factor == pytest.approx(np.exp((offspring * 0.8 * 0.9 - 1) * 4 / 2), rel=1e-4)
    assert (factor > 1) == grows


def test_teach_back_makes_more_of_them_teach() -> None:
    left = {}
    for teach_back in (False, True):
        state, host = begun(teach_back, 4.0)
        years(state, 1)
        left[teach_back] = state.holders.trainers[host, K]
    assert left[True] > 2 * left[False] > 0


def test_they_teach_everybody_at_home_who_uses_it_and_nobody_else() -> None:
    state, host = begun(True)
    years(state, 1)
    holders = state.holders
    mine = (holders.country == holders.country[host]) & holders.uses[:, K]
    assert (holders.taught_at_home[mine, K] > 0).all()
    assert not holders.taught_at_home[~mine].any()
    assert not np.delete(holders.taught_at_home, K, axis=1).any()
    assert (institutionalised(state)[mine, K] > holders.institutionalised[mine]).all()
    lift = 1 - (1 - institutionalised(state)[mine, K]) / (1 - holders.institutionalised[mine])
    assert lift == pytest.approx(P.institutional_lift * holders.taught_at_home[mine, K])


def test_what_they_teach_outlives_the_programme() -> None:
    state, host = begun(True)
    years(state, 2)
    still = region(donors=0)
    state.compiled.trainers_trained[:] = 0.0
    state.compiled.teach_back[:] = False
    for week in range(104, 208):
        for one in (state, still):
            step_trainers(one, DRAWS, When(week * 7, 7, 0))
            step_capacity(one, DRAWS, When(week * 7, 7, 0))
    post = state.holders.ids.index("A/air_1")
    assert state.holders.trainers[host, K] > 0
    assert state.holders.competence[post, K] > still.holders.competence[post, K] + 0.005


def test_never_more_than_there_can_be() -> None:
    state, host = begun(True, 1000.0)
    years(state, 2)
    holders = state.holders
    mine = (holders.country == holders.country[host]) & holders.uses[:, K]
    using = np.minimum(holders.staff, Parameters().capacity.unit_staff)[mine].sum()
    assert holders.trainers[host, K] == pytest.approx(P.most * using)


def test_their_hours_are_the_hosts() -> None:
    state, host = begun(True)
    state.holders.trainers[host, K] = 2.0
    step_trainers(state, DRAWS, When(7, 7, 0))
    assert state.holders.hours_before[host] == pytest.approx(2.0 * P.hours / 52)
    assert np.count_nonzero(state.holders.hours_before) == 1


def test_a_step_of_a_day_is_as_good_as_one_of_a_week() -> None:
    ends = []
    for days in (1, 7):
        state, host = begun(True)
        for day in range(0, 364, days):
            step_trainers(state, DRAWS, When(day, days, 0))
        ends.append((state.holders.trainers[host, K], state.holders.hours_before[host]))
    assert ends[0] == pytest.approx(ends[1], rel=1e-9)
