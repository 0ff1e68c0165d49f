from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stcsim.analysis.study_points import open_study
from stcsim.analysis.study_ranking import in_play, is_sampled, ordered_by, rank_study
from stcsim.api.fresh import unfinished, winners
from stcsim.cli import main
from stcsim.errors import InputError
from stcsim.study.block import Block
from stcsim.study.carrying_out import Means, carry_out
from stcsim.study.planned import PlannedStudy
from stcsim.study.specs import RunResult
from tests.api.test_portfolio import study, truthful
from tests.study.test_plan import study_file

FAILING = "late_group"
WORLDS = {"uncertainties": ["parameters.trust"], "design": {"kind": "worlds", "points": 6, "seed": 2}}


def run(folder: Path, **keys: object) -> Path:
    """Carry out a study whose runs have known outcomes."""
    carry_out(PlannedStudy(study(folder, **keys)), folder / "out", Means(work=truthful), warn=print)
    return folder / "out"


def losing(block: Block) -> list[RunResult]:
    """Runs whose outcomes are known, but for an arm that never comes to its end."""
    lost = {"outcomes": {}, "series": {}, "bodies": {}, "error": "ValueError: no", "stage": "steps"}
    return [replace(r, **lost) if r.arm == FAILING else r for r in truthful(block)]


def test_shards_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(tmp_path, **WORLDS)
    shards = sorted((out / "runs").iterdir())
    for shard in shards:
        shard.write_bytes(shard.read_bytes()[:400])
    assert main(["study", "ranking", str(out)]) == 2
    said = capsys.readouterr().err
    more = f" and {len(shards) - 1} more shards" if len(shards) > 1 else ""
    assert f"{shards[0].name}{more} cannot be read: their runs are missing here. Run them again:" in said
    assert "not been run" not in said


def same(block: Block) -> list[RunResult]:
    """Runs in which no arm stops anything."""
    return [replace(r, outcomes={**r.outcomes, "diversions": 4.0}) for r in truthful(block)]


