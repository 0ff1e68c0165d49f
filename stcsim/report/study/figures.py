"""Every figure of a study by its name, which the command that repeats it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stcsim.analysis.screening import Screening
from stcsim.analysis.turning import plain_label
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.discovery import discovery_picture
from stcsim.pictures.forest import forest
from stcsim.pictures.hours import hours_by_body
from stcsim.pictures.over_values import over_values_picture
from stcsim.pictures.pareto import pareto_picture
from stcsim.pictures.picture import Picture
from stcsim.pictures.plane import COST, plane
from stcsim.pictures.ranking import ranking_picture
from stcsim.pictures.robustness import robustness_picture
from stcsim.pictures.sensitivity import screening_picture, sobol_picture
from stcsim.pictures.truth import truth_and_statistics
from stcsim.report.study.inputs import WEIGHTS, ScenarioFindings, StudyFindings

COMPARED, RANKED, HELD, MOVED, OVER, BOXES = "compared", "ranked", "held", "moved", "over", "boxes"
"""Parts of the report that figures stand in."""


@dataclass(frozen=True)
class Figure:
    """A figure in its place.

    Parameters
    ----------
    name : unlike that of any other, such as ``ranking-diversions``
    part : of the report
    picture : what is drawn, under that name
    """

    name: str
    part: str
    picture: Picture


def figures(findings: StudyFindings) -> Iterator[Figure]:
    """Yield the figures of a study, in their order; names are unlike each other."""
    taken: set[str] = set()
    for part in findings.parts:
        named = has_name(part, findings)
        for stem, place, picture in _of(part, findings):
            name, number = figure_name(stem, part, findings), 2
            while name in taken:
                name, number = figure_name(stem, part, findings, f"-{number}"), number + 1
            taken.add(name)
            title = f"{picture.title} ({part.called})" if named else picture.title
            yield Figure(name, place, replace(picture, name=name, title=title))


def has_name(part: ScenarioFindings, findings: StudyFindings) -> bool:
    """Whether figures of a part say of which scenario they are."""
    return bool(part.name) and sum(bool(p.name) for p in findings.parts) > 1


def figure_name(stem: str, part: ScenarioFindings, findings: StudyFindings, ending: str = "") -> str:
    """Return the name of a figure of one part, such as ``ranking-diversions``.

    Parameters
    ----------
    stem : of the name
    ending : what tells it from others of the same stem
    """
    own = f"-{part.name}" if has_name(part, findings) else ""
    return f"{stem}{own}{ending}".replace("_", "-").replace(".", "-").replace("~", "-")


def _of(part: ScenarioFindings, findings: StudyFindings) -> Iterator[tuple[str, str, Picture]]:
    yield from _compared(part)
    labels = findings.labels
    for outcome, ranking in part.rankings.items():
        if not ranking.differs:
            continue
        sets = part.sets.get(outcome)
        yield f"ranking-{outcome}", RANKED, ranking_picture(ranking, _words(outcome), labels, sets)
    if part.weighted is not None and part.weighted.differs:
        told, sets = _weights(findings), part.sets.get(WEIGHTS)
        yield "ranking-weights", RANKED, ranking_picture(part.weighted, told, labels, sets)
    if part.front is not None:
        effect = next(o for o in part.rankings if o != COST)
        unit = unit_words(INFOS[effect].unit)
        cost = "cost beyond the baseline, thousand US dollars over the counted years"
        yield "pareto", RANKED, pareto_picture(part.front, _words(effect), unit, cost, labels)
    if part.robust is not None:
        by = part.robust.outcome
        yield "robustness", HELD, robustness_picture(part.robust, part.sets[by], _words(by), labels)
    for moved in part.moved:
        if isinstance(moved.found, Screening):
            picture = screening_picture(moved.found, moved.target, unit_words(moved.unit), plain_label)
        else:
            picture = sobol_picture(moved.found, moved.target, plain_label)
        yield "sensitivity", MOVED, picture
    if part.where is not None:
        drawn = discovery_picture(part.where.found, part.where.what, part.where.ranges, plain_label)
        if drawn is not None:
            yield "discovery", BOXES, drawn
    for outcome, over in part.over:
        unit, what = unit_words(INFOS[outcome].unit), plain_label(over.path)
        picture = over_values_picture(over, _words(outcome), unit, what, labels)
        yield f"values-{outcome}-{over.path}", OVER, picture


def _compared(part: ScenarioFindings) -> Iterator[tuple[str, str, Picture]]:
    effects = part.effects
    if effects is None:
        return
    yield "differences", COMPARED, forest(effects)
    labels = {arm: effects.label(arm) for arm in effects.arms}
    drawn = (
        ("cost", plane(effects)),
        ("statistics", truth_and_statistics(effects)),
        (
            "hours",
            None if part.bodies.empty else hours_by_body(part.bodies, arms=effects.arms, labels=labels),
        ),
    )
    for name, picture in drawn:
        if picture is not None:
            yield name, COMPARED, picture


def _words(outcome: str) -> str:
    return INFOS[outcome].label if outcome in INFOS else outcome


def _weights(findings: StudyFindings) -> str:
    told = ", ".join(f"{_words(o)} {w:g}" for o, w in findings.weights.items())
    return f"weighted outcomes ({told})"
