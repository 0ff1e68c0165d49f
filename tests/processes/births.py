"""Items of several sources, for tests."""

from __future__ import annotations

import numpy as np

from stcsim.draws import keys_of, mix
from stcsim.processes.new_items import Birth
from stcsim.state.items import SUBJECT_FRONT, SUBJECT_PARTY
from stcsim.state.state import State


def births(state: State, numbers: tuple[int, ...]) -> list[Birth]:
    """So many births each, at bodies in turn, in both runs."""
    out = []
    for source, number in enumerate(numbers):
        run = np.arange(number) % 2
        out.append(
            Birth(
                run=run,
                key=mix(keys_of((f"source {source}",)), np.arange(number)),
                origin=run * state.holders.n + np.arange(number) * 7 % state.holders.n,
                day=182.0 - source,
                category=np.arange(number) % 3,
                subject_kind=SUBJECT_PARTY if source else SUBJECT_FRONT,
                subject=0,
                generation=0,
                home=np.zeros(number, dtype=np.int64),
                truth=np.arange(number) % 2 == 0,
                handling=source % 4,
                above=0.5 * source,
                part=np.arange(number) % 2 if source == 1 else None,
            )
        )
    return out
