"""The command line: one module for each group of commands, imported late so that help is there at once.

A module of `GROUPS` has a function ``register(app)`` that adds its commands. At its top it imports only
the standard library, typer, `stcsim.errors` and `stcsim.cli.console`; a command imports what it needs when it
is called.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

GROUPS: tuple[str, ...] = (
    "stcsim.cli.files",
    "stcsim.cli.listing",
)
"""Modules of commands, in the order of the help."""

USAGE_STATUS = 2
"""Exit status where what the user gave is wrong."""
INTERRUPTED_STATUS = 130
"""Exit status where the user stopped the work."""


def _prepare() -> None:
    """Make starting up fast: most of it is pydantic building some fifty classes."""
    # Looking for plugins of pydantic reads the metadata of everything that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Classes are no garbage; looking for it among them at the usual pace takes a tenth of the start.
    gc.set_threshold(50_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : words after the program's name; those of the process when not given

    Returns
    -------
    int
        Exit status: 0 done, 1 failed, 2 wrong input or usage, 130 stopped by the user.
    """
    _prepare()
    import typer

    from stcsim.cli.console import open_streams, report

    open_streams()
    app = typer.Typer(
        name="stcsim",
        help="Simulate how a strategic trade control ecosystem coordinates, and what coordination buys.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for group in GROUPS:
        import_module(group).register(app)

    from stcsim.errors import InputError, Interrupted, StcsimError

    try:
        app(args=list(sys.argv[1:] if arguments is None else arguments), prog_name="stcsim")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except InputError as error:
        report(error)
        return USAGE_STATUS
    except (KeyboardInterrupt, Interrupted) as stop:
        sys.stderr.write(f"{str(stop) or 'stopped'}\n")
        return INTERRUPTED_STATUS
    except StcsimError as error:
        sys.stderr.write(f"stcsim: {error}\n")
        return 1
    except BrokenPipeError:
        # Whoever read has seen enough; without this, Python complains again while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0
