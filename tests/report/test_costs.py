"""What an arm costs more, and who pays."""

from __future__ import annotations

import pandas as pd
import pytest

from stcsim.pictures.effects import effects_of
from stcsim.report.costs import extra_money, money_line, payers_part
from tests.report import synthetic

ARMS = {name: synthetic.ARMS[name] for name in ("frontline_channel", "capacity_capture")}


@pytest.fixture(scope="module")
def runs() -> pd.DataFrame:
    """Runs whose extra cost is 207 or 90, paid by three sides; a sampled world says something else."""
    runs = synthetic.runs_of(ARMS, worlds=2, replications=4)
    drift = 10.0 * runs["replication"] + 1000.0 * runs["world"]
    split = {
        "baseline": (100.0, 200.0, 300.0),
        "frontline_channel": (120.0, 300.0, 387.0),
        "capacity_capture": (100.0, 400.0, 190.0),
    }
    for i, name in enumerate(("cost_national", "cost_donor", "hours_value")):
        runs[name] = runs["arm"].map({arm: money[i] for arm, money in split.items()}) + drift
    runs["cost_industry"] = 0.0
    runs["total_cost"] = runs["cost_national"] + runs["cost_donor"] + runs["hours_value"]
    runs.loc[runs["world"] > 0, "cost_donor"] *= 2
    return runs


def test_extra_money_is_paired_and_of_the_default_assumptions(runs: pd.DataFrame) -> None:
    shuffled = runs.sample(frac=1.0, random_state=1)
    for table in (extra_money(runs), extra_money(shuffled)):
        assert table is not None
        assert table.loc["frontline_channel"].tolist() == pytest.approx([20, 100, 0, 87, 207])
        assert table.loc["capacity_capture"].tolist() == pytest.approx([0, 200, 0, -110, 90])
        assert table.loc["baseline"].tolist() == [0, 0, 0, 0, 0]
    assert extra_money(runs.drop(columns="hours_value")) is None


def test_the_brief_tells_money_and_its_split(runs: pd.DataFrame) -> None:
    effects = effects_of(synthetic.comparison_of(runs), synthetic.LABELS)
    line = money_line(effects, extra_money(runs))
    assert line.startswith("Total cost beyond the baseline over the counted years: ")
    assert "+207 thousand US dollars (" in line
    assert "national budgets +20, donors +100, hours at wage +87)" in line
    assert "hours at wage −110)" in line
    assert "national budgets" not in money_line(effects, None)


def test_the_table_says_who_pays(runs: pd.DataFrame) -> None:
    effects = effects_of(synthetic.comparison_of(runs), synthetic.LABELS)
    part = payers_part(effects, extra_money(runs))
    assert part is not None
    cells = "".join(f'<td class="number">{x}</td>' for x in ("+20", "+100", "0", "+87", "+207", "+32%"))
    assert cells in part
    assert "ordinary salaries" in part
    assert payers_part(effects, None) is None
