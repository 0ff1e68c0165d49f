"""Figures that can be moved over and clicked: pure functions from tables to options of ECharts."""

from stcsim.charts.chart import Chart

__all__ = ["Chart"]
