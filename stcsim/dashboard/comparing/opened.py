"""Results that a job has written, read once for all who look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from stcsim.api.briefing import inputs_of_comparison
from stcsim.api.opening import Kept, open_comparison
from stcsim.api.results import JSON
from stcsim.outcomes.series import SERIES
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.style import BASELINE
from stcsim.report.brief.page import render_brief

_KEPT = 24


@dataclass(frozen=True, eq=False)
class Shown:
    """A comparison as pages show it.

    Parameters
    ----------
    kept : what its folder holds
    effects : of every arm on every outcome
    """

    kept: Kept
    effects: Effects

    @property
    def folder(self) -> Path:
        """Where it was read."""
        return self.kept.folder

    @cached_property
    def series(self) -> tuple[str, ...]:
        """Names of the monthly series that its runs have, in the order of the register."""
        present = set(self.kept.tables.series["name"].unique())
        return tuple(name for name in SERIES if name in present)

    @property
    def labels(self) -> Mapping[str, str]:
        """Names of all arms for people, the baseline's included."""
        return {arm: self.effects.label(arm) for arm in (BASELINE, *self.effects.arms)}


def shown(folder: Path) -> Shown:
    """Return the comparison that a folder holds.

    Raises
    ------
    InputError
        it holds none that can be read
    """
    return _shown(folder, _stamp(folder))


def brief_text(folder: Path) -> str:
    """Return the brief of a comparison: one A4 side as a page of its own.

    Raises
    ------
    InputError
        the folder holds no comparison that can be read
    """
    return _brief(folder, _stamp(folder))


def _stamp(folder: Path) -> int:
    try:
        return (folder / JSON).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=_KEPT)
def _shown(folder: Path, stamp: int) -> Shown:  # noqa: ARG001 - another stamp is another result
    kept = open_comparison(folder)
    return Shown(kept, effects_of(kept.comparison, {arm.name: arm.label for arm in kept.arms}))


@lru_cache(maxsize=_KEPT)
def _brief(folder: Path, stamp: int) -> str:
    return render_brief(inputs_of_comparison(_shown(folder, stamp).kept))
