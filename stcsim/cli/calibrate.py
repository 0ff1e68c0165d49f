"""The command ``calibrate``: which assumptions public figures narrow, and which they leave open."""

from __future__ import annotations

from typing import Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.files import Scenario, Settings
from stcsim.cli.options import Jobs, Options, Out, Seed, check_folder
from stcsim.cli.progress import shown
from stcsim.errors import Interrupted


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("calibrate")(calibrate)


def calibrate(
    scenario: Scenario,
    runs: Annotated[
        str, typer.Option("--runs", metavar="N", help="Budget; three runs of three years give a point.")
    ] = "1200",
    seed: Seed = "1",
    settings: Settings = None,
    jobs: Jobs = None,
    target: Out = None,
) -> None:
    """Hold assumed parameters against patterns of public figures; say what is identified and what is not."""
    options = Options()
    budget = options.whole("--runs", runs, 1, 10_000_000)
    chance = options.whole("--seed", seed, 0)
    out = options.folder("--out", target)
    processes = options.jobs(jobs)
    options.check()

    from stcsim.api import calibrating

    if out is not None:
        check_folder(out, calibrating.OUR_FILES)
    with shown() as progress:
        result = calibrating.calibrate(
            scenario, budget, chance, tuple(settings or ()), processes, progress, warn=print_aside
        )
    kept = None if out is None else result.save(out)
    write(result.text())
    if kept is not None:
        write(f"Tables, picture and overrides: {kept}")
    if result.trials.interrupted:
        raise Interrupted(f"stopped; {result.found.points} points were finished before")
