"""The words of sensitivity: what may be said of a quantity, and when."""

from __future__ import annotations

from typing import Any, Literal

from numpy.typing import NDArray

from stcsim.analysis.set_means import Estimates

Finding = Literal["matters", "not distinguishable from zero", "changes no run"]
MATTERS: Finding = "matters"
NOT_DISTINGUISHABLE: Finding = "not distinguishable from zero"
CHANGES_NOTHING: Finding = "changes no run"

FEWEST_SETS = 64
"""Rows of Sobol's below which simulated intervals of 95% hold the truth in fewer than 92% of samples."""


def findings(changed: NDArray[Any], *evidence: Estimates) -> tuple[Finding, ...]:
    """Return what is said of each quantity.

    It *matters* where an interval leaves out 0; these hold for all quantities together, so that among two
    hundred of which none has an effect, one is named in one study of twenty. *Not distinguishable from zero*
    is no proof of no effect. *Changes no run*: of all the runs in which it alone was moved, none came to
    another value.

    Parameters
    ----------
    changed : whether moving the quantity has changed a run, shape (quantities,)
    evidence : estimates of its effect, one a quantity
    """
    said: list[Finding] = []
    for i, moved in enumerate(changed):
        away = any(e.low[i] > 0 or e.high[i] < 0 for e in evidence)
        said.append(CHANGES_NOTHING if not moved else MATTERS if away else NOT_DISTINGUISHABLE)
    return tuple(said)
