"""Every outcome by name, and all of them computed at once."""

from __future__ import annotations

from importlib import import_module

import numpy as np

from stcsim.draws import F8
from stcsim.errors import ModelError
from stcsim.outcomes.info import OutcomeInfo
from stcsim.outcomes.outcome import FAMILIES, REGISTERED, Outcome
from stcsim.outcomes.tables import Tables

for _family in FAMILIES:
    import_module(f"stcsim.outcomes.{_family}")

# a family may have been imported before this file was, and its place does not hang on that
_ORDER = list(FAMILIES.values())
OUTCOMES: dict[str, Outcome] = dict(sorted(REGISTERED.items(), key=lambda o: _ORDER.index(o[1].info.family)))
"""Every outcome by the name of its column, family after family."""
INFOS: dict[str, OutcomeInfo] = {name: o.info for name, o in OUTCOMES.items()}
"""What is said about each."""


def compute(tables: Tables) -> dict[str, F8]:
    """Return every outcome of the stacked runs by name, each of shape (R,).

    Raises
    ------
    ModelError
        if a value is infinite: undefined ones are NaN
    """
    found: dict[str, F8] = {}
    for name, outcome in OUTCOMES.items():
        values = np.asarray(outcome.compute(tables), dtype=np.float64)
        if values.shape != (tables.runs,) or np.isinf(values).any():
            raise ModelError(f"outcome {name} has to be one number a run, finite or undefined")
        found[name] = values
    return found
