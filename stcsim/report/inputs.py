"""What a report tells besides the tables: the scenario, where the runs come from, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from stcsim.spec import ASSUMED


@dataclass(frozen=True)
class SeriesInfo:
    """A monthly series that is drawn.

    Parameters
    ----------
    name : in column `name` of the table of series
    label : in words
    unit : of its values, such as ``transfers a month``
    """

    name: str
    label: str
    unit: str


@dataclass(frozen=True)
class ScenarioInfo:
    """What was asked, of what region.

    Parameters
    ----------
    name : of the scenario
    title, question : for people; empty when the file says nothing
    arm_labels : names of arms for people, by name
    arm_texts : what each arm chooses, in words, by name
    facts : short statements about the region and the horizon, such as ``4 countries``
    series : monthly series to draw, the most important first; none takes those of the headlines
    """

    name: str
    title: str = ""
    question: str = ""
    arm_labels: Mapping[str, str] = field(default_factory=dict)
    arm_texts: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    series: tuple[SeriesInfo, ...] = ()


@dataclass(frozen=True)
class Assumption:
    """One number of the register and what is known of it.

    Parameters
    ----------
    path : in the scenario, such as ``firms.margin``
    text : what it is
    value : its value here, as text
    unit : its unit
    basis : key of a source, or ``assumed``
    sweep : range that sampled worlds draw from, None when it stays fixed
    source, url : title and address of the source, empty when assumed
    outcomes : headline outcomes that depend on it; none given stands for all of them
    """

    path: str
    text: str
    value: str
    unit: str
    basis: str = ASSUMED
    sweep: tuple[float, float] | None = None
    source: str = ""
    url: str = ""
    outcomes: tuple[str, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether no public figure stands behind it."""
        return self.basis == ASSUMED

    def bears_on(self, outcome: str) -> bool:
        """Whether an outcome depends on it."""
        return not self.outcomes or outcome in self.outcomes


@dataclass(frozen=True)
class Provenance:
    """Where the numbers come from and how to get them again.

    Parameters
    ----------
    version : of this package
    seed : of the study
    scenario_hash : of the resolved scenario
    command : line that repeats the comparison
    resolved : the scenario with every default filled in, as YAML; empty when it is not at hand
    more : further entries, by name, such as the versions of Python and Mesa
    """

    version: str
    seed: int
    scenario_hash: str
    command: str
    resolved: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
