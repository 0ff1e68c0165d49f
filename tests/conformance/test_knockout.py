"""A mechanism works by its declared route alone, does something by it, and is never free.

With its route muted an arm equals, to the last bit, the baseline that bears the same charges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pytest

from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.state.state import State
from stcsim.structure.arrangements import Arrangement, Charge
from stcsim.structure.view import View
from tests.columns import differing
from tests.footprint import footprint, moved
from tests.regions import at_once, changed, eventful_region, small_region, spec_of, warmed

Seed = Callable[[str], int]
_REGION = small_region(counted=39)
# so that each mechanism has somebody to work with: partners are known to those who should know them
SPEC = _REGION.model_copy(
    update={"parameters": changed(_REGION.parameters, **{"trust.recognition_partners": 1.0})}
)
EVENTFUL = spec_of(eventful_region())
ROUNDS = 5
SAVES = {"training_partnership"}
"""What costs those who do it, and may save others more: donors pay fewer experts from abroad."""
DATED = {"start": 3, "lead_time": 4, "end": 30}


class ChargesAlone(Mechanism):
    """Bears the charges of another mechanism and arranges nothing."""

    other: Mechanism

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """The charges, and only they."""
        return [a for a in self.other.arrange(view) if isinstance(a, Charge)]


def charges_alone(mechanism: Mechanism) -> Mechanism:
    dates = {"start": mechanism.start, "end": mechanism.end, "lead_time": mechanism.lead_time}
    return ChargesAlone(other=mechanism, **dates)


@pytest.fixture(scope="module")
def seed(seed_of: Seed) -> int:
    return seed_of("knockout")


@pytest.fixture(scope="module")
def late(seed: int) -> State:
    """The baseline, and each mechanism before its lead time is over beside its charges."""
    each_late = [at_once(name, lead_time=1000) for name in MECHANISMS]
    arms = [(), *((m,) for m in each_late), *((charges_alone(m),) for m in each_late)]
    return warmed(SPEC, (seed,)).branch([0] * len(arms), arms).finish().state


def test_with_its_route_muted_it_is_the_baseline_that_bears_its_charges(seed: int) -> None:
    """All in one stack: each muted, and the baseline that bears its charges."""
    each_dated = [at_once(name, **DATED) for name in MECHANISMS]
    arms = [*((m,) for m in each_dated), *((charges_alone(m),) for m in each_dated)]
    mute = [frozenset(m.route) for m in each_dated] + [frozenset()] * len(each_dated)
    state = warmed(SPEC, (seed,)).branch([0] * len(arms), arms, mute).finish().state
    n = len(each_dated)
    wrong = {name: differing(state.take([i]), state.take([n + i])) for i, name in enumerate(MECHANISMS)}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_kind_of_its_route_changes_something(seed_of: Seed) -> None:
    """Each alone muted, and so the route as a whole; what is rare is looked for under more and more seeds."""
    left = [(name, kind) for name, mechanism in MECHANISMS.items() for kind in mechanism.route]
    for attempt in range(ROUNDS):
        if left:
            seeds = tuple(seed_of(f"route/{attempt}/{i}") for i in range(1 + 6 * attempt))
            left = [pair for pair, found in zip(left, _moves(left, seeds), strict=True) if not found]
    assert left == []


def _moves(pairs: Sequence[tuple[str, str]], seeds: tuple[int, ...]) -> list[bool]:
    """Whether each mechanism does anything else when one kind of its route is muted, in one stack."""
    n = len(seeds)
    whole = list(dict.fromkeys(name for name, _ in pairs))
    runs = [(name, frozenset[str]()) for name in whole] + [(name, frozenset({kind})) for name, kind in pairs]
    arms, mute = [(at_once(name),) for name, _ in runs for _ in seeds], [m for _, m in runs for _ in seeds]
    state = warmed(EVENTFUL, seeds).branch([*range(n)] * len(runs), arms, mute).finish().state
    traces = [footprint(state.take([i])) for i in range(len(arms))]
    return [
        any(moved(traces[whole.index(name) * n + i], traces[(len(whole) + j) * n + i]) for i in range(n))
        for j, (name, _) in enumerate(pairs)
    ]


def test_before_its_lead_time_is_over_it_costs_and_does_nothing(late: State) -> None:
    n = len(MECHANISMS)
    wrong = {m: differing(late.take([1 + i]), late.take([1 + n + i])) for i, m in enumerate(MECHANISMS)}
    assert {name: found for name, found in wrong.items() if found} == {}


def spent(state: State) -> float:
    """Thousand dollars of one run, hours at the wage included."""
    wage = state.values.runs[0].coordination.wage / 1000
    ledger = state.ledger
    return float(ledger.total("cost_national")[0] + ledger.total("cost_donor")[0] + wage * ledger.hours.sum())


def test_each_costs_more_than_the_baseline_at_work_and_before(late: State, seed: int) -> None:
    arms = [(), *((at_once(name),) for name in MECHANISMS)]
    at_work = warmed(SPEC, (seed,)).branch([0] * len(arms), arms).finish().state
    for state, saving in ((at_work, SAVES), (late, set())):
        costs = [spent(state.take([i])) for i in range(len(arms))]
        assert all(np.isfinite(costs))
        assert {n for n, c in zip(MECHANISMS, costs[1:], strict=True) if c <= costs[0] + 1} <= saving
