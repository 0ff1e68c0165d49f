"""All checks of properties: importing this module registers them."""

from __future__ import annotations

from tests.evidence import map_checks, run_checks, scenario_checks
from tests.evidence.checking import CHECKS, Check, Checked, check

__all__ = ["CHECKS", "Check", "Checked", "check", "map_checks", "run_checks", "scenario_checks"]
