from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stcsim.errors import InputError
from stcsim.study import dask_cluster
from stcsim.study.block import Block
from stcsim.study.dask_cluster import dask_means
from stcsim.study.specs import RunResult
from stcsim.study.store.reading import read_runs
from tests.study.plans import assert_same_rows, carried_out, made_up, plan_of

PLAN = plan_of("channel", replications=6, worlds=1, stack=4)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a cluster in this process: what is asked is the way there and back."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
    ) as cluster:
        yield cluster.scheduler_address


def stumbling(block: Block) -> list[RunResult]:
    """Fail the blocks of the sampled world as a cluster does, not as runs do."""
    if block.units[0].world:
        raise OSError("the worker cannot read what it was sent")
    return made_up(block)


def test_a_cluster_gives_the_rows_of_one_process(tmp_path: Path, address: str) -> None:
    with dask_means(address, made_up) as means:
        assert means.jobs == 2
        assert carried_out(PLAN, tmp_path / "dask", means) == []
    carried_out(PLAN, tmp_path / "alone")
    assert_same_rows(tmp_path / "dask", tmp_path / "alone")


def test_blocks_that_a_cluster_fails_twice_are_failures_and_the_others_are_kept(
    tmp_path: Path, address: str
) -> None:
    with dask_means(address, stumbling) as means:
        said = carried_out(PLAN, tmp_path, means)
    assert said[0].startswith("4 runs came to nothing (OSError: the worker cannot read what it was sent)")
    assert said[-1].endswith("these are given up")
    found = read_runs(tmp_path)
    assert (len(found.runs), len(found.failures)) == (12, 4)
    assert set(found.failures["stage"]) == {"worker"}


class Client:
    """Tells what workers say."""

    def __init__(self, said: dict[str, object]) -> None:
        self.said = said

    def run(self, function: object, on_error: str) -> dict[str, object]:
        return self.said


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "has no workers. Start some with: dask worker ADDRESS."),
        ({"a": ("model version 3",)}, "worker a has model version 3, and this process model version"),
        ({"a": ImportError("no stcsim")}, "worker a cannot load stcsim: ImportError: no stcsim."),
    ],
)
def test_workers_that_would_give_other_numbers_are_refused(said: dict[str, object], problem: str) -> None:
    with pytest.raises(InputError, match=re.escape(problem)):
        dask_cluster._check_workers(Client(said), "tcp://here")


def test_what_is_missing_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(dask_cluster, "PATIENCE", 0.5)
    with pytest.raises(InputError, match="no scheduler answers at"), dask_means("tcp://127.0.0.1:9"):
        pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"Run: pip install 'stcsim\[cluster\]'"), dask_means("x"):
        pass
