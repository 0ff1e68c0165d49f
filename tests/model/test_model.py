from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

from stcsim.agents import AGENT_TYPES, Agency, Checkpoint, Donor, Firm, Partner, ProcurementNetwork
from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS
from stcsim.model import EcosystemModel
from stcsim.scenario.arms import ResolvedArm
from stcsim.study.block import Block, run_block
from tests.study.studies import study_design, study_scenario, write_study

SPEC = study_scenario()
OLD_MESA = tuple(int(part) for part in mesa.__version__.split(".")[:2]) < (3, 5)


def finished(arm: str = "channel", rng: Any = 5) -> EcosystemModel:
    model = EcosystemModel(SPEC, arm, rng=rng)
    while model.running:
        model.step()
    return model


@pytest.fixture(scope="module")
def model() -> EcosystemModel:
    return finished()


def test_the_model_and_a_stack_give_the_same_numbers() -> None:
    block: Block = study_design("channel", "late_group", worlds=0, replications=2).blocks(1)[0]
    for spec, result in list(zip(block.specs(), run_block(block), strict=True))[1::2]:
        model = finished(spec.arm.name, spec.seed)
        assert model.steps == SPEC.time.counted_weeks
        found = model.outcomes()
        assert set(found) == set(result.outcomes)
        for name, value in result.outcomes.items():
            assert found[name] == value or (math.isnan(value) and math.isnan(found[name])), name


def test_arms_branch_at_step_zero() -> None:
    one, other = (EcosystemModel(SPEC, arm, rng=3) for arm in ("baseline", "channel"))
    assert one.steps == other.steps == one.week == 0
    assert np.array_equal(one.state.holders.competence, other.state.holders.competence)
    with pytest.raises(InputError, match="first step"):
        one.outcomes()
    one.step()
    assert (one.steps, one.week, len(one.datacollector.get_model_vars_dataframe())) == (1, 1, 1)


def test_what_is_collected_ends_at_the_outcomes(model: EcosystemModel) -> None:
    table = model.datacollector.get_model_vars_dataframe()
    assert len(table) == model.steps
    assert set(SPEC.headline) <= set(table.columns)
    last = table.iloc[-1]
    assert {name: last[name] for name in table} == {name: model.outcomes()[name] for name in table}
    assert table["attempts"].is_monotonic_increasing


def test_agents_are_made_when_they_are_asked_for() -> None:
    model = EcosystemModel(SPEC, rng=1)
    model.step()
    assert len(model._all_agents) == 0
    firms = model.agents_by_type[Firm]
    assert len(firms) == model.state.firms.n
    assert set(model.agent_types) == set(AGENT_TYPES)
    assert len(model.agents) == sum(len(agents) for agents in model.agents_by_type.values())
    assert model.agents_by_type[Firm] is firms or list(model.agents_by_type[Firm]) == list(firms)
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_agents_show_their_rows(model: EcosystemModel) -> None:
    holders = [h for kind in (Agency, Partner, Checkpoint) for h in model.agents_by_type[kind]]
    assert sorted(h.identity for h in holders) == sorted(model.state.holders.ids)
    for h in holders:
        assert h.identity == model.state.holders.ids[h.row]
        assert h.staff == model.state.holders.staff[h.row]
        assert h.country in ("", "A", "B", "C")
        assert all(0 <= value <= 1 for value in h.competences.values())
    customs = next(h for h in holders if h.identity == "A/customs_headquarters")
    assert (customs.role, customs.country) == ("customs_headquarters", "A")
    assert customs.identity in customs.recognised
    assert customs.trust_in(customs) == model.state.holders.trust[customs.row, customs.row]
    latent, captured = customs.capacity("risk_targeting")["knowledge"]
    assert 0 < captured < 1
    assert latent + captured <= 1
    assert customs.items_known >= 0 <= customs.items_unread
    stretch = next(c for c in model.agents_by_type[Checkpoint] if c.identity == "B/green")
    assert stretch.open_stretch
    assert stretch.inspectors == 0
    post = next(c for c in model.agents_by_type[Checkpoint] if c.identity == "A/sea_1")
    assert not post.open_stretch
    assert post.traffic > 0 < post.inspected_share
    assert post.targeting > 0 <= post.detained


def test_firms_donors_and_networks_show_their_rows(model: EcosystemModel) -> None:
    firms = list(model.agents_by_type[Firm])
    assert len({f.identity for f in firms}) == len(firms)
    large = [f for f in firms if f.firm_class == "large"]
    assert len(large) == 12
    assert large[0].identity.startswith(f"{large[0].group}/")
    assert {f.country for f in large} == {"A"}
    assert all(0 <= f.awareness <= 1 and isinstance(f.compliance_programme, bool) for f in firms)
    (east,) = [d for d in model.agents_by_type[Donor] if d.identity == "east"]
    assert east.priorities["enforcement"] == 1
    assert east.countries == ("A", "B", "C")
    (south,) = [n for n in model.agents_by_type[ProcurementNetwork] if n.identity == "south"]
    assert south.home == "C"
    assert set(south.wants) == {"cat_0_nuclear", "military_list"}
    south.risk[:] = 0
    assert model.state.networks.risk.any()


def test_seeds_repeat_a_run() -> None:
    drawn = EcosystemModel(SPEC, rng=np.random.default_rng(1))
    again = EcosystemModel(SPEC, rng=drawn.run_seed)
    assert np.array_equal(drawn.state.firms.awareness, again.state.firms.awareness)
    assert EcosystemModel(SPEC).run_seed != EcosystemModel(SPEC).run_seed


def test_arms_and_scenarios_by_name(tmp_path: Any) -> None:
    path = write_study(tmp_path)
    both = EcosystemModel(str(path), "channel+donor_coordination", rng=1)
    assert [m.name for m in both.arm.mechanisms] == ["frontline_channel", "donor_coordination"]
    own = ResolvedArm("own", "", (MECHANISMS["capacity_capture"](),))
    assert EcosystemModel(path, own, rng=1).arm is own
    with pytest.raises(InputError, match="Did you mean"):
        EcosystemModel(path, "chanel")


def test_batches(tmp_path: Any) -> None:
    parameters: dict[str, Any] = {"spec": [SPEC], "arm": ["baseline", "channel"]}
    options: dict[str, Any] = {"rng": [1, 2]}
    if OLD_MESA:
        parameters |= options
        options = {}
    rows = batch_run(EcosystemModel, parameters, max_steps=1000, display_progress=False, **options)
    assert len(rows) == 4
    for row in rows:
        model = finished(row["arm"], row["rng"])
        assert {name: row[name] for name in SPEC.headline} == {n: model.outcomes()[n] for n in SPEC.headline}
