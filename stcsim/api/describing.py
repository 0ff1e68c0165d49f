"""What a report tells of the scenario: the region in numbers, what each arm chooses, what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.outcomes.dependence import acts_on
from stcsim.outcomes.registry import INFOS
from stcsim.outcomes.series import SERIES
from stcsim.parameters import register
from stcsim.report.inputs import Assumption, ScenarioInfo, SeriesInfo
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.size import size
from stcsim.scenario.spec import ScenarioSpec
from stcsim.sources import sources
from stcsim.spec import ASSUMED, QuantityInfo, quantities

ALWAYS_DRAWN = ("coordination_hours",)
"""Series that are drawn beside those of the headlines."""
YEAR_WEEKS = 52


def scenario_info(scenario: ScenarioSpec, arms: Sequence[ResolvedArm]) -> ScenarioInfo:
    """Return what a report tells of a scenario and the arms that were run."""
    drawn = [name for name in dict.fromkeys((*scenario.headline, *ALWAYS_DRAWN)) if name in SERIES]
    return ScenarioInfo(
        name=scenario.name,
        title=scenario.title,
        question=scenario.question,
        arm_labels={arm.name: arm.label for arm in arms},
        arm_texts={arm.name: "; ".join(mechanism_words(m) for m in arm.mechanisms) for arm in arms},
        facts=tuple(_facts(scenario)),
        series=tuple(SeriesInfo(name, SERIES[name].label, SERIES[name].unit) for name in drawn),
    )


def mechanism_words(mechanism: Mechanism) -> str:
    """Return the title of a mechanism and what the arm says that differs from its defaults."""
    said = [
        f"{name.replace('_', ' ')} {_words(getattr(mechanism, name))}"
        for name, field in type(mechanism).model_fields.items()
        if getattr(mechanism, name) != field.default
    ]
    return f"{mechanism.title} ({', '.join(said)})" if said else mechanism.title


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6g}"
    if isinstance(value, (tuple, list)):
        return " and ".join(_words(v) for v in value)
    return str(value).replace("_", " ")


def _facts(scenario: ScenarioSpec) -> Iterator[str]:
    estimate = size(scenario)
    time = scenario.time
    for count, one, many in (
        (len(scenario.countries), "country", "countries"),
        (estimate.holders, "body or checkpoint", "bodies and checkpoints"),
        (estimate.firms, "firm", "firms"),
        (len(scenario.donors), "donor", "donors"),
        (len(scenario.networks), "procurement network", "procurement networks"),
    ):
        if count:
            yield f"{count:,} {one if count == 1 else many}"
    counted, warm = time.counted_weeks / YEAR_WEEKS, time.warm_up_weeks / YEAR_WEEKS
    yield f"{counted:.3g} years after {warm:.3g} of warm-up"


def assumptions(scenario: ScenarioSpec, arms: Sequence[ResolvedArm]) -> list[Assumption]:
    """Return the register as it is here, and what the arms leave to the defaults of their mechanisms."""
    found = []
    for q in register():
        group, name = q.path.split(".")
        touched = tuple(o for o in scenario.headline if acts_on(group, INFOS[o].family))
        if touched:
            value = getattr(getattr(scenario.parameters, group), name)
            found.append(replace(_assumption(q, value), outcomes=touched))
    used = {m.name: m for arm in arms for m in arm.mechanisms}
    for name in sorted(used):
        for q in quantities(MECHANISMS[name]):
            mine = [m for arm in arms for m in arm.mechanisms if m.name == name]
            if q.sweep is not None and any(getattr(m, q.path) == q.default for m in mine):
                found.append(_assumption(q, q.default, f"mechanisms.{name}.{q.path}"))
    return found


def _assumption(q: QuantityInfo, value: object, path: str = "") -> Assumption:
    default = value == q.default
    # What stands in place of the default has no basis that is known here, and holds in every world.
    basis = q.basis if default else ASSUMED
    source = sources().get(basis)
    return Assumption(
        path=path or q.path,
        text=q.text,
        value=f"{value:g}" if isinstance(value, (int, float)) else str(value),
        unit=q.unit,
        basis=basis,
        sweep=q.sweep if default and basis == ASSUMED else None,
        source=source.title if source else "",
        url=source.url if source else "",
    )
