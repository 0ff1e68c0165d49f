"""Results in the form of the EMA Workbench: a table of experiments and a mapping of outcomes, in one archive.

What is written is what its ``save_results`` writes and its ``load_results`` reads (versions 2.4 to 3.0): an
archive `tar.gz` with ``experiments.csv``, a file for each outcome, and ``metadata.json``. The classes of the
outcomes are named there: ``ScalarOutcome`` for means over runs, ``ArrayOutcome`` for the runs themselves.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd

from stcsim.analysis.cube import Cube
from stcsim.draws import F8
from stcsim.study.whole_files import beside

VERSION = 0.1
"""Of the archive's form, as the workbench counts it."""
RUNS = "_runs"
"""Ending of the name under which single runs stand, beside their mean."""


def experiments(cubes: Mapping[str, Cube]) -> tuple[pd.DataFrame, dict[str, F8]]:
    """Return one experiment for each scenario, point and arm, and the outcomes by name.

    Columns of the experiments: every varied input by its path, then ``scenario`` (number of the point),
    ``policy`` (the arm, the baseline among them) and ``model`` (name of the scenario). An outcome is the mean
    over runs, NaN where one of them is missing; where there are several, ``<outcome>_runs`` has one column
    each, NaN where it is missing.

    Parameters
    ----------
    cubes : by name of the scenario, of the same outcomes
    """
    tables, outcomes = [], dict[str, list[F8]]()
    runs = max(cube.replications for cube in cubes.values())
    for name, cube in cubes.items():
        for place, arm in enumerate(cube.arms):
            tables.append(cube.inputs.assign(scenario=cube.worlds, policy=arm, model=name))
            for outcome in cube.outcomes:
                values = cube.of(outcome)[place]
                outcomes.setdefault(outcome, []).append(values.mean(axis=1))
                if runs > 1:
                    short = ((0, 0), (0, runs - values.shape[1]))
                    every = np.pad(values, short, constant_values=np.nan)
                    outcomes.setdefault(f"{outcome}{RUNS}", []).append(every)
    table = pd.concat(tables, ignore_index=True)
    for column in table.columns:
        if not pd.api.types.is_numeric_dtype(table[column]):
            table[column] = table[column].astype("category")
    return table, {name: np.concatenate(parts) for name, parts in outcomes.items()}


def write_archive(path: Path, table: pd.DataFrame, outcomes: Mapping[str, F8]) -> None:
    """Write experiments and outcomes so that ``ema_workbench.load_results(path)`` returns them.

    Parameters
    ----------
    path : the archive, ``.tar.gz``; replaced as a whole where it exists
    table, outcomes : as `experiments` returns them

    Raises
    ------
    OSError
        it cannot be written
    """
    named = []
    with beside(path) as draft, tarfile.open(draft, "w:gz") as archive:
        _add(archive, "experiments.csv", table.to_csv(index=False))
        for name, values in outcomes.items():
            kind, ending = ("ScalarOutcome", "cls") if values.ndim == 1 else ("ArrayOutcome", "csv")
            _add(archive, f"{name}.{ending}", _lines(values))
            named.append((kind, name, f"{name}.{ending}"))
        types = {str(column): str(dtype) for column, dtype in table.dtypes.items()}
        about = {"version": VERSION, "outcomes": named, "experiments": types}
        _add(archive, "metadata.json", json.dumps(about))


def _lines(values: F8) -> str:
    """Return the values as lines, ``nan`` where there is none: an empty line would be skipped when read."""
    return pd.DataFrame(values).to_csv(header=False, index=False, na_rep="nan")


def _add(archive: tarfile.TarFile, name: str, text: str) -> None:
    raw = text.encode("utf-8")
    about = tarfile.TarInfo(name)
    about.size = len(raw)
    archive.addfile(about, BytesIO(raw))
