"""What components give back."""

from __future__ import annotations

from typing import Any

import solara

Element = solara.Element[Any]
"""A description of what is to be shown; Solara makes the widgets."""
