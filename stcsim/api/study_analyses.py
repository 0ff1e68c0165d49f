"""Which analyses the design of a study allows, why the others not, and the command that gives each."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from stcsim.analysis.discovery import FEWEST_POINTS
from stcsim.analysis.study_points import StudyFolder
from stcsim.analysis.study_ranking import COST, SAMPLED, is_sampled
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.words import counted
from stcsim.study.designs.sample import INSTALL, has_salib
from stcsim.study.plan import StudyPlan
from stcsim.study.study_writing import STUDY

SENSITIVITY = frozenset({"morris", "sobol"})
"""Designs that are made for sensitivity."""
_SAMPLE = f"It asks for sampled sets of assumptions alone: design {' or '.join(sorted(SAMPLED))}."


@dataclass(frozen=True)
class Analysis:
    """Something that may be asked of a study.

    Parameters
    ----------
    name : one word
    title : for people
    command : the line that gives it
    why : why this study cannot say it, empty where it can
    """

    name: str
    title: str
    command: str
    why: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the design allows it."""
        return not self.why


def commands_of(folder: str) -> dict[str, str]:
    """Return the line of each command that reads or goes on with a study, by its name.

    Parameters
    ----------
    folder : of the study, as the reader is to write it
    """
    lines = {
        name: ["stcsim", "study", name, folder]
        for name in ("ranking", "sensitivity", "discover", "failures", "report", "fresh", "export")
    }
    lines["run"] = ["stcsim", "study", "run", f"{folder}/{STUDY}", "--out", folder]
    lines["brief"] = ["stcsim", "brief", folder]
    return {name: shlex.join(words) for name, words in lines.items()}


def figure_command(folder: str, figure: str) -> str:
    """Return the line that draws one figure of the report of a study."""
    return shlex.join(["stcsim", "study", "report", folder, "--figure", figure])


def analyses_of(study: StudyFolder, folder: str) -> tuple[Analysis, ...]:
    """Return everything that may be asked of studies, and whether this one can answer.

    Parameters
    ----------
    study : opened; whether it has been run to its end is no matter here
    folder : as the reader is to write it
    """
    plan, lines = study.plan, commands_of(folder)
    # With several scenarios each has figures of its own, all of them in the report.
    drawn = {
        name: figure_command(folder, name) if len(plan.names) == 1 else lines["report"]
        for name in ("pareto", "robustness")
    }
    sets = "" if is_sampled(study) else _SAMPLE
    better = "" if any(INFOS[o].better != "none" for o in plan.outcomes) else "No outcome has a better side."
    cost = better or ("" if _has_cost(plan) else "It looks at nothing beside the cost.")
    return (
        Analysis("ranking", "Which arm is best", lines["ranking"], better),
        Analysis("regret", "What choosing it may lose", lines["ranking"], better or sets),
        Analysis("pareto", "Effect against cost", drawn["pareto"], cost or sets),
        Analysis("robustness", "Whether the order holds", drawn["robustness"], better or sets),
        Analysis("values", "Over the values of what is varied", lines["report"], _no_values(plan)),
        Analysis("sensitivity", "Which assumptions move it", lines["sensitivity"], _no_sensitivity(plan)),
        Analysis("discovery", "Where it is beaten", lines["discover"], better or _no_boxes(plan)),
    )


def _has_cost(plan: StudyPlan) -> bool:
    return any(o != COST and INFOS[o].better != "none" for o in plan.outcomes)


def _no_values(plan: StudyPlan) -> str:
    if plan.spec.design.kind in ("list", "grid") and plan.points.factors:
        return ""
    return "It asks for values that are set one by one: design list or grid."


def _no_sensitivity(plan: StudyPlan) -> str:
    if plan.spec.design.kind == "morris" and not has_salib():
        return f"It asks for SALib, which is not installed here; all else is told without. {INSTALL}"
    if plan.spec.design.kind in SENSITIVITY:
        return ""
    return "It asks for a design that is made for it: morris for many assumptions, sobol for few."


def _no_boxes(plan: StudyPlan) -> str:
    points = (len(plan.points) - len(plan.names)) // len(plan.names)
    if points >= FEWEST_POINTS:
        return ""
    there = counted(points, "point") if points else "no points"
    return f"It asks for {FEWEST_POINTS} points or more beside the defaults, and there are {there}."
