"""What a study file may say: what is asked, what is varied, and how many runs are spent on it.

In the words of XLRM: levers (`arms`, `levers`) are what policy controls, uncertainties (`uncertainties`,
`structure`) what it does not; relations are the model, measures are `outcomes`.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from stcsim.scenario.spec import MAPPING, NAME, ONE, SEVERAL, ArmSpec
from stcsim.spec import Spec, quantity
from stcsim.study.stopping import StoppingRule

Scalar = bool | int | float | str
"""A number, a truth value or a word."""
Kind = Literal["list", "grid", "latin_hypercube", "sobol", "morris", "worlds"]
DRAWN: frozenset[Kind] = frozenset({"latin_hypercube", "sobol", "morris", "worlds"})
"""Designs whose points are drawn from ranges, with few runs each."""
MOST_SEED = 2**53 - 1
"""Seeds stay exact in JSON and in spreadsheets."""


def _form(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return SEVERAL
    return MAPPING if isinstance(value, (dict, Spec)) else ONE


_FORM = Discriminator(_form)


def _scalars(values: tuple[Any, ...]) -> tuple[Any, ...]:
    for value in values:
        if not isinstance(value, (bool, int, float, str)):
            raise ValueError("a number or a word has to stand at each place")
    if len({(type(v), v) for v in values}) < len(values):
        raise ValueError("a value stands here twice")
    return values


class Range(Spec):
    """Ends between which a number is varied."""

    low: float
    """Lower end."""
    high: float
    """Upper end."""


_Values = Annotated[tuple[Any, ...], AfterValidator(_scalars), Field(min_length=1, max_length=1000)]
Varied = Annotated[Annotated[Range, Tag(MAPPING)] | Annotated[_Values, Tag(SEVERAL)], _FORM]
"""A range, or a list of values."""


class Variant(Spec):
    """A scenario of the study under a name of its own, with settings of its own."""

    name: str = Field(pattern=f"^{NAME.pattern}$")
    """Name in tables and pictures."""
    scenario: str = Field(min_length=1, max_length=500)
    """Name of a scenario of the library, or path of a file from the study file."""
    settings: tuple[str, ...] = ()
    """Settings ``path=value`` laid on it, before those of the study."""


class DesignSpec(Spec):
    """Which points are run: sets of levers, assumptions and structure."""

    kind: Kind = "list"
    """How points are chosen."""
    points: int | None = quantity(None, unit="points", low=1, high=10_000_000)
    """Points drawn beside the defaults; base points of a Sobol' design."""
    values: tuple[dict[str, Any], ...] = Field(default=(), max_length=100_000)
    """Points of a list, each a mapping from paths to values."""
    levels: int | None = quantity(None, unit="levels", low=2, high=1000)
    """Values that a grid, or a Morris design, takes of each range; 3 and 4 when not given."""
    trajectories: int | None = quantity(None, unit="trajectories", low=2, high=1_000_000)
    """Trajectories of a Morris design."""
    second_order: bool = False
    """Whether a Sobol' design also tells pairs of factors apart."""
    seed: int = quantity(1, unit="seed", low=0, high=MOST_SEED)
    """Names the chance of points and runs: equal seeds give equal numbers."""
    common_seeds: bool | None = None
    """Whether all points share the seeds of their replications, or none do; when not given, those of lists
    and grids do, those of a Sobol' row or a Morris trajectory, and no others."""


class Budget(Spec):
    """A limit that sets of mechanisms have to keep."""

    outcome: str = "total_cost"
    """What is limited: its difference to the baseline."""
    most: float = Field(gt=0)
    """The limit, in the outcome's unit over the counted time."""


_Number = Annotated[int, Field(ge=2, le=1_000_000)]
_Scenario = Annotated[Annotated[str, Tag(ONE)] | Annotated[Variant, Tag(MAPPING)], _FORM]
_Arm = Annotated[Annotated[str, Tag(ONE)] | Annotated[ArmSpec, Tag(MAPPING)], _FORM]


class StudySpec(Spec):
    """What a study file says."""

    format: Literal[1] = 1
    """Version of this file format."""
    name: str = Field(pattern=f"^{NAME.pattern}$")
    """Name of the study, as its file is called."""
    title: str = Field(default="", max_length=120)
    """Title for people."""
    question: str = Field(default="", max_length=1000)
    """What the study should answer."""
    scenario: Annotated[
        Annotated[str, Tag(ONE)]
        | Annotated[Variant, Tag(MAPPING)]
        | Annotated[tuple[_Scenario, ...], Tag(SEVERAL), Field(min_length=1, max_length=1000)],
        _FORM,
    ]
    """One scenario or several: names of the library, paths from this file, or variants with settings."""
    settings: tuple[str, ...] = ()
    """Settings ``path=value`` laid on every scenario, as with ``--set``."""
    arms: tuple[_Arm, ...] = ()
    """What is compared with the baseline: names as in ``stcsim compare --arms``, or arms as in a scenario
    file; all arms of the scenario when empty."""
    levers: dict[str, Varied] = Field(default_factory=dict)
    """What policy controls, varied in every arm that has it, by ``mechanisms.<name>.<field>``."""
    uncertainties: Annotated[
        Annotated[Literal["all", "none"], Tag(ONE)]
        | Annotated[tuple[str, ...], Tag(SEVERAL)]
        | Annotated[dict[str, Varied | None], Tag(MAPPING)],
        _FORM,
    ] = "none"
    """Assumptions that are varied: all that worlds draw, or by path, with the register's range or another."""
    structure: dict[str, _Values] = Field(default_factory=dict)
    """Structural alternatives that are varied, by ``structure.<switch>``."""
    design: DesignSpec = Field(default_factory=DesignSpec.default)
    """Which points are run."""
    replications: Annotated[
        Annotated[_Number, Tag(ONE)] | Annotated[StoppingRule, Tag(MAPPING)],
        _FORM,
    ] = 20
    """Runs of each arm under the default assumptions, or a precision at which they end."""
    pairs: int | None = quantity(None, unit="runs", low=1, high=1_000_000)
    """Runs of each arm at the other points; when not given two where points are drawn, else as many as under
    the defaults."""
    outcomes: tuple[str, ...] = Field(default=(), max_length=200)
    """What is looked at, the outcome that decides first; the scenario's headlines when empty."""
    weights: dict[str, float] = Field(default_factory=dict)
    """What the outcomes are worth to who asks, relative to each other."""
    budget: Budget | None = None
    """What sets of mechanisms may cost."""
    equal_cost: bool = False
    """Whether each arm gets a rival: the same money spent on staff."""

    @property
    def least_replications(self) -> int:
        """Runs of each arm under the default assumptions that are run in any case."""
        return self.replications.min if isinstance(self.replications, StoppingRule) else self.replications

    @property
    def most_replications(self) -> int:
        """Runs of each arm under the default assumptions at most."""
        return self.replications.max if isinstance(self.replications, StoppingRule) else self.replications

    @property
    def runs_at_points(self) -> int:
        """Runs of each arm at points other than the defaults that are run in any case."""
        if self.pairs is not None:
            return self.pairs
        return 2 if self.design.kind in DRAWN else self.least_replications
