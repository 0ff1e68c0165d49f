"""Content keys: a run is known by what it was made from, and by nothing else.

What only people read, which outcomes are headlines, which other arms stand in the file and in what order it
lists anything change no run, so they are no part of a key (`stcsim.scenario.resolving`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from stcsim.mechanisms import Mechanism
from stcsim.scenario.resolving import arm_content, canonical_json, content
from stcsim.scenario.spec import ScenarioSpec

MODEL_VERSION = "4"
"""Counted up whenever equal inputs give other numbers than before."""
SEED_BITS = 48
"""Seeds of replications stay exact in JSON and in spreadsheets."""


def digest(data: Any) -> str:
    """Return 32 hexadecimal digits that stand for the content of JSON values."""
    return hashlib.blake2b(canonical_json(data).encode(), digest_size=16).hexdigest()


def scenario_hash(scenario: ScenarioSpec) -> str:
    """Return the hash of a resolved scenario without labels, its arms included."""
    return digest([content(scenario), {arm.name: arm_content(arm.chosen()) for arm in scenario.arms}])


def setting_hash(scenario: ScenarioSpec) -> str:
    """Return the hash of everything in a scenario that a run of any arm depends on."""
    return digest(content(scenario))


class ArmKeys:
    """Content keys of the runs of one arm in one world: what they share is written down and hashed once.

    Parameters
    ----------
    setting : hash of the resolved scenario without labels (`setting_hash`)
    mechanisms : what is chosen in the arm
    overrides : values of a sampled world, by path
    """

    def __init__(
        self,
        setting: str,
        mechanisms: Iterable[Mechanism],
        overrides: Sequence[tuple[str, float]] = (),
    ) -> None:
        shared = canonical_json([MODEL_VERSION, setting, arm_content(mechanisms)])
        text = f"{shared[:-1]},{_sorted_text(tuple(overrides))}"
        self._begun = hashlib.blake2b(text.encode(), digest_size=16)

    def of(self, seed: int, replication: int) -> str:
        """Return the content key of the run with this seed and number of its replication."""
        whole = self._begun.copy()
        whole.update(f",{seed},{replication}]".encode())
        return whole.hexdigest()


@lru_cache(maxsize=64)
def _sorted_text(overrides: tuple[tuple[str, float], ...]) -> str:
    """Return the values of a world as JSON; all arms and replications of a world share it."""
    return canonical_json(sorted(overrides))


def run_key(
    setting: str,
    mechanisms: Iterable[Mechanism],
    seed: int,
    replication: int,
    overrides: Sequence[tuple[str, float]] = (),
) -> str:
    """Return the content key of a run.

    Parameters
    ----------
    setting : hash of the resolved scenario without labels (`setting_hash`)
    mechanisms : what is chosen in its arm
    seed : of its chance
    replication : its number
    overrides : values of a sampled world, by path
    """
    return ArmKeys(setting, mechanisms, overrides).of(seed, replication)


def run_seed(seed: int, world: int, replication: int) -> int:
    """Return the seed of a replication, in [0, 2**48): a hash, so that neighbouring studies share no chance.

    Replications and worlds that are added later leave the seeds of the others as they are.
    """
    text = f"run:{seed}:{world}:{replication}".encode()
    raw = hashlib.blake2b(text, digest_size=8).digest()
    return int.from_bytes(raw, "little") >> (64 - SEED_BITS)
