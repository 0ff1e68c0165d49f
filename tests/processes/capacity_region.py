"""A small region for tests of capacity and donors: two countries with agencies, posts and a stretch each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.agency import AgencySpec
from stcsim.actors.checkpoint import CheckpointSpec, StretchSpec
from stcsim.actors.country import CountrySpec
from stcsim.actors.donor import DonorSpec
from stcsim.actors.partner import PartnerSpec
from stcsim.draws import Draws
from stcsim.engine.build import build
from stcsim.parameters import CapacityParameters, DonorParameters, Parameters
from stcsim.processes.capacity import step_capacity
from stcsim.processes.donors import step_donors
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state import State, Switches, When
from stcsim.state.state import stack

ROLES = (
    "licensing_authority",
    "trade_ministry",
    "customs_headquarters",
    "law_enforcement",
    "prosecutor",
    "border_guard",
)
NAMES = [a.name for a in CATALOGUE]
DRAWS = Draws()


def country(name: str, competence: float, extra: Sequence[AgencySpec] = ()) -> CountrySpec:
    return CountrySpec(
        id=name,
        competence=competence,
        agencies=(*(AgencySpec(role=r) for r in ROLES), *extra),
        partners=(PartnerSpec(kind="university"),),
        checkpoints=(
            CheckpointSpec(kind="air", count=3, inspectors=8),
            CheckpointSpec(kind="land", count=4, inspectors=5),
        ),
        stretches=(StretchSpec(kind="green"),),
    )


def region(
    seeds: Sequence[int] = (1,),
    *,
    donors: int = 3,
    extra: Sequence[AgencySpec] = (),
    parameters: Sequence[Parameters] | None = None,
    switches: Switches | None = None,
) -> State:
    """Return the stacked starts of runs; parameters may differ between them."""
    spec = ScenarioSpec(
        name="small",
        countries=(country("A", 0.5, extra), country("B", 0.3)),
        donors=tuple(DonorSpec(id=f"D{i}", budget=1200.0) for i in range(donors)),
    )
    given = parameters or [Parameters()] * len(seeds)
    return stack([build(spec, s, p, switches=switches) for s, p in zip(seeds, given, strict=True)])


def assumed(*, capacity: dict[str, Any] | None = None, donors: dict[str, Any] | None = None) -> Parameters:
    """Return parameters that differ from the register in these."""
    return Parameters(
        capacity=CapacityParameters(**(capacity or {})), donors=DonorParameters(**(donors or {}))
    )


def weeks(state: State, number: int, *, start: int = 0, days: int = 7, warm_up: int = 0) -> State:
    """Let donors and capacity take steps; return the same state."""
    for day in range(start * 7, (start + number) * 7, days):
        when = When(day, days, warm_up)
        step_donors(state, DRAWS, when)
        step_capacity(state, DRAWS, when)
    return state


def gained(state: State, before: Any) -> Any:
    """Return the competence gained since, summed over the holders of each run."""
    return np.bincount(state.holders.run, weights=(state.holders.competence - before).sum(axis=1))


def programme(
    state: State, activity: str, holders: Sequence[int], events: float, donor: int = -1, group: int = 0
) -> None:
    """Add a programme of a mechanism to the compiled structure."""
    c, k = state.compiled, len(holders)
    c.programme_holder = np.concatenate([c.programme_holder, np.array(holders, dtype=np.int64)])
    c.programme_activity = np.concatenate([c.programme_activity, np.full(k, NAMES.index(activity))])
    c.programme_group = np.concatenate([c.programme_group, np.full(k, group)])
    c.programme_events = np.concatenate([c.programme_events, np.full(k, events)])
    c.programme_fit = np.concatenate([c.programme_fit, np.ones(k)])
    c.programme_price = np.concatenate([c.programme_price, np.ones(k)])
    c.programme_donor = np.concatenate([c.programme_donor, np.full(k, donor)])
