"""Runs that are kept, so that a long table can be made in several goes; code that changes makes them void."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

import stcsim
from stcsim.outcomes.registry import OUTCOMES
from stcsim.scenario.resolving import arm_content, canonical_json
from tests.evidence.rows import HERE, Cell
from tests.evidence.running import F8, Task, Unit, Values, frame, tasks

NAMES = tuple(OUTCOMES)
ROOT = HERE.parents[1]


@cache
def version() -> str:
    """Return a hash of everything that a run is made from, but for its cell and unit."""
    package = Path(stcsim.__file__).parent
    files = [
        *package.rglob("*"),
        *(ROOT / "scenarios").glob("*.yaml"),
        HERE / "region.yaml",
        HERE / "running.py",
    ]
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(f for f in files if f.suffix in (".py", ".yaml", ".csv") and f.is_file()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def key(cell: Cell) -> str:
    """Return the content key of a cell."""
    content = [Path(cell.source).name, list(cell.settings), arm_content(cell.arm), sorted(cell.mute)]
    return hashlib.blake2b(canonical_json(content).encode(), digest_size=12).hexdigest()


class Store:
    """A folder of runs, one file a task."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / version()
        self.folder.mkdir(parents=True, exist_ok=True)

    def keep(self, task: Task, values: Values) -> None:
        """Write the runs of a task down, whole or not at all."""
        runs = list(values)
        name = hashlib.blake2b(repr([(key(c), u) for c, u in runs]).encode(), digest_size=8).hexdigest()
        part = self.folder / f"{name}.part"
        with part.open("wb") as file:
            np.savez(
                file,
                cells=np.array([key(c) for c, _ in runs], dtype="U24"),
                units=np.array([(u.world, u.pair, u.offset) for _, u in runs], dtype=np.int64).reshape(-1, 3),
                values=np.array([values[one] for one in runs]).reshape(len(runs), -1),
                names=np.array(task.outcomes, dtype="U60"),
            )
        part.rename(self.folder / f"{name}.npz")

    def load(self, cells: Iterable[Cell], wanted: Sequence[Unit], names: Sequence[str]) -> Values:
        """Return what is kept of some cells and units."""
        by_key = {key(c): c for c in cells}
        asked = set(wanted)
        found: Values = {}
        for path in sorted(self.folder.glob("*.npz")):
            with np.load(path) as held:
                known = {str(n): i for i, n in enumerate(held["names"])}
                if any(n not in known for n in names):
                    continue
                columns = [known[n] for n in names]
                table: F8 = held["values"][:, columns]
                for i, (cell, unit) in enumerate(zip(held["cells"], held["units"], strict=True)):
                    one = Unit(*(int(x) for x in unit))
                    if str(cell) in by_key and one in asked:
                        found[by_key[str(cell)], one] = table[i]
        return found


def missing(cells: Iterable[Cell], wanted: Sequence[Unit], held: Values) -> Iterator[Task]:
    """Yield tasks for the runs that are not held: cells of one frame that lack the same units together."""
    lacking: dict[tuple[str, tuple[Unit, ...]], list[Cell]] = {}
    for cell in dict.fromkeys(cells):
        left = tuple(u for u in wanted if (cell, u) not in held)
        if left:
            lacking.setdefault((frame(cell.source, cell.settings), left), []).append(cell)
    for (_, left), group in lacking.items():
        yield from tasks(group, left, NAMES)
