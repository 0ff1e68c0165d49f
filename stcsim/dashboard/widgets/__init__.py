"""What a browser has to draw by itself: charts."""

from stcsim.dashboard.widgets.chart import ChartView

__all__ = ["ChartView"]
