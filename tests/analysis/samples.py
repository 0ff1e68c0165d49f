"""Tables of runs with known truths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stcsim.outcomes.info import Better, OutcomeInfo

F8 = NDArray[np.float64]


def info(name: str, better: Better = "lower", unit: str = "transfers") -> OutcomeInfo:
    return OutcomeInfo(name, f"{name} in words", unit, better, "a family", "truth", f"What {name} is.")


def runs_of(values: Mapping[tuple[str, int], F8], names: Sequence[str]) -> pd.DataFrame:
    """Table from arrays of shape (replications, outcomes) by (arm, world)."""
    tables = []
    for (arm, world), block in values.items():
        rows = pd.DataFrame(np.asarray(block, dtype=np.float64), columns=list(names))
        rows.insert(0, "arm", arm)
        rows.insert(1, "world", world)
        rows.insert(2, "replication", np.arange(len(rows)))
        rows.insert(3, "seed", 10_000 * world + np.arange(len(rows)))
        tables.append(rows)
    return pd.concat(tables, ignore_index=True)


def simulated_runs(
    seed: int, *, arms: int = 3, outcomes: int = 4, replications: int = 6, worlds: int = 5, pairs: int = 2
) -> pd.DataFrame:
    """Arms that take 10, 20, ... % off a noisy baseline, more or less so in sampled worlds."""
    generator = np.random.default_rng(seed)
    names = [f"outcome_{i}" for i in range(outcomes)]
    values: dict[tuple[str, int], F8] = {}
    for world in range(worlds + 1):
        count = pairs if world else replications
        base = generator.gamma(25.0, 4.0, (count, outcomes))
        values["baseline", world] = base
        for arm in range(arms):
            share = 0.1 * (arm + 1) + 0.03 * generator.standard_normal()
            values[f"arm_{arm}", world] = base * (1.0 - share) + generator.normal(0.0, 2.0, base.shape)
    return runs_of(values, names)


# Each kind of paired differences has a known mean: function of rows, arms, outcomes -> values (n, cells),
# truth (cells,).


def independent(n: int, arms: int, outcomes: int, generator: np.random.Generator) -> tuple[F8, F8]:
    return generator.standard_normal((n, arms * outcomes)), np.zeros(arms * outcomes)


def shared(n: int, arms: int, outcomes: int, generator: np.random.Generator) -> tuple[F8, F8]:
    """Cells that correlate by 0.9, as arms beside one baseline may."""
    cells = arms * outcomes
    values = 0.95 * generator.standard_normal((n, 1)) + 0.3 * generator.standard_normal((n, cells))
    return values, np.zeros(cells)


def counts(n: int, arms: int, outcomes: int, generator: np.random.Generator) -> tuple[F8, F8]:
    """Eight events a run, of which arms prevent 5 to 60 % and let a few others happen."""
    prevented = np.linspace(0.05, 0.6, arms)[:, None]
    base = generator.poisson(8.0, (n, 1, outcomes))
    size = (n, arms, outcomes)
    left = generator.binomial(np.broadcast_to(base, size), np.broadcast_to(1.0 - prevented, size))
    values = left + generator.poisson(0.4, size) - base
    truth = np.broadcast_to(0.4 - 8.0 * prevented, (arms, outcomes))
    return values.reshape(n, -1).astype(np.float64), truth.reshape(-1)


def skewed(n: int, arms: int, outcomes: int, generator: np.random.Generator) -> tuple[F8, F8]:
    """Differences in proportion to a baseline of skewness 1."""
    taken = np.linspace(0.1, 0.6, arms)[:, None]
    base = generator.gamma(4.0, 1.0, (n, 1, outcomes))
    values = -taken * base + 0.6 * taken * generator.standard_normal((n, arms, outcomes))
    truth = np.broadcast_to(-4.0 * taken, (arms, outcomes))
    return values.reshape(n, -1), truth.reshape(-1)


KINDS = {"independent": independent, "shared": shared, "counts": counts, "skewed": skewed}
