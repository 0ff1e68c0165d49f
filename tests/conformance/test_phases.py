"""No dead phase and no dead switch: each removed or moved leaves another trace of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from typing import get_args, get_type_hints

import pytest

from stcsim.draws import Draws
from stcsim.engine import engine as engine_module
from stcsim.engine.engine import Arm, Engine
from stcsim.engine.phases import PHASES, Phase
from stcsim.scenario.spec import ScenarioSpec, StructureSpec
from stcsim.state.state import State, Switches, When
from tests.columns import differing
from tests.footprint import footprint, moved
from tests.regions import eventful_region, everything, spec_of

Seed = Callable[[str], int]
SPEC, LATE = (spec_of(eventful_region(counted=weeks)) for weeks in (13, 39))
TRIES = 8


def run(spec: ScenarioSpec, seed: int, arm: Arm, switches: Switches | None = None) -> State:
    engine = Engine.begin(spec, [seed], switches=switches).warm()
    return engine.branch([0], [arm]).finish().state


whole_run = lru_cache(maxsize=8)(run)


def changes_something(seed_of: Seed, less: Callable[[ScenarioSpec, int, Arm], State]) -> bool:
    """Whether runs differ; what is rare is sought for longer, under several seeds, with all mechanisms."""
    for attempt in range(TRIES):
        arm: Arm = everything() if attempt % 2 else ()
        chosen = LATE if attempt > 1 else SPEC, seed_of(f"phases/{attempt // 2}"), arm
        if moved(footprint(whole_run(*chosen)), footprint(less(*chosen))):
            return True
    return False


@pytest.mark.parametrize("name", [p.name for p in PHASES])
def test_each_phase_removed_changes_something(
    name: str, seed_of: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def less(spec: ScenarioSpec, seed: int, arm: Arm) -> State:
        with monkeypatch.context() as patch:
            patch.setattr(engine_module, "PHASES", tuple(p for p in PHASES if p.name != name))
            return run(spec, seed, arm)

    assert changes_something(seed_of, less)


def test_phases_are_described() -> None:
    tables = {*State.POPULATIONS, *State.EVENTS, "items", "compiled", "ledger"}
    assert len({p.name for p in PHASES}) == len(PHASES)
    for phase in PHASES:
        assert 5 < len(phase.text) < 100
        assert phase.substeps
        assert {*phase.reads, *phase.writes} <= tables, phase.name
        assert phase.writes, phase.name


def test_phases_write_what_they_say(seed_of: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a quarter of an arm of all mechanisms, tables that a phase does not declare stay as they are."""
    touched: dict[str, set[str]] = {p.name: set() for p in PHASES}

    def watched(phase: Phase) -> Phase:
        def function(state: State, draws: Draws, when: When) -> None:
            before = state.take([0])
            phase.function(state, draws, when)
            touched[phase.name].update(d.split(".")[0] for d in differing(before, state.take([0])))

        return replace(phase, function=function)

    engine = Engine.begin(SPEC, [seed_of("phases/0")]).warm().branch([0], [everything()])
    monkeypatch.setattr(engine_module, "PHASES", tuple(watched(p) for p in PHASES))
    for _ in range(14):
        engine.step()
    for phase in PHASES:
        assert touched[phase.name] <= set(phase.writes), phase.name


STRUCTURES = [
    (name, value)
    for name, hint in get_type_hints(StructureSpec).items()
    for value in get_args(hint)
    if name in StructureSpec.model_fields and value != StructureSpec.model_fields[name].default
]


@pytest.mark.parametrize(("name", "value"), STRUCTURES, ids=[f"{n}-{v}" for n, v in STRUCTURES])
def test_each_structural_alternative_changes_something(name: str, value: str, seed_of: Seed) -> None:
    assert changes_something(seed_of, lambda *chosen: run(*chosen, Switches(**{name: value})))


def test_scenario_and_state_agree_on_structural_alternatives() -> None:
    spec = StructureSpec()
    ours = {f.name: f.default for f in fields(Switches) if f.name not in ("brute_force", "feedback")}
    assert ours == spec.model_dump()
    hints = get_type_hints(Switches)
    for name, hint in get_type_hints(StructureSpec).items():
        if name in StructureSpec.model_fields:
            assert get_args(hint) == get_args(hints[name])


def test_feedback_off_changes_something(seed_of: Seed) -> None:
    assert changes_something(seed_of, lambda *chosen: run(*chosen, Switches(feedback=False)))
