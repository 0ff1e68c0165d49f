"""Observations that a job has written, read once for all who look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stcsim.api.observing import JSON, open_observation
from stcsim.dashboard.asking.once import once
from stcsim.pictures.style import ArmStyle, arm_styles
from stcsim.study.observation import Observation

_KEPT = 4
"""An observation of a large region takes a hundred megabytes."""


@dataclass(frozen=True, eq=False)
class Seen:
    """An observation as pages show it.

    Parameters
    ----------
    folder : where it was read
    observation : what it holds
    """

    folder: Path
    observation: Observation

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of all arms, the baseline first."""
        return tuple(self.observation.arms)

    @property
    def styles(self) -> Mapping[str, ArmStyle]:
        """How each arm is drawn."""
        return arm_styles(self.arms)

    @property
    def last(self) -> int:
        """The last quarter."""
        return len(self.observation.days) - 1

    def label(self, arm: str) -> str:
        """Return the name of an arm for people."""
        return self.observation.arms[arm]


def _seen(folder: Path) -> Seen:
    return Seen(folder, open_observation(folder))


seen = once(_seen, JSON, _KEPT)
"""Returns the observation that a folder holds; `InputError` where it holds none that can be read."""
