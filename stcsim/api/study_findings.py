"""Everything that can be said of a study's folder, and why the rest cannot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pandas as pd

from stcsim.analysis.ahead import Ahead, ahead
from stcsim.analysis.cube import cube_of
from stcsim.analysis.over_values import over_values
from stcsim.analysis.pareto import front
from stcsim.analysis.ranking import Ranking, rank, rank_by_weights
from stcsim.analysis.regret import regret
from stcsim.analysis.robustness import robustness
from stcsim.analysis.study_ranking import By, how_drawn, in_play, ranked_cube
from stcsim.api.opening_studies import OpenStudy, renumbered
from stcsim.api.study_facts import facts_of
from stcsim.api.study_sections import (
    cube_at,
    effects_over_values,
    fresh_estimates,
    is_sensitivity,
    moved_by,
    where_beaten,
)
from stcsim.errors import InputError
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.effects import effects_of
from stcsim.pictures.plane import COST
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital_words
from stcsim.report.study import ScenarioFindings, StudyFindings
from stcsim.report.study.inputs import WEIGHTS

MOST_RANKED = 4

_T = TypeVar("_T")


def findings_of(opened: OpenStudy, folder: str, tell: Callable[[str], None] | None = None) -> StudyFindings:
    """Return everything that can be said of a study.

    Parameters
    ----------
    folder : of the study, as the reader is to write it
    tell : told what is being computed, in words; what it raises ends the work
    """
    spec = opened.study.plan.spec
    arms = (*opened.study.plan.arms, *opened.arms)
    labels = {arm.name: arm.label for arm in arms} | {BASELINE: "Baseline"}
    parts = [_scenario(opened, place, labels, tell) for place in range(len(opened.names))]
    if len(parts) > 1:
        parts.append(_together(opened))
    return StudyFindings(facts_of(opened, folder), labels, spec.weights, tuple(parts))


class _Trying:
    """Collects why something cannot be said.

    Parameters
    ----------
    labels : names of arms for people
    tell : told what is being computed
    of : which scenario that is of
    """

    def __init__(
        self, labels: dict[str, str], tell: Callable[[str], None] | None = None, of: str = ""
    ) -> None:
        self.lacking: list[str] = []
        self._labels, self._tell, self._of = labels, tell, of

    def __call__(self, what: str, make: Callable[[], _T]) -> _T | None:
        """Return what `make` makes, None where it refuses; the reason is kept."""
        if self._tell is not None:
            self._tell(f"{what}{self._of}")
        try:
            return make()
        except InputError as error:
            said = str(error).splitlines()[0].rstrip(".")
            for name, label in self._labels.items():
                said = said.replace(f" of {name} ", f" of {label} ")
            self.lacking.append(f"{what}: {said}.")
            return None


def _scenario(
    opened: OpenStudy, place: int, labels: dict[str, str], tell: Callable[[str], None] | None
) -> ScenarioFindings:
    """Return what a study says of one of its scenarios."""
    plan = opened.study.plan
    trying = _Trying(labels, tell, f" in {capital_words(plan.names[place])}" if len(plan.names) > 1 else "")
    name, spec = plan.names[place], plan.spec
    lost = opened.study.lost_words(opened.runs[opened.runs["world"] % len(plan.names) == place], labels)
    found = trying("Differences", lambda: opened.comparison(place))
    several = len(plan.names)
    bodies = renumbered(opened.study.kept.bodies, place, several) if found is not None else pd.DataFrame()
    cube = cube_at(opened, place)
    rankings: dict[str, Ranking] = {}
    ranked = [o for o in opened.headline if INFOS[o].better != "none"][:MOST_RANKED]
    first = next((o for o in ranked if o != COST), ranked[0] if ranked else "")
    sets: dict[str, Ahead] = {}
    weighted = losses = edge = robust = where = None
    if opened.sampled and cube is not None and first:
        for outcome in ranked:
            ranking = trying(f"Ranking by {INFOS[outcome].label}", partial(rank, cube, outcome))
            if ranking is not None:
                rankings[outcome] = ranking
                sets[outcome] = ahead(cube, outcome)
        if spec.weights:
            weighted = trying("Ranking by weights", lambda: rank_by_weights(cube, spec.weights))
            if weighted is not None:
                sets[WEIGHTS] = ahead(cube, spec.weights)
        if first in rankings and not rankings[first].differs:
            what = INFOS[first].label
            trying.lacking.append(f"Order, robustness and discovery: no arm differs in {what} in these runs.")
        else:
            losses = trying("Regret", lambda: regret(cube, first)) if first in rankings else None
            edge = (
                trying("Front of effect and cost", lambda: front(cube, first, COST))
                if first != COST
                else None
            )
            paths, drawn = in_play(opened.study), how_drawn(opened.study)
            robust = trying("Robustness", lambda: robustness(cube, first, paths=paths, drawn=drawn))
            where = trying("Discovery", lambda: where_beaten(opened, place, first, labels))
    elif not opened.sampled:
        for outcome in ranked:
            ranking = trying(
                f"Ranking by {INFOS[outcome].label}", partial(_by_default, opened, place, outcome)
            )
            rankings |= {outcome: ranking} if ranking is not None else {}
        if spec.weights:
            weighted = trying("Ranking by weights", lambda: _by_default(opened, place, spec.weights))
        trying.lacking.append(
            "Robustness and regret over assumptions: the points of this design are no sampled sets of "
            "assumptions (designs worlds and latin_hypercube that vary no mechanism are)."
        )
    moved = trying("Sensitivity", lambda: moved_by(opened, place, labels)) if is_sensitivity(opened) else ()
    return ScenarioFindings(
        name,
        None if found is None else effects_of(found, labels),
        opened.runs_of(place),
        bodies,
        rankings,
        weighted,
        losses,
        edge,
        robust,
        trying("Fresh seeds", lambda: fresh_estimates(opened, place, first)) or ()
        if first in rankings
        else (),
        moved or (),
        where,
        tuple(effects_over_values(opened, place)),
        tuple(trying.lacking),
        tuple(f"{said}." for said in lost),
        sets,
        plan.scenarios[place].title,
    )


def _by_default(opened: OpenStudy, place: int, by: By) -> Ranking:
    """Return the order of the arms of one scenario under its default assumptions."""
    cube = ranked_cube(opened.study, place, by)
    return rank(cube, by) if isinstance(by, str) else rank_by_weights(cube, by)


def _together(opened: OpenStudy) -> ScenarioFindings:
    """Return the effects over the scenarios of a study, under their default assumptions."""
    several = len(opened.names)
    runs = opened.runs[opened.runs["world"] < several]
    points = opened.study.kept.points
    own = points.loc[points["world"] < several, ["world", "scenario"]]
    arms = [a.name for a in opened.arms[1:] if (runs["arm"] == a.name).any()]
    cube = cube_of(runs, own, list(opened.headline), arms=arms)
    found = [(o, over_values(cube, o, "scenario")) for o in opened.headline[:2]]
    return ScenarioFindings("", over=tuple((o, f) for o, f in found if f is not None))
