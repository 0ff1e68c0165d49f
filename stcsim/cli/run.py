"""The commands ``run`` and ``phases``: one run in numbers, and what happens in a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.files import Scenario, Settings
from stcsim.cli.options import Options, Out, Seed, check_folder

if TYPE_CHECKING:
    from stcsim.api.results import SingleRun


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command("run")(run)
    app.command("phases")(phases)


def run(
    scenario: Scenario,
    arm: Annotated[
        str, typer.Option("--arm", metavar="ARM", help="Of the file, or mechanisms joined by +.")
    ] = "baseline",
    seed: Seed = "1",
    settings: Settings = None,
    target: Out = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Print the time of each phase of a step.")
    ] = False,
    fields: Annotated[
        bool, typer.Option("--matrix", help="Print the matrix of measures in place instead of outcomes.")
    ] = False,
) -> None:
    """Run one arm once and print its outcomes, or the matrix of measures in place before and after it."""
    options = Options()
    number = options.whole("--seed", seed, 0)
    out = options.folder("--out", target)
    options.check()

    from stcsim import api
    from stcsim.api.results import RUN_FILES

    if out is not None:
        check_folder(out, RUN_FILES)
    result = api.run(scenario, arm, number, tuple(settings or ()), profile=profile, warn=print_aside)
    if fields:
        _print_matrix(result)
    else:
        _print_outcomes(result)
    if profile:
        _print_seconds(result.seconds)
    if out is not None:
        result.save(out)
        write(f"Tables of this run: {out}")


def _print_outcomes(result: SingleRun) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from stcsim.outcomes.info import unit_words
    from stcsim.pictures.words import number

    table = Table(box=SIMPLE, title=f"{result.arm}, seed {result.seed}", title_justify="left")
    for name, side in (("Outcome", "left"), ("Value", "right"), ("Unit", "left")):
        # a loop makes plain strings of the literals
        table.add_column(name, justify=side)  # type: ignore[arg-type]
    family = ""
    for row in result.outcomes.itertuples():
        if row.family != family:
            family = str(row.family)
            table.add_section()
            table.add_row(f"[bold]{family}[/bold]")
        # the stubs let a cell be anything; this column holds numbers alone
        table.add_row(f"  {row.label}", number(float(row.value)), unit_words(str(row.unit)))  # type: ignore[arg-type]
    Console(highlight=False).print(table)


def _print_matrix(result: SingleRun) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from stcsim.outcomes.matrix import CAVEAT, LEGEND

    console = Console(highlight=False, markup=False)
    for country, fields in result.matrix.groupby("country", sort=False):
        table = Table(box=SIMPLE, title=f"{country}: {result.arm}, seed {result.seed}", title_justify="left")
        table.add_column("Obligation")
        for name in ("Law", "Enforcement"):
            table.add_column(name, justify="center")
        for row in fields.itertuples():
            law = "-" if row.legal == "-" else _changed(str(row.legal_before), str(row.legal))
            table.add_row(
                str(row.obligation), law, _changed(str(row.enforcement_before), str(row.enforcement))
            )
        console.print(table)
        held = [int((fields[column] == "X").sum()) for column in ("legal", "enforcement")]
        write(f"  recorded at the end: {held[0]} fields on law, {held[1]} on enforcement")
    write("")
    write(LEGEND)
    (index,) = result.outcomes.query("outcome == 'stat_readiness_index'").to_dict("records")
    write(
        f"Readiness index, {index['label']}: {float(index['value']):.1f} of 100 at the end, mean over "
        "countries, by the scenario's weights. It says what is there, not what it stops."
    )
    write(CAVEAT)


def _changed(before: str, after: str) -> str:
    """Return an entry, and what it was where it has changed."""
    return after if before == after else f"{before or 'blank'} > {after or 'blank'}"


def _print_seconds(seconds: dict[str, float]) -> None:
    total = sum(seconds.values())
    write(f"Time by phase from where arms branch, {total:.2f} s in all, the warm-up before it aside:")
    for name, spent in sorted(seconds.items(), key=lambda item: (-item[1], item[0])):
        write(f"  {name:<14}{spent:8.3f} s {spent / max(total, 1e-12):6.1%}")


def phases() -> None:
    """Print what happens in a step, in order."""
    from stcsim.engine.phases import PHASES

    for place, phase in enumerate(PHASES, start=1):
        often = "" if phase.substeps == "once" else f" ({phase.substeps})"
        reads = f"reads {', '.join(phase.reads)}; " if phase.reads else ""
        write(f"{place:2}  {phase.name:<14}{phase.text}{often}")
        write(f"{'':18}{reads}changes {', '.join(phase.writes)}")
