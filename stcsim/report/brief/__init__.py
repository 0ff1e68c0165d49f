"""The brief: one A4 side in black and white for who decides, every line computed from the runs."""

from stcsim.report.brief.inputs import BriefInputs, Gaps, Need, Robust
from stcsim.report.brief.page import render_brief, write_brief

__all__ = ["BriefInputs", "Gaps", "Need", "Robust", "render_brief", "write_brief"]
