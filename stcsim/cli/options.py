"""Options that several commands share, and their values read so that every problem is one line."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, TypeVar

import typer

from stcsim.errors import InputError, Problem, quote

Choice = TypeVar("Choice", bound=StrEnum)
SEED_HELP = "Names the chance: equal seeds give equal numbers."
Seed = Annotated[str, typer.Option("--seed", metavar="S", help=SEED_HELP)]
ARMS_HELP = "Of the file, or mechanisms joined by +; all of the file by default."
Arms = Annotated[str | None, typer.Option("--arms", metavar="A,B+C", help=ARMS_HELP)]
Outcomes = Annotated[
    str | None, typer.Option("--outcomes", metavar="A,B", help="Outcomes; those of the study by default.")
]
Out = Annotated[
    str | None,
    typer.Option("--out", metavar="DIR", help="Folder to write into; other files there are left alone."),
]
Jobs = Annotated[
    str | None, typer.Option("--jobs", metavar="N", help="Processes; all processors by default.")
]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Scheduler of Dask, instead of processes.")
]
_MOST_JOBS = 4096


class Options:
    """Collects what is wrong with the values of options, to be said all at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, option: str, message: str, repair: str = "") -> None:
        """Note a problem of one option."""
        self.problems.append(Problem("", 0, 0, option, message, repair))

    def whole(self, option: str, text: str, least: int, most: int = 2**53 - 1) -> int:
        """Return the whole number that `text` says; `least` where it says none, and a problem is noted."""
        try:
            # Python would take underscores, spaces and digits of every script.
            number = int(text) if text.lstrip("-").isascii() and text.removeprefix("-").isdigit() else None
        except ValueError:
            number = None
        if number is None:
            self.wrong(option, f"{quote(text)} is not a whole number")
        elif number < least:
            self.wrong(option, f"{number} is below the minimum {least}")
        elif number > most:
            self.wrong(option, f"{quote(text)} is above the maximum {most}")
        else:
            return number
        return least

    def jobs(self, text: str | None, dask: str | None = None) -> int | None:
        """Return how many processes are asked for, None where nothing is said.

        Parameters
        ----------
        text : of the option ``--jobs``
        dask : of the option ``--dask``, which leaves no room for the other
        """
        if text is not None and dask is not None:
            self.wrong("--dask", "how many workers a cluster has is its own matter", "Leave --jobs out.")
        return None if text is None else self.whole("--jobs", text, 1, _MOST_JOBS)

    def choice(self, option: str, text: str, among: type[Choice]) -> Choice:
        """Return the member that `text` says; the first where it says none, and a problem is noted."""
        known = [member.value for member in among]
        if text in known:
            return among(text)
        close = get_close_matches(text[:60], known, n=1)
        repair = f"Did you mean '{close[0]}'?" if close else ""
        self.wrong(option, f"{quote(text)} is not one of {_quoted(known)}", repair)
        return next(iter(among))

    def folder(self, option: str, text: str | None) -> Path | None:
        """Return the folder that `text` names, None where none is asked for; empty text is a problem."""
        if text is not None and not text.strip():
            self.wrong(option, "the name of the folder is empty", "A dot is this folder.")
        return None if text is None else Path(text)

    def check(self) -> None:
        """Stop where a problem was noted.

        Raises
        ------
        InputError
            with all of them
        """
        if self.problems:
            raise InputError(self.problems)


def listed(text: str) -> tuple[str, ...]:
    """Return the names that an option lists with commas between."""
    return tuple(name.strip() for name in text.split(","))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def check_folder(folder: Path, files: tuple[str, ...]) -> None:
    """Make sure, before anything is run, that `files` can be written into a folder, there or to be made.

    Raises
    ------
    InputError
        they cannot
    """
    try:
        with suppress(FileNotFoundError):
            folder.stat()
        # What is there already, up to the folder itself; a new one is made when there is something to keep.
        present = next(p for p in (folder, *folder.absolute().parents) if p.exists())
        with TemporaryFile(dir=present):
            pass
        taken = next((name for name in files if (folder / name).is_dir()), "")
        reason = f"{taken} there is a folder" if taken else ""
    except NotADirectoryError:
        reason = "a file is in its place"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "no name that a folder can have"
    if reason:
        said = f"{quote(folder)} cannot be written: {reason}"
        raise InputError([Problem("", 0, 0, "--out", said, "Choose another.")])
