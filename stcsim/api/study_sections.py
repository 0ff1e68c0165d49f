"""What single analyses say of one scenario of a study: boxes, sensitivity, values, fresh seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stcsim.analysis.again import Again, again
from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.findings import CHANGES_NOTHING
from stcsim.analysis.over_values import ValueEffects, over_values
from stcsim.analysis.study_discovery import discover_in
from stcsim.analysis.study_points import open_study
from stcsim.analysis.study_ranking import ranked_cube
from stcsim.analysis.study_sensitivity import sensitivity
from stcsim.api.opening_studies import OpenStudy
from stcsim.errors import InputError, StoreError
from stcsim.pictures.plane import COST
from stcsim.pictures.standing import in_sentence
from stcsim.pictures.style import BASELINE
from stcsim.report.study.inputs import Moved, Where
from stcsim.study.store.manifest import MANIFEST

FRESH = "fresh"
"""Folder in that of a study where its first arms are run again."""
MOST_TARGETS = 12


def cube_at(opened: OpenStudy, place: int) -> Cube | None:
    """Return the sampled points of one scenario, None without any."""
    kept, plan = opened.study.kept, opened.study.plan
    several = len(plan.names)
    wanted = list(dict.fromkeys([*opened.headline, *plan.spec.weights, COST]))
    columns = [o for o in wanted if o in opened.runs.columns]
    runs = opened.runs[(opened.runs["world"] >= several) & (opened.runs["world"] % several == place)]
    points = kept.points
    own = points[(points["world"] >= several) & (points["world"] % several == place)]
    arms = [a.name for a in plan.arms[1:] if (runs["arm"] == a.name).any()]
    if not arms or not (runs["arm"] == BASELINE).any():
        return None
    return cube_of(runs, own.drop(columns="scenario"), columns, arms=arms)


def where_beaten(opened: OpenStudy, place: int, outcome: str, labels: dict[str, str]) -> Where:
    """Return the boxes of assumptions in which the best arm is beaten."""
    name = opened.names[place]
    found = next(d for d in discover_in(opened.study, outcome) if d.scenario == name)
    points = opened.study.kept.points.select_dtypes("number")
    ranges = {str(c): (float(points[c].min()), float(points[c].max())) for c in points.columns}
    return Where(f"{labels.get(found.arm, found.arm)} is not the best", found.found, ranges)


def fresh_estimates(opened: OpenStudy, place: int, outcome: str) -> tuple[Again, ...]:
    """Return what arms gain on fresh seeds, where ``stcsim study fresh`` has run them beside the study.

    Raises
    ------
    InputError
        its folder cannot be read, or too little was run
    """
    folder = opened.study.folder / FRESH
    if not (folder / MANIFEST).is_file():
        return ()
    try:
        fresh = open_study(folder)
        before, after = (ranked_cube(study, place, outcome) for study in (opened.study, fresh))
    except StoreError as error:
        raise InputError(str(error)) from None
    arms = [arm for arm in after.arms[1:] if arm in before.arms]
    return tuple(again(before, after, arm, outcome) for arm in arms)


def is_sensitivity(opened: OpenStudy) -> bool:
    """Whether the design of a study is made for sensitivity."""
    return opened.study.plan.spec.design.kind in ("morris", "sobol")


def moved_by(opened: OpenStudy, place: int, labels: Mapping[str, str]) -> tuple[Moved, ...]:
    """Return the sensitivity of the targets of one scenario."""
    found = sensitivity(opened.study)
    own = [part for part in found.parts if part.scenario == opened.names[place]]
    moving = [part for part in own if any(f != CHANGES_NOTHING for f in part.found.findings)]
    if not moving:
        raise InputError("nothing that is varied changes any run in what was asked about")
    return tuple(
        Moved(_with_labels(part.target.name, part.target.arm, labels), part.target.unit, part.found)
        for part in moving[:MOST_TARGETS]
    )


def _with_labels(name: str, arm: str, labels: Mapping[str, str]) -> str:
    """Return the name of a target with its arms called as for people."""
    shown = " over ".join(in_sentence(one, labels) for one in arm.split(" over "))
    return name.replace(arm, shown) if arm else name


def effects_over_values(opened: OpenStudy, place: int) -> Iterator[tuple[str, ValueEffects]]:
    """Yield the effects over the values of what a design varies one by one."""
    plan = opened.study.plan
    if plan.spec.design.kind not in ("list", "grid") or not opened.headline:
        return
    cube = cube_at(opened, place)
    if cube is None:
        return
    for outcome in opened.headline[:2]:
        for path in cube.inputs.columns:
            found = over_values(cube, outcome, str(path))
            if found is not None:
                yield outcome, found
