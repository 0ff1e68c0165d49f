"""No dead parameter: each of the register, moved to either end of its range, leaves another trace of a run.

All are moved in one stack of runs of one seed, beside one that is left alone. What no single run shows,
since it turns on rare events, is tried again under other seeds and in other arms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from stcsim.engine.engine import Arm, Engine
from stcsim.parameters import Parameters, register
from stcsim.scenario.spec import ScenarioSpec
from tests.footprint import footprint, moved
from tests.regions import at_once, changed, eventful_region, everything, spec_of

Seed = Callable[[str], int]
Move = tuple[str, float]
ALONE = {"firms.peers"}
"""Moved alone, since it is the width of a column; a stack needs one width."""
TRIES = 28
OTHERWISE: dict[str, dict[str, Any]] = {
    "online_learning": {"modality": "social_media"},
    "train_the_trainer": {"teach_back": False},
    "training_programme": {"tailored": False},
}
"""Options of mechanisms that are chosen in one arm in place of those in the other."""


def otherwise() -> Arm:
    """Return an arm of all mechanisms but donors' coordination, with other options."""
    kept = (m for m in everything() if m.name != "donor_coordination")
    return tuple(at_once(m.name, **OTHERWISE[m.name]) if m.name in OTHERWISE else m for m in kept)


def apart() -> Arm:
    """Return an arm in which donors assess their hosts one after the other."""
    return (at_once("pre_training_assessment"),)


def reporting() -> Arm:
    """Return an arm in which donors know the need from reports alone."""
    return (at_once("after_action_reporting"),)


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


def unmoved(spec: ScenarioSpec, seed: int, arm: Arm, tried: list[Move]) -> list[Move]:
    """Return the moves that leave the trace of a run as it is."""
    worlds = [spec.parameters, *(changed(spec.parameters, **{path: value}) for path, value in tried)]
    engine = Engine.begin(spec, [seed] * len(worlds), worlds).warm()
    state = engine.branch(range(len(worlds)), [arm] * len(worlds)).finish().state
    before = footprint(state.take([0]))
    return [m for i, m in enumerate(tried, 1) if not moved(before, footprint(state.take([i])))]


def test_no_dead_parameter(seed_of: Seed) -> None:
    soon, late = (spec_of(eventful_region(counted=weeks)) for weeks in (13, 39))
    # what agreements and forums make up for shows without them
    police = (at_once("law_enforcement_cooperation"),)
    disclosing = (at_once("disclosure_policy"),)
    arms = [everything(), otherwise(), (), police, apart(), reporting(), disclosing]
    left = list(moves(soon.parameters))
    assert len(left) > 300
    for attempt in range(TRIES):
        if left:
            spec = late if attempt else soon
            left = unmoved(spec, seed_of(f"parameters/{attempt}"), arms[attempt % len(arms)], left)
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
    assert unmoved(spec, seed_of("nothing"), everything(), still) == still
