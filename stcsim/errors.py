"""Everything that can go wrong, as one tree.

::

    StcsimError
    ├── InputError          what a user gave is wrong: problems with place and repair, exit status 2
    ├── ModelError          the model broke a law of its own (conservation, bounds): a defect, please report
    ├── StoreError          the folder of a study cannot be written or read further; what is in it is kept
    └── Interrupted         the user stopped the work; what was finished has been kept
"""

from __future__ import annotations

from dataclasses import dataclass

QUOTE_LIMIT = 80
"""A message quotes at most this many characters of what a user wrote."""


def quote(text: object, limit: int = QUOTE_LIMIT) -> str:
    """Return `text` in single quotes, cut to `limit` characters, control characters made visible."""
    raw = str(text)
    shown = "".join(c if c.isprintable() else "�" for c in raw[: limit + 1])
    return f"'{shown[: limit - 1]}…'" if len(shown) > limit else f"'{shown}'"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with what a user gave.

    Parameters
    ----------
    file : name of the file as the user gave it, empty when there is none
    line, column : place in the file, from 1; 0 when there is none
    path : where in the scenario, such as ``countries[0].checkpoints[2].inspectors``
    message : what is wrong
    repair : what to write instead, empty when nothing can be said
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    repair: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place = f"{place}:{self.line}:{self.column}"
        head = f"{place}  " if place else ""
        path = f"{self.path}: " if self.path else ""
        tail = f" {self.repair}" if self.repair else ""
        return f"{head}{path}{self.message}.{tail}"


class StcsimError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(StcsimError):
    """What a user gave is wrong: a scenario file, an arm's name, an option's value.

    Parameters
    ----------
    problems : every problem found, in the order of the file
    hint : where to look further, such as ``stcsim list mechanisms``
    more : how many problems there are beyond those listed
    """

    def __init__(
        self, problems: list[Problem] | tuple[Problem, ...] | str, hint: str = "", more: int = 0
    ) -> None:
        if isinstance(problems, str):
            problems = [Problem("", 0, 0, "", problems.rstrip("."))]
        self.problems = tuple(problems)
        self.hint = hint
        self.more = more
        tail = [f"and {more:,} more problems"] if more else []
        super().__init__("\n".join([*(str(p) for p in self.problems), *tail]))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...], str, int]]:
        return (InputError, (self.problems, self.hint, self.more))


class ModelError(StcsimError):
    """The model broke a law of its own, such as conservation of potential attempts: a defect."""


class StoreError(StcsimError):
    """The folder of a study cannot be written or read further; what is in it is kept."""


class Interrupted(StcsimError):  # noqa: N818 - stopping on request is no error of anybody
    """The user stopped the work; what was finished has been kept."""
