"""A map of an ecosystem from what its bodies report: links, roles, influence, gaps, overlaps.

Each body says with whom it deals and forgets some. A link counts if either side reports it. Where bodies
that need each other by role (`stcsim.structure.complements`) report none, it is a gap or was left out by
both. Which is likelier follows from what other ties both sides have, and from how often two sides disagree:
if each leaves out a share m, both leave out ``m ** 2`` (capture and recapture: Petersen 1896, Lincoln 1930).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stcsim.analysis.network_measures import betweenness, degree, influence, similarity
from stcsim.structure.complements import importance

F8 = NDArray[np.float64]
B1 = NDArray[np.bool_]
ROUNDS = 50
"""Rounds of the fit; it settles in about ten."""
LEAST = 0.01
"""No probability is taken as nearer to 0 or 1 than this."""
ALIKE = 0.5
"""Share of ties in common from which two bodies in one role overlap. Assumed."""
BROKER, MEMBER, MARGIN, ISOLATE = "broker", "member", "margin", "isolate"


@dataclass(frozen=True)
class EcosystemMap:
    """What a map shows of n bodies.

    Parameters
    ----------
    links : who deals with whom, as reported or inferred, shape (n, n)
    inferred : links that nobody reported, shape (n, n)
    gaps : ties that roles ask for and that are likely not there, shape (n, n)
    weight : how much each tie matters by role, 0 where roles ask for none, shape (n, n)
    overlaps : pairs of bodies with one role in one country and mostly the same ties
    degree, betweenness, influence : measures of each body, shape (n,)
    position : ``broker``, ``member``, ``margin`` or ``isolate`` of each body
    """

    links: B1
    inferred: B1
    gaps: B1
    weight: F8
    overlaps: tuple[tuple[int, int], ...]
    degree: F8
    betweenness: F8
    influence: F8
    position: tuple[str, ...]

    def gaps_by_importance(self) -> list[tuple[int, int]]:
        """Return gaps as pairs of bodies, those that matter most first."""
        rows, columns = np.nonzero(np.triu(self.gaps))
        order = np.lexsort((columns, rows, -self.weight[rows, columns]))
        return [(int(rows[k]), int(columns[k])) for k in order]


def ecosystem_map(
    roles: Sequence[str], countries: Sequence[str], reports: B1, unreported: float | None = None
) -> EcosystemMap:
    """Return the map that reports of bodies give.

    Parameters
    ----------
    roles, countries : of each body, length n; an international body has an empty country
    reports : ``reports[i, j]`` where body i says that it deals with body j, shape (n, n)
    unreported : share of links that neither side reports; from their disagreement when not given

    Raises
    ------
    ValueError
        if shapes do not agree
    """
    n = len(roles)
    if len(countries) != n or reports.shape != (n, n):
        raise ValueError(f"{n} roles, {len(countries)} countries and reports of shape {reports.shape}")
    told = (reports | reports.T) & ~np.eye(n, dtype=np.bool_)
    weight = weights(roles, countries)
    share = left_out(reports) if unreported is None else unreported
    likely = told | (link_probability(told, weight > 0, share) > 0.5)
    return EcosystemMap(
        links=likely,
        inferred=likely & ~told,
        gaps=(weight > 0) & ~likely,
        weight=weight,
        overlaps=_overlaps(roles, countries, likely),
        degree=degree(likely),
        betweenness=betweenness(likely),
        influence=influence(likely),
        position=_positions(likely),
    )


def weights(roles: Sequence[str], countries: Sequence[str]) -> F8:
    """Return how much it matters by role that two bodies know each other, shape (n, n)."""
    n = len(roles)
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            found[i, j] = found[j, i] = importance(roles[i], countries[i], roles[j], countries[j])
    return found


def left_out(reports: B1) -> float:
    """Return the share of links that neither side reports, from how often only one of them does.

    Where each side leaves out a share m, of links that anybody reports ``q = (1 - m) / (1 + m)`` are reported
    by both; so ``m = (1 - q) / (1 + q)``, and m squared is left out by both.
    """
    off = ~np.eye(len(reports), dtype=np.bool_)
    either, both = ((reports | reports.T) & off).sum(), (reports & reports.T & off).sum()
    q = both / either if either else 1.0
    return float(((1 - q) / (1 + q)) ** 2)


def link_probability(told: B1, needed: B1, share: float) -> F8:
    """Return the chance that a needed tie that nobody reports is there all the same, shape (n, n).

    Bodies are of two kinds: those engaged, among whom a needed tie is there with probability p, and those
    left out, whose ties are there with a smaller one p'. A tie that is there is told with ``1 - m``. Who is
    which, and p, p' and the share engaged, are fitted by expectation and maximisation with bodies taken one
    by one (mean field), so a body that was left out explains what its partners lack.

    Parameters
    ----------
    told : links that anybody reports, shape (n, n)
    needed : ties that roles ask for, shape (n, n)
    share : m, share of links that nobody reports
    """
    seen, unseen = (told & needed).astype(np.float64), (needed & ~told).astype(np.float64)
    engaged = (seen.sum(axis=1) + 1) / (needed.sum(axis=1) + 1)
    among = np.zeros((len(told), len(told)))
    inside, outside = 0.5, 0.1
    for _ in range(ROUNDS):
        both = engaged[:, None] * engaged[None, :]
        inside = _rate(seen, needed, both, share, 1.0 - LEAST)
        outside = _rate(seen, needed, 1 - both, share, inside / 2)
        if_in = (1 - share) * (engaged * inside + (1 - engaged) * outside)
        if_out = (1 - share) * outside
        told_so = seen @ np.log(if_in / if_out)
        untold_so = unseen @ np.log((1 - if_in) / (1 - if_out))
        common = np.clip(engaged.mean() if len(engaged) else 0.5, LEAST, 1 - LEAST)
        odds = np.log(common / (1 - common)) + told_so + untold_so
        engaged = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        both = engaged[:, None] * engaged[None, :]
        among = both * inside + (1 - both) * outside
    chance = among * share / np.maximum(among * share + 1 - among, 1e-300)
    return np.where(needed & ~told, chance, 0.0)


def _rate(seen: F8, needed: B1, weight: F8, share: float, most: float) -> float:
    """Return the share of ties of one kind that are there, those that nobody tells included."""
    asked = float((needed * weight).sum())
    found = float((seen * weight).sum()) / max(asked, 1e-9) / max(1 - share, 1e-9)
    return float(np.clip(found, LEAST, most))


def _overlaps(roles: Sequence[str], countries: Sequence[str], links: B1) -> tuple[tuple[int, int], ...]:
    alike = similarity(links)
    n = len(roles)
    return tuple(
        (i, j)
        for i in range(n)
        for j in range(i + 1, n)
        if roles[i] == roles[j] and countries[i] == countries[j] and alike[i, j] >= ALIKE
    )


def _positions(links: B1) -> tuple[str, ...]:
    """Name each body's place: a broker lies on more ways than most, the margin has few ties."""
    ties, between = links.sum(axis=1), betweenness(links)
    high = between.mean() + between.std() if len(between) else 0.0
    low = ties.mean() / 2 if len(ties) else 0.0

    def place(t: float, b: float) -> str:
        if t == 0:
            return ISOLATE
        if b > high:
            return BROKER
        return MARGIN if t <= low else MEMBER

    return tuple(place(float(t), float(b)) for t, b in zip(ties, between, strict=True))
