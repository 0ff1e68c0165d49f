"""Results that a job has written, read once for all who look at them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from stcsim.api.briefing import inputs_of_comparison
from stcsim.api.opening import Kept, open_comparison
from stcsim.api.provenance import RESOLVED
from stcsim.api.results import JSON
from stcsim.dashboard.asking.once import once
from stcsim.dashboard.studies.reading import without_place
from stcsim.outcomes.series import SERIES
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.style import BASELINE
from stcsim.report.brief import BriefInputs, render_brief

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


def _shown(folder: Path) -> Shown:
    kept = open_comparison(folder)
    return Shown(kept, effects_of(kept.comparison, {arm.name: arm.label for arm in kept.arms}))


def _inputs(folder: Path) -> BriefInputs:
    return inputs_of_comparison(shown(folder).kept)


shown = once(_shown, JSON, _KEPT)
"""Returns the comparison that a folder holds; `InputError` where it holds none that can be read."""
_brief_inputs = once(_inputs, JSON, _KEPT)


def brief_text(folder: Path, called: str = "") -> str:
    """Return the brief of a comparison: one A4 side as a page of its own, naming no place of this machine.

    Parameters
    ----------
    called : what readers call the folder; empty for that of a job, of which they only know the scenario

    Raises
    ------
    InputError
        the folder holds no comparison that can be read
    """
    inputs = _brief_inputs(folder)
    # Whoever has a job's brief has not its folder, but the scenario that it names.
    source = "" if called else _scenario_in(inputs.provenance.command)
    resolved = shlex.quote(str(folder / RESOLVED))

    def plain(text: str) -> str:
        named = text.replace(resolved, source) if source else text
        return without_place(named, folder, called or folder.name)

    gaps = replace(inputs.gaps, finish=plain(inputs.gaps.finish), look=plain(inputs.gaps.look))
    origin = replace(inputs.provenance, command=plain(inputs.provenance.command))
    return render_brief(replace(inputs, gaps=gaps, provenance=origin, command=plain(inputs.command)))


def _scenario_in(command: str) -> str:
    """Return the scenario that a command names, as it is typed there; empty where it names none."""
    try:
        words = shlex.split(command)
    except ValueError:
        return ""
    return shlex.quote(words[2]) if len(words) > 2 else ""
