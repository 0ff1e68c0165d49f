"""What commands write: results to stdout, problems to stderr, never more than fits a screen's memory."""

from __future__ import annotations

import io
import os
import sys

from stcsim.errors import InputError

OUTPUT_LIMIT = 20_000
"""Most bytes of problems that one command writes."""
_ROOM_FOR_SUMMARY = 500


def open_streams() -> None:
    """Make sure that both streams take every character: none of them may end the program."""
    # A stream that the shell has closed is None.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")


def drop_output() -> None:
    """Let what is still to be written to stdout go nowhere, so that closing it does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(text: str) -> None:
    """Write a line, or several, to stdout."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def print_aside(message: str) -> None:
    """Write a line to stderr, which is not what was asked for but good to know."""
    sys.stderr.write(f"{message}\n")


def _count(number: int) -> str:
    return f"{number:,} problem{'' if number == 1 else 's'}"


def report(error: InputError) -> None:
    """Write the problems of an error to stderr, one a line, as many as there is room for, and a summary."""
    room = OUTPUT_LIMIT - _ROOM_FOR_SUMMARY
    written = 0
    for problem in error.problems:
        line = f"{problem}\n"
        room -= len(line.encode("utf-8", "backslashreplace"))
        if room < 0:
            break
        sys.stderr.write(line)
        written += 1
    unsaid = len(error.problems) - written + error.more
    if unsaid:
        sys.stderr.write(f"and {unsaid:,} more problems\n")
    hint = f" See: {error.hint}" if error.hint else ""
    sys.stderr.write(f"{_count(written + unsaid)}; nothing was run.{hint}\n")
