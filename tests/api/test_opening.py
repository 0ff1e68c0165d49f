"""A comparison that was saved and is opened again: the same numbers, read where nothing has changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import stcsim
from stcsim.analysis.comparison import Comparison
from stcsim.api.analysed import ANALYSED
from stcsim.api.opening import open_comparison
from stcsim.api.results import ComparisonResult

SHORT = ("time.warm_up_weeks=14", "time.counted_weeks=52")


@pytest.fixture(scope="module")
def result() -> ComparisonResult:
    return stcsim.compare("small_region", replications=3, worlds=2, overrides=SHORT, jobs=1)


@pytest.fixture(scope="module")
def saved(result: ComparisonResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return result.save(tmp_path_factory.mktemp("saved")).parent


@pytest.fixture
def folder(saved: Path, tmp_path: Path) -> Path:
    """Return a folder of its own for each test."""
    return shutil.copytree(saved, tmp_path / "saved")


def _never(*_: object, **__: object) -> Comparison:
    raise AssertionError("it was computed again")


def _same(one: Comparison, other: Comparison) -> None:
    for name in ("levels", "differences", "worlds", "verdicts"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    for name in ("outcomes", "headline", "arms", "level", "cell_level", "worlds_cell_level", "notes"):
        assert getattr(one, name) == getattr(other, name), name


def test_what_is_opened_is_what_was_saved_and_is_not_computed_again(
    result: ComparisonResult, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stcsim.api.opening.compare_arms", _never)
    _same(open_comparison(folder).comparison, result.comparison)


def test_without_what_was_kept_the_same_is_computed(result: ComparisonResult, folder: Path) -> None:
    (folder / ANALYSED).unlink()
    _same(open_comparison(folder).comparison, result.comparison)


def _of_runs(folder: Path) -> None:
    runs = pd.read_parquet(folder / "runs.parquet")
    runs.loc[0, "diversions"] += 1.0
    runs.to_parquet(folder / "runs.parquet", index=False)


def _of_level(folder: Path) -> None:
    path = folder / "comparison.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["level"] = 0.9
    path.write_text(json.dumps(document), encoding="utf-8")


def _of_headline(folder: Path) -> None:
    path = folder / "scenario.resolved.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("headline:"))
    assert ", licit_delay_mean" in line
    path.write_text(text.replace(line, line.replace(", licit_delay_mean", "")), encoding="utf-8")


def _in_the_file(folder: Path) -> None:
    table = pq.read_table(folder / ANALYSED)
    changed = table.to_pandas()
    changed.loc[0, "mean"] += 1.0
    kept = table.schema.metadata
    pq.write_table(
        table.from_pandas(changed, preserve_index=False).replace_schema_metadata(kept), folder / ANALYSED
    )


def _torn(folder: Path) -> None:
    data = (folder / ANALYSED).read_bytes()
    (folder / ANALYSED).write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize("change", [_of_runs, _of_level, _of_headline, _in_the_file, _torn])
def test_after_any_change_nothing_that_was_kept_is_told(
    folder: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(folder)
    monkeypatch.setattr("stcsim.api.opening.compare_arms", _never)
    with pytest.raises(AssertionError, match="computed again"):
        open_comparison(folder)


def test_other_code_or_packages_compute_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stcsim.api.opening.compare_arms", _never)
    for name, other in (("_code", lambda: "other"), ("versions", lambda: {"numpy": "9"})):
        with monkeypatch.context() as changed:
            changed.setattr(f"stcsim.api.analysed.{name}", other)
            with pytest.raises(AssertionError, match="computed again"):
                open_comparison(folder)
    open_comparison(folder)
