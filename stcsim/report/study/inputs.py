"""What the report of a study is made from: what was asked and run, and what the analyses found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from stcsim.analysis.again import Again
from stcsim.analysis.ahead import Ahead
from stcsim.analysis.discovery import Discovery
from stcsim.analysis.over_values import ValueEffects
from stcsim.analysis.pareto import Front
from stcsim.analysis.ranking import Ranking
from stcsim.analysis.regret import Regret
from stcsim.analysis.robustness import Robustness
from stcsim.analysis.screening import Screening
from stcsim.analysis.sobol_indices import SobolIndices
from stcsim.pictures.effects import Effects
from stcsim.pictures.words import capital_words

WEIGHTS = "weights"
"""What stands for the weights of a study where an outcome may be named."""


@dataclass(frozen=True)
class Named:
    """Something that a study names.

    Parameters
    ----------
    label : for people
    name : by which files and commands know it
    """

    label: str
    name: str


@dataclass(frozen=True)
class StudyFacts:
    """What was asked, and what was run.

    Parameters
    ----------
    name, title, question : for people
    folder : as the user gave it
    command : line that runs the study
    asked : what was varied, compared and looked at, by heading
    ran : runs, failures and executions, by heading
    failures : one row a failed run: `arm`, `scenario`, `world`, `replication`, `stage`, `error`
    text : of the study file
    version : of this package
    """

    name: str
    title: str
    question: str
    folder: str
    command: str
    asked: Mapping[str, str | tuple[Named, ...]]
    ran: Mapping[str, str]
    failures: pd.DataFrame
    text: str
    version: str


@dataclass(frozen=True)
class Moved:
    """What moves one target.

    Parameters
    ----------
    target : in words
    unit : of it
    found : by Morris' or Sobol's design
    """

    target: str
    unit: str
    found: Screening | SobolIndices


@dataclass(frozen=True)
class Where:
    """Boxes of assumptions in which something holds.

    Parameters
    ----------
    what : holds, in words
    found : the boxes
    ranges : ends of each numeric input
    """

    what: str
    found: Discovery
    ranges: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class ScenarioFindings:
    """What a study says of one scenario, or of all together.

    Parameters
    ----------
    name : of the scenario, empty for all together
    effects : comparison, None where there are too few pairs
    runs, bodies : tables behind it
    rankings : by outcome
    weighted : ranking by the weights of the study
    regret, front, robust : None where nothing can be said
    again : arms that were run again on fresh seeds, by the first outcome
    moved : sensitivity of its targets
    where : discovery
    over : effects by the values of what is varied, with the outcome
    lacking : why something is not shown, a sentence each
    lost : arms of which no run came to its end, a sentence each
    sets : in which sampled sets an arm is ahead, by outcome, and by `WEIGHTS`
    title : of the scenario for people; its name as words when not given
    """

    name: str
    effects: Effects | None = None
    runs: pd.DataFrame = field(default_factory=pd.DataFrame)
    bodies: pd.DataFrame = field(default_factory=pd.DataFrame)
    rankings: Mapping[str, Ranking] = field(default_factory=dict)
    weighted: Ranking | None = None
    regret: Regret | None = None
    front: Front | None = None
    robust: Robustness | None = None
    again: tuple[Again, ...] = ()
    moved: tuple[Moved, ...] = ()
    where: Where | None = None
    over: tuple[tuple[str, ValueEffects], ...] = ()
    lacking: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    sets: Mapping[str, Ahead] = field(default_factory=dict)
    title: str = ""

    @property
    def called(self) -> str:
        """What people call the scenario."""
        return self.title or capital_words(self.name)


@dataclass(frozen=True, eq=False)
class StudyFindings:
    """Everything that the report tells.

    Parameters
    ----------
    facts : what was asked and run
    labels : names of arms for people, the baseline and rivals among them
    weights : of outcomes, as the study says
    parts : a scenario each
    """

    facts: StudyFacts
    labels: Mapping[str, str]
    weights: Mapping[str, float]
    parts: tuple[ScenarioFindings, ...]
