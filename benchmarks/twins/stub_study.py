"""Studies whose runs take no time: what is left is cutting, sending, receiving and keeping them."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.worker import Block
from stcsim.study import block as blocks
from stcsim.study.carrying_out import Means, carry_out
from stcsim.study.dask_cluster import dask_means
from stcsim.study.plan import StudyPlan
from stcsim.study.planned import PlannedStudy
from stcsim.study.specs import Execution, RunResult
from stcsim.study.store.shard import KINDS, Finished, write_shard
from stcsim.study.study_reading import read_study

OUTCOMES, MONTHS = 30, 60
_NOISE = np.random.default_rng(1).random((OUTCOMES, MONTHS))


def stub(block: blocks.Block) -> list[RunResult]:
    """Return made up results of a block: outcomes, and a series of months for each of them."""
    now = time.time()
    return [
        RunResult(
            spec.arm.name,
            spec.world,
            spec.replication,
            spec.seed,
            key,
            {f"outcome_{i}": float(value) for i, value in enumerate(_NOISE[:, 0] + spec.seed % 997)},
            {f"outcome_{i}": _NOISE[i] + spec.seed % 997 for i in range(OUTCOMES)},
            execution=Execution(now, now, "here", os.getpid(), 0.0),
        )
        for spec, key in zip(block.specs(), block.keys(), strict=True)
    ]


def plan_of(scenario: str, runs: int) -> StudyPlan:
    """Return the plan of a study of about so many runs of a scenario's arms."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "stub.yaml"

        def read(replications: int) -> StudyPlan:
            file.write_text(
                f"format: 1\nname: stub\nscenario: {scenario}\nreplications: {replications}\n", "utf-8"
            )
            return read_study(file).plan

        return read(max(2, round(runs / len(read(2).arms))))


def study(scenario: str, runs: int, jobs: int = 1, dask: bool = False) -> Block:
    """Return a block that carries out a study of stubs in a folder of its own.

    Parameters
    ----------
    jobs : processes, or workers of a local cluster
    dask : whether it is a cluster that does the work; it is started once, before any block
    """
    plan = plan_of(scenario, runs)
    cluster = _cluster(jobs) if dask else None

    def block() -> dict[str, float]:
        # the cluster lives for as long as it is named here
        address = cluster.scheduler_address if cluster else ""
        with tempfile.TemporaryDirectory() as folder, _means(jobs, address) as means:
            ended = carry_out(PlannedStudy(plan), Path(folder), means, warn=_refuse)
        return {"runs": float(ended.runs)}

    return block


def shard(scenario: str, runs: int) -> Block:
    """Return a block that writes one shard of so many stubs."""
    results = [r for b in plan_of(scenario, runs).blocks(1) for r in stub(b)]
    kept = [Finished(scenario, r) for r in results]

    def block() -> dict[str, float]:
        with tempfile.TemporaryDirectory() as folder:
            for kind in KINDS:
                (Path(folder) / kind).mkdir()
            write_shard(Path(folder), "000001-00000000.parquet", kept)
        return {"runs": float(len(kept))}

    return block


@contextmanager
def _means(jobs: int, address: str) -> Iterator[Means]:
    if address:
        with dask_means(address, stub) as means:
            yield means
    else:
        yield Means(jobs, work=stub)


def _cluster(workers: int) -> Any:
    distributed: Any = import_module("distributed")
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    )


def _refuse(message: str) -> None:
    raise RuntimeError(message)
