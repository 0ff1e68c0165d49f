"""Assumption worlds: every factor by a keyed draw, so that more worlds and more factors change no other.

With all assumptions of the register varied over its own ranges, worlds are those of ``stcsim compare
--worlds`` with the same seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stcsim.errors import InputError
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.designs.design import Row
from stcsim.study.factors import Factor, open_in, validated_together
from stcsim.study.study_file import Scalar
from stcsim.study.worlds import MOST_ATTEMPTS, fit_together, uniforms


@dataclass(frozen=True)
class WorldsDesign:
    """Sampled worlds.

    Parameters
    ----------
    factors : what is drawn
    points : how many worlds
    seed : of the study
    """

    factors: tuple[Factor, ...]
    points: int
    seed: int

    def __len__(self) -> int:
        """Return how many worlds there are."""
        return self.points

    def chance(self, number: int) -> int:
        """Return the number itself: worlds share no chance."""
        return number

    def row(self, number: int, scenario: ScenarioSpec) -> Row:
        """Return the values of a world; those of a group are drawn again until they go together."""
        open_ = open_in(self.factors, scenario)
        found = self._drawn(open_, number, 0)
        for group in validated_together(open_):
            own = {f.path: found[f.path] for f in group}
            for attempt in range(1, MOST_ATTEMPTS):
                if fit_together(scenario, group[0].group, own):
                    break
                own = self._drawn(group, number, attempt)
            else:
                raise InputError(f"no values of {group[0].group} go together in world {number}")
            found |= own
        return found

    def _drawn(self, factors: Sequence[Factor], number: int, attempt: int) -> dict[str, Scalar]:
        drawn = uniforms([f.path for f in factors], self.seed, number, attempt).tolist()
        return {f.path: f.at(u) for f, u in zip(factors, drawn, strict=True)}
