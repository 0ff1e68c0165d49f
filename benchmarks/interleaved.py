"""Variants measured in turn, A B A B, each in its own process, so that a busy moment strikes all alike."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[1]
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}

Clock = Literal["processor", "wall"]


class VariantError(Exception):
    """A variant's process ended before it had answered."""


@dataclass(frozen=True)
class Variant:
    """One way to do the work of a row.

    Parameters
    ----------
    label : for people
    target : ``module:function`` that builds its block
    arguments : what that function is given; has to be JSON
    units : how much work a block is, in the unit in which variants are compared
    python : interpreter; ours where empty
    """

    label: str
    target: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    units: float = 1.0
    python: str = ""


@dataclass(frozen=True)
class Timing:
    """What was measured of one variant.

    Parameters
    ----------
    label : of the variant
    seconds : for a unit of work, one number a round
    totals : of each block that was done, those before the timed ones too, for a block
    built : seconds that building took
    imported_mb, built_mb : resident memory after the imports and after building
    peak_mb : most resident memory of the process
    """

    label: str
    seconds: tuple[float, ...]
    totals: tuple[Mapping[str, float], ...]
    built: float
    imported_mb: float
    built_mb: float
    peak_mb: float

    @property
    def median(self) -> float:
        """Median seconds for a unit of work."""
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Ratio:
    """A ratio of two timings, with its spread over the rounds."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, slow: Timing, fast: Timing) -> Ratio:
        """Return how many times longer `slow` takes: the ratio of medians, and the extremes of all rounds."""
        rounds = [s / f for s, f in zip(slow.seconds, fast.seconds, strict=True)]
        return cls(slow.median / fast.median, min(rounds), max(rounds))


class _Worker:
    """A process that builds one variant and does a block on demand."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        command = [variant.python or sys.executable, "-m", "benchmarks.worker", variant.target]
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONHOME"}
        environment |= ONE_THREAD | {"PYTHONPATH": str(ROOT)}
        self.complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 -- lives as long as the process
        self.start: dict[str, Any] = {}
        self.process = subprocess.Popen(
            [*command, json.dumps(dict(variant.arguments))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            text=True,
            cwd=ROOT,
            env=environment,
        )

    def begin(self) -> None:
        """Wait until it has built its work."""
        self.start = self._answer()

    def block(self) -> dict[str, Any]:
        """Let it do one block and return its answer."""
        assert self.process.stdin is not None
        # where it is gone, its answer says with what status
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write("block\n")
            self.process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.complaints.close()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            # frameworks print what they like; our answers are marked
            if line.startswith("@"):
                answer: dict[str, Any] = json.loads(line[1:])
                return answer
        status = self.process.wait()
        self.complaints.seek(0)
        said = self.complaints.read().strip().splitlines()[-1:]
        raise VariantError(f"{self.variant.label} ended with status {status}: {' '.join(said)}")


def measure(
    variants: Sequence[Variant], rounds: int = 5, before: int = 1, clock: Clock = "processor"
) -> list[Timing]:
    """Return the timings of variants that were measured in turn.

    Parameters
    ----------
    rounds : how often each is timed
    before : blocks done and not timed, so that caches are warm and totals can be compared
    clock : time of the processor, which neighbours on the machine disturb little, or time on the wall, where
        a variant has several threads

    Raises
    ------
    VariantError
        a process ended early
    """
    workers: list[_Worker] = []
    try:
        for variant in variants:
            workers.append(_Worker(variant))
            workers[-1].begin()
        answers: list[list[dict[str, Any]]] = [[w.block() for _ in range(before)] for w in workers]
        for _ in range(rounds):
            for worker, held in zip(workers, answers, strict=True):
                held.append(worker.block())
    except BaseException:
        # nobody waits for the blocks that others are at
        for worker in workers:
            worker.process.kill()
        raise
    finally:
        for worker in workers:
            worker.end()
    return [_timing(w, held, before, clock) for w, held in zip(workers, answers, strict=True)]


def _timing(worker: _Worker, answers: Sequence[Mapping[str, Any]], before: int, clock: Clock) -> Timing:
    return Timing(
        label=worker.variant.label,
        seconds=tuple(a[clock] / worker.variant.units for a in answers[before:]),
        totals=tuple(a["totals"] for a in answers),
        built=worker.start["built"],
        imported_mb=worker.start["imported_mb"],
        built_mb=worker.start["built_mb"],
        peak_mb=max(a["peak_mb"] for a in answers),
    )
