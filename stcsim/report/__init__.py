"""For people: the self-contained report and the table in the terminal."""

from stcsim.report.inputs import Assumption, Provenance, ScenarioInfo, SeriesInfo
from stcsim.report.page import write_report
from stcsim.report.terminal import print_comparison

__all__ = ["Assumption", "Provenance", "ScenarioInfo", "SeriesInfo", "print_comparison", "write_report"]
