"""A short observation of the quick region with its arms, made once for all tests that need one."""

from __future__ import annotations

from functools import lru_cache

from stcsim.scenario.arms import resolve_arms
from stcsim.study.design import with_baseline
from stcsim.study.observation import Observation
from stcsim.study.observing import observe
from stcsim.study.observing_plan import Watch
from tests.study.studies import study_scenario

WARM_UP, COUNTED = 13, 45
"""Weeks: three quarters of thirteen weeks and a last one of six."""


def watch(*arms: str, replications: int = 2, **options: int) -> Watch:
    """Return what to watch: the baseline and arms by name."""
    spec = study_scenario(WARM_UP, COUNTED)
    return Watch(spec, with_baseline(resolve_arms(arms, spec)), replications, **options)


@lru_cache(maxsize=4)
def observed(*arms: str, replications: int = 2, most: int = 48) -> Observation:
    """Return what is seen."""
    return observe(watch(*arms, replications=replications, most=most))
