"""One of several things to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Option:
    """A choice.

    Parameters
    ----------
    value : what is handed on
    label : what is read
    text : a line below the label, where there is room for one
    group : heading under which it stands, those of one group in a row
    mark : markup of a sign before the label, made by `stcsim.report.html`
    off : whether it cannot be chosen now
    """

    value: str
    label: str
    text: str = ""
    group: str = ""
    mark: str = ""
    off: bool = False


Options = Sequence[Option] | Mapping[str, str]
"""Choices, or what is read by what is handed on."""


def option_dicts(options: Options) -> list[dict[str, object]]:
    """Return choices as the browser takes them."""
    if isinstance(options, Mapping):
        options = [Option(value, label) for value, label in options.items()]
    return [asdict(option) for option in options]
