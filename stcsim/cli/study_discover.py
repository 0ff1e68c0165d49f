"""The command ``study discover``: under which assumptions an arm is beaten, best, worse or better."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Options

if TYPE_CHECKING:
    from stcsim.analysis.discovery import Share
    from stcsim.analysis.study_discovery import Discovered

_FOLDER_HELP = "Folder of a study that was run with some 40 points or more."


class When(StrEnum):
    """What is looked for."""

    BEATEN = "beaten"
    BEST = "best"
    WORSE = "worse"
    BETTER = "better"


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("discover")(discover)


def discover(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=_FOLDER_HELP)],
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="NAME", help="By what arms are judged; the first by default."),
    ] = None,
    arm: Annotated[
        str | None, typer.Option("--arm", metavar="NAME", help="Which arm; the best on average by default.")
    ] = None,
    when: Annotated[
        str, typer.Option("--when", metavar="beaten|best|worse|better", help="What is looked for.")
    ] = When.BEATEN.value,
) -> None:
    """Look for boxes of assumptions in which something holds more often than elsewhere."""
    options = Options()
    chosen = options.choice("--when", when, When)
    options.check()

    from stcsim.analysis.study_discovery import discover_in
    from stcsim.analysis.study_points import open_study

    for part in discover_in(open_study(folder, print_aside), outcome, arm, chosen.value):
        _print(part)


def _print(part: Discovered) -> None:
    from stcsim.analysis.study_discovery import WHEN
    from stcsim.analysis.turning import plain_label

    found = part.found
    share = f"{found.everywhere.hits} of {found.everywhere.count} points"
    write(f"{part.scenario}: by {part.outcome}, {part.arm} {WHEN[part.when]} at {share}.")
    if part.noise is not None and part.noise.value[0] >= 0:
        noise = part.noise.within(0.0, 1.0)
        share, low, high = (f"{x[0]:.0%}" for x in (noise.value, noise.low, noise.high))
        said = f"noise of runs is {share} ({low} to {high})"
        write(f"  Of the variance between points of {part.arm} against the baseline, {said}.")
    for box in found.boxes:
        write(f"- more often where {' and '.join(x.words(plain_label(x.path)) for x in box.limits)}")
        write(f"  inside {_share(box.density)}, outside {_share(box.outside)}")
        write(
            f"  the box holds {box.mass.value:.0%} of the points, and {box.coverage.value:.0%} of the cases"
        )
    if not found.boxes:
        write("- in no box of assumptions more often than elsewhere, as far as these points can tell")
    if found.unconfirmed:
        boxes = "one box was" if found.unconfirmed == 1 else f"{found.unconfirmed} boxes were"
        write(f"- {boxes} found in one half of the points and not confirmed by the other")
    write("  Shares are of the half of the points that had no part in finding the boxes.")


def _share(share: Share) -> str:
    if not share.count:
        return "no point"
    return f"{share.value:.0%} ({share.low:.0%} to {share.high:.0%})"
