"""Arms share the potential world, and part no earlier than a mechanism is in force."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import ORIGINS
from stcsim.engine.engine import Engine
from stcsim.mechanisms import MECHANISMS
from stcsim.state.state import State, Switches
from tests.columns import differing, same, table_of
from tests.regions import at_once, changed, everything, small_region, warmed

SPEC = small_region(13, 39)
# so that each mechanism has somebody to work with: partners are known to those who should know them
KNOWN = SPEC.model_copy(
    update={"parameters": changed(SPEC.parameters, **{"trust.recognition_partners": 1.0})}
)
SEEDS = (21,)
OF_THE_ATTEMPT = ("key", "origin", "network", "supplier", "family", "new_goods", "born", "opportunities")
"""Columns that the potential world decides."""
AT_CREATION = (*OF_THE_ATTEMPT, "firm", "front", "generation", "country", "post", "way", "option")
"""Columns that are set when an attempt is made and never change."""


def attempts(state: State, run: int, columns: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Potential attempts of adversaries of one run, in order of time."""
    one = state.take([run])
    table = {name.split(".")[1]: values for name, values in table_of(one.cases, one, "cases")}
    ours = np.flatnonzero(table["origin"] == ORIGINS.index("adversary"))
    ours = ours[np.argsort(table["key"][ours])]
    return {c: table[c][ours] for c in columns}


def shared(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> list[str]:
    return [c for c in first if not same(first[c], second[c])]


def test_nothing_differs_before_the_first_step_in_which_a_mechanism_is_in_force() -> None:
    """To the last bit; and from its decision on each arm differs, by what it costs at least."""
    start, lead = 9, 4
    arms = [(), *((at_once(name, start=start, lead_time=lead),) for name in MECHANISMS)]
    engine = warmed(KNOWN, SEEDS).branch([0] * len(arms), arms)

    def parted() -> dict[str, list[str]]:
        baseline = engine.state.take([0])
        return {n: differing(baseline, engine.state.take([i])) for i, n in enumerate(MECHANISMS, 1)}

    for _ in range(start):
        engine.step()
    assert [n for n, d in parted().items() if d] == []
    engine.step()
    assert [n for n, d in parted().items() if not d] == []


def test_potential_attempts_are_the_same_in_all_arms() -> None:
    arms = [(), *[(at_once(name),) for name in MECHANISMS], everything()]
    engine = warmed(SPEC, SEEDS).branch([0] * len(arms), arms).finish()
    baseline = attempts(engine.state, 0, OF_THE_ATTEMPT)
    assert len(baseline["key"]) > 100
    for run in range(1, len(arms)):
        assert shared(baseline, attempts(engine.state, run, OF_THE_ATTEMPT)) == [], engine.arms[run]
    # with feedback on, what is made of them differs
    ways = [attempts(engine.state, run, ("way", "front")) for run in (0, len(arms) - 1)]
    assert shared(*ways)


def test_potential_exports_are_the_same_in_all_arms() -> None:
    engine = warmed(SPEC, SEEDS).branch([0, 0], [(), everything()]).finish()
    state = engine.state
    assert same(state.take([0]).firms.next_export, state.take([1]).firms.next_export)
    assert same(state.take([0]).firms.exports, state.take([1]).firms.exports)
    assert differing(state.take([0]), state.take([1]))


def test_without_feedback_the_tables_of_attempts_are_identical() -> None:
    arms = [(), *[(at_once(name),) for name in MECHANISMS], everything()]
    engine = Engine.begin(SPEC, SEEDS, switches=Switches(feedback=False)).warm()
    engine = engine.branch([0] * len(arms), arms).finish()
    baseline = attempts(engine.state, 0, AT_CREATION)
    for run in range(1, len(arms)):
        assert shared(baseline, attempts(engine.state, run, AT_CREATION)) == [], engine.arms[run]
    fates = [attempts(engine.state, run, ("fate",)) for run in (0, len(arms) - 1)]
    assert shared(*fates) == ["fate"], "what becomes of them differs"


def test_an_arm_ends_and_its_structure_with_it() -> None:
    """After a mechanism has ended, no arrangement of it is left; what it has changed fades."""
    arms = [(), (at_once("frontline_channel", end=13),)]
    engine = warmed(SPEC, SEEDS).branch([0, 0], arms)
    for _ in range(10):
        engine.step()
    edges = np.bincount(engine.state.compiled.edge_from // engine.state.holders.n, minlength=2)
    assert edges[1] > edges[0]
    for _ in range(5):
        engine.step()
    edges = np.bincount(engine.state.compiled.edge_from // engine.state.holders.n, minlength=2)
    assert edges[1] == edges[0]
    duties = engine.state.compiled.duty_hours.reshape(2, -1)
    assert same(duties[0], duties[1])


def test_runs_that_are_handed_over_go_on_as_a_branch_does() -> None:
    """Whoever needs no second arm goes on with the warmed-up runs themselves, to the last bit."""
    arms = [(), everything()]
    branched = Engine.begin(SPEC, [21, 22]).warm().branch([0, 1], arms).finish()
    handed = Engine.begin(SPEC, [21, 22]).warm().handed_over(arms).finish()
    for run in (0, 1):
        assert differing(branched.state.take([run]), handed.state.take([run])) == []
