"""Lists that lag, technology that outruns them, and what closes the gap; paired runs of one small region."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from stcsim.engine.engine import Arm, Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from tests.evidence.pairs import F8, Seed, standard_errors_away
from tests.regions import Raw, at_once, raw_region, spec_of

PAIRS = 20
CLEARLY = 3.0


def lagging() -> Raw:
    """Three suppliers that may stop goods in transit, one slow to adopt lists; a new technology emerges."""
    raw = raw_region(26, 130)
    for country in raw["countries"]:
        country["law"] = {}
        country["will"] = 0.6
    raw["countries"][1]["list_lag"] = 3.0
    raw["countries"][0]["partners"] = [{"kind": "industry_association"}, {"kind": "university"}]
    for network in raw["networks"]:
        network["attempts"] = 150.0
    raw["parameters"] = {"trust": {"recognition_partners": 1.0}}
    # much that networks want is of the technology, so that there is much to keep from them
    raw["shocks"] = {"new_technology": {"at_week": 4, "share": 0.6}}
    return raw


@lru_cache(maxsize=4)
def found(seeds: tuple[int, ...], arms: tuple[Arm, ...]) -> list[dict[str, F8]]:
    spec = spec_of(lagging())
    engine = Engine.begin(spec, list(seeds)).warm()
    n = len(seeds)
    state = engine.branch([*range(n)] * len(arms), [a for a in arms for _ in range(n)]).finish().state
    all_ = compute(Tables.of(spec, state))
    return [{k: v[i * n : (i + 1) * n] for k, v in all_.items()} for i in range(len(arms))]


ARMS: dict[str, dict[str, int]] = {
    "emerging_technology_playbook": {
        "list_lag_days": -1,
        "diversions_unlisted": -1,
        "technology_leaks": -1,
    },
    "harmonised_lists": {"loophole_transfers": -1, "loophole_transit": -1, "list_lag_days": -1},
    "public_private_partnership": {"list_lag_days": -1},
}


@pytest.mark.parametrize("name", ARMS)
def test_lists_come_sooner_and_less_passes_between_them(name: str, seed_of: Seed) -> None:
    seeds = tuple(seed_of(f"lists/{i}") for i in range(PAIRS))
    arms = ((), *((at_once(n),) for n in ARMS))
    baseline, *treated = found(seeds, arms)
    after = treated[list(ARMS).index(name)]
    for outcome, sign in ARMS[name].items():
        t = standard_errors_away(after[outcome] - baseline[outcome])
        assert t * sign > CLEARLY, outcome


def test_neither_will_nor_law_alone_stops_unlisted_goods(seed_of: Seed) -> None:
    seeds = [seed_of(f"catch_all/{i}") for i in range(6)]
    stopped: dict[tuple[bool, bool], float] = {}
    for will in (False, True):
        for law in (False, True):
            raw = lagging()
            raw["time"] = {"warm_up_weeks": 13, "counted_weeks": 52}
            for country in raw["countries"]:
                country["will"] = 0.9 if will else 0.02
                country["law"] = {"catch_all": law}
            spec = spec_of(raw)
            state = Engine.begin(spec, seeds).warm().finish().state
            stopped[will, law] = float(np.sum(compute(Tables.of(spec, state))["interdictions_unlisted"]))
    assert stopped[False, False] == stopped[True, False] == 0
    assert stopped[True, True] > 10
    assert stopped[False, True] < stopped[True, True] / 3
