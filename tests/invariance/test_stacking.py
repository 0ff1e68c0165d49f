"""A run does not depend on what it is stacked with, on the process, or on the order of the file."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stcsim.engine.engine import Engine
from stcsim.parameters import Parameters, register
from tests.columns import differing, digest
from tests.regions import Raw, at_once, changed, everything, raw_region, small_region, spec_of, warmed

SPEC = small_region(13, 39)
SEEDS = (11, 12, 13)


def sampled(number: int) -> Parameters:
    """A world whose assumptions all differ from the register's: keyed points of every sweep range."""
    rng = random.Random(number)
    values = {q.path: rng.uniform(*q.sweep) for q in register() if q.sweep is not None}
    return changed(Parameters(), **values)


@pytest.fixture(scope="module")
def stacked() -> Engine:
    arms = [(), everything(), (at_once("frontline_channel", start=5),)]
    return warmed(SPEC, SEEDS).branch([0, 1, 2] * 3, [a for a in arms for _ in SEEDS]).finish()


@pytest.mark.parametrize("run", [1, 3, 8])
def test_alone_as_in_a_stack(stacked: Engine, run: int) -> None:
    alone = Engine.begin(SPEC, [SEEDS[run % 3]]).warm().branch([0], [stacked.arms[run]]).finish()
    assert differing(stacked.state.take([run]), alone.state) == []


def test_technologies_are_the_same_alone_and_in_a_stack() -> None:
    raw = raw_region(13, 39)
    raw["shocks"] = {"new_technology": [{"at_week": 1, "share": 0.5}, {"at_week": 9, "country": "A"}]}
    spec = spec_of(raw)
    quick = tuple(
        changed(spec.parameters, **{"lists.regime_lag_weeks": weeks, "lists.national_lag_weeks": 5.0})
        for weeks in (12.0, 30.0)
    )
    arm = (at_once("harmonised_lists", countries=("B",)), at_once("emerging_technology_playbook"))
    whole = Engine.begin(spec, SEEDS[:2], quick).warm().branch([0, 1, 0], [(), arm, arm]).finish()
    assert (whole.state.technologies.adopted < whole.day).any()
    for run, block in ((1, 1), (2, 0)):
        alone = Engine.begin(spec, [SEEDS[block]], [quick[block]]).warm().branch([0], [arm]).finish()
        assert differing(whole.state.take([run]), alone.state) == []


def test_a_run_taken_out_half_way_goes_on_as_before() -> None:
    arms = [(), everything(start=3), (at_once("industry_outreach", start=9),)]
    whole = warmed(SPEC, SEEDS).branch([0, 1, 2], arms)
    # in the middle of a quarter: what is kept for speed stays behind
    for _ in range(17):
        whole.step()
    taken = Engine(SPEC, whole.state.take([1]), [arms[1]], whole.day)
    assert differing(whole.state.take([1]), taken.state) == []
    for _ in range(20):
        whole.step()
        taken.step()
    # what is paid once was charged before the run was taken out; the engine that goes on does not know
    differ = differing(whole.state.take([1]), taken.state)
    assert [
        d for d in differ if d not in ("ledger.cost_once", "ledger.cost_national", "ledger.cost_donor")
    ] == []


def test_worlds_side_by_side_as_alone() -> None:
    worlds = [None, sampled(1), sampled(2)]
    together = Engine.begin(SPEC, [5, 5, 6], worlds).warm().branch([0, 1, 2], [everything()] * 3).finish()
    for run, (seed, world) in enumerate(zip([5, 5, 6], worlds, strict=True)):
        alone = Engine.begin(SPEC, [seed], [world]).warm().branch([0], [everything()]).finish()
        assert differing(together.state.take([run]), alone.state) == [], f"world {run}"


def shuffled(value: Any, rng: random.Random) -> Any:
    """The same file with every list of actors, arms, ties and priorities in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {k: shuffled(value[k], rng) for k in keys}
    if isinstance(value, list):
        entries = [shuffled(v, rng) for v in value]
        rng.shuffle(entries)
        return entries
    return value


def small_raw() -> Raw:
    return raw_region(warm_up=13, counted=26)


def test_any_order_in_the_file() -> None:
    digests = set()
    for order in range(3):
        raw = small_raw() if order == 0 else shuffled(small_raw(), random.Random(order))
        run = Engine.begin(spec_of(raw), [7]).warm().branch([0], [everything()]).finish()
        digests.add(digest(run.state))
    assert len(digests) == 1


def test_any_order_of_mechanisms() -> None:
    arm = everything()
    engine = Engine.begin(spec_of(small_raw()), [7]).warm()
    both = engine.branch([0, 0], [arm, arm[::-1]]).finish()
    assert differing(both.state.take([0]), both.state.take([1])) == []


_PRINT = """
from stcsim.engine.engine import Engine
from tests.columns import digest
from tests.regions import everything, raw_region, spec_of
engine = Engine.begin(spec_of(raw_region(warm_up=13, counted=26)), [7]).warm()
print(digest(engine.branch([0], [everything()]).finish().state))
"""


def test_any_hash_seed() -> None:
    root = Path(__file__).parents[2]

    def printed(hash_seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)}
        command = [sys.executable, "-c", _PRINT]
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    here = Engine.begin(spec_of(small_raw()), [7]).warm().branch([0], [everything()]).finish()
    # this process has a hash seed of its own, unless it was given one
    other = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    assert printed(other) == digest(here.state)
