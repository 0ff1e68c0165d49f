"""The headlines in words: one row per headline outcome and arm."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.verdict import behind_the_word
from stcsim.outcomes.info import unit_words


def headline_table(comparison: Comparison) -> pd.DataFrame:
    """Return the headlines, one row per outcome and arm without the baseline.

    Columns: `outcome`, `label`, `arm`, `verdict`, `wanted`, `basis`, `change`, `runs_low`, `runs_high`,
    `assumptions_low`, `assumptions_high` (all five in `unit`: ``%`` of the baseline where that is defined for
    all of them, else the outcome's own), `unit`, `p_better`, `share_better`, `variance_removed`. Unrounded;
    NaN where unknown. The interval over runs is the one that the word comes from where assumptions were not
    varied (`stcsim.analysis.verdict.behind_the_word`), else the simultaneous one.
    """
    infos = {info.name: info for info in comparison.outcomes}
    keys = ["outcome", "arm"]
    both = comparison.differences.merge(comparison.verdicts, on=keys)
    both = both.merge(comparison.worlds, how="left", on=keys, suffixes=("", "_worlds"))
    both = both[both["outcome"].isin(comparison.headline)]
    rows = []
    for row in both.to_dict("records"):
        info = infos[str(row["outcome"])]
        kind = behind_the_word(str(row["certainty"]), str(row["basis"]))
        ends = (f"{kind}low", f"{kind}high", "low_worlds", "high_worlds")
        shares = ("relative", *(f"relative_{name}" for name in ends))
        relative = _has_relative(row, shares)
        bounds = shares if relative else ("mean", *ends)
        change, runs_low, runs_high, worlds_low, worlds_high = (float(row[name]) for name in bounds)
        rows.append(
            {
                "outcome": info.name,
                "label": info.label,
                "arm": row["arm"],
                "verdict": row["verdict"],
                "wanted": row["wanted"],
                "basis": row["basis"],
                "change": change,
                "runs_low": runs_low,
                "runs_high": runs_high,
                "assumptions_low": worlds_low,
                "assumptions_high": worlds_high,
                "unit": "%" if relative else unit_words(info.unit),
                "p_better": row["p_better"],
                "share_better": row["share_better"],
                "variance_removed": row["variance_removed"],
            }
        )
    found = pd.DataFrame(rows, columns=COLUMNS)
    order = {name: position for position, name in enumerate(comparison.headline)}
    return found.sort_values("outcome", key=lambda names: names.map(order), kind="stable", ignore_index=True)


COLUMNS = [
    "outcome",
    "label",
    "arm",
    "verdict",
    "wanted",
    "basis",
    "change",
    "runs_low",
    "runs_high",
    "assumptions_low",
    "assumptions_high",
    "unit",
    "p_better",
    "share_better",
    "variance_removed",
]


def _has_relative(row: dict[Any, Any], shares: tuple[str, ...]) -> bool:
    """Tell whether the change and every interval of this row exist in % of the baseline.

    Parameters
    ----------
    shares : columns of the change, of the two ends over runs and of those over assumptions
    """
    return all(math.isfinite(row[name]) for name in shares[: 5 if math.isfinite(row["mean_worlds"]) else 3])
