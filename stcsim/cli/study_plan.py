"""The command ``study plan``: how many runs, how long, how much room, before anything starts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import write
from stcsim.cli.options import Jobs, Options

if TYPE_CHECKING:
    from stcsim.study.estimate import Estimate
    from stcsim.study.plan import StudyPlan

STUDY_HELP = "Study file."
_ROLES = {
    "lever": ("lever", "levers"),
    "uncertainty": ("assumption", "assumptions"),
    "structure": ("structural switch", "structural switches"),
}


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("plan")(plan)


def plan(
    file: Annotated[str, typer.Argument(metavar="FILE", help=STUDY_HELP)],
    jobs: Jobs = None,
) -> None:
    """Check a study and say what it will take, before it is run."""
    options = Options()
    processes = options.jobs(jobs)
    options.check()

    from stcsim.study.design import affordable_processes
    from stcsim.study.estimate import estimate
    from stcsim.study.processes import usable_processors
    from stcsim.study.study_reading import read_study

    found = read_study(file).plan
    fitting = min(usable_processors(), *map(affordable_processes, found.scenarios))
    workers = fitting if processes is None else processes
    for line in _asked(found):
        write(line)
    for note in notes_of(found):
        write(f"note: {note}")
    for line in _taken(estimate(found, workers), workers):
        write(line)


def _asked(found: StudyPlan) -> list[str]:
    spec = found.spec
    arms = [arm.name for arm in found.arms[1:]]
    roles: Counter[str] = Counter(f.role for f in found.points.factors)
    words = [counted(roles[r], one, many) for r, (one, many) in _ROLES.items() if roles[r]]
    varied = ", ".join(words) or "nothing"
    others = len(found.points) - len(found.names)
    points = "the defaults" if not others else f"the defaults and {counted(others, 'other point')}"
    each = "" if not others else f", {spec.runs_at_points} of each arm at the others"
    until = "" if spec.most_replications == spec.least_replications else f" to {spec.most_replications}"
    return [
        f"{spec.name}: {spec.title or spec.question or 'no title'}",
        f"scenarios: {', '.join(found.names)}",
        f"arms: the baseline and {', '.join(arms) or 'nothing else'}"
        + ("; with rivals of equal cost" if spec.equal_cost else ""),
        f"varied: {varied}; design: {spec.design.kind.replace('_', ' ')}",
        f"points: {points}; {spec.least_replications}{until} replications at the defaults{each}",
        f"outcomes: {', '.join(found.outcomes)}",
    ]


def notes_of(found: StudyPlan) -> list[str]:
    """Return what of its arms a reader may not expect, such as that one does nothing under the defaults."""
    from stcsim.scenario.notes import notes as in_vain
    from stcsim.study.idle import idle_mechanisms

    notes = []
    if "arms" in found.spec.model_fields_set and not found.spec.arms:
        notes.append("'arms' names none, so all arms of the scenario are run; for fewer name them")
    if len(found.arms) == 1:
        notes.append("there is nothing to compare: the baseline is the only arm")
    for scenario, name, arms in zip(found.scenarios, found.names, found.arms_by_scenario, strict=True):
        said = (*in_vain(scenario, arms), *idle_mechanisms(scenario, arms, found.spec.design.seed))
        notes += [f"{name}: {note}" if len(found.names) > 1 else note for note in said]
    return notes


def _taken(found: Estimate, workers: int) -> list[str]:
    from stcsim.cli.progress import duration

    more = found.most_runs > found.runs
    rivals = f", {found.rivals:,} of them of rivals" if found.rivals else ""
    runs = f"{found.runs:,}" + (f" to {found.most_runs:,}" if more else "")
    time = duration(found.seconds) + (f" to {duration(found.most_seconds)}" if more else "")
    return [
        f"runs: {runs}{rivals}, in {counted(found.blocks, 'block')}",
        f"time: about {time} with {counted(workers, 'process', 'processes')}, "
        f"{1000 * found.seconds_of_run:.0f} ms a run of one process as timed here and now",
        f"disk: at most {_room(found.bytes)}",
    ]


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def _room(number: float) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{max(1.0, number / 1e6):.0f} MB"
