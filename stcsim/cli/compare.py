"""The command ``compare``: arms against doing nothing, and against the same money spent on staff."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.files import Scenario, Settings
from stcsim.cli.options import Arms, Jobs, Options, Out, Seed, check_folder
from stcsim.cli.progress import shown
from stcsim.errors import Interrupted

if TYPE_CHECKING:
    from stcsim.api.results import ComparisonResult

FEWEST_FOR_WORDS = 5
"""Worlds below which it is said that they are few."""


class Form(StrEnum):
    """What is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("compare")(compare)


def compare(
    scenario: Scenario,
    arms: Arms = None,
    replications: Annotated[
        str,
        typer.Option("--replications", metavar="N", help="Runs of each arm under the default assumptions."),
    ] = "20",
    worlds: Annotated[
        str, typer.Option("--worlds", metavar="K", help="Sampled sets of assumptions: 0, or 2 and more.")
    ] = "0",
    pairs: Annotated[
        str | None,
        typer.Option(
            "--pairs", metavar="N", help="Runs of each arm in a sampled set of assumptions, 2 or more."
        ),
    ] = None,
    seed: Seed = "1",
    settings: Settings = None,
    equal_cost: Annotated[
        bool, typer.Option("--equal-cost", help="Set beside each arm the same money spent on staff.")
    ] = False,
    jobs: Jobs = None,
    target: Out = None,
    style: Annotated[
        str, typer.Option("--format", metavar="table|json|csv", help="What to print.")
    ] = Form.TABLE.value,
) -> None:
    """Compare arms of a scenario with doing nothing, by paired runs."""
    options = Options()
    runs = options.whole("--replications", replications, 2, 1_000_000)
    sampled = options.whole("--worlds", worlds, 0, 1_000_000)
    each = 2 if pairs is None else options.whole("--pairs", pairs, 2, 1_000_000)
    chance = options.whole("--seed", seed, 0)
    out = options.folder("--out", target)
    form = options.choice("--format", style, Form)
    processes = options.jobs(jobs)
    if sampled == 1:
        from stcsim.api.asking import ONE_WORLD

        options.wrong("--worlds", ONE_WORLD)
    if pairs is not None and not sampled and not options.problems:
        options.wrong(
            "--pairs",
            "these are runs in sampled sets of assumptions, and none is asked for",
            "Add --worlds 10.",
        )
    options.check()
    from stcsim.api.provenance import MORE_WORLDS

    if 0 < sampled < FEWEST_FOR_WORDS:
        print_aside(
            f"--worlds: {sampled} sampled sets of assumptions are too few for a verdict; take {MORE_WORLDS}"
        )

    from stcsim import api
    from stcsim.api.results import OUR_FILES

    if out is not None:
        check_folder(out, OUR_FILES)
    try:
        with shown() as progress:
            result = api.compare(
                scenario,
                arms,
                runs,
                sampled,
                each,
                chance,
                overrides=tuple(settings or ()),
                equal_cost=equal_cost,
                jobs=processes,
                progress=progress,
                warn=print_aside,
            )
    except api.ComparisonInterrupted as stop:
        if stop.result is None:
            raise
        report = _deliver(stop.result, form, out)
        where = (
            f"; what was finished is in {report.parent}"
            if report
            else "; give --out to keep what is finished"
        )
        raise Interrupted(f"{stop}{where}") from None
    report = _deliver(result, form, out)
    aside = write if form is Form.TABLE else print_aside
    if report is not None:
        aside(f"The report: {report}")
    aside(f"To run more: {_more(result, out)}")


def _deliver(result: ComparisonResult, form: Form, out: Path | None) -> Path | None:
    """Write the files, then print; return where the report is."""
    report = None if out is None else result.save(out)
    if form is Form.JSON:
        write(result.to_json())
    elif form is Form.CSV:
        write(result.table.to_csv(index=False, lineterminator="\n"))
    else:
        from rich.console import Console

        from stcsim.report import print_comparison

        print_comparison(result.comparison, Console(), result.labels)
    return report


def _more(result: ComparisonResult, out: Path | None) -> str:
    """Return the line for narrower intervals: twice the runs, and assumptions varied."""
    request = result.request
    words = request.larger().command()
    return words if out is None else f"{words} --out {shlex.quote(str(out))}"
