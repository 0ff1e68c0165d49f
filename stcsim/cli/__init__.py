"""The command line: one module for each group of commands, imported late so that help is there at once.

Each module of `GROUPS` has a function ``register(app)`` that adds its commands. At its top it imports only
the standard library, typer, `stcsim.errors` and modules of this package; a command imports what it needs when
it is called.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

GROUPS: dict[str, tuple[str, ...]] = {
    "stcsim.cli.compare": ("compare",),
    "stcsim.cli.study": ("study",),
    "stcsim.cli.brief": ("brief",),
    "stcsim.cli.run": ("run", "phases"),
    "stcsim.cli.observe": ("observe",),
    "stcsim.cli.calibrate": ("calibrate",),
    "stcsim.cli.dashboard": ("dashboard",),
    "stcsim.cli.files": ("check", "show", "diff", "new", "schema"),
    "stcsim.cli.listing": ("list",),
}
"""Modules of commands with what they add, in the order of the help."""

USAGE_STATUS = 2
"""Exit status where what the user gave is wrong."""


def _prepare() -> None:
    """Make starting up fast: most of it is pydantic building some fifty classes."""
    # Looking for plugins of pydantic reads the metadata of everything that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Classes are no garbage; looking for it among them at the usual pace takes a tenth of the start.
    gc.set_threshold(300_000)
    # Nor is it worth looking through everything once more when the process ends.
    atexit.register(gc.freeze)


def _modules(arguments: Sequence[str]) -> list[str]:
    """Return the module of the command that is called, or all of them where none is."""
    command = arguments[0] if arguments else ""
    return [module for module, commands in GROUPS.items() if command in commands] or list(GROUPS)


def application(modules: Sequence[str] = tuple(GROUPS)) -> typer.Typer:
    """Return the command line with the commands of some modules."""
    import typer

    app = typer.Typer(
        name="stcsim",
        help="Simulate how a strategic trade control ecosystem coordinates, and what coordination buys.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    # Without one, an application with a single command would take the command's name for an argument.
    app.callback()(lambda: None)
    for module in modules:
        import_module(module).register(app)
    return app


def _run(words: list[str]) -> int:
    """Run one command and return its exit status; what the user can mend is said without a trace."""
    from stcsim.cli.console import report
    from stcsim.cli.stopping import INTERRUPTED_STATUS
    from stcsim.cli.usage import call
    from stcsim.errors import InputError, Interrupted, StcsimError

    try:
        return call(application(_modules(words)), words)
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : words after the program's name; those of the process when not given

    Returns
    -------
    int
        Exit status: 0 done, 1 failed, 2 wrong input or usage, 130 stopped by the user, 143 by SIGTERM, 129 by
        SIGHUP.
    """
    _prepare()

    from stcsim.cli.console import drop_output, open_streams
    from stcsim.cli.stopping import stopping

    open_streams()
    try:
        with stopping() as heard:
            status = heard.status(_run(list(sys.argv[1:] if arguments is None else arguments)))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough.
        drop_output()
        return 1
    except OSError as error:
        drop_output()
        sys.stderr.write(f"stcsim: {error.strerror or error}\n")
        return 1
    return status
