"""No valid scenario crashes, and the laws of `laws` hold in each at every step, alone and stacked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stcsim.engine.engine import Engine
from stcsim.state.state import Switches
from tests.columns import differing
from tests.properties.laws import broken_laws
from tests.properties.scenarios import arms, raw_scenarios
from tests.regions import everything, spec_of

SLOW_TO_MAKE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def run_through(raw: dict[str, Any], arm: tuple[Any, ...], seeds: tuple[int, ...]) -> None:
    spec = spec_of(raw)
    engine = Engine.begin(spec, seeds)
    assert broken_laws(engine.state, engine.spec) == []
    engine.warm()
    blocks = list(range(len(seeds)))
    engine = engine.branch(blocks, [(), *[arm] * (len(seeds) - 1)] if len(seeds) > 1 else [arm])
    while engine.counted_week < spec.time.counted_weeks:
        engine.step()
        assert broken_laws(engine.state, engine.spec) == []


@settings(max_examples=60, suppress_health_check=SLOW_TO_MAKE)
@given(raw_scenarios(), arms(), st.integers(0, 2**31 - 1))
def test_no_valid_scenario_crashes(raw: dict[str, Any], arm: tuple[Any, ...], seed: int) -> None:
    run_through(raw, arm, (seed,))


@settings(max_examples=25, suppress_health_check=SLOW_TO_MAKE)
@given(raw_scenarios(), arms(), st.integers(0, 2**31 - 1))
def test_nor_do_three_runs_stacked_and_each_is_what_it_is_alone(
    raw: dict[str, Any], arm: tuple[Any, ...], seed: int
) -> None:
    spec = spec_of(raw)
    together = (
        Engine.begin(spec, [seed, seed + 1, seed + 2]).warm().branch([0, 1, 2], [(), arm, arm]).finish()
    )
    alone = Engine.begin(spec, [seed + 1]).warm().branch([0], [arm]).finish()
    assert broken_laws(together.state, spec) == []
    assert differing(together.state.take([1]), alone.state) == []


@pytest.mark.slow
@settings(max_examples=1000, suppress_health_check=SLOW_TO_MAKE)
@given(raw_scenarios(), arms(), st.integers(0, 2**31 - 1))
def test_nor_a_thousand_more(raw: dict[str, Any], arm: tuple[Any, ...], seed: int) -> None:
    run_through(raw, arm, (seed, seed + 1))


NOTHING: dict[str, Any] = {"name": "nothing", "time": {"warm_up_weeks": 4, "counted_weeks": 8}}
AGENCIES = [
    {"role": r, "staff": 5.0} for r in ("licensing_authority", "customs_headquarters", "intelligence")
]
NETWORK = {"id": "n", "home": "A", "attempts": 200.0}
DEGENERATE: dict[str, dict[str, Any]] = {
    "a country and nobody": {"countries": [{"id": "A"}]},
    "a network and nobody else": {"countries": [{"id": "A"}], "networks": [NETWORK]},
    "many fronts and nobody to learn of them": {
        "countries": [{"id": "A"}],
        "networks": [{**NETWORK, "attempts": 0.0, "fronts": 40}],
    },
    "no supply anywhere": {"countries": [{"id": "A", "supply": 0.0}], "networks": [NETWORK]},
    "firms and no state": {
        "countries": [{"id": "A", "firms": [{"firm_class": "sme", "count": 20, "exports_per_year": 50.0}]}]
    },
    "a post and no authority": {
        "countries": [{"id": "A", "checkpoints": [{"kind": "sea"}], "stretches": [{"kind": "green"}]}],
        "networks": [NETWORK],
    },
    "posts without trade or staff": {
        "countries": [
            {
                "id": "A",
                "agencies": AGENCIES,
                "checkpoints": [{"kind": "sea", "traffic": 0.0}, {"kind": "air", "inspectors": 0.0}],
                "firms": [{"firm_class": "large", "count": 5}],
            }
        ],
        "networks": [NETWORK],
    },
    "agencies without staff": {
        "countries": [{"id": "A", "agencies": [{**a, "staff": 0.0} for a in AGENCIES]}],
        "donors": [{"id": "d"}],
        "networks": [NETWORK],
    },
    "donors and nobody to help": {"countries": [{"id": "A"}], "donors": [{"id": "d"}, {"id": "e"}]},
    "no will, no money": {
        "countries": [
            {
                "id": "A",
                "will": 0.0,
                "upkeep": 0.0,
                "funding": 0.0,
                "competence": 0.05,
                "agencies": [{**a, "authority": 0.0} for a in AGENCIES],
                "checkpoints": [{"kind": "land", "equipment": 0.0}],
            }
        ],
        "networks": [NETWORK],
    },
    "no law": {
        "countries": [
            {
                "id": "A",
                "law": dict.fromkeys(("export", "reexport", "transit", "intangible", "detention"), False),
                "agencies": AGENCIES,
                "checkpoints": [{"kind": "land"}],
                "firms": [{"firm_class": "sme", "count": 20, "exports_per_year": 50.0}],
            }
        ],
        "networks": [NETWORK],
    },
}


@pytest.mark.parametrize("runs", [1, 3])
@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_regions_run(name: str, runs: int) -> None:
    run_through({**NOTHING, **DEGENERATE[name]}, everything(), tuple(range(runs)))


@pytest.mark.parametrize("field", ["brute_force", "feedback"])
def test_switches_of_verification_run(field: str) -> None:
    """Scoring every consignment, and networks that do not adapt."""
    posts = [{"kind": "river", "traffic": 2000.0, "inspectors": 2.0}]
    raw = {
        **NOTHING,
        "countries": [{"id": "A", "agencies": AGENCIES, "checkpoints": posts}],
        "networks": [NETWORK],
    }
    switches = Switches(**{field: not getattr(Switches(), field)})
    engine = Engine.begin(spec_of(raw), [1, 2], switches=switches).warm()
    engine = engine.branch([0, 1], [(), everything()]).finish()
    assert broken_laws(engine.state, engine.spec) == []
