"""The command ``brief``: one A4 side for who decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Annotated

import typer

from stcsim.cli.console import print_aside, write

PATIENCE = 5.0
"""Seconds without a word."""


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("brief")(brief)


def brief(
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help="Folder of stcsim compare --out, or of stcsim study run."),
    ],
) -> None:
    """Write brief.html into a folder of results: one A4 side, black and white, for who decides."""
    from stcsim.api.briefing import brief as write_it

    with told_if_slow():
        path = write_it(Path(folder))
    write(f"The brief: {path}")


@contextmanager
def told_if_slow() -> Iterator[None]:
    """Write a line to stderr where what stands in it takes long."""
    timer = Timer(
        PATIENCE, print_aside, ("Reading the runs and computing; with many runs this takes a minute.",)
    )
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
