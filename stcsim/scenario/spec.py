"""The scenario: the frozen specs of all rooms, composed."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema, core_schema

from stcsim.actors.channel import ChannelSpec
from stcsim.actors.country import CountrySpec
from stcsim.actors.donor import DonorSpec
from stcsim.actors.network import NetworkSpec
from stcsim.actors.partner import PartnerSpec
from stcsim.actors.relation import RelationSpec
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.parameters import Parameters
from stcsim.scenario.readiness import ReadinessSpec
from stcsim.shocks import SHOCKS, Shock
from stcsim.spec import Spec, quantity

FORMAT_VERSION = 1
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
"""Names of scenarios."""


class TimeSpec(Spec):
    """Horizon, warm-up and step."""

    warm_up_weeks: int = quantity(104, unit="weeks", low=0, high=2080)
    """Weeks without mechanisms until arms branch: each starts from the scenario's own baseline state."""
    counted_weeks: int = quantity(260, unit="weeks", low=1, high=2600)
    """Weeks that outcomes count."""
    step_days: Literal[1, 7] = 7
    """Length of a step."""


class StructureSpec(Spec):
    """Structural alternatives behind one name each."""

    adversary: Literal["none", "logit", "best_response"] = "logit"
    """How networks choose their way: a fixed mix, logit, or the best they know."""
    complements: Literal["ces", "linear", "minimum"] = "ces"
    """How knowledge, practices, skills and tools combine."""
    contagion: Literal["simple", "threshold"] = "simple"
    """How awareness spreads between firms."""
    deterrence: Literal["own", "heard"] = "heard"
    """Whether networks judge risk by own losses alone or also by what they hear of inspections."""
    capture: Literal["rate", "immediate"] = "rate"
    """Whether acquired capacity is put to use over time or at once."""


ONE, SEVERAL, MAPPING = "(one)", "(several)", "(mapping)"
"""Names that validation gives to the forms of a value that has several, such as a mechanism; people never see
them in a path."""


def _form(value: Any) -> str:
    return SEVERAL if isinstance(value, (list, tuple)) else ONE


def _all(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


class _OneOrSeveral:
    """Says of ``tuple[kind, ...]`` that one object may stand for a list of one.

    The schema is written down: pydantic takes a tenth of the start of a command to find it from a union.
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        one = handler.generate_schema(source.__args__[0])
        forms = {ONE: one, SEVERAL: core_schema.tuple_variable_schema(one)}
        either = core_schema.tagged_union_schema(forms, discriminator=_form)
        return core_schema.no_info_after_validator_function(_all, either)


_ONE_OR_SEVERAL = _OneOrSeveral()


def _by_name(title: str, doc: str, kinds: dict[str, Any]) -> Any:
    """A closed mapping from the name of a mechanism or shock to one object or a list, kept as a tuple."""
    fields: dict[str, Any] = {}
    for name, kind in kinds.items():
        # a type made from a variable, which pydantic reads when it runs
        several: Any = Annotated[tuple[kind, ...], _ONE_OR_SEVERAL]  # type: ignore[valid-type]
        fields[name] = (several, Field(default=(), description=(kind.__doc__ or "").split("\n")[0]))
    return create_model(title, __base__=Spec, __doc__=doc, **fields)


MechanismSet: Any = _by_name(
    "MechanismSet", "Mechanisms of an arm, by name; one object or a list of them each.", dict(MECHANISMS)
)
ShockSet: Any = _by_name(
    "ShockSet", "Shocks of the scenario, by name; one object or a list of them each.", dict(SHOCKS)
)


class ArmSpec(Spec):
    """A named set of mechanisms to compare with the others."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    """Name used on the command line and in tables."""
    label: str = Field(default="", max_length=80)
    """Name for people; the name when empty."""
    mechanisms: MechanismSet = Field(default_factory=MechanismSet.default)
    """What is chosen in this arm."""

    def chosen(self) -> tuple[Mechanism, ...]:
        """Return the mechanisms of the arm, in the order of their names."""
        return tuple(m for name in sorted(MECHANISMS) for m in getattr(self.mechanisms, name))


class ScenarioSpec(Spec):
    """A region, what may be chosen in it, and what is asked."""

    format: Literal[1] = 1
    """Version of this file format."""
    name: str = Field(pattern=f"^{NAME.pattern}$")
    """Name of the scenario, as its file is called."""
    title: str = Field(default="", max_length=120)
    """Title for people."""
    question: str = Field(default="", max_length=1000)
    """What the comparison should answer."""
    time: TimeSpec = Field(default_factory=TimeSpec.default)
    """Horizon, warm-up and step."""
    parameters: Parameters = Field(default_factory=Parameters.default)
    """Parameters that differ from the register."""
    structure: StructureSpec = Field(default_factory=StructureSpec.default)
    """Structural alternatives."""
    headline: tuple[str, ...] = Field(
        default=("diversions", "licit_delay_mean", "captured_capacity", "total_cost"),
        max_length=4,
        min_length=1,
    )
    """Outcomes that the comparison is about; all others are exploratory."""
    readiness: ReadinessSpec = Field(default_factory=ReadinessSpec.default)
    """Weights of the index of measures in place; they change no run."""
    countries: tuple[CountrySpec, ...] = Field(min_length=1, max_length=60)
    """Countries and everybody at home there."""
    partners: tuple[PartnerSpec, ...] = ()
    """International partners."""
    donors: tuple[DonorSpec, ...] = ()
    """Donors of assistance."""
    networks: tuple[NetworkSpec, ...] = ()
    """Procurement networks."""
    channels: tuple[ChannelSpec, ...] = ()
    """Standing exchanges beyond the ad hoc ties that the register draws."""
    relations: tuple[RelationSpec, ...] = ()
    """Pairs of countries of which one is less than willing to share with the other."""
    shocks: ShockSet = Field(default_factory=ShockSet.default)
    """What befalls the region, dated."""
    arms: tuple[ArmSpec, ...] = ()
    """Sets of mechanisms to compare with doing nothing."""

    def all_shocks(self) -> tuple[Shock, ...]:
        """Return the shocks in the order of their names."""
        return tuple(s for name in sorted(SHOCKS) for s in getattr(self.shocks, name))
