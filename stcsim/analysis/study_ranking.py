"""The order of a study's arms: ranked, with regret, on the plane of effect and cost, over assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from stcsim.analysis.ahead import Ahead, ahead
from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.measures import AS_DRAWN
from stcsim.analysis.pareto import Front, front
from stcsim.analysis.ranking import Ranking, best_by_outcome, rank, rank_by_weights
from stcsim.analysis.regret import Regret, regret
from stcsim.analysis.robustness import Robustness, robustness
from stcsim.analysis.study_points import StudyFolder
from stcsim.errors import InputError
from stcsim.outcomes.registry import INFOS
from stcsim.study.worlds import MECHANISM

COST = "total_cost"
SAMPLED = frozenset({"worlds", "latin_hypercube"})
"""Designs whose points are sampled sets of assumptions, independent of each other."""

By = str | Mapping[str, float]
"""An outcome, or weights of several."""
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class StudyRanking:
    """The order of the arms in one scenario of a study.

    Parameters
    ----------
    scenario : its name in the study
    by : what arms are ordered by
    ranking : with the chance of each place
    best : chance that an arm is best, one row an outcome, one column an arm
    regret, front, robust : None where the study does not tell
    notes : why not
    sets : in which sampled sets an arm is ahead, None where the study does not tell
    """

    scenario: str
    by: By
    ranking: Ranking
    best: pd.DataFrame
    regret: Regret | None
    front: Front | None
    robust: Robustness | None
    notes: tuple[str, ...]
    sets: Ahead | None = None


def ordered_by(study: StudyFolder, wanted: str | None = None) -> By:
    """Return what a study's arms are ordered by: its weights, else its first outcome that has a direction.

    Parameters
    ----------
    wanted : an outcome that is asked for instead

    Raises
    ------
    InputError
        it has none
    """
    spec = study.plan.spec
    if wanted is not None:
        return wanted
    if spec.weights:
        return spec.weights
    known = [o for o in study.plan.outcomes if INFOS[o].better != "none"]
    own = [o for o in known if o != COST] or known
    if not own:
        raise InputError("neither direction of any outcome of this study is better, so nothing can be ranked")
    return own[0]


def is_sampled(study: StudyFolder) -> bool:
    """Whether the points of a study beside the defaults are sets of assumptions, and nothing of policy."""
    plan = study.plan
    levers = any(f.role == "lever" for f in plan.points.factors)
    return plan.spec.design.kind in SAMPLED and not levers and len(plan.points) > len(plan.names)


def how_drawn(study: StudyFolder) -> str:
    """Return in words how the sampled sets of assumptions of a study were drawn."""
    own = isinstance(study.plan.spec.uncertainties, dict)
    return "uniform over the study's ranges" if own else AS_DRAWN


def in_play(study: StudyFolder) -> tuple[str, ...]:
    """Return what is varied and can change a run: all but numbers of mechanisms that no arm has."""
    plan = study.plan
    chosen = {m.name for own in plan.arms_by_scenario for arm in own for m in arm.mechanisms}
    paths = [f.path for f in plan.points.factors]
    found = [p for p in paths if not p.startswith(f"{MECHANISM}.") or p.split(".")[1] in chosen]
    return tuple(found)


def ranked_cube(study: StudyFolder, place: int, by: By) -> Cube:
    """Return what the arms of one scenario are ranked on: sampled points, else runs under the defaults.

    Parameters
    ----------
    place : of the scenario

    Raises
    ------
    InputError
        nothing of it was run, or an outcome is not known
    """
    wanted = list(dict.fromkeys([*([by] if isinstance(by, str) else by), *study.plan.outcomes, COST]))
    if is_sampled(study):
        return list(study.cubes(wanted, complete=False))[place][1]
    unknown = [name for name in wanted if name not in INFOS]
    if unknown:
        raise InputError(f"there is no outcome {unknown[0]}", "stcsim list outcomes")
    own = _ranked_runs(study, place, wanted)
    arms = [arm.name for arm in study.plan.arms[1:] if (own["arm"] == arm.name).any()]
    if not arms:
        raise study.not_run
    return cube_of(own, None, wanted, arms=arms)


def _ranked_runs(study: StudyFolder, place: int, outcomes: Sequence[str] = ()) -> pd.DataFrame:
    """Return the finished runs that the arms of one scenario are ranked on."""
    runs, several = study.kept.runs_with(outcomes), len(study.plan.names)
    if is_sampled(study):
        return runs[(runs["world"] >= several) & (runs["world"] % several == place)]
    return runs[runs["world"] == place]


def rank_study(study: StudyFolder, outcome: str | None = None) -> tuple[StudyRanking, ...]:
    """Return the order of a study's arms in each of its scenarios.

    Parameters
    ----------
    study : that was run
    outcome : by which to order; the study's weights or its first outcome when not given

    Raises
    ------
    InputError
        nothing was run, or no outcome has a better direction
    """
    by = ordered_by(study, outcome)
    return tuple(_ranked(study, place, name, by) for place, name in enumerate(study.plan.names))


def _ranked(study: StudyFolder, place: int, name: str, by: By) -> StudyRanking:
    cube = ranked_cube(study, place, by)
    ranking = rank(cube, by) if isinstance(by, str) else rank_by_weights(cube, by)
    notes = study.lost_words(_ranked_runs(study, place))

    def trying(what: str, make: Callable[[], _T]) -> _T | None:
        try:
            return make()
        except InputError as error:
            notes.append(f"{what}: {error}")
            return None

    loss: Regret | None = None
    robust: Robustness | None = None
    sets: Ahead | None = None
    if not ranking.differs:
        what = INFOS[by].label if isinstance(by, str) else "the weighted outcomes"
        notes.append(f"no arm differs from another in {what} in these runs: there is no order")
    elif is_sampled(study):
        drawn = how_drawn(study)
        sets = trying("sets of assumptions", lambda: ahead(cube, by)) if isinstance(by, str) else None
        loss = trying("regret", lambda: regret(cube, by))
        robust = trying("robustness", lambda: robustness(cube, by, paths=in_play(study), drawn=drawn))
    else:
        notes.append(
            "assumptions were not sampled (design worlds or latin_hypercube without levers): "
            "this is the order under the defaults alone"
        )
    effect = by if isinstance(by, str) else study.plan.outcomes[0]
    alike = effect == COST or not ranking.differs
    edge = None if alike else trying("effect and cost", lambda: front(cube, effect, COST))
    return StudyRanking(
        name, by, ranking, best_by_outcome(cube, study.plan.outcomes), loss, edge, robust, tuple(notes), sets
    )
