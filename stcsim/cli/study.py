"""The group ``study``: each module of `SUBCOMMANDS` adds commands to it, by its function ``register``."""

from __future__ import annotations

from importlib import import_module

import typer

SUBCOMMANDS = (
    "stcsim.cli.study_plan",
    "stcsim.cli.study_run",
    "stcsim.cli.study_ranking",
    "stcsim.cli.study_report",
    "stcsim.cli.study_portfolio",
    "stcsim.cli.study_sensitivity",
    "stcsim.cli.study_discover",
    "stcsim.cli.study_export",
)
"""Modules of commands, in the order of the help."""


def register(app: typer.Typer) -> None:
    """Add the group to `app`."""
    group = typer.Typer(
        name="study",
        help="Plan, run and report studies: many points, many runs, a folder that can be resumed.",
        rich_markup_mode=None,
    )
    # Without one, a group with a single command would take the command's name for an argument.
    group.callback()(lambda: None)
    for module in SUBCOMMANDS:
        import_module(module).register(group)
    app.add_typer(group)
