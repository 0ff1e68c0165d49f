"""What other programs and notebooks call: load a scenario, run it once, compare its arms."""

from stcsim.api.calls import compare, load, run
from stcsim.api.results import ComparisonInterrupted, ComparisonResult, SingleRun

__all__ = ["ComparisonInterrupted", "ComparisonResult", "SingleRun", "compare", "load", "run"]
