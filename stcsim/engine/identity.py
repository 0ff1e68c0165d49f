"""Identity columns that every population has."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import keys_of, seeded


def identity(ids: tuple[str, ...], seed: int) -> dict[str, Any]:
    """Return the columns `n`, `ids`, `key` and `run` of one run's population."""
    return {
        "n": len(ids),
        "ids": ids,
        "key": seeded(keys_of(ids), seed) if ids else np.zeros(0, dtype=np.uint64),
        "run": np.zeros(len(ids), dtype=np.int64),
    }
