"""What every chart promises, whatever it shows."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd

from stcsim.charts import Chart


def keeps_promises(charts: Sequence[Chart | None]) -> None:
    """Check that all charts are there, are JSON, and have a title, a table and words."""
    assert charts
    for chart in charts:
        assert chart is not None
        assert json.loads(json.dumps([chart.option, chart.narrow], allow_nan=False))[0] == chart.option
        assert chart.title
        assert chart.subtitle.rstrip().endswith(".")
        assert chart.label.endswith(".")
        assert len(chart.table) > 0
        assert chart.height >= 100


def flows_of(counts: dict[tuple[str, str], list[int]]) -> pd.DataFrame:
    """Return attempts that all get through: by arm and checkpoint how many in each run."""
    rows = [
        (arm, run, "adversary", "unlicensed", "A", post, "completed", n)
        for (arm, post), series in counts.items()
        for run, n in enumerate(series)
    ]
    columns = ["arm", "replication", "origin", "way", "country", "post", "fate", "cases"]
    return pd.DataFrame(rows, columns=columns)
