"""A study's folder opened with its tables, ready to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.analysis.study_points import StudyFolder, open_study
from stcsim.analysis.study_ranking import is_sampled
from stcsim.api.opening import arms_of, wrong_folder
from stcsim.errors import InputError, StoreError
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.style import BASELINE
from stcsim.scenario.arms import ResolvedArm


@dataclass(frozen=True, eq=False)
class OpenStudy:
    """A study with its tables, ready to be told.

    Parameters
    ----------
    study : folder and plan
    arms : every arm that was run, rivals behind theirs
    runs : one row a finished run
    sampled : whether points beside the defaults are sampled sets of assumptions, and nothing of policy
    """

    study: StudyFolder
    arms: tuple[ResolvedArm, ...]
    runs: pd.DataFrame
    sampled: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return self.study.plan.names

    @property
    def headline(self) -> tuple[str, ...]:
        """Outcomes that the study looks at."""
        return tuple(o for o in self.study.plan.outcomes if o in self.runs.columns)

    def runs_of(self, place: int) -> pd.DataFrame:
        """Return the runs of one scenario, points renumbered so that 0 stands for its defaults."""
        return renumbered(self.runs, place, len(self.names))

    def comparison(self, place: int) -> Comparison:
        """Return the comparison of the arms of one scenario.

        Raises
        ------
        InputError
            there are too few pairs under the default assumptions
        """
        runs = self.runs_of(place)
        if not self.sampled:
            runs = runs[runs["world"] == 0]
        default = runs[runs["world"] == 0]
        base = set(default.loc[default["arm"] == BASELINE, "replication"])
        pairs = default[default["replication"].isin(base) & (default["arm"] != BASELINE)]
        if pairs.empty or int(pairs["arm"].value_counts().max()) < 2:
            raise InputError("fewer than two pairs of runs under the default assumptions")
        present = set(default["arm"])
        shown = [arm.name for arm in self.arms[1:] if arm.name in present]
        known = [info for name, info in INFOS.items() if name in runs.columns]
        seed = self.study.plan.spec.design.seed
        return compare_arms(runs, known, self.headline[:4], arms=shown, seed=seed)


def renumbered(table: pd.DataFrame, place: int, several: int) -> pd.DataFrame:
    """Return the rows of one scenario of several, its points numbered from 0."""
    if several == 1:
        return table
    own = table[table["world"] % several == place]
    return own.assign(world=own["world"] // several).reset_index(drop=True)


def open_for_report(folder: Path) -> OpenStudy:
    """Return a study that has runs.

    Raises
    ------
    InputError
        it is no study, cannot be read, or holds no finished run of the baseline and another arm
    """
    again = "Name a folder of stcsim study run."
    try:
        if not folder.is_dir():
            raise wrong_folder(
                folder, "is a file, not a folder" if folder.exists() else "is not there", again
            )
        study = open_study(folder)
        runs = study.kept.runs
    except StoreError as error:
        raise InputError(str(error)) from None
    except (OSError, ValueError) as error:
        raise wrong_folder(folder, f"cannot be read ({error})", again) from None
    arms = arms_of(study.plan.scenarios[0], runs, [a.name for a in study.plan.arms[1:]])
    arms = (arms[0], *(_named(a, study.plan.arms) for a in arms[1:]))
    if not {BASELINE} < set(runs["arm"].astype(str)):
        failed = len(study.kept.failures)
        why = f"To see why {failed:,} runs failed: {study.see_failures}. " if failed else ""
        raise wrong_folder(
            folder,
            "holds no finished runs of the baseline and another arm",
            f"{why}To run what is missing: {study.again}.",
        )
    return OpenStudy(study, arms, runs, is_sampled(study))


def _named(arm: ResolvedArm, planned: Sequence[ResolvedArm]) -> ResolvedArm:
    """Return the arm of the study by its name, which may be of its own making; others as they are."""
    known = {a.name: a for a in planned}
    own = known.get(arm.name)
    if own is not None:
        return own
    other = known.get(arm.name.partition("~")[0])
    return ResolvedArm(arm.name, f"The same money on staff: {other.label}") if other is not None else arm
