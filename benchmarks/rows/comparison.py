"""A comparison as a user runs it: twelve arms, fifty replications, two cores, with its report; once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time

import stcsim
from benchmarks.interleaved import ROOT
from benchmarks.outcome import Found
from benchmarks.settings import Settings
from stcsim.engine.engine import Engine
from stcsim.scenario.arms import arm_names, resolve_arms
from stcsim.study.block import MOST_STACKED

JOBS = 2
MAIN = "from stcsim.cli import main; main()"
TOLD = 8
"""Phases that are told by name."""


def run(settings: Settings, found: Found) -> None:
    """Measure the command, then one stack of it, phase by phase."""
    scenario = settings.size("reference_region", "small_region")
    replications = settings.size(50, 2)
    spec = stcsim.load(scenario)
    arms = len(arm_names(spec))
    runs = arms * replications
    with tempfile.TemporaryDirectory() as folder:
        options = ["--replications", str(replications), "--jobs", str(JOBS), "--out", f"{folder}/out"]
        command = [sys.executable, "-c", MAIN, "compare", scenario, *options]
        started = time.perf_counter()
        run_with_its_own(command, folder)
        whole = time.perf_counter() - started
    work = f"{arms} arms x {replications} replications of {scenario} on {JOBS} cores, with report"
    found.most(
        work, "time on the wall, once", whole, 60, "s", f"{whole / runs * JOBS * 1e3:.0f} ms a run and core"
    )
    with found.line(work, "where its time goes"):
        found.remarks.append(_where(scenario, runs))


def run_with_its_own(command: list[str], folder: str) -> None:
    """Run a command; where we are stopped meanwhile, end it with all processes that it started.

    Raises
    ------
    subprocess.CalledProcessError
        it failed; carries what it said
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _, said = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)


def _where(scenario: str, runs: int) -> str:
    """Say where the time of one stack goes, in processor seconds of all runs."""
    spec = stcsim.load(scenario)
    arms = [a.mechanisms for a in resolve_arms(arm_names(spec), spec)]
    units = max(1, MOST_STACKED // len(arms))
    started = time.process_time()
    warm = Engine.begin(spec, list(range(1, units + 1))).warm()
    warming = time.process_time() - started
    engine = warm.branch([u for u in range(units) for _ in arms], arms * units)
    engine.seconds = {}
    engine.finish()
    scale = runs / (units * len(arms))
    phases = sorted(engine.seconds.items(), key=lambda item: -item[1])
    stepping = sum(engine.seconds.values())
    told = ", ".join(f"{name} {scale * spent:.1f}" for name, spent in phases[:TOLD])
    return (
        f"What stands between the comparison and 10 s, in seconds on one core for all {runs} runs: warm-up "
        f"{scale * warming:.1f}, steps {scale * stepping:.1f}, of which {told}, all others "
        f"{scale * sum(spent for _, spent in phases[TOLD:]):.1f}."
    )
