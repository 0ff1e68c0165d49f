from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from stcsim.cli import main
from stcsim.engine.engine import Engine
from stcsim.study import block
from stcsim.study.specs import RunResult, RunSpec, measure
from stcsim.study.store.lock import locked
from stcsim.study.store.reading import read_runs
from tests.study.test_plan import study_file


def study(folder: Path, **keys: object) -> list[str]:
    """Return the words that run a small study in this process."""
    file = study_file(folder, **{"arms": ["channel"], "replications": 2, **keys})
    return ["study", "run", str(file), "--out", str(folder / "out"), "--jobs", "1"]


def troubled(engine: Engine, specs: Sequence[RunSpec], keys: Sequence[str]) -> Iterator[RunResult]:
    """Find fault with one run."""
    if any(spec.arm.name == "channel" and spec.replication == 1 for spec in specs):
        raise ArithmeticError("more came out than went in")
    return measure(engine, specs, keys)


def test_a_study_is_run_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(study(tmp_path)) == 0
    said, aside = capsys.readouterr()
    assert "asked: 4 runs in" in said
    assert "nothing to compare" not in aside
    assert main(study(tmp_path, replications=3)) == 0
    assert "6 runs in" in (said := capsys.readouterr().out)
    assert "2 of them run now" in said
    assert main(["study", "failures", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out == "no run failed\n"
    # the folder holds all that the study is made from
    assert main(["study", "run", str(tmp_path / "out" / "study.yaml"), "--out", str(tmp_path / "out")]) == 0
    assert "0 of them run now" in capsys.readouterr().out


def test_a_failed_run_is_listed_and_run_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words, out = study(tmp_path), str(tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr(block, "measure", troubled)
        assert main(words) == 1
    assert f"1 run failed; to see why: stcsim study failures {out}" in capsys.readouterr().out
    assert main(["study", "failures", out, "--traceback"]) == 0
    said = capsys.readouterr().out
    assert "channel (small_region, point 0, replication 1), outcomes: ArithmeticError: more came out" in said
    assert "in troubled" in said
    (record,) = read_runs(out).failures.to_dict("records")
    rerun = ["study", "rerun", out, str(record["id"])[:12]]
    assert f"stcsim {' '.join(rerun)}" in said
    with monkeypatch.context() as patch:
        patch.setattr("stcsim.study.specs.measure", troubled)
        assert main(rerun) == 1
    assert "it failed again, outcomes: ArithmeticError" in capsys.readouterr().out
    assert main(rerun) == 0
    assert "it came to its end and is kept" in capsys.readouterr().out
    assert (len(read_runs(out).failures), len(read_runs(out).runs)) == (0, 4)
    assert main(rerun) == 2
    assert "no run that failed is called so" in capsys.readouterr().err


def test_what_cannot_be_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = study(tmp_path)
    assert main([*words, "--dask", "tcp://127.0.0.1:9"]) == 2
    assert (
        "--dask: how many workers a cluster has is its own matter. Leave --jobs out."
        in capsys.readouterr().err
    )
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out"):
        assert main(words) == 2
    assert "is being written by process" in capsys.readouterr().err
    assert main(["study", "failures", str(tmp_path)]) == 2
    assert "there is no study in" in capsys.readouterr().err


def test_a_lost_manifest_is_written_anew_by_the_line_that_readers_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(study(tmp_path)) == 0
    whole = (out / "manifest.json").read_bytes()
    for left in (None, whole[: len(whole) // 2]):
        (out / "manifest.json").unlink()
        if left is not None:
            (out / "manifest.json").write_bytes(left)
        capsys.readouterr()
        assert main(["study", "failures", str(out)]) != 0
        line = capsys.readouterr().err.partition("`stcsim ")[2].partition("` writes it anew")[0]
        assert line == f"study run {out}/study.yaml --out {out}"
        # what would be another study is told apart by the files beside the runs
        for key, value in (("settings", ["time.counted_weeks=15"]), ("design", {"seed": 7})):
            assert main(study(tmp_path, **{key: value})) == 2
            assert f"holds runs of other {'scenarios' if key == 'settings' else 'seeds'}: " in (
                capsys.readouterr().err
            )
        (out / "study.yaml").touch()
        assert main([*line.split(), "--jobs", "1"]) == 0
        assert "4 runs in" in (said := capsys.readouterr().out)
        assert "0 of them run now" in said
        assert main(["study", "failures", str(out)]) == 0


def test_what_has_changed_is_said_with_its_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = {"name": "mine", "mechanisms": {"frontline_channel": {"coverage": 0.5}}}
    assert main(study(tmp_path, arms=[mine])) == 0
    assert main(study(tmp_path, arms=[mine], settings=["time.counted_weeks=15"])) == 2
    assert "small_region has changed since (time.counted_weeks was 14 and is 15)" in (capsys.readouterr().err)
    assert main(study(tmp_path, arms=[mine], design={"seed": 7})) == 2
    assert "other seeds: design.seed was not given and is 7" in capsys.readouterr().err
    mine["mechanisms"] = {"frontline_channel": {"coverage": 0.75}}
    assert main(study(tmp_path, arms=[mine])) == 2
    said = "mine has changed since (arms[0].mechanisms.frontline_channel[0].coverage was 0.5 and is 0.75)"
    assert said in capsys.readouterr().err


def test_replications_go_on_until_the_difference_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    until = {"outcome": "diversions", "halfwidth": "0.5%", "of": "baseline_mean"}
    words = study(tmp_path, replications={"until": until, "min": 10, "max": 14})
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "28 runs in" in said
    assert "cannot be reached with 14 pairs" in said
    assert main(words) == 0
    assert "28 runs in" in (again := capsys.readouterr().out)
    assert said.splitlines()[1:] == again.splitlines()[1:]
