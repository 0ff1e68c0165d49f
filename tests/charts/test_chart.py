"""What every chart promises."""

from __future__ import annotations

import json

import pandas as pd

from stcsim.charts import Chart


def test_a_chart_hands_out_its_data_as_a_file():
    table = pd.DataFrame({"Arm": ["Channel, frontline", "Baseline"], "Change": [-0.15, 0.0]})
    chart = Chart("change", "It falls", "Both intervals", {"series": []}, table, "It falls by 15%")
    assert chart.csv() == 'Arm,Change\n"Channel, frontline",-0.15\nBaseline,0.0\n'
    assert json.loads(json.dumps(chart.option)) == chart.option
