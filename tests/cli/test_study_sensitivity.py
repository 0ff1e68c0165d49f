"""The commands `study sensitivity`, `discover` and `export`, on studies whose truth is planted."""

from __future__ import annotations

import io
import json
import os
import tarfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stcsim.api.briefing import brief_inputs, moving_by_design
from stcsim.api.opening_studies import open_for_report
from stcsim.cli import main
from stcsim.outcomes.registry import INFOS
from stcsim.study.block import Block, run_block
from stcsim.study.carrying_out import Means, carry_out
from stcsim.study.factors import known_quantities
from stcsim.study.planned import PlannedStudy
from stcsim.study.specs import Execution, RunResult, failure
from stcsim.study.study_reading import read_study
from tests.study.test_plan import study_file

MARGIN, CLARITY, DOMESTIC = "parameters.firms.margin", "parameters.trust.clarity", "parameters.trust.domestic"
VARIED = [MARGIN, CLARITY, DOMESTIC]


def planted(block: Block) -> list[RunResult]:
    """Return diversions whose level hangs on the margin, and what arms do to them on clarity alone."""
    results = []
    for spec, key in zip(block.specs(), block.keys(), strict=True):
        place = {path: _share(path, value) for path, value in spec.overrides}
        clear = place.get(CLARITY, 0.5)
        averted = {"baseline": 0.0, "channel": 20.0, "late_group": 40.0 * (clear > 0.6) + 5.0}
        noise = np.random.default_rng([spec.seed, len(spec.arm.name), spec.world]).normal()
        value = 100 + 50 * place.get(MARGIN, 0.5) - averted[spec.arm.name] + 0.3 * noise
        outcomes = {**dict.fromkeys(INFOS, 1.0), "diversions": float(value)}
        done = Execution(time.time(), time.time(), "here", os.getpid(), 0.0)
        results.append(
            RunResult(
                spec.arm.name,
                spec.world,
                spec.replication,
                spec.seed,
                key,
                outcomes,
                {"s": np.zeros(1)},
                {"body": 1.0},
                execution=done,
            )
        )
    return results


def failing_once(block: Block) -> list[RunResult]:
    """Return planted results; the arm `channel` fails at points 4 and 9."""
    return [
        failure(spec, r.key, RuntimeError("a storm"), "steps")
        if spec.world in (4, 9) and spec.arm.name == "channel"
        else r
        for spec, r in zip(block.specs(), planted(block), strict=True)
    ]


def _share(path: str, value: float) -> float:
    sweep = known_quantities()[path].sweep
    assert sweep is not None
    return (value - sweep[0]) / (sweep[1] - sweep[0])


def carried_out(folder: Path, work: Any = planted, **keys: Any) -> Path:
    """Carry a study out and return its folder."""
    given = {"uncertainties": VARIED, "outcomes": ["diversions"], "replications": 2, **keys}
    path = study_file(folder, **given)
    carry_out(PlannedStudy(read_study(path).plan), folder / "done", Means(work=work), warn=print)
    return folder / "done"


@pytest.fixture
def morris(tmp_path: Path) -> Path:
    """The folder of a screening."""
    pytest.importorskip("SALib")
    return carried_out(tmp_path, design={"kind": "morris", "trajectories": 12})


