"""The command ``brief``: one A4 side for who decides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stcsim.cli.console import write


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

    write(f"The brief: {write_it(Path(folder))}")
