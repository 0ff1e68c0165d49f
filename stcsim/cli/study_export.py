"""The command ``study export``: results in the form of another tool."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Options, Outcomes, check_folder, listed
from stcsim.errors import InputError, Problem, quote

ARCHIVE = "ema_workbench.tar.gz"


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("export")(export)


def export(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Folder of a study.")],
    outcomes: Outcomes = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE", help=f"Archive to write; {ARCHIVE} in the folder by default."),
    ] = None,
) -> None:
    """Write sampled points as the EMA Workbench reads them: experiments and outcomes, by its load_results."""
    options = Options()
    given = options.folder("--out", out)
    names = None if outcomes is None else listed(outcomes)
    if given is not None and not given.name.endswith(".tar.gz"):
        options.wrong("--out", f"{quote(given)} is no name of such an archive", "End it with .tar.gz.")
    options.check()

    import numpy as np

    from stcsim.analysis.ema_workbench import experiments, write_archive
    from stcsim.analysis.study_points import open_study

    study = open_study(folder, print_aside)
    path = Path(folder) / ARCHIVE if given is None else given
    check_folder(path.parent, (path.name,))
    cubes = dict(study.cubes(names or study.plan.outcomes, complete=False))
    table, found = experiments(cubes)
    try:
        write_archive(path, table, found)
    except OSError as error:
        said = f"{quote(path)} cannot be written ({error.strerror or error})"
        raise InputError([Problem("", 0, 0, "--out", said)]) from None
    short = int(np.any([~np.isfinite(v) for v in found.values() if v.ndim == 1], axis=0).sum())
    if short:
        print_aside(f"{short:,} experiments lack a run or a value, which is nan there. To run: {study.again}")
    write(f"{path}: {len(table):,} experiments, {len(found)} outcomes")
    write(f"To read it: experiments, outcomes = ema_workbench.load_results({str(path)!r})")
