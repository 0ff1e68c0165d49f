"""Words that make no command: what the parser says of them, in the style of all other problems.

Errors are told apart by the attributes that they have, not by their classes: those live in another package
from one version of typer to the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer

from stcsim.cli.stopping import INTERRUPTED_STATUS
from stcsim.errors import InputError, Problem, quote

_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]
_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
_NO_VALUE = re.compile(r"requires (an|\d+) arguments?")
_NO_COMMAND = re.compile(r"No such command '(.*?)'\.(?: (Did you mean .*\?))?", re.DOTALL)


def call(app: typer.Typer, words: Sequence[str]) -> int:
    """Call the command that `words` name and return its exit status.

    Raises
    ------
    InputError
        with what is wrong about the words
    KeyboardInterrupt
        where the user stopped it
    """
    try:
        status: Any = app(args=list(words), prog_name="stcsim", standalone_mode=False)
    except _USAGE_ERROR as error:
        if not words:
            # Called alone it shows its help, which is how the parser words this error; its class is known
            # as an exception alone, since where it lives changes with the parser's version.
            error.show()  # type: ignore[attr-defined]
            return int(getattr(error, "exit_code", 2))
        # An option without its value is refused before there is a context.
        path = getattr(getattr(error, "ctx", None), "command_path", f"stcsim {words[0]}")
        raise InputError([problem(error)], f"{path} --help") from None
    except typer.Exit as stop:
        status = stop.exit_code
    except typer.Abort:
        status = INTERRUPTED_STATUS
    if status == INTERRUPTED_STATUS:
        raise KeyboardInterrupt
    return status if isinstance(status, int) else 0


def problem(error: Any) -> Problem:
    """Return an error of the parser as a problem, with what to write instead."""
    said = str(getattr(error, "message", "") or error)
    context = getattr(error, "ctx", None)
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", "")
    if option and hasattr(error, "possibilities"):
        near = [str(name) for name in error.possibilities or ()][:1]
        repair = f"Did you mean '{near[0]}'?" if near else _listed("Options here", _options(context))
        return _wrong(quote(option), "there is no such option", repair)
    if option and _NO_VALUE.search(said):
        repair = "Give one behind it, as the help shows."
        return _wrong(option, "a value is missing", repair)
    if option:
        return _wrong(option, said.removeprefix(f"Option {option!r} ").rstrip("."), "")
    if parameter is not None:
        text = str(getattr(parameter, "help", "") or "")
        # which kind it is of is known only of what is missing
        missing = hasattr(error, "param_type")
        return _wrong(_name(parameter), "this is required and missing" if missing else said.rstrip("."), text)
    if found := _EXTRA.search(said):
        return _wrong(quote(found[1]), "more than this command takes", f"Write: {_usage(context)}.")
    if found := _NO_COMMAND.search(said):
        commands = sorted(getattr(getattr(context, "command", None), "commands", {}))
        return _wrong(quote(found[1]), "there is no such command", found[2] or _listed("Commands", commands))
    return _wrong("", said.rstrip("."), "")


def _wrong(path: str, message: str, repair: str) -> Problem:
    return Problem("", 0, 0, path, message, repair)


def _listed(what: str, names: Sequence[str]) -> str:
    return f"{what}: {', '.join(names)}." if names else ""


def _name(parameter: Any) -> str:
    """Return an option as it is written, an argument as the help calls it."""
    if parameter.param_type_name == "option":
        return str(parameter.opts[-1])
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", "") or "").strip("[]{}")


def _parameters(context: Any) -> list[Any]:
    return list(getattr(getattr(context, "command", None), "params", ()))


def _options(context: Any) -> list[str]:
    own = [p.opts[-1] for p in _parameters(context) if p.param_type_name == "option"]
    return [*own, "--help"]


def _usage(context: Any) -> str:
    """Return the command with its arguments, those in brackets that may be left out."""
    names = [
        _name(p) if p.required else f"[{_name(p)}]"
        for p in _parameters(context)
        if p.param_type_name == "argument"
    ]
    return " ".join([str(getattr(context, "command_path", "stcsim")), *names])
