"""The rows of the table: a module each, with a function ``run(settings, found)`` that adds its lines."""

NAMES = (
    "screening",
    "trade_volume",
    "awareness",
    "twin",
    "week",
    "floor",
    "growth",
    "memory",
    "starting",
    "comparison",
    "studies",
    "dashboard",
    "pairing",
)
"""In the order in which they are measured."""
