"""Attempts and violations: one by one, counted by what became of them, and checkpoint by checkpoint."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from stcsim.actors.vocabulary import FATES, ORIGINS, WAYS
from stcsim.draws import F8, I8
from stcsim.processes.inspection import detection_at_posts
from stcsim.state.events import STAGES, Cases
from stcsim.state.state import State
from stcsim.study.cases import case_columns, named, within
from stcsim.study.observing_stack import Stack

ADVERSARY = ORIGINS.index("adversary")
DELIVERED = STAGES.index("delivered")
_AT_POST = ("interdicted_checkpoint", "released_clock", "completed")
STOPPED, RELEASED, PASSED = (FATES.index(fate) for fate in _AT_POST)
"""What becomes of a consignment at the checkpoint that it reaches."""
FLOWS = ("arm", "replication", "quarter", "origin", "way", "country", "post", "licensed", "held", "fate")


@dataclass
class Passages:
    """When consignments left the checkpoint that they came to, where they were not at their end there.

    Parameters
    ----------
    day : by row of the cases of the stack that is watched, inf where that is not known
    """

    day: F8 = field(default_factory=lambda: np.zeros(0))

    def look(self, cases: Cases, day: float) -> None:
        """Note what has been delivered and waits for being diverted."""
        if cases.count > len(self.day):
            self.day = np.concatenate([self.day, np.full(2 * cases.count - len(self.day), np.inf)])
        rows = cases.in_process()
        rows = rows[(cases.stage[rows] == DELIVERED) & (cases.post[rows] >= 0)]
        self.day[rows] = np.minimum(self.day[rows], day)

    def of(self, cases: Cases) -> F8:
        """Return the day on which each consignment left its checkpoint; NaN where it reached none."""
        fate, left = cases.col("fate"), self.day[: cases.count]
        left = np.concatenate([left, np.full(cases.count - len(left), np.inf)])
        ended = np.isin(fate, (STOPPED, RELEASED, PASSED)) & (cases.col("post") >= 0)
        day = np.where(ended, np.minimum(cases.col("fate_day"), left), left)
        return np.where(np.isfinite(day), day, np.nan)


def arisen(state: State, stack: Stack) -> I8:
    """Return the rows of all cases that arose from where arms branch, run after run, by day."""
    cases = state.cases
    born, run = cases.col("born"), cases.col("run")
    rows = np.flatnonzero(born > stack.first)
    return rows[np.lexsort((born[rows], run[rows]))]


def listed(state: State, rows: I8, most: int) -> I8:
    """Return those of some cases that are kept one by one.

    All of networks; of firms' violations as many as there is room for up to `most`, chosen by key, so that
    arms in one stack list the same.
    """
    cases = state.cases
    by_firm = cases.origin[rows] != ADVERSARY
    room = max(most - int((~by_firm).sum()), 0)
    if int(by_firm.sum()) <= room:
        return rows
    mixed = cases.key[rows] >> np.uint64(32)
    return np.asarray(rows[~by_firm | (mixed < np.sort(mixed[by_firm])[room])])


def case_names(state: State, rows: I8) -> pd.Series[str]:
    """Return what cases are called: sixteen hexadecimal digits, the same in all arms of a replication."""
    return pd.Series([f"{key:016x}" for key in state.cases.key[rows].tolist()], dtype="str")


def cases_table(state: State, stack: Stack, rows: I8) -> pd.DataFrame:
    """Return some cases one by one, see `Observation`; `story` is False in all."""
    cases = state.cases
    columns = case_columns(state, rows, stack.first)
    day = columns.pop("day")
    return pd.DataFrame(
        {
            "case": case_names(state, rows),
            **stack.columns(cases.run[rows]),
            "quarter": stack.quarter(cases.born[rows]),
            "day": day,
            **columns,
            "held": np.isfinite(cases.release[rows]),
            "story": False,
        }
    )


def flows(state: State, stack: Stack, rows: I8) -> pd.DataFrame:
    """Return how many cases there are of each kind, see `Observation`."""
    c, n = state.cases, state.posts.n
    codes: dict[str, tuple[I8, int]] = {
        "arm": (stack.arm[c.run[rows]], len(stack.arms)),
        "replication": (stack.replication[c.run[rows]], int(stack.replication.max(initial=0)) + 1),
        "quarter": (stack.quarter(c.born[rows]), 0),
        "origin": (c.origin[rows], len(ORIGINS)),
        "way": (c.way[rows], len(WAYS)),
        "country": (within(c.country[rows], state.countries.n), state.countries.n),
        "post": (within(c.post[rows], n) + 1, n + 1),
        "licensed": (c.licensed[rows].astype(np.int64), 2),
        "held": (np.isfinite(c.release[rows]).astype(np.int64), 2),
        "fate": (c.fate[rows], len(FATES)),
        "discovered": (np.isfinite(c.discovered[rows]).astype(np.int64), 2),
    }
    sizes = [size or int(code.max(initial=0)) + 1 for code, size in codes.values()]
    flat = np.ravel_multi_index(tuple(code for code, _ in codes.values()), sizes)
    kinds, number = np.unique(flat, return_counts=True)
    back = dict(zip(codes, np.unravel_index(kinds, sizes), strict=True))
    names: dict[str, Any] = {
        "arm": stack.arms,
        "origin": ORIGINS,
        "way": WAYS,
        "country": state.countries.ids,
        "fate": FATES,
    }
    found: dict[str, Any] = {}
    for name, code in back.items():
        if name in names:
            found[name] = named(code, names[name])
        elif name == "post":
            found[name] = named(code - 1, state.posts.ids)
        else:
            found[name] = code.astype(np.bool_) if name in ("licensed", "held", "discovered") else code
    return pd.DataFrame({**found, "cases": number})


def posts_now(state: State, stack: Stack, quarter: int) -> pd.DataFrame:
    """Return what each checkpoint can do now, one row a run and post."""
    posts = state.posts
    return pd.DataFrame(
        {
            **stack.columns(posts.run),
            "quarter": quarter,
            "checkpoint": named(np.arange(len(posts.key)) % max(posts.n, 1), posts.ids),
            "detection": detection_at_posts(state),
            "inspected_share": posts.inspected_share.copy(),
            "targeting": posts.targeting.copy(),
            "answered": posts.answered.copy(),
            "detained": posts.detained.copy(),
        }
    )


HAPPENS = ("reached", "inspected", "listed", "held", "stopped", "released", "passed")


def posts_happened(state: State, stack: Stack, passages: Passages, quarters: int) -> pd.DataFrame:
    """Return what became of what came to each checkpoint in each quarter, one row where anything came."""
    cases, posts = state.cases, state.posts
    day = passages.of(cases)
    rows = np.flatnonzero(day > stack.first)
    quarter = np.minimum(stack.quarter(day[rows]), quarters)
    cell = cases.post[rows] * (quarters + 1) + quarter
    fate = cases.fate[rows]
    stopped, released = fate == STOPPED, fate == RELEASED
    which = {
        "reached": np.ones(len(rows), dtype=np.bool_),
        "inspected": cases.inspected[rows],
        "listed": cases.list_selected[rows],
        "held": np.isfinite(cases.release[rows]),
        "stopped": stopped,
        "released": released,
        "passed": ~stopped & ~released,
    }
    some = np.unique(cell)
    size = len(posts.key) * (quarters + 1)
    post = some // (quarters + 1)
    return pd.DataFrame(
        {
            **stack.columns(posts.run[post]),
            "quarter": some % (quarters + 1),
            "checkpoint": named(post % max(posts.n, 1), posts.ids),
            **{name: np.bincount(cell[mask], minlength=size)[some] for name, mask in which.items()},
        }
    )


def posts_table(now: pd.DataFrame, happened: pd.DataFrame) -> pd.DataFrame:
    """Return what checkpoints can do and what happened there in one table."""
    keys = ["arm", "replication", "quarter", "checkpoint"]
    found = now.merge(happened, on=keys, how="left")
    for name in HAPPENS:
        counted = found[name].astype(np.float64)
        found[name] = counted.fillna(0.0).where(found["quarter"] > 0)
    return found
