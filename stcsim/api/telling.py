"""What is told of a scenario and its arms before anything is run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.notes import notes
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.idle import idle_mechanisms

Tell = Callable[[str], None]


def told(spec: ScenarioSpec, arms: Sequence[ResolvedArm], seed: int, warn: Tell | None) -> tuple[str, ...]:
    """Return which mechanisms and shocks will do nothing, and what else to know; `warn` is told each."""
    found = (*notes(spec, arms), *idle_mechanisms(spec, arms, seed))
    if warn is not None:
        for note in found:
            warn(note)
    return found