def test_where_no_arm_differs_doing_nothing_is_not_best(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = study(tmp_path, design={"kind": "worlds", "points": 6, "seed": 3}, outcomes=["diversions"])
    carry_out(PlannedStudy(plan), tmp_path / "out", Means(work=same), warn=print)
    assert main(["study", "ranking", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "No arm differs from the baseline in these runs" in told.out
    assert "there is no order" in told.err
    assert "oing nothing is best" not in told.out
    assert "best in" not in told.out


def test_the_order_of_a_study_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(
        tmp_path, design={"kind": "worlds", "points": 20, "seed": 3}, outcomes=["diversions", "total_cost"]
    )
    (found,) = rank_study(open_study(out))
    assert found.by == "diversions"
    assert found.ranking.order == ("dear", "channel", "late_group", "mine", "baseline")
    assert found.ranking.over == "worlds"
    assert found.ranking.units == 20
    assert found.best.loc["total_cost", "baseline"] > 0.99
    assert found.robust is not None
    assert (found.robust.best, found.robust.count, found.robust.of) == ("dear", 20, 20)
    assert found.regret is not None
    assert found.regret.least == "dear"
    assert found.front is not None
    assert found.front.on.tolist() == [True, True, False, True, True]
    assert main(["study", "ranking", str(out)]) == 0
    said = capsys.readouterr().out
    assert "dear is best in 20 of 20 sampled assumption sets (uniform over the register's ranges" in said
    assert f"stcsim study fresh {out}" in said
    (cheap,) = rank_study(open_study(out), "total_cost")
    assert cheap.ranking.winner == "baseline"
    with pytest.raises(InputError, match="doing nothing"):
        winners(open_study(out), "total_cost")
    assert winners(open_study(out)) == ("dear",)


def test_an_arm_whose_runs_all_failed_is_named_and_the_others_are_ranked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, keys in (
        ("sampled", WORLDS),
        ("listed", {"uncertainties": "none", "design": {"kind": "list"}}),
    ):
        plan = study(tmp_path, **keys, replications=4)
        out = tmp_path / name
        carry_out(PlannedStudy(plan), out, Means(work=losing), warn=print)
        capsys.readouterr()
        words = f"To see why: stcsim study failures {out}"
        assert main(["study", "ranking", str(out)]) == 0
        told = capsys.readouterr()
        assert "dear" in told.out
        assert FAILING not in told.out
        count = 4 + 6 * 2 * (name == "sampled")
        assert f"{FAILING} is left out: it has no finished run here, {count} of its runs failed" in told.err
        assert words in told.err
        assert main(["study", "report", str(out)]) == 0
        assert f"{FAILING} is left out: it has no finished run here" in (out / "report.html").read_text(
            "utf-8"
        )
    with pytest.raises(InputError, match="16 runs of late_group failed"):
        list(open_study(tmp_path / "sampled").cubes(["diversions"]))


def test_what_no_arm_has_cannot_turn_the_order(tmp_path: Path) -> None:
    out = run(tmp_path, uncertainties="all", design={"kind": "worlds", "points": 2})
    paths = in_play(open_study(out))
    heads = {path.split(".")[1] for path in paths if path.startswith("mechanisms.")}
    assert heads == {"frontline_channel", "interagency_working_group", "additional_staff"}
    assert "parameters.firms.margin" in paths


def test_without_sampled_assumptions_it_is_the_order_of_the_defaults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = {"uncertainties": "none", "design": {"kind": "list"}, "replications": 6}
    out = run(tmp_path, **keys, weights={"diversions": 3.0, "total_cost": 0.0})
    opened = open_study(out)
    assert not is_sampled(opened)
    assert ordered_by(opened) == {"diversions": 3.0, "total_cost": 0.0}
    (found,) = rank_study(opened)
    assert (found.ranking.over, found.ranking.units, found.robust) == ("replications", 6, None)
    assert found.ranking.mean[1] == pytest.approx(6.0, abs=0.8)
    assert main(["study", "ranking", str(out), "--outcome", "nonsense"]) == 2
    assert "no outcome nonsense" in capsys.readouterr().err


def test_the_winner_is_run_again_on_fresh_seeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = {"arms": ["channel", "late_group"], "outcomes": ["coordination_hours"], "replications": 2}
    file = study_file(tmp_path, **keys, **WORLDS)
    out = str(tmp_path / "out")
    assert main(["study", "run", str(file), "--out", out, "--jobs", "1"]) == 0
    assert main(["study", "ranking", out]) == 0
    first = capsys.readouterr().out
    assert "coordination" in first
    assert main(["study", "fresh", out, "--arms", "channel", "--jobs", "1"]) == 0
    said, aside = capsys.readouterr()
    assert "not finished" not in aside
    assert "28 fresh runs" in said
    assert "that did not choose it" in said
    assert main(["study", "fresh", out, "--arms", "channel", "--jobs", "1"]) == 0
    assert "0 of them run now" in capsys.readouterr().out
    assert main(["study", "fresh", out, "--arms", "nobody", "--jobs", "1"]) == 2
    assert "no arm nobody" in capsys.readouterr().err


def test_fresh_runs_are_advised_only_where_there_is_something_to_run_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(run(tmp_path, **WORLDS, outcomes=["diversions", "total_cost"]))
    assert main(["study", "ranking", out, "--outcome", "total_cost"]) == 0
    said = capsys.readouterr().out
    assert "study fresh" not in said
    assert "Doing nothing is best in these runs" in said
    assert main(["study", "ranking", out, "--outcome", "diversions"]) == 0
    assert f"stcsim study fresh {out} --outcome diversions" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["ranking", "fresh", "sensitivity", "discover", "export", "failures"])
def test_what_is_no_folder_of_a_study_is_one_clear_message(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "compared").mkdir()
    (tmp_path / "compared" / "comparison.json").write_text("{}", encoding="utf-8")
    for name, words in (
        ("file", "is a file, not a folder"),
        ("file/in", "cannot be read"),
        ("nowhere", "is not there"),
        (
            "compared",
            f"holds a comparison (of stcsim compare), not a study. Its page: stcsim brief {tmp_path}",
        ),
    ):
        assert main(["study", command, str(tmp_path / name)]) == 2, name
        said = capsys.readouterr().err
        assert words in said
        assert name in said
        assert len(said.splitlines()) == 2


def test_a_study_that_is_not_finished_is_said_before_it_chooses(tmp_path: Path) -> None:
    out = run(tmp_path, **WORLDS)
    opened = open_study(out)
    assert unfinished(opened) == ""
    arms = len(opened.plan.arms)
    shard = out / "runs" / opened.kept.names[0]
    rows = pq.read_table(shard)
    world = rows.column("world").to_numpy()
    channel = rows.column("arm").to_numpy() == "channel"
    pq.write_table(rows.filter((world < 5) | (world == 5) & channel), shard)
    missing = 2 * (arms - 1) + 2 * arms
    assert unfinished(open_study(out)) == (
        f"the study that chooses is not finished: {missing} of {opened.plan.runs} runs are missing; "
        f"only 4 of 6 points have all of theirs. To finish it: {opened.again}"
    )
