"""What staff costs a year, before a country's wage level."""

from stcsim.spec import Spec, quantity


class CostParameters(Spec):
    """Yearly cost of one full-time equivalent by role, at wage level 1."""

    inspector: float = quantity(40.0, unit="thousand_usd/FTE/yr", low=1, high=1000, sweep=(15.0, 90.0))
    """Yearly cost of an inspector at a checkpoint."""

    officer: float = quantity(50.0, unit="thousand_usd/FTE/yr", low=1, high=1000, sweep=(20.0, 110.0))
    """Yearly cost of a licensing officer."""

    investigator: float = quantity(60.0, unit="thousand_usd/FTE/yr", low=1, high=1000, sweep=(25.0, 130.0))
    """Yearly cost of an investigator."""

    analyst: float = quantity(60.0, unit="thousand_usd/FTE/yr", low=1, high=1000, sweep=(25.0, 130.0))
    """Yearly cost of an analyst."""

    liaison: float = quantity(60.0, unit="thousand_usd/FTE/yr", low=1, high=1000, sweep=(25.0, 130.0))
    """Yearly cost of a liaison officer, posting allowances aside."""
