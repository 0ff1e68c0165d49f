"""Who knows, trusts, reaches, informs and meets whom, quarter by quarter, and the region as a whole.

Ties are kept as means over the runs of an arm: a table of each run's would be as many times larger and say
no more to a reader. What differs from run to run is in the table of the region.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from stcsim.draws import F8, I8
from stcsim.processes.inspection import detection_at_posts
from stcsim.processes.record import stocks
from stcsim.state.populations import B1, HOLDER_KINDS
from stcsim.state.state import State
from stcsim.structure.complements import importance
from stcsim.study.cases import named
from stcsim.study.observation import TIE_KINDS
from stcsim.study.observing_stack import Stack

RECOGNITION, TRUST, CHANNEL, INTELLIGENCE, MEETING = range(len(TIE_KINDS))
FRONTLINE = HOLDER_KINDS.index("post")
MOST_OF_A_KIND = 300_000
"""Rows of channels, and of items read, that are kept: those of the largest values."""
KEPT_STOCKS: tuple[str, ...] = (
    *("recognition", "trust", "captured", "latent", "competence", "tools_idle", "upkeep_funded"),
    *("use_funded", "displaced", "will", "detained_now", "licence_days_expected", "answers_lost"),
)
"""Stocks of the region that are kept."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of bodies that are watched.

    Parameters
    ----------
    source, target : indices of holders of a run, every pair in both directions, shape (P,)
    first, second : indices of pairs that should know each other by role, shape (N,)
    importance : of these, shape (N,)
    left_out : pairs in one direction for which there was no room
    """

    source: I8
    target: I8
    first: I8
    second: I8
    importance: F8
    left_out: int

    @classmethod
    def of(cls, state: State, most: int) -> Pairs:
        """Return the pairs of agencies and partners with staff: those that should know each other first.

        Then those of one country, then the others, up to `most` directed pairs.
        """
        h, n = state.holders, state.holders.n
        body = np.flatnonzero((h.kind[:n] < FRONTLINE) & (h.staff_base[:n] > 0))
        upper = np.triu_indices(len(body), 1)
        i, j = body[upper[0]], body[upper[1]]
        weight = _importance(state, i, j)
        home = h.country[:n]
        abroad = (home[i] != home[j]) | (home[i] < 0)
        order = np.lexsort((j, i, abroad, -weight))
        room = max(most // 2, 0)
        chosen, needed = np.sort(order[:room]), weight > 0
        return cls(
            source=np.concatenate([i[chosen], j[chosen]]),
            target=np.concatenate([j[chosen], i[chosen]]),
            first=i[needed],
            second=j[needed],
            importance=weight[needed],
            left_out=max(len(order) - room, 0),
        )


def _importance(state: State, i: I8, j: I8) -> F8:
    h, n = state.holders, state.holders.n
    roles = [state.roles[r] for r in h.role[:n]]
    homes = [str(c) if c >= 0 else "" for c in h.country[:n]]
    both = zip(i.tolist(), j.tolist(), strict=True)
    return np.array([importance(roles[a], homes[a], roles[b], homes[b]) for a, b in both], dtype=np.float64)


@dataclass
class Ties:
    """Collects ties of many stacks.

    Parameters
    ----------
    pairs : that are watched
    holders : of a run
    """

    pairs: Pairs
    holders: int
    codes: list[I8] = field(default_factory=list)
    values: list[F8] = field(default_factory=list)
    read_until: float = -np.inf
    """Day up to which what is read has been counted in the stack that is watched now."""
    thinned: int = 0
    """Rows of channels and of items read for which there was no room."""
    _read: dict[int, F8] = field(default_factory=dict)

    def start(self, day: float) -> None:
        """Begin to count what is read in another stack."""
        self.read_until, self._read = day, {}

    def look(self, state: State, day: float) -> None:
        """Count what was read since the last look: seldom does an item go stale in between."""
        items, n = state.items, self.holders
        run, slot, reader = np.nonzero((items.read > self.read_until) & (items.read <= day))
        self.read_until = day
        origin = items.origin[run, slot]
        other = origin != reader
        run, pair = run[other], origin[other] * n + reader[other]
        for r in np.unique(run):
            found = np.bincount(pair[run == r], minlength=n * n).astype(np.float64)
            self._read[int(r)] = self._read.get(int(r), 0.0) + found

    def quarter(self, state: State, stack: Stack, quarter: int) -> None:
        """Take note of how ties stand, and of what was read since the last time."""
        h, c, n = state.holders, state.compiled, self.holders
        p = self.pairs
        flat = p.source * n + p.target
        trust, knows = h.trust.reshape(stack.runs, -1), h.recognises.reshape(stack.runs, -1)
        meets = (c.meetings + h.met).reshape(stack.runs, -1)
        once = np.flatnonzero(p.source < p.target)
        edge_run = c.edge_from // n
        edge_pair = c.edge_from % n * n + c.edge_to % n
        for r in range(stack.runs):
            cell = (quarter * len(stack.arms) + int(stack.arm[r])) * len(TIE_KINDS)
            self._add(cell + RECOGNITION, flat, knows[r, flat].astype(np.float64))
            self._add(cell + TRUST, flat, trust[r, flat])
            mine = edge_run == r
            rate = np.bincount(edge_pair[mine], weights=c.edge_rate[mine], minlength=n * n)
            self._add(cell + CHANNEL, np.arange(n * n), rate.astype(np.float64))
            self._add(cell + MEETING, flat[once], meets[r, flat[once]])
            if r in self._read:
                self._add(cell + INTELLIGENCE, np.arange(n * n), self._read[r])
        self._read = {}

    def _add(self, cell: int, pair: I8, value: F8) -> None:
        some = np.flatnonzero(value)
        self.codes.append(cell * self.holders**2 + pair[some])
        self.values.append(value[some])

    def table(self, arms: Sequence[str], ids: Sequence[str], replications: int) -> pd.DataFrame:
        """Return the table of ties."""
        n, kinds = self.holders, len(TIE_KINDS)
        codes = np.concatenate([np.zeros(0, dtype=np.int64), *self.codes])
        values = np.concatenate([np.zeros(0), *self.values])
        code, place = np.unique(codes, return_inverse=True)
        value = np.bincount(place, weights=values, minlength=len(code)) / replications
        share = np.bincount(place, minlength=len(code)) / replications
        keep = np.ones(len(code), dtype=np.bool_)
        for kind in (CHANNEL, INTELLIGENCE):
            mine = np.flatnonzero(code // n**2 % kinds == kind)
            keep[mine[np.argsort(-value[mine], kind="stable")[MOST_OF_A_KIND:]]] = False
        self.thinned = int((~keep).sum())
        code, value, share = code[keep], value[keep], share[keep]
        cell, pair = code // n**2, code % n**2
        return pd.DataFrame(
            {
                "arm": named(cell // kinds % len(arms), arms),
                "quarter": cell // kinds // len(arms),
                "source": named(pair // n, ids),
                "target": named(pair % n, ids),
                "kind": named(cell % kinds, TIE_KINDS),
                "value": value,
                "share": share,
            }
        )

    def needed(self, ids: Sequence[str]) -> pd.DataFrame:
        """Return the table of pairs that should know each other."""
        p = self.pairs
        columns = {"source": named(p.first, ids), "target": named(p.second, ids), "importance": p.importance}
        return pd.DataFrame(columns)


def region(state: State, stack: Stack, quarter: int, pairs: Pairs, day: float) -> pd.DataFrame:
    """Return what stands for the region as a whole, one row a run."""
    h, posts, n, runs = state.holders, state.posts, state.holders.n, stack.runs
    found = stocks(state)
    knows = h.recognises.reshape(runs, n, n)
    known = knows[:, pairs.first, pairs.second] & knows[:, pairs.second, pairs.first]
    c = state.compiled
    edges = np.unique(c.edge_from[c.edge_rate > 0] * n + c.edge_to[c.edge_rate > 0] % n)
    declared = ~posts.stretch & (posts.traffic > 0)
    number = np.bincount(posts.run, weights=declared, minlength=runs)
    detected = np.bincount(posts.run, weights=detection_at_posts(state) * declared, minlength=runs)
    stopped: B1 = state.networks.disrupted_until > day
    return pd.DataFrame(
        {
            **stack.columns(np.arange(runs)),
            "quarter": quarter,
            **{name: found[name] for name in KEPT_STOCKS if name in found},
            "channels": np.bincount(edges // (n * n), minlength=runs) if n else 0,
            "needed": len(pairs.first),
            "gaps": (~known).sum(axis=1),
            "detection": np.where(number > 0, detected / np.maximum(number, 1), np.nan),
            "graduated": np.bincount(
                state.countries.run, weights=np.isfinite(state.countries.graduated), minlength=runs
            ),
            "networks_disrupted": np.bincount(state.networks.run, weights=stopped, minlength=runs),
        }
    )
