"""Weights of the readiness index: how much each group of measures counts, for who reads the scenario."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from stcsim.spec import Spec, quantity

Criterion = Literal["legislation", "monitoring", "enforcement", "international"]
"""Groups of measures that the index weighs."""


class ReadinessSpec(Spec):
    """Weights of the index of measures in place.

    The defaults are those of the Peddling Peril Index without its criterion on proliferation financing, which
    the model does not hold. An index says what is in place, never what is stopped.
    """

    legislation: float = quantity(200.0, unit="weight", low=0.0, high=1e6, basis="ppi_structure")
    """Weight of laws in force."""
    monitoring: float = quantity(200.0, unit="weight", low=0.0, high=1e6, basis="ppi_structure")
    """Weight of monitoring and detecting: licensing, end-use verification, the border."""
    enforcement: float = quantity(400.0, unit="weight", low=0.0, high=1e6, basis="ppi_structure")
    """Weight of detention, investigation and penalties."""
    international: float = quantity(100.0, unit="weight", low=0.0, high=1e6, basis="ppi_structure")
    """Weight of what is shared with other states."""

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not any((self.legislation, self.monitoring, self.enforcement, self.international)):
            raise ValueError("all weights are zero; give at least one group of measures a weight")
        return self
