"""Parameter values as processes read them: a number where all runs agree, else one value per row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from stcsim.draws import I8
from stcsim.parameters import Parameters


class RunValues:
    """Parameters of the stacked runs, one `Parameters` each, with equal values folded to a number."""

    def __init__(self, runs: Sequence[Parameters]) -> None:
        self.runs = tuple(runs)
        self.equal = all(p is self.runs[0] or p == self.runs[0] for p in self.runs)
        self._folded: dict[tuple[str, str], Any] = {}
        self._kept: dict[int, tuple[I8, _Rows]] = {}

    def folded(self, group: str, name: str) -> Any:
        """Return a number, or an array of shape (R,) where runs differ."""
        key = (group, name)
        if key not in self._folded:
            values = [getattr(getattr(p, group), name) for p in self.runs]
            same = all(v == values[0] for v in values)
            self._folded[key] = values[0] if same else np.array(values, dtype=np.float64)
        return self._folded[key]

    def at(self, run: I8) -> Parameters:
        """Return an object that reads like `Parameters`, each value a number or an array like `run`."""
        if self.equal:
            return self.runs[0]
        return cast(Parameters, _Rows(self, run))

    def kept(self, run: I8) -> Parameters:
        """Return what `at` does for rows that never change, gathered once; nobody may write to the values."""
        if self.equal:
            return self.runs[0]
        found = self._kept.get(id(run))
        if found is None or found[0] is not run:
            found = self._kept[id(run)] = (run, _Rows(self, run, shared=True))
        return cast(Parameters, found[1])

    def take(self, blocks: Sequence[int]) -> RunValues:
        """Return the values of the given runs, in that order."""
        return RunValues([self.runs[b] for b in blocks])


class _Rows:
    """`Parameters`, seen from the rows of one population or event table."""

    def __init__(self, values: RunValues, run: I8, *, shared: bool = False) -> None:
        self._values = values
        self._run = run
        self._shared = shared

    def __getattr__(self, group: str) -> _Group:
        if group.startswith("_"):
            raise AttributeError(group)
        made = _Group(self._values, self._run, group, self._shared)
        setattr(self, group, made)
        return made


class _Group:
    """One group of parameters, gathered to rows when first asked for."""

    def __init__(self, values: RunValues, run: I8, group: str, shared: bool) -> None:
        self._values = values
        self._run = run
        self._group = group
        self._shared = shared

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = self._values.folded(self._group, name)
        made = value
        if isinstance(value, np.ndarray):
            made = value.take(self._run)
            made.flags.writeable = not self._shared
        setattr(self, name, made)
        return made
