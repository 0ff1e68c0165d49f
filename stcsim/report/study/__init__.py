"""The long report of a study: every figure with the command that repeats it."""

from stcsim.report.study.inputs import ScenarioFindings, StudyFacts, StudyFindings
from stcsim.report.study.page import render_study, write_study_report

__all__ = ["ScenarioFindings", "StudyFacts", "StudyFindings", "render_study", "write_study_report"]
