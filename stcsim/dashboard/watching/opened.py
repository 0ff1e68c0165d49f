"""Observations that a job has written, read once for all who look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stcsim.api.observing import JSON, open_observation
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


def seen(folder: Path) -> Seen:
    """Return the observation that a folder holds.

    Raises
    ------
    InputError
        it holds none that can be read
    """
    try:
        stamp = (folder / JSON).stat().st_mtime_ns
    except OSError:
        stamp = 0
    return _seen(folder, stamp)


@lru_cache(maxsize=_KEPT)
def _seen(folder: Path, stamp: int) -> Seen:  # noqa: ARG001 - another stamp is another result
    return Seen(folder, open_observation(folder))
