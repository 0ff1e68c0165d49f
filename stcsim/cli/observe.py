"""The command ``observe``: a few paired runs of each arm, watched quarter by quarter, as tables."""

from __future__ import annotations

from typing import Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.files import Scenario, Settings
from stcsim.cli.options import Arms, Options, Out, Seed, check_folder
from stcsim.cli.progress import shown

LINE_SECONDS = 2.0
"""A line of progress is written so often: most observations are over in seconds."""


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("observe")(observe)


def observe(
    scenario: Scenario,
    arms: Arms = None,
    replications: Annotated[
        str, typer.Option("--replications", metavar="N", help="Runs of each arm, at most 48.")
    ] = "4",
    seed: Seed = "1",
    settings: Settings = None,
    target: Out = None,
) -> None:
    """Watch a few paired runs of each arm quarter by quarter, and write tables of what is so and happens."""
    options = Options()
    runs = options.whole("--replications", replications, 1, 48)
    chance = options.whole("--seed", seed, 0)
    out = options.folder("--out", target)
    if target is None:
        options.wrong("--out", "tables need a folder", "Name one that is there, or a new one.")
    options.check()

    from stcsim.api.observing import OUR_FILES, observe
    from stcsim.study.observation import TABLES

    assert out is not None
    check_folder(out, OUR_FILES)
    with shown("quarters", LINE_SECONDS) as progress:
        found = observe(
            scenario,
            arms,
            runs,
            chance,
            overrides=tuple(settings or ()),
            progress=progress,
            warn=print_aside,
        )
    found.save(out)
    seen = found.observation
    for name, text in TABLES.items():
        write(f"{name:<10} {len(seen.table(name)):>9,} rows  {text}")
    for note in seen.notes:
        print_aside(note)
    write(f"Tables: {out}")
    print_aside(f"To repeat: {seen.provenance['command']} --out {out}")
