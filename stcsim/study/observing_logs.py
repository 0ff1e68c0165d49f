"""What a state forgets and a story needs: when attempts moved on, who received and read what on whom.

Everything is noted from outside, between steps, and about networks' attempts and their fronts alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import ORIGINS
from stcsim.draws import F8, I8, U64
from stcsim.state.items import SUBJECT_FRONT
from stcsim.state.populations import B1, HOLDER_KINDS
from stcsim.state.state import State

Entry = tuple[float, str, str, str]
"""A line of a story: day, what, who, detail."""
Kept = dict[str, Any]
"""Columns of the attempts of a stack, and what of its state tells who they met, by name."""
ADVERSARY = ORIGINS.index("adversary")
PARTNER = HOLDER_KINDS.index("partner")


@dataclass
class Moves:
    """When attempts of networks came to a stage, or to a step of the ladder of law.

    Parameters
    ----------
    what : column that is followed, ``stage`` or ``ladder``
    due : column that says until when
    row, value, day, until : what was noted, one entry a move
    """

    what: str
    due: str
    row: list[I8] = field(default_factory=list)
    value: list[I8] = field(default_factory=list)
    day: list[F8] = field(default_factory=list)
    until: list[F8] = field(default_factory=list)
    _seen: I8 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def look(self, state: State, day: float, *, keep: bool = True) -> None:
        """Note what has moved since the last look."""
        cases = state.cases
        if cases.count > len(self._seen):
            more = np.zeros(2 * cases.count - len(self._seen), dtype=np.int64)
            self._seen = np.concatenate([self._seen, more])
        rows = cases.current()
        rows = rows[cases.origin[rows] == ADVERSARY]
        now = getattr(cases, self.what)[rows]
        moved = now != self._seen[rows]
        rows, now = rows[moved], now[moved]
        self._seen[rows] = now
        if keep and len(rows):
            self.row.append(rows)
            self.value.append(now)
            self.day.append(np.full(len(rows), day))
            self.until.append(getattr(cases, self.due)[rows].copy())


@dataclass
class Notices:
    """Items of information about fronts, and which agencies, posts and stretches received and read them.

    Parameters
    ----------
    items : run, front, generation, category and index of the holder of origin of each, day of birth, day on
        which it goes stale, and key
    received, read : item, holder of a run, day; one entry each
    gone : item and day by which it was no more: stale, or its front given up
    """

    items: list[tuple[I8, I8, I8, I8, I8, F8, F8, U64]] = field(default_factory=list)
    received: list[tuple[I8, I8, F8]] = field(default_factory=list)
    read: list[tuple[I8, I8, F8]] = field(default_factory=list)
    gone: list[tuple[I8, F8]] = field(default_factory=list)
    until: float = -np.inf
    _key: U64 = field(default_factory=lambda: np.zeros((0, 0), dtype=np.uint64))
    _number: I8 = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    _count: int = 0

    def look(self, state: State, day: float) -> None:
        """Note what was born, received and read since the last look."""
        i, h = state.items, state.holders
        acts: B1 = h.kind[: h.n] != PARTNER
        about = i.alive & (i.subject_kind == SUBJECT_FRONT)
        run, slot = np.nonzero(about)
        if self._key.shape != i.key.shape:
            key, number = np.zeros_like(i.key), np.full(i.key.shape, -1, dtype=np.int64)
            if self._key.size:
                old = self._key.shape[1]
                key[:, :old], number[:, :old] = self._key, self._number
            self._key, self._number = key, number
        over = (self._number >= 0) & ~(about & (self._key == i.key))
        if over.any():
            self.gone.append((self._number[over], np.full(int(over.sum()), day)))
            self._number[over] = -1
        new = (self._key[run, slot] != i.key[run, slot]) | (self._number[run, slot] < 0)
        r, s = run[new], slot[new]
        self._key[r, s] = i.key[r, s]
        self._number[r, s] = self._count + np.arange(len(r))
        self._count += len(r)
        if len(r):
            self.items.append(
                (
                    r,
                    i.subject[r, s],
                    i.generation[r, s],
                    i.category[r, s],
                    i.origin[r, s],
                    i.born[r, s],
                    i.expires[r, s],
                    i.key[r, s],
                )
            )
        for column, log in ((i.received, self.received), (i.read, self.read)):
            when = column[run, slot]
            item, holder = np.nonzero((when > self.until) & (when <= day) & acts)
            if len(item):
                log.append((self._number[run[item], slot[item]], holder, when[item, holder]))
        self.until = day


class Logs:
    """What was noted in a stack, joined so that it can be looked up.

    Attributes
    ----------
    stages, ladder : rows of cases, where they moved, on which day, and until when
    items, received, read : columns of `Notices`
    gone : day by which an item was no more, by its number
    """

    def __init__(self, stages: Moves, ladder: Moves, notices: Notices) -> None:
        self.stages, self.ladder = _moves(stages), _moves(ladder)
        self.items = _columns(notices.items, 8)
        ended = _columns(notices.gone, 2)
        self.gone = dict(zip(ended[0].tolist(), ended[1].tolist(), strict=True))
        self.received, self.read = _columns(notices.received, 3), _columns(notices.read, 3)


def _columns(parts: Sequence[Sequence[Any]], width: int) -> list[Any]:
    if not parts:
        return [np.zeros(0, dtype=np.int64)] * width
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _moves(moves: Moves) -> tuple[I8, I8, F8, F8]:
    row, value, day, until = _columns(
        list(zip(moves.row, moves.value, moves.day, moves.until, strict=True)), 4
    )
    return row, value, day, until
