from __future__ import annotations

from itertools import chain

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import ResolvedArm, resolve_arms
from stcsim.study.block import Block, run_block
from stcsim.study.design import Design
from stcsim.study.specs import RunSpec, run_one
from tests.study.studies import numbers, study_design, study_scenario
from tests.study.trouble import Failing

DESIGN = study_design("channel", "late_group", worlds=1)


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    return DESIGN.blocks(1)


def test_runs_of_a_stack_are_what_they_are_alone(blocks: list[Block]) -> None:
    assert [b.units[0].world for b in blocks] == [0, 1]
    for block in blocks:
        for spec, result in list(zip(block.specs(), run_block(block), strict=True))[::2]:
            assert result.error == ""
            assert numbers(run_one(spec)) == numbers(result)


@pytest.mark.parametrize("most", [1, 4, 5])
def test_the_size_of_stacks_changes_nothing(blocks: list[Block], most: int) -> None:
    small = Block(blocks[0].scenario, blocks[0].units, blocks[0].arms, most=most)
    assert [numbers(r) for r in run_block(small)] == [numbers(r) for r in run_block(blocks[0])]


def test_worlds_in_one_stack_are_what_they_are_alone() -> None:
    design = study_design("channel", worlds=3)
    apart = design.blocks(1)
    units = tuple(u for b in apart for u in b.units)
    each = tuple(b.overrides for b in apart for _ in b.units)
    together = Block(design.scenario, units, design.arms, each=each)
    assert together.keys() == list(chain.from_iterable(map(Block.keys, apart)))
    alone = [numbers(r) for b in apart for r in run_block(b)]
    assert [numbers(r) for r in run_block(together)] == alone


def test_the_order_of_a_sum_changes_nothing() -> None:
    spec = study_scenario()
    names = ("channel+donor_coordination", "donor_coordination+channel")
    one, other = (run_one(RunSpec(spec, resolve_arms([name], spec)[0], 3)) for name in names)
    assert numbers(one)[1:] == numbers(other)[1:]


def test_a_run_that_fails_spoils_no_other() -> None:
    arms = (*DESIGN.arms, ResolvedArm("failing", "Failing", (Failing(),)))
    block = DESIGN.blocks(1)[0]
    results = run_block(Block(block.scenario, block.units, arms))
    failed = [r for r in results if r.failed]
    assert [(r.arm, r.replication) for r in failed] == [("failing", 0), ("failing", 1)]
    assert failed[0].error == "RuntimeError: the minister has resigned"
    assert [numbers(r) for r in results if not r.failed] == [numbers(r) for r in run_block(block)]


def test_a_run_alone_never_raises() -> None:
    result = run_one(RunSpec(study_scenario(), ResolvedArm("failing", "", (Failing(),)), 1))
    assert result.failed
    assert result.outcomes == {}


def test_blocks_hold_every_run_once_whatever_does_the_work() -> None:
    expected = {(u.world, u.replication, a.name) for u in DESIGN.units for a in DESIGN.arms}
    for jobs in (1, 2, 7):
        runs = [(s.world, s.replication, s.arm.name) for b in DESIGN.blocks(jobs) for s in b.specs()]
        assert len(runs) == len(set(runs))
        assert set(runs) == expected


def test_a_block_is_at_most_a_stack_and_leaves_nobody_idle() -> None:
    many = Design(DESIGN.scenario, DESIGN.arms, replications=50)
    assert max(b.runs for b in many.blocks(2)) <= many.blocks(2)[0].most
    assert len(many.blocks(2)) % 2 == 0
    assert len(many.blocks(3)) % 3 == 0
    assert len(study_design(replications=6).blocks(6)) == 6


def test_replications_share_their_seed_over_arms_and_worlds_share_none() -> None:
    design = study_design(replications=3, worlds=2, pairs=3)
    assert len({u.seed for u in design.units}) == len(design.units) == 9
    assert design.units[:3] == study_design(replications=3).units


def test_a_mechanism_of_a_sampled_world_is_part_of_the_key() -> None:
    overrides = DESIGN.overrides[1]
    arm = ResolvedArm("a", "", (MECHANISMS["frontline_channel"](),))
    spec = study_scenario()
    assert RunSpec(spec, arm, 1, 0, 1, overrides).key != RunSpec(spec, arm, 1, 0, 1).key


def test_a_failure_says_where_and_every_result_when(blocks: list[Block]) -> None:
    arms = (*DESIGN.arms, ResolvedArm("failing", "Failing", (Failing(),)))
    results = run_block(Block(blocks[0].scenario, blocks[0].units[:1], arms))
    failed = results[-1]
    assert failed.stage == "steps"
    assert "in arrange" in failed.trace
    assert failed.trace.rstrip().endswith("RuntimeError: the minister has resigned")
    assert [r.key for r in results] == [
        s.key for s in Block(blocks[0].scenario, blocks[0].units[:1], arms).specs()
    ]
    for result in results:
        assert result.execution is not None
        assert result.execution.seconds > 0
        assert result.execution.started < result.execution.finished
    # a run of a state that cannot be built
    broken = Block(blocks[0].scenario, blocks[0].units, arms, (("parameters.firms.no_such", 1.0),))
    assert {r.stage for r in run_block(broken)} == {"warm-up"}
