"""Whether aid goes where the need is: ranks of aid and of true gaps, and requests that nobody answers.

Cells are the pairs of country and competence in which somebody works. The true gap of a cell is what its
people lack in competence, added up; a country asks for help where they lack more on average than elsewhere in
it.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8
from stcsim.processes.audiences import TAUGHT
from stcsim.processes.delivery import Deliveries
from stcsim.processes.perception import lessons
from stcsim.processes.rows import sums
from stcsim.state import State, When
from stcsim.state.populations import B1


def true_gaps(state: State, size: F8) -> tuple[F8, F8]:
    """Return what the people of each cell lack in competence, added up, and how many they are.

    Parameters
    ----------
    size : people of each holder, shape (holders,)

    Returns
    -------
    two of shape (countries, 9)
    """
    holders = state.holders
    kinds = holders.uses.shape[1]
    row, competence = np.nonzero(holders.uses & ((holders.country >= 0) & (size > 0))[:, None])
    cell = holders.country[row] * kinds + competence
    cells = len(state.countries.key) * kinds
    gap = sums(cell, size[row] * (1 - holders.competence[row, competence]), cells)
    return gap.reshape(-1, kinds), sums(cell, size[row], cells).reshape(-1, kinds)


def aid_by_cell(state: State, given: Deliveries) -> F8:
    """Return what donors spend on each cell in a quarter, thousand USD, shape (countries, 9).

    The cost of an activity is shared over those who attend and the competences that it raises with them.
    """
    holders = state.holders
    kinds = holders.uses.shape[1]
    paid = np.flatnonzero((given.donor >= 0) & (holders.country[given.holder] >= 0))
    learnt = lessons(state, given.holder[paid], given.activity[paid])
    lines = np.bincount(learnt.entry, minlength=len(paid))
    row = paid[learnt.entry]
    cell = holders.country[given.holder[row]] * kinds + TAUGHT[learnt.taught]
    spent = given.cost[row] / np.maximum(lines[learnt.entry], 1)
    return sums(cell, spent, len(state.countries.key) * kinds).reshape(-1, kinds)


def mean_ranks(values: F8) -> F8:
    """Return ranks within each row, from 1, those of equal values their mean; shape of `values`, (R, n)."""
    runs, n = values.shape
    order = values.argsort(axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    new = np.ones((runs, n), dtype=np.bool_)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    # groups of equal values, numbered over all rows: of places first to last the mean rank is half their sum
    first = new.reshape(-1).nonzero()[0]
    size = np.diff(np.append(first, runs * n))
    mean = first % max(1, n) + (size + 1) / 2
    ranks = np.empty((runs, n))
    np.put_along_axis(ranks, order, np.repeat(mean, size).reshape(runs, n), axis=1)
    return ranks


def rank_correlation(first: F8, second: F8, counts: B1) -> F8:
    """Return Spearman's rank correlation of two measures of each row over what counts, ties at mean ranks.

    NaN where a measure has but one value.

    Parameters
    ----------
    first, second : shape (R, n)
    counts : what is ranked, shape (R, n)
    """
    # What does not count comes last in both, and so moves no rank of what does.
    ranks = [mean_ranks(np.where(counts, x, np.inf)) for x in (first, second)]
    run: I8 = np.repeat(np.arange(len(counts)), counts.shape[1])
    number = sums(run, counts.reshape(-1).astype(np.float64), len(counts))
    about = [np.where(counts, r - ((number + 1) / 2)[:, None], 0.0).reshape(-1) for r in ranks]
    both, one, other = (
        sums(run, a * b, len(counts))
        for a, b in ((about[0], about[1]), (about[0], about[0]), (about[1], about[1]))
    )
    spread = np.sqrt(one * other)
    return np.where(spread > 0, both / np.where(spread > 0, spread, 1.0), np.nan)


def note_matching(state: State, when: When, given: Deliveries, size: F8) -> None:
    """Write down the rank correlation of this quarter's aid and true gaps, and requests with no answer."""
    runs = state.runs
    gap, there = true_gaps(state, size)
    exists = there > 0
    aid = aid_by_cell(state, given)
    found = rank_correlation(aid.reshape(runs, -1), gap.reshape(runs, -1), exists.reshape(runs, -1))
    state.ledger.add_runs("aid_need", when.month, np.nan_to_num(found, nan=0.0))
    state.ledger.add_runs("aid_need_quarters", when.month, np.isfinite(found).astype(np.float64))
    mean = gap / np.where(exists, there, 1.0)
    total, number = np.zeros(len(gap)), np.zeros(len(gap))
    for competence in range(gap.shape[1]):
        total += mean[:, competence]
        number += exists[:, competence]
    asked = exists & (mean > (total / np.maximum(number, 1.0))[:, None])
    run = np.repeat(state.countries.run, gap.shape[1])
    for name, cells in (("requests", asked), ("requests_unmet", asked & (aid <= 0))):
        state.ledger.add(name, when.month, run[cells.reshape(-1)])
