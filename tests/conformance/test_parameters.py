"""No dead parameter: each of the register, moved to an end of its range, leaves another trace of a run.

All are moved in one stack of runs of one seed, beside one that is left alone, first without mechanisms. What
that does not show is tried again at the other end, beside a few mechanisms at a time, which have each their
parameters, and under the more seeds the fewer are left, since it turns on what is rare. That each end by
itself shows is a slow test: it takes many more runs to meet what is rare at an end where little happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from stcsim.engine.engine import Arm, Engine
from stcsim.parameters import Parameters, register
from stcsim.scenario.spec import ScenarioSpec
from tests.footprint import footprint, moved
from tests.regions import at_once, changed, eventful_region, everything, spec_of

Seed = Callable[[str], int]
Move = tuple[str, float]
ALONE = {"firms.peers"}
"""Moved alone, since it is the width of a column; a stack needs one width."""
RUNS = 120
"""In a stack, about; so many seeds as go into it, and MOST at most."""
MOST = 16
ROUNDS = 4


def arm(**options: dict[str, Any]) -> Arm:
    return tuple(at_once(name, **values) for name, values in options.items())


ARMS: list[tuple[Arm, int]] = [
    # trust, clarity that falls back when meetings end, what aligned procedures and joint cases bring
    (
        arm(
            interagency_working_group={"end": 20},
            harmonised_procedures={},
            law_enforcement_cooperation={},
            leadership_engagement={},
            civil_society_monitoring={},
        ),
        39,
    ),
    # ways of teaching, with the options that are not the defaults
    (
        arm(
            online_learning={"modality": "social_media"},
            train_the_trainer={"teach_back": False},
            training_programme={"tailored": False},
            training_partnership={},
            joint_events={},
        ),
        26,
    ),
    (
        arm(
            online_learning={},
            train_the_trainer={},
            training_programme={},
            peer_exchange={},
            emerging_technology_playbook={},
        ),
        39,
    ),
    # what firms and states tell, and licences by tiers
    (
        arm(
            licence_tiers={},
            disclosure_policy={},
            post_shipment_checks={},
            cross_sector_working_group={},
            information_sharing_agreement={},
            frontline_channel={},
        ),
        39,
    ),
    # donors assess their hosts one after the other; know the need from reports alone; see what is there
    (arm(pre_training_assessment={}), 39),
    (arm(after_action_reporting={}), 39),
    (arm(law_enforcement_cooperation={}), 39),
    (arm(disclosure_policy={}), 39),
    ((), 39),
    (everything(), 13),
]
"""Arms in which parameters show that do not without mechanisms, and weeks counted."""


def ends(q: Any) -> tuple[float, float]:
    """Both ends of the sweep, or of the range where nothing is swept."""
    if q.sweep is not None:
        return q.sweep
    low = 0.0 if q.low is None else q.low
    assert q.high is not None, q.path
    return max(low, 1e-3 * q.default), q.high


def moves(parameters: Parameters) -> Iterator[Move]:
    """Yield every parameter with either end that differs from its value."""
    for q in register():
        group, name = q.path.split(".")
        for end in ends(q) if q.path not in ALONE else ():
            if end != getattr(getattr(parameters, group), name):
                yield q.path, end


FIRST: list[tuple[Arm, int]] = [((), 13), ((), 39), (everything(), 13)]
"""Before them: many parameters are of one mechanism each, and what a mechanism costs shows at once."""


def region(weeks: int) -> ScenarioSpec:
    """Return the eventful region; unclear roles lose much, and lists follow within the horizon."""
    raw = eventful_region(counted=weeks)
    raw["parameters"]["cases"] |= {"lost_referral": 0.7, "worked_twice": 0.6}
    raw["parameters"]["lists"] = {"regime_lag_weeks": 60.0}
    return spec_of(raw)


def unmoved(spec: ScenarioSpec, seeds: Sequence[int], arm: Arm, tried: list[Move]) -> list[Move]:
    """Return the moves that leave the traces of all runs as they are."""
    worlds = [spec.parameters, *(changed(spec.parameters, **{path: value}) for path, value in tried)]
    n, runs = len(seeds), len(worlds) * len(seeds)
    engine = Engine.begin(spec, [*seeds] * len(worlds), [w for w in worlds for _ in seeds]).warm()
    state = engine.branch(range(runs), [arm] * runs).finish().state
    before = [footprint(state.take([j])) for j in range(n)]

    def still(i: int) -> bool:
        return not any(moved(before[j], footprint(state.take([i * n + j]))) for j in range(n))

    return [m for i, m in enumerate(tried, 1) if still(i)]


def attempts(seed_of: Seed) -> Iterator[tuple[list[int], Arm, int]]:
    """Yield seeds, arm and weeks of what is tried one after the other."""
    for attempt, (tried, weeks) in enumerate([*FIRST, *ARMS * ROUNDS]):
        yield [seed_of(f"parameters/{attempt}/{i}") for i in range(MOST)], tried, weeks


def test_no_dead_parameter(seed_of: Seed) -> None:
    left: dict[str, list[Move]] = {}
    for move in moves(region(13).parameters):
        left.setdefault(move[0], []).insert(0, move)
    assert len(left) > 150
    for attempt, (seeds, arm, weeks) in enumerate(attempts(seed_of)):
        if left:
            tried = [ends[attempt % len(ends)] for ends in left.values()]
            number = max(1, RUNS // len(left))
            still = unmoved(region(weeks), seeds[:number], arm, tried)
            left = {path: left[path] for path, _ in still}
    assert left == {}, "moved to these values, nothing in the ledger differs"


@pytest.mark.slow
def test_no_end_of_a_parameter_is_dead(seed_of: Seed) -> None:
    left = list(moves(region(13).parameters))
    assert len(left) > 300
    for seeds, arm, weeks in attempts(seed_of):
        if left:
            left = unmoved(region(weeks), seeds[: max(1, RUNS // len(left))], arm, left)
    assert left == [], "moved to this value, nothing in the ledger differs"


def test_no_dead_number_of_peers(seed_of: Seed) -> None:
    spec = spec_of(eventful_region(counted=13))
    engine = Engine.begin(spec, [seed_of("peers")]).warm()
    before = footprint(engine.finish().state)
    for peers in (0, 3, 40):
        world = changed(spec.parameters, **{"firms.peers": peers})
        after = Engine.begin(spec, [seed_of("peers")], [world]).warm().finish()
        assert moved(before, footprint(after.state)), peers


def test_nothing_differs_where_nothing_is_moved(seed_of: Seed) -> None:
    spec = spec_of(eventful_region(counted=13))
    still = [("firms.margin", spec.parameters.firms.margin), ("trust.gain", spec.parameters.trust.gain)]
    assert unmoved(spec, [seed_of("nothing")], everything(), still) == still
