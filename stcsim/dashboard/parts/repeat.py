"""How to get the same numbers without the dashboard: a command, and the files that it reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Repeat:
    """The very command that made what a card shows.

    Parameters
    ----------
    command : as it is typed
    files : name and text of each file that it reads and that is not in the library
    note : what a reader has to know before, such as where to put the file
    """

    command: str
    files: tuple[tuple[str, str], ...] = ()
    note: str = ""
