"""The comparison as strict JSON and as one long table for ``comparison.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.errors import ModelError

LEVELS = ("mean", "low", "high", "sd")
DIFFERENCES = ("mean", "low", "high", "p_better", "variance_removed")
MORE_OF_DIFFERENCES = (
    "pairs",
    "interval",
    "plain_low",
    "plain_high",
    "relative",
    "relative_low",
    "relative_high",
    "relative_plain_low",
    "relative_plain_high",
    "verdict",
    "wanted",
    "basis",
)
WORLDS = ("mean", "low", "high", "share_better", "pairs_per_world")
MORE_OF_WORLDS = (
    "worlds",
    "mean_low",
    "mean_high",
    "mean_plain_low",
    "mean_plain_high",
    "between_sd",
    "relative_low",
    "relative_high",
    "relative_mean",
    "relative_mean_low",
    "relative_mean_high",
    "relative_mean_plain_low",
    "relative_mean_plain_high",
)


def to_json(comparison: Comparison, provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Return the comparison as plain dictionaries, lists, texts and finite numbers.

    ::

        {"outcomes": {name: {"label", "unit", "better", "headline",
                             "arms": {arm: {"mean", "low", "high", "sd"}},
                             "differences": {arm: {"mean", "low", "high", "p_better", "variance_removed", ...,
                                                   "worlds": null | {"mean", "low", "high", "share_better",
                                                                     "pairs_per_world", ...}}}}},
         "level", "notes", "provenance"}

    `low` and `high` are an interval of the mean in ``arms``, the interval under chance (simultaneous for
    headlines; `plain_low` and `plain_high` beside it) in ``differences``, and the interval that holds the
    expected difference of a world in ``worlds``, where `mean_low` and `mean_high` are the interval of the
    mean that decides on ``clearly`` and `mean_plain_low` and `mean_plain_high` that of ``probably``;
    ``relative_...`` says the same in % of the baseline's mean over worlds. The baseline has no
    difference. What is unknown is null: NaN and infinities never appear.

    Parameters
    ----------
    provenance : what made the runs (version, seed, scenario, command); paths, dates and NumPy numbers become
        JSON's

    Raises
    ------
    ModelError
        `provenance` holds something that JSON has no form for
    """
    levels = _records(comparison.levels)
    differences = _records(
        comparison.differences.merge(comparison.verdicts, on=["outcome", "arm"], validate="one_to_one")
    )
    worlds = _records(comparison.worlds)
    outcomes: dict[str, Any] = {}
    for info in comparison.outcomes:
        own: dict[str, Any] = {}
        for arm in comparison.arms[1:]:
            row, world = differences[info.name, arm], worlds.get((info.name, arm))
            own[arm] = {key: row[key] for key in (*DIFFERENCES, *MORE_OF_DIFFERENCES)}
            own[arm]["worlds"] = world and {key: world[key] for key in (*WORLDS, *MORE_OF_WORLDS)}
        outcomes[info.name] = {
            "label": info.label,
            "unit": info.unit,
            "better": info.better,
            "headline": info.name in comparison.headline,
            "arms": {arm: {key: levels[info.name, arm][key] for key in LEVELS} for arm in comparison.arms},
            "differences": own,
        }
    document = {
        "outcomes": outcomes,
        "level": comparison.level,
        "notes": comparison.notes,
        "provenance": provenance,
    }
    plain: dict[str, Any] = plain_json(document)
    return plain


def plain_json(value: Any) -> Any:
    """Return `value` with nothing in it that strict JSON lacks: NaN and infinities become None."""
    if isinstance(value, Mapping):
        return {str(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return [plain_json(item) for item in sorted(value, key=str)]
    if isinstance(value, (np.ndarray, np.generic)):
        return plain_json(value.tolist())
    if isinstance(value, Enum):
        return plain_json(value.value)
    if value is None or value is pd.NA or isinstance(value, (bool, int, str)):
        return None if value is pd.NA else value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, (PurePath, date)):
        return str(value)
    raise ModelError(f"JSON has no form for a {type(value).__name__}")


def _records(table: pd.DataFrame) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of a table by outcome and arm."""
    return {
        (str(row["outcome"]), str(row["arm"])): {str(key): value for key, value in row.items()}
        for row in table.to_dict("records")
    }


def long_table(comparison: Comparison) -> pd.DataFrame:
    """Return everything in one table, one row per outcome and arm, the baseline's rows without differences.

    Columns say which uncertainty they belong to: ``level_...`` are an arm's own values, ``runs_...`` paired
    differences under the default assumptions, ``assumptions_...`` those over sampled worlds.
    """
    infos = pd.DataFrame(
        {
            "outcome": info.name,
            "label": info.label,
            "family": info.family,
            "view": info.view,
            "unit": info.unit,
            "better": info.better,
            "headline": info.name in comparison.headline,
        }
        for info in comparison.outcomes
    )
    keys = ["outcome", "arm"]
    table = infos.merge(_marked(comparison.levels, "level"), on="outcome")
    table = table.merge(_marked(comparison.differences, "runs"), how="left", on=keys)
    table = table.merge(_marked(comparison.worlds, "assumptions"), how="left", on=keys)
    return table.merge(comparison.verdicts, how="left", on=keys)


def _marked(table: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Prefix all columns but the keys."""
    return table.rename(
        columns={name: f"{mark}_{name}" for name in table.columns if name not in ("outcome", "arm")}
    )
