"""Populations, events, items and structure of the stacked runs: everything that changes."""

from __future__ import annotations

from stcsim.state.state import MONTH_DAYS, YEAR_DAYS, Options, State, Switches, When

__all__ = ["MONTH_DAYS", "YEAR_DAYS", "Options", "State", "Switches", "When"]
