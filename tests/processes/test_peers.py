"""Means over peers are those of a plain loop, in blocks and with firms that have no peers; nothing twice."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.draws import Draws, keys_of
from stcsim.engine.build import build
from stcsim.engine.engine import Engine
from stcsim.processes import peers as module
from stcsim.processes.peers import MeansOverPeers, mean_of_peers, peers_on_ring
from stcsim.state.state import stack
from stcsim.state.table import columns_of
from tests.regions import spec_of


def by_hand(peers: np.ndarray, values: np.ndarray) -> list[float]:
    found = []
    for row in peers:
        known = [k for k in row if k >= 0]
        total = 0.0
        for k in known:
            total += 1.0 / len(known) * values[k]
        found.append(total)
    return found


@pytest.mark.parametrize("block", [3, 7, 10_000])
@pytest.mark.parametrize("alone", [(), (0,), (4, 5, 6, 7, 18)])
def test_means_are_those_of_a_loop(
    block: int, alone: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    rng = np.random.default_rng(block)
    peers = rng.integers(0, 19, (19, 5)).astype(np.int32)
    peers[list(alone)] = -1
    values = rng.random(19)
    assert MeansOverPeers(peers).of(values).tolist() == by_hand(peers, values)


def test_a_firm_alone_in_its_sector_has_no_peers_and_no_sector_crosses() -> None:
    ring = np.repeat([0, 1, 2], [30, 1, 9])
    peers = peers_on_ring(keys_of(f"f{i}" for i in range(40)), ring, np.ones(40, dtype=bool), 6, Draws())
    assert np.all(peers[30] == -1)
    others = np.arange(40) != 30
    assert np.array_equal(ring[peers[others]], np.tile(ring[others][:, None], (1, 6)))
    assert not np.any(peers[others] == np.flatnonzero(others)[:, None])


def test_peers_take_half_words_once_however_runs_are_stacked() -> None:
    groups = [{"firm_class": "sme", "count": 40}, {"firm_class": "broker", "count": 1, "sector": "alone"}]
    spec = spec_of({"name": "firms", "countries": [{"id": "A", "firms": groups}]})
    states = [build(spec, seed, spec.parameters) for seed in (1, 2)]
    both = stack(states)
    for state in (*states, both, both.take([1, 0, 1])):
        n = len(state.firms.key)
        assert state.firms.peers.dtype == np.int32
        values = np.linspace(0, 1, n)
        assert mean_of_peers(state, values).tolist() == by_hand(state.firms.peers, values)
    copied = both.take([1, 0, 1]).firms.peers.reshape(3, 41, -1)
    for row, state in enumerate((states[1], states[0], states[1])):
        own = state.firms.peers
        assert np.array_equal(copied[row], np.where(own >= 0, own + row * 41, -1))


def test_the_matrix_holds_no_second_copy_of_peers() -> None:
    peers = np.random.default_rng(1).integers(0, 50_000, (50_000, 8)).astype(np.int32)
    means = MeansOverPeers(peers)
    assert len(means.blocks) > 3
    for rows, matrix in means.blocks:
        assert np.shares_memory(matrix.indices, peers)
        assert matrix.nnz == 8 * (rows.stop - rows.start)
        assert np.shares_memory(matrix.data, means.blocks[0][1].data)


def test_a_firm_takes_few_bytes_until_its_agent_is_asked_for() -> None:
    """Columns, what the compiled structure says of each firm, and next to nothing for means over peers."""
    n = 40_000
    group = {"firm_class": "sme", "count": n}
    engine = Engine.begin(spec_of({"name": "firms", "countries": [{"id": "A", "firms": [group]}]}), [1])
    state = engine.state
    held = [getattr(state.firms, f.name) for f in columns_of(state.firms)]
    held += [v for v in vars(state.compiled).values() if isinstance(v, np.ndarray) and len(v) == n]
    mean_of_peers(state, state.firms.awareness)
    for _, matrix in state.peers.blocks:
        held += [a for a in (matrix.indices, matrix.indptr) if not any(np.shares_memory(a, b) for b in held)]
    held.append(state.peers.blocks[0][1].data)
    assert sum(v.nbytes for v in held) / n < 160
