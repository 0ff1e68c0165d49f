"""The best arm of a study estimated again, on fresh seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stcsim.analysis.again import Again, again
from stcsim.analysis.ranking import rank, rank_by_weights
from stcsim.analysis.study_points import StudyFolder, open_study
from stcsim.analysis.study_ranking import By, ordered_by, ranked_cube
from stcsim.errors import InputError
from stcsim.scenario.arms import BASELINE
from stcsim.study.carrying_out import Ended, Means, Progress, carry_out
from stcsim.study.fresh import check_fresh, fresh_plan
from stcsim.study.planned import PlannedStudy


@dataclass(frozen=True)
class FreshEstimate:
    """What an arm gains on fresh seeds in one scenario.

    Parameters
    ----------
    scenario : its name in the study
    by : what the gain is of
    found : before and after
    """

    scenario: str
    by: By
    found: Again


def winners(study: StudyFolder, outcome: str | None = None) -> tuple[str, ...]:
    """Return the arms that are best in some scenario of a study, without the baseline.

    Parameters
    ----------
    outcome : by which; the study's weights or its first outcome when not given

    Raises
    ------
    InputError
        nothing was run, or doing nothing is best in all of them
    """
    by = ordered_by(study, outcome)
    found: dict[str, None] = {}
    for place in range(len(study.plan.names)):
        cube = ranked_cube(study, place, by)
        best = (rank(cube, by) if isinstance(by, str) else rank_by_weights(cube, by)).winner
        if best != BASELINE:
            found[best] = None
    if not found:
        raise InputError("doing nothing is best in these runs: there is no arm to be estimated again")
    return tuple(found)


def unfinished(study: StudyFolder) -> str:
    """Return what a study lacks that is to choose, and the command that runs it; empty where it is whole."""
    plan = study.plan
    several, arms = len(plan.names), [arm.name for arm in plan.arms]
    runs = study.kept.runs_with([])
    wanted = runs["world"].map(plan.replications_at) if len(runs) else 0
    kept = runs[runs["arm"].isin(arms) & (runs["replication"] < wanted) & (runs["world"] < len(plan.points))]
    missing = plan.runs - len(kept)
    if missing <= 0:
        return ""
    said = f"{missing:,} of {plan.runs:,} runs are missing"
    if len(plan.points) > several:
        at_points = kept[kept["world"] >= several].groupby("world").size()
        whole = int((at_points == len(arms) * plan.spec.runs_at_points).sum())
        said += f"; only {whole:,} of {len(plan.points) - several:,} points have all of theirs"
    return f"the study that chooses is not finished: {said}. To finish it: {study.again}"


def estimate_fresh(
    folder: Path,
    out: Path,
    means: Means,
    *,
    arms: Sequence[str] = (),
    outcome: str | None = None,
    command: str = "",
    progress: Callable[[Progress], None] | None = None,
    warn: Callable[[str], None],
) -> tuple[tuple[FreshEstimate, ...], Ended]:
    """Run the best arm of a study again on fresh seeds, and set what it gains beside what it gained.

    Parameters
    ----------
    folder : of the study that has chosen
    out : folder of the fresh runs; a second call goes on in it
    means : what does the work
    arms : which were chosen; the best of each scenario when not given
    outcome : by which
    command : the line that runs it
    progress : told how far it has come
    warn : told what went wrong on the way

    Raises
    ------
    InputError
        there is no such study or arm, or a folder cannot be written
    StoreError
        it cannot be written any more; what was finished before is kept
    KeyboardInterrupt
        the user stopped it; what is finished is kept
    """
    study = open_study(folder)
    if said := unfinished(study):
        warn(said)
    chosen = tuple(arms) or winners(study, outcome)
    by = ordered_by(study, outcome)
    plan = fresh_plan(study.plan, chosen)
    ended = carry_out(PlannedStudy(plan, command), out, means, progress=progress, warn=warn)
    fresh = open_study(out)
    check_fresh(study.kept.runs_with([]), fresh.kept.runs_with([]))
    found = []
    for place, name in enumerate(plan.names):
        before, after = (ranked_cube(s, place, by) for s in (study, fresh))
        found += [FreshEstimate(name, by, again(before, after, arm, by)) for arm in chosen]
    return tuple(found), ended