def said_by(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """Return what a command that succeeds prints to stdout."""
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_screening_names_what_matters_and_writes_the_next_study(
    morris: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = morris.parent / "second.yaml"
    said = said_by(capsys, "study", "sensitivity", morris, "--next", target)
    assert "illicit transfers completed, order of arms" in said
    assert "not distinguishable from zero" in said
    assert f"remain: {CLARITY}" in said
    found = read_study(target).plan
    assert found.spec.design.kind == "sobol"
    assert found.points.factors[0].path == CLARITY
    assert found.spec.arms == read_study(morris / "study.yaml").plan.spec.arms
    assert main(["study", "sensitivity", str(morris), "--next", str(target)]) == 2
    assert "exists and is not overwritten" in capsys.readouterr().err


def test_the_level_hangs_on_what_differences_do_not(morris: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("study", "sensitivity", morris, "--of", "difference,order,level", "--format", "csv")
    table = pd.read_csv(io.StringIO(said_by(capsys, *words))).set_index(["of", "arm", "quantity"])
    finding = table["finding"].to_dict()
    assert finding["difference", "late_group", CLARITY] == "matters"
    assert finding["difference", "late_group", MARGIN] == "not distinguishable from zero"
    by_level = {path: f for (of, _, path), f in finding.items() if of == "level"}
    assert by_level[MARGIN] == "matters"
    assert by_level[CLARITY] != "matters"


def test_sobols_indices_tell_noise_and_the_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("SALib")
    folder = carried_out(tmp_path, design={"kind": "sobol", "points": 64})
    words = ("study", "sensitivity", folder, "--format", "csv", "--of", "difference,order")
    table = pd.read_csv(io.StringIO(said_by(capsys, *words))).set_index(["of", "quantity"])
    order = table.loc["order"]
    assert order.loc[CLARITY, "total"] == pytest.approx(1.0, abs=0.1)
    assert order["finding"].tolist() == ["changes no run", "matters", "changes no run"]
    channel = table[table["arm"] == "channel"]
    # what the channel averts is the same everywhere: all that is seen is noise
    assert (channel["noise"] > 0.8).all()
    assert set(channel["finding"]) == {"not distinguishable from zero"}
    said = said_by(capsys, "study", "sensitivity", folder)
    assert "3 not distinguishable from zero, 0 changes no run. Of the variance over points, noise" in said


def test_failed_points_are_refused_until_they_are_run_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("SALib")
    folder = carried_out(tmp_path, failing_once, design={"kind": "sobol", "points": 8})
    for command in ("sensitivity", "discover"):
        assert main(["study", command, str(folder)]) == 2
        said = capsys.readouterr().err
        assert "4 of 240 runs failed or are missing, at points 4, 9" in said
        assert f"stcsim study run {folder}/study.yaml --out {folder}." in said
    archive = folder / "ema_workbench.tar.gz"
    assert main(["study", "export", str(folder)]) == 0
    assert "2 experiments lack a run" in capsys.readouterr().err
    assert archive.is_file()
    plan = read_study(folder / "study.yaml").plan
    carry_out(PlannedStudy(plan), folder, Means(work=planted), warn=print)
    assert main(["study", "sensitivity", str(folder)]) == 0
    said = capsys.readouterr()
    assert "order of arms" in said.out
    assert "8 rows are few: intervals may be too short below 64" in said.err


def test_discovery_tells_where_the_favourite_is_beaten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = carried_out(tmp_path, design={"kind": "latin_hypercube", "points": 120})
    said = said_by(capsys, "study", "discover", folder, "--when", "beaten", "--arm", "channel")
    assert "by diversions, channel is beaten by another arm or the baseline at 48 of 120 points" in said
    assert "more often where clarity (trust)" in said
    assert "Of the variance between points of channel against the baseline, noise of runs is 100%" in said
    said = said_by(capsys, "study", "discover", folder, "--when", "worse", "--arm", "channel")
    assert "0 of 120 points" in said
    assert "in no box of assumptions" in said
    assert main(["study", "discover", str(folder), "--arm", "nobody"]) == 2


def test_export_reads_as_the_workbench_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = carried_out(tmp_path, design={"kind": "latin_hypercube", "points": 10})
    target = tmp_path / "out.tar.gz"
    said_by(capsys, "study", "export", folder, "--out", target)
    experiments, outcomes = load_results(target)
    assert len(experiments) == 30
    assert list(experiments.columns) == [*VARIED, "scenario", "policy", "model"]
    assert str(experiments["policy"].dtype) == "category"
    assert outcomes["diversions"].shape == (30,)
    assert outcomes["diversions_runs"].shape == (30, 2)
    np.testing.assert_allclose(outcomes["diversions_runs"].mean(axis=1), outcomes["diversions"])
    assert main(["study", "export", str(folder), "--out", "results.csv"]) == 2


def load_results(path: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read an archive by the rules of the workbench's own function of this name."""
    with tarfile.open(path, "r:gz") as archive:

        def content(name: str) -> io.BytesIO:
            found = archive.extractfile(name)
            assert found is not None
            return io.BytesIO(found.read())

        about = json.loads(content("metadata.json").read())
        table = pd.read_csv(content("experiments.csv"))
        for name, kind in about["experiments"].items():
            table[name] = table[name].astype(pd.api.types.pandas_dtype(kind))
        outcomes = {}
        for kind, name, file in about["outcomes"]:
            values = pd.read_csv(content(file), index_col=False, header=None).to_numpy()
            outcomes[name] = values.reshape(-1) if kind == "ScalarOutcome" else values
    return table, outcomes


def test_other_designs_say_which_one_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = carried_out(tmp_path, design={"kind": "latin_hypercube", "points": 4})
    assert main(["study", "sensitivity", str(folder)]) == 2
    assert "a design morris (all quantities) or sobol" in capsys.readouterr().err
    assert main(["study", "sensitivity", str(folder), "--of", "everything"]) == 2
    assert "'everything' is not one of difference, lead, order, level" in capsys.readouterr().err
    assert main(["study", "discover", str(folder)]) == 2
    assert "4 points are too few" in capsys.readouterr().err


@pytest.mark.slow
def test_two_stages_on_the_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("SALib")
    keys = {
        "uncertainties": ["parameters.coordination", "parameters.trust"],
        "outcomes": ["coordination_hours"],
    }
    folder = carried_out(tmp_path, run_block, design={"kind": "morris", "trajectories": 4}, **keys)
    target = tmp_path / "second.yaml"
    said = said_by(capsys, "study", "sensitivity", folder, "--next", target)
    remain = int(said.partition(" remain: ")[0].rpartition("\n")[2])
    assert 1 <= remain <= 12
    plan = read_study(target).plan
    assert len(plan.points) == 1 + 64 * (remain + 2)
    target.write_text(target.read_text(encoding="utf-8").replace("points: 64", "points: 8"), encoding="utf-8")
    carry_out(PlannedStudy(read_study(target).plan), tmp_path / "second", Means(work=run_block), warn=print)
    said = said_by(capsys, "study", "sensitivity", tmp_path / "second")
    assert said.count(f"{remain} quantities") == 4


def test_the_brief_of_a_screening_names_what_moves_the_first_option(morris: Path) -> None:
    told = brief_inputs(morris)
    assert (told.robust, told.weighty) == (None, ())  # the channel is first, and averts the same everywhere
    opened = open_for_report(morris)
    assert moving_by_design(opened, "diversions", "late_group") == ("clarity (trust)",)
    assert moving_by_design(opened, "diversions", None) == ()
