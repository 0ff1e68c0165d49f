"""The command ``study report``: the long form of what a study found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stcsim.cli.console import write


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("report")(report)


def report(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a study, or of a portfolio.")],
    figure: Annotated[
        str, typer.Option("--figure", metavar="NAME", help="Write one figure of it as SVG instead.")
    ] = "",
) -> None:
    """Write report.html into the folder of a study: every figure with the command that repeats it."""
    from stcsim.api.portfolio_report import is_portfolio, portfolio_report
    from stcsim.api.studying import study_report

    where = Path(folder)
    written = portfolio_report(where, figure) if is_portfolio(where) else study_report(where, figure)
    write(f"The figure: {written}" if figure else f"The report: {written}")
