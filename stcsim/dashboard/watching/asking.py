"""What pages ask to be watched: from the address to the command, and how long it takes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from stcsim.dashboard.address import Field, is_name, names, scenario, whole
from stcsim.scenario.size import size
from stcsim.scenario.spec import ScenarioSpec

FIRST = 3
"""Arms of a scenario that are watched where the address names none: what is kept grows with each."""
MOST_ARMS = 8
MOST_RUNS = 24
"""Runs of an arm that a page asks for at most."""
AT_ONCE = 60.0
"""Seconds that it may take to be run without a click, when its address is opened."""
LATEST = 10_000
"""Stands for the last quarter, whichever that is."""

_BEGIN = 6.0
_BLOCK, _RUN = 2.0, 0.75
"""Seconds of a stack and of a run in it, as multiples of what a run takes alone, tables included; fitted to
three scenarios."""


@dataclass(frozen=True)
class Watched:
    """What is asked for.

    Parameters
    ----------
    arms : names, beside the baseline
    replications : runs of each
    seed : of the study
    """

    arms: tuple[str, ...]
    replications: int
    seed: int

    def argv(self) -> tuple[str, ...]:
        """Return the words of the command, without scenario and folder."""
        arms = ",".join(self.arms) or "baseline"
        numbers = ("--replications", str(self.replications), "--seed", str(self.seed))
        return ("observe", "--arms", arms, *numbers)

    def said(self) -> dict[str, Any]:
        """Return it as values of the address; where that names no arm, it means those of the scenario."""
        return {**asdict(self), "arms": self.arms or ("baseline",)}


def fields() -> dict[str, Field]:
    """Return what the address of a page that watches may say, beside fields of its own."""
    return {
        "scenario": scenario(),
        "arms": names(is_name, MOST_ARMS),
        "replications": whole(8, 1, MOST_RUNS),
        "seed": whole(1, 0, 2**31),
    }


def quarter(last: int = LATEST) -> Field:
    """Return the field of the quarter that is looked at, the last one where the address names none."""
    return Field(LATEST, whole(0, 0, last).read, instead=lambda: "the last is shown")


def watched_of(values: dict[str, Any], spec: ScenarioSpec | None) -> Watched:
    """Return what the values of an address ask for.

    Parameters
    ----------
    spec : scenario, whose first arms are meant where the address names none; None where it has problems
    """
    arms = tuple(arm for arm in values["arms"] if arm != "baseline")
    if not values["arms"] and spec is not None:
        arms = tuple(arm.name for arm in spec.arms[:FIRST])
    return Watched(arms, values["replications"], values["seed"])


def seconds(asked: Watched, spec: ScenarioSpec) -> float:
    """Return about how long it takes: all runs are one process, and run side by side."""
    runs = (1 + len(asked.arms)) * asked.replications
    return _BEGIN + size(spec).seconds * (_BLOCK + _RUN * runs)
