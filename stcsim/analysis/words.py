"""The headlines in words: one row, and one sentence, per headline outcome and arm."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.verdict import FROM_ASSUMPTIONS, behind_the_word

NOT_VARIED = "assumptions not varied"


def table(comparison: Comparison) -> pd.DataFrame:
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
        kind = behind_the_word(str(row["certainty"]), varied=row["basis"] == FROM_ASSUMPTIONS)
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
                "unit": "%" if relative else info.unit.replace("_", " "),
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


def sentences(comparison: Comparison) -> pd.DataFrame:
    """Return columns `outcome`, `arm`, `sentence`, one row per headline and arm.

    A sentence reads
    ``illicit transfers completed: clearly lower, -14% (runs -20 to -8; assumptions -30 to +2)``.
    """
    found = table(comparison)
    found["sentence"] = [sentence(row) for row in found.to_dict("records")]
    return found[["outcome", "arm", "sentence"]]


def sentence(row: dict[Any, Any]) -> str:
    """Put a row of `table` into words."""
    unit = str(row["unit"])
    suffix = "%" if unit == "%" else f" {unit}"
    names = ("change", "runs_low", "runs_high", "assumptions_low", "assumptions_high")
    values = {name: float(row[name]) for name in names}
    most = 1 if unit == "%" else 4
    places = _places([value for value in values.values() if math.isfinite(value)], most)
    if not math.isfinite(values["change"]):
        return f"{row['label']}: {row['verdict']}, no pair of runs to compare"
    runs = _between(values["runs_low"], values["runs_high"], places) or "too few to say"
    worlds = _between(values["assumptions_low"], values["assumptions_high"], places)
    assumptions = f"assumptions {worlds}" if worlds else NOT_VARIED
    change = f"{signed(values['change'], places)}{suffix}"
    return f"{row['label']}: {row['verdict']}, {change} (runs {runs}; {assumptions})"


def _places(values: list[float], most: int) -> int:
    """Decimals so that the largest number shows two digits and no bound rounds to 0, `most` at most."""
    sizes = [abs(value) for value in values if value]
    if not sizes:
        return 0
    wanted = max(1 - math.floor(math.log10(max(sizes))), math.ceil(-math.log10(2.0 * min(sizes))))
    return min(max(wanted, 0), most)


def signed(value: float, places: int) -> str:
    """Return the number with its sign and grouped thousands, which only 0 itself lacks."""
    return f"{value:+,.{places}f}" if value else f"{0.0:.{places}f}"


def _between(low: float, high: float, places: int) -> str:
    """Return ``-20 to -8``, empty where an end is missing."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"{signed(low, places)} to {signed(high, places)}"
