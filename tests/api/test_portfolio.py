"""A portfolio from a study file: searched, kept, gone on with, estimated on fresh seeds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from stcsim.api.portfolio import FOUND, Effort, PortfolioResult, find_portfolio
from stcsim.api.portfolio_report import is_portfolio, portfolio_report, read_portfolio
from stcsim.errors import InputError
from stcsim.study.block import Block
from stcsim.study.carrying_out import Means
from stcsim.study.plan import StudyPlan
from stcsim.study.set_studies import SetStudy, plan_of_sets
from stcsim.study.specs import RunResult
from stcsim.study.store.reading import read_runs
from tests.study.test_plan import planned

GAIN = {"channel": 6.0, "late_group": 4.0, "mine": 1.0, "dear": 9.0}
PRICE = {"channel": 10.0, "late_group": 10.0, "mine": 5.0, "dear": 40.0}
ARMS = [
    "channel",
    "late_group",
    {"name": "mine", "mechanisms": {"frontline_channel": {"lead_time": 9}}},
    {"name": "dear", "mechanisms": {"additional_staff": {"thousand_usd_per_year": 900}}},
]
EFFORT = Effort(most_parts=3, start=4, last=16, keep=2, fresh=24)


def truthful(block: Block) -> list[RunResult]:
    """Runs whose outcomes are known: channel and late_group gain 3 more together than alone."""
    found = []
    for spec, key in zip(block.specs(), block.keys(), strict=True):
        world = np.random.default_rng(spec.seed).standard_normal(5)
        parts = [] if spec.arm.name == "baseline" else spec.arm.name.split("+")
        gain = sum(GAIN[p] + 0.3 * world[list(GAIN).index(p)] for p in parts)
        gain += 3.0 * ({"channel", "late_group"} <= set(parts))
        outcomes = {"diversions": 100.0 + world[4] - gain, "total_cost": 50.0 + sum(PRICE[p] for p in parts)}
        head = (spec.arm.name, spec.world, spec.replication, spec.seed, key)
        found.append(RunResult(*head, outcomes, {"s": np.zeros(1)}, {"body": 1.0}))
    return found


def study(folder: Path, **keys: object) -> StudyPlan:
    given = {
        "arms": ARMS,
        "uncertainties": ["parameters.trust"],
        "design": {"kind": "worlds", "points": 10, "seed": 3},
        "outcomes": ["diversions"],
        "budget": {"most": 26.0},
        **keys,
    }
    return planned(folder, **given)


def find(plan: StudyPlan, folder: Path, effort: Effort = EFFORT) -> PortfolioResult:
    warned: list[str] = []
    result = find_portfolio(plan, folder, Means(work=truthful), effort, warn=warned.append)
    assert warned == []
    return result


def test_the_best_set_under_the_budget_with_its_synergy(tmp_path: Path) -> None:
    result = find(study(tmp_path), tmp_path / "out")
    assert result.found is not None
    best = result.found.sets[0]
    assert best.parts == ("channel", "late_group", "mine")
    assert best.affordable
    assert best.gain.low <= 14.0 <= best.gain.high
    assert best.cost.mean == pytest.approx(25.0)
    assert best.synergy is not None
    assert best.synergy.mean == pytest.approx(3.0)
    assert best.synergy.word == "more"
    assert best.adds["channel"].low <= 9.0 <= best.adds["channel"].high
    assert [len(r.sets) for r in result.search.rounds] == [4, 7, 4, 2]  # no set with what is dear
    assert [r.units for r in result.search.rounds] == [4, 4, 8, 16]
    told = json.loads((tmp_path / "out" / FOUND).read_text())
    assert told["sets"][0]["parts"] == list(best.parts)
    assert told["rounds"][1]["sets"] == 7


def test_a_second_call_goes_on_and_runs_nothing_twice(tmp_path: Path) -> None:
    plan, out = study(tmp_path), tmp_path / "out"

    def stopping(block: Block) -> list[RunResult]:
        if len(done) == 9:
            raise KeyboardInterrupt
        done.append(block.runs)
        return truthful(block)

    done: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        find_portfolio(plan, out, Means(work=stopping), EFFORT, warn=print)
    before = len(read_runs(out / "search").runs)
    assert before == sum(done)
    counted: list[int] = []

    def counting(block: Block) -> list[RunResult]:
        counted.append(block.runs)
        return truthful(block)

    found = find_portfolio(plan, out, Means(work=counting), EFFORT, warn=print)
    kept = [read_runs(out / name).runs for name in ("search", "fresh")]
    assert sum(counted) + before == sum(map(len, kept))
    counted.clear()
    again = find_portfolio(plan, out, Means(work=counting), EFFORT, warn=print)
    assert counted == []
    assert again.found == found.found
    assert not set(kept[0]["seed"]) & set(kept[1]["seed"])


def test_weights_and_a_study_without_worlds(tmp_path: Path) -> None:
    keys = {
        "uncertainties": "none",
        "design": {"kind": "list"},
        "weights": {"diversions": 1.0, "total_cost": 0.0},
    }
    result = find(study(tmp_path, **keys), tmp_path / "out")
    assert result.found is not None
    assert result.found.over == "replications"
    assert result.found.units == EFFORT.fresh
    assert result.found.sets[0].parts == ("channel", "late_group", "mine")
    assert result.by == {"diversions": 1.0, "total_cost": 0.0}


def test_several_scenarios_levers_and_rivals_are_no_obstacle(tmp_path: Path) -> None:
    keys = {
        "scenario": ["small_region.yaml", {"name": "other", "scenario": "small_region.yaml"}],
        "levers": {"mechanisms.frontline_channel.mean_delay_days": [1.0, 9.0]},
        "equal_cost": True,
        "replications": {"until": {"outcome": "diversions", "halfwidth": "5%"}, "min": 10, "max": 19},
    }
    result = find(study(tmp_path, **keys), tmp_path / "out", Effort(2, 4, 8, 2, 20))
    assert result.found is not None
    assert result.found.sets[0].parts == ("channel", "late_group")
    runs = read_runs(tmp_path / "out" / "fresh").runs
    assert set(runs["scenario"]) == {"small_region", "other"}
    assert not any("~" in arm for arm in runs["arm"].unique())
    assert len(runs) == 20 * runs["arm"].nunique()


def test_what_cannot_be_bought(tmp_path: Path) -> None:
    nothing = find(study(tmp_path, budget={"most": 1.0}), tmp_path / "out")
    assert nothing.found is None
    assert json.loads((tmp_path / "out" / FOUND).read_text())["sets"] == []
    with pytest.raises(InputError, match="study has none"):
        find(study(tmp_path, budget=None), tmp_path / "other")
    with pytest.raises(InputError, match="two arms"):
        find(study(tmp_path, arms=["channel"]), tmp_path / "other")
    with pytest.raises(InputError, match="neither"):
        find(study(tmp_path, outcomes=["opportunities"]), tmp_path / "other")


def test_sets_share_units_and_more_units_leave_the_first_as_they_are(tmp_path: Path) -> None:
    sets = plan_of_sets(study(tmp_path), 2)
    assert len(sets.arms) == 1 + 4 + 6
    some = SetStudy(sets, sets=("channel", "channel+mine"), units=6)
    assert some.places(25)[:6] == some.places(6)
    assert len({number for number, _ in some.places(10)}) == 10
    assert min(number for number, _ in some.places(10)) == 1
    blocks = list(some.blocks(2))
    assert sum(b.runs for b in blocks) == some.runs == 18
    assert {a.name for b in blocks for a in b.arms} == {"baseline", "channel", "channel+mine"}
    seeds = {(s.world, s.replication): s.seed for b in blocks for s in b.specs()}
    assert len(seeds) == 6
    joined = next(a for a in sets.arms if a.name == "channel+mine")
    assert [m.name for m in joined.mechanisms] == ["frontline_channel", "frontline_channel"]
    with pytest.raises(InputError, match="a set of two others"):
        plan_of_sets(study(tmp_path, arms=["channel", "late_group", "channel+late_group"]), 2)
    with pytest.raises(InputError, match="name fewer arms"):
        plan_of_sets(study(tmp_path, arms=[f"{a}" for a in MANY]), 20)


MANY = (
    *("additional_staff", "after_action_reporting", "capacity_capture", "civil_society_monitoring"),
    *("conferences", "coordinating_entity", "cross_sector_working_group", "disclosure_policy"),
    *("donor_coordination", "ecosystem_mapping", "engagement_plan", "equipment_donation", "joint_events"),
)


def test_its_report_tells_the_same(tmp_path: Path) -> None:
    result = find(study(tmp_path), tmp_path / "found")
    assert result.found is not None
    assert is_portfolio(tmp_path / "found")
    assert read_portfolio(tmp_path / "found").found == result.found
    page = portfolio_report(tmp_path / "found").read_text(encoding="utf-8")
    for shown in (
        "Channel + late group",
        "more than the sum",
        "What each part adds",
        "less of illicit transfers",
    ):
        assert shown in page
