"""Commands about scenario files: check, show, diff, new, schema."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.errors import InputError, Problem, quote

if TYPE_CHECKING:
    from stcsim.scenario.loading import Loaded

_MOST_WARNINGS = 20
SCENARIO_HELP = "File, or name of a scenario in the library."

Scenario = Annotated[str, typer.Argument(metavar="SCENARIO", help=SCENARIO_HELP)]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Lay a value on the file, as in countries[A].will=0.6."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(check)
    app.command()(show)
    app.command()(diff)
    app.command()(new)
    app.command()(schema)


def _counted(number: int, singular: str, plural: str = "") -> str:
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def _summary(loaded: Loaded) -> str:
    from stcsim.scenario.size import described

    spec, size = loaded.spec, loaded.size
    parts = [
        _counted(len(spec.countries), "country", "countries"),
        _counted(size.holders, "holder"),
        _counted(size.firms, "firm"),
        _counted(len(spec.donors), "donor"),
        _counted(len(spec.networks), "network"),
        _counted(len(spec.arms), "arm"),
    ]
    return f"{', '.join(parts)}; {described(size)}"


def check(
    files: Annotated[list[str], typer.Argument(metavar="SCENARIO", help=SCENARIO_HELP)],
    settings: Settings = None,
) -> None:
    """Check scenarios and print every problem with its line."""
    from stcsim.scenario.arms import arm_names, resolve_arms
    from stcsim.scenario.loading import load
    from stcsim.scenario.notes import notes
    from stcsim.scenario.timing import late_mechanisms

    problems: list[Problem] = []
    hints: list[str] = []
    more = 0
    for file in files:
        try:
            loaded = load(file, settings or ())
        except InputError as error:
            problems += error.problems
            hints.append(error.hint)
            more += error.more
        else:
            name, spec = quote(file, 200)[1:-1], loaded.spec
            write(f"{name}: ok ({_summary(loaded)})")
            arms = resolve_arms(arm_names(spec), spec)
            warnings = (*notes(spec, arms), *late_mechanisms(arms, spec.time.counted_weeks))
            for warning in warnings[:_MOST_WARNINGS]:
                print_aside(f"{name}: {warning}")
            if len(warnings) > _MOST_WARNINGS:
                print_aside(f"{name}: and {len(warnings) - _MOST_WARNINGS:,} more shocks and arms like these")
    if problems:
        raise InputError(problems, next((h for h in hints if h), ""), more)


def show(
    scenario: Scenario,
    origin: Annotated[bool, typer.Option("--origin", help="Say of each value where it comes from.")] = False,
    settings: Settings = None,
) -> None:
    """Print a scenario in full, defaults included."""
    from stcsim.scenario.loading import load
    from stcsim.scenario.writing import yaml_text

    write(yaml_text(load(scenario, settings or ()), origin))


def diff(
    one: Annotated[str, typer.Argument(metavar="A", help=SCENARIO_HELP)],
    other: Annotated[str, typer.Argument(metavar="B", help=SCENARIO_HELP)],
) -> None:
    """Print the values in which two scenarios differ."""
    from stcsim.scenario.loading import load
    from stcsim.scenario.writing import difference

    lines = difference(load(one), load(other))
    write("\n".join(lines) if lines else "no difference")


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name, or path, of the scenario to write.")],
) -> None:
    """Write a small scenario to start from, with comments."""
    from stcsim.scenario.spec import NAME, ScenarioSpec
    from stcsim.scenario.starter import starter

    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not NAME.fullmatch(path.stem):
        repair = "Use a-z, 0-9 and _, at most 60, a letter first."
        raise InputError([Problem("", 0, 0, "", f"{quote(path.stem)} is not a name of a scenario", repair)])
    text = starter(path.stem, ScenarioSpec.model_fields["headline"].default)
    try:
        # Made only if it is not there, in one step: nothing can slip in between.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        said = f"{quote(path)} exists and is not overwritten"
        raise InputError([Problem("", 0, 0, "", said, "Choose another name.")]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "no name that a file can have"
        raise InputError([Problem("", 0, 0, "", f"{quote(path)} cannot be written ({reason})")]) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    write(f"{path}: written. Check it: stcsim check {path}")


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from stcsim.scenario.schema import schema_text

    write(schema_text())
