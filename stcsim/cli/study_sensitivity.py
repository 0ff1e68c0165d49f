"""The command ``study sensitivity``: what differences between arms, and their order, hang on."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Options, Outcomes, listed
from stcsim.errors import InputError, Problem, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stcsim.analysis.set_means import Estimates
    from stcsim.analysis.study_points import StudyFolder
    from stcsim.analysis.study_sensitivity import Sensitivity, StudySensitivity
    from stcsim.analysis.targets import Kind

_FOLDER_HELP = "Folder of a study that was run with design morris or sobol."
_MOST_SHOWN = 12


class Form(StrEnum):
    """What is printed."""

    TABLE = "table"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("sensitivity")(sensitivity)


def sensitivity(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=_FOLDER_HELP)],
    outcomes: Outcomes = None,
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="KIND,KIND",
            help="What is asked about: difference, lead (of the best arm), order, level (of the baseline).",
        ),
    ] = "difference,lead,order",
    then: Annotated[
        str | None,
        typer.Option("--next", metavar="FILE", help="Write a study of those that remain, by design sobol."),
    ] = None,
    style: Annotated[
        str, typer.Option("--format", metavar="table|csv", help="What to print.")
    ] = Form.TABLE.value,
) -> None:
    """Say which quantities the differences and the order of arms hang on, and which cannot be told from 0."""
    options = Options()
    form = options.choice("--format", style, Form)
    target = options.folder("--next", then)
    kinds = _kinds(of, options)
    names = None if outcomes is None else listed(outcomes)
    options.check()

    from stcsim.analysis.study_points import open_study
    from stcsim.analysis.study_sensitivity import sensitivity as analyse

    study = open_study(folder, print_aside)
    if target is not None and study.plan.spec.design.kind != "morris":
        raise InputError([Problem("", 0, 0, "--next", "only a study of design morris has a next one")])
    found = analyse(study, names, kinds)
    if form is Form.CSV:
        write(found.table().to_csv(index=False, lineterminator="\n"))
    else:
        for part in found.parts:
            _print(part)
        write(
            "Intervals hold for all quantities of a table together, with 95%. Not distinguishable from zero "
            "is no proof of no effect."
        )
    for note in found.notes:
        print_aside(note)
    if found.kind == "morris":
        _print_remaining(study, found, target, write if form is Form.TABLE else print_aside)


def _kinds(text: str, options: Options) -> Sequence[Kind]:
    from stcsim.analysis.targets import KINDS

    words = listed(text)
    for word in words:
        if word not in KINDS:
            options.wrong("--of", f"{quote(word)} is not one of {', '.join(KINDS)}")
    return [kind for kind in KINDS if kind in words]


def _print(part: Sensitivity) -> None:
    """Print one target: its largest quantities, how many there are of each finding, and what is noise."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from stcsim.analysis.findings import CHANGES_NOTHING, MATTERS, NOT_DISTINGUISHABLE
    from stcsim.analysis.screening import Screening
    from stcsim.analysis.study_sensitivity import largest
    from stcsim.analysis.turning import plain_label

    found = part.found
    screening = isinstance(found, Screening)
    heads = ("change over its range", "share") if screening else ("alone", "in total")
    unit = f" [{part.target.unit}]" if screening else ""
    write(f"{part.scenario}: {part.target.name}{unit}")
    table = Table(box=SIMPLE)
    table.add_column("quantity", no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right")
    table.add_column("finding")
    for i in largest(part, _MOST_SHOWN):
        if found.findings[i] == CHANGES_NOTHING:
            continue
        cells = (
            (_interval(found.effect, i), _percent(found.shares[i]))
            if isinstance(found, Screening)
            else (_interval(found.first, i, True), _interval(found.total, i, True))
        )
        table.add_row(plain_label(found.paths[i]), *cells, found.findings[i])
    if table.row_count:
        Console(markup=False, highlight=False).print(table)
    if found.findings.count(CHANGES_NOTHING) == len(found.paths):
        write(f"None of {len(found.paths)} quantities changes it in any run.\n")
        return
    counts = [
        f"{found.findings.count(word)} {word}" for word in (MATTERS, NOT_DISTINGUISHABLE, CHANGES_NOTHING)
    ]
    said = f"{len(found.paths)} quantities: {', '.join(counts)}."
    what = "squared changes" if screening else "variance over points"
    noise = _interval(found.noise.within(0.0, 1.0), 0, True)
    write(f"{said} Of the {what}, noise of runs is {noise or 'unknown'}.\n")


def _interval(estimates: Estimates, i: int, share: bool = False) -> str:
    """Return an estimate with its interval, empty where there is none."""
    import math

    value, low, high = (float(x[i]) for x in (estimates.value, estimates.low, estimates.high))
    if math.isnan(value):
        return ""
    if math.isinf(high - low):
        return f"{_percent(value)} (no bounds)"
    if share:
        return f"{_percent(value)} ({_percent(low)} to {_percent(high)})"
    return f"{value:.3g} ({low:.3g} to {high:.3g})"


def _percent(share: float) -> str:
    """Return a share in whole percent, never as minus nothing."""
    return f"{round(100 * share) + 0}%"


def _print_remaining(
    study: StudyFolder, found: StudySensitivity, target: Path | None, tell: Callable[[str], None]
) -> None:
    """Say which quantities go on, what is left out with the others, and write the next study."""
    kept = found.remaining()
    if not kept:
        tell("no quantity remains: none has an effect that is larger than noise")
        return
    out = found.left_out(kept)
    most = max(out, key=lambda name: out[name])
    tell(f"{len(kept)} remain: {', '.join(kept)}")
    tell(f"The others hold at most {out[most]:.0%} of the squared changes ({most}).")
    if target is None:
        tell(f"To go on with them: stcsim study sensitivity {shlex.quote(str(study.folder))} --next FILE")
        return
    _write_next(study, target, kept)
    tell(f"{target}: written. What it takes: stcsim study plan {shlex.quote(str(target))}")


def _write_next(study: StudyFolder, target: Path, kept: Sequence[str]) -> None:
    from stcsim.scenario.spec import NAME
    from stcsim.study.next_study import sobol_study

    if not NAME.fullmatch(target.stem):
        said = f"{quote(target.stem)} is not a name of a study"
        repair = "Use a-z, 0-9 and _, at most 60, a letter first."
        raise InputError([Problem("", 0, 0, "--next", said, repair)])
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(sobol_study(study.plan, study.folder, target, kept))
    except FileExistsError:
        said = f"{quote(target)} exists and is not overwritten"
        raise InputError([Problem("", 0, 0, "--next", said, "Choose another name.")]) from None
    except OSError as error:
        said = f"{quote(target)} cannot be written ({error.strerror or error})"
        raise InputError([Problem("", 0, 0, "--next", said)]) from None
