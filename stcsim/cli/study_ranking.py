"""The commands ``study ranking`` and ``study fresh``: the order of arms, and the first of them run again."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Dask, Jobs, Options, listed
from stcsim.cli.study_run import FOLDER_HELP, working
from stcsim.errors import quote

if TYPE_CHECKING:
    from stcsim.analysis.study_ranking import By
    from stcsim.api.fresh import FreshEstimate

FRESH = "fresh"
"""Where fresh runs lie when nothing else is said: a folder in that of the study."""
_OUTCOME_HELP = "By which to order; the study's weights, or its first outcome, by default."
Folder = Annotated[str, typer.Argument(metavar="DIR", help=FOLDER_HELP)]
Outcome = Annotated[str | None, typer.Option("--outcome", metavar="NAME", help=_OUTCOME_HELP)]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command("ranking")(ranking)
    app.command("fresh")(fresh)


def ranking(folder: Folder, outcome: Outcome = None) -> None:
    """Say which arm is best, how sure that is, what choosing it may lose, and where the order turns."""
    from stcsim.analysis.study_points import open_study
    from stcsim.analysis.study_ranking import rank_study
    from stcsim.cli.ranking_text import ranking_text, width
    from stcsim.scenario.arms import BASELINE

    study = open_study(folder, print_aside)
    ranked = rank_study(study, outcome)
    for found in ranked:
        write(ranking_text(found, unit_of(found.by), width()))
        for note in found.notes:
            print_aside(note)
    if not any(found.ranking.differs for found in ranked):
        write("No arm differs from the baseline in these runs: nothing is to be estimated on fresh seeds.")
        return
    if all(found.ranking.winner == BASELINE for found in ranked):
        write("Doing nothing is best in these runs: there is no arm to be estimated again on fresh seeds.")
        return
    again = ["stcsim", "study", "fresh", folder, *(["--outcome", outcome] if outcome else [])]
    write(
        "The first was chosen by these runs and looks better than it is. To estimate it again: "
        + shlex.join(again)
    )


def fresh(
    folder: Folder,
    arms: Annotated[str | None, typer.Option("--arms", metavar="A,B", help="The best by default.")] = None,
    outcome: Outcome = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help=f"DIR/{FRESH} by default; a second call goes on."),
    ] = None,
    jobs: Jobs = None,
    dask: Dask = None,
) -> None:
    """Run the best arm of a study again, with chance and assumptions that had no part in choosing it."""
    options = Options()
    processes = options.jobs(jobs, dask)
    target = options.folder("--out", out)
    options.check()

    from stcsim.analysis.study_points import open_study
    from stcsim.api.fresh import estimate_fresh

    place = Path(folder) / FRESH if target is None else target
    plan = open_study(folder).plan
    kept = f"what is finished is kept in {quote(place, 200)}, and the same command goes on"
    with working(plan, processes, dask, lambda: kept) as (means, tell):
        found, ended = estimate_fresh(
            Path(folder),
            place,
            means,
            arms=() if arms is None else listed(arms),
            outcome=outcome,
            command=shlex.join(["stcsim", "study", "fresh", folder, *(["--arms", arms] if arms else [])]),
            progress=tell,
            warn=print_aside,
        )
    write(f"{ended.runs:,} fresh runs in {shlex.quote(str(place))}, {ended.added:,} of them run now")
    for estimate in found:
        write(_again(estimate))


def unit_of(by: By) -> str:
    """Return what a gain is a gain of, in words."""
    from stcsim.outcomes.registry import INFOS

    if not isinstance(by, str):
        return "change for the better in percent of the baseline, weighted"
    info = INFOS[by]
    less = "less" if info.better == "lower" else "more"
    return f"{less} of {info.label} ({info.unit.replace('_', ' ')}) than the baseline"


def _again(estimate: FreshEstimate) -> str:
    found = estimate.found
    each = f"{found.units} {found.over}"
    said = "gains" if found.holds else "may gain nothing"
    gain = f"{found.after:.4g} ({found.low:.4g} to {found.high:.4g})"
    return (
        f"{estimate.scenario}: {found.arm} {said}: {gain} on "
        f"{each} that did not choose it, {found.before:.4g} on those that did [{unit_of(estimate.by)}]"
    )
