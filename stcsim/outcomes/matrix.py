"""Measures in place, recorded in the manner of the matrices of UN Security Council resolution 1540.

One row for each obligation or control, one column for the legal framework and one for enforcement. An entry
is ``X`` (a measure is recorded), ``?`` (something is there, and whether it is the measure is unclear) or
blank. Such matrices are no measure of compliance, so fields are counted and nothing is scored. The readiness
index below them follows published rankings and is an index of measures in place: it says what a state has,
not what it stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.draws import F8, I8
from stcsim.processes.rows import sums
from stcsim.scenario.readiness import Criterion, ReadinessSpec
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State

ENTRIES: tuple[str, ...] = ("", "?", "X")
"""What a field may hold, by the number that stands for it."""
BLANK, UNCLEAR, RECORDED = range(len(ENTRIES))
ESTABLISHED = 0.5
"""Competence from which an observer records a body's work as a measure in place. Assumed."""
CAVEAT = "The fields say which measures are in place; they are no measure of compliance."
"""Stands under every matrix, after what the committee says of its own
(https://www.un.org/en/sc/1540/national-implementation/1540-matrices.shtml)."""
LEGEND = (
    "X: a measure is recorded. ?: something is there, and whether it is the measure is unclear. "
    "Blank: nothing is there. -: needs no law. "
    "? > X: what stood where arms branch, and what stands at the end."
)
"""Explains the entries under a printed matrix."""

Body = Literal["authority", "customs", "intelligence", "law_enforcement", "prosecutor", "technical", "posts"]


@dataclass(frozen=True)
class Field:
    """One row of the matrix.

    Parameters
    ----------
    name : identifier
    text : obligation in words
    law : switch of the law that the legal column records, empty where the obligation needs none
    body, competence : whose competence the enforcement column records
    criterion : part of the readiness index that its enforcement counts for
    """

    name: str
    text: str
    law: str
    body: Body
    competence: str
    criterion: Criterion


FIELDS: tuple[Field, ...] = (
    Field("export", "Control of exports", "export", "authority", "licensing_review", "monitoring"),
    Field(
        "end_users",
        "End-user controls with consequences",
        "refusal_has_consequence",
        "authority",
        "end_use_verification",
        "monitoring",
    ),
    Field("catch_all", "Catch-all clause", "catch_all", "authority", "end_use_verification", "monitoring"),
    Field(
        "intangible",
        "Control of intangible transfers",
        "intangible",
        "law_enforcement",
        "investigation",
        "monitoring",
    ),
    Field("reexport", "Control of re-export", "reexport", "customs", "risk_targeting", "monitoring"),
    Field(
        "transit",
        "Control of transit and transhipment",
        "transit",
        "posts",
        "risk_targeting",
        "monitoring",
    ),
    Field(
        "brokering",
        "Control of brokering",
        "brokering",
        "law_enforcement",
        "investigation",
        "enforcement",
    ),
    Field(
        "identification",
        "Identification of listed goods at the border",
        "",
        "posts",
        "commodity_identification",
        "monitoring",
    ),
    Field("border", "Border controls and inspection", "", "posts", "inspection", "monitoring"),
    Field(
        "detention",
        "Power to detain on doubt, and answers to it",
        "detention",
        "technical",
        "commodity_identification",
        "enforcement",
    ),
    Field(
        "administrative",
        "Administrative penalties",
        "administrative_penalties",
        "law_enforcement",
        "investigation",
        "enforcement",
    ),
    Field(
        "criminal",
        "Criminal penalties",
        "criminal_penalties",
        "prosecutor",
        "investigation",
        "enforcement",
    ),
    Field(
        "industry",
        "Work with industry",
        "",
        "authority",
        "industry_outreach",
        "legislation",
    ),
    Field(
        "coordination",
        "Defined roles and coordination of agencies",
        "role_definition",
        "authority",
        "coordination",
        "legislation",
    ),
    Field(
        "sharing",
        "Information for other states",
        "shares_data_on_nationals",
        "intelligence",
        "coordination",
        "international",
    ),
    Field(
        "denials",
        "Consultation on denials by other states",
        "no_undercut",
        "authority",
        "coordination",
        "international",
    ),
)
"""Rows of the matrix, a selection of those of the committee: what the model holds."""
_SANCTIONS = ("administrative_penalties", "criminal_penalties")
_UNSANCTIONED = frozenset(
    (*_SANCTIONS, "refusal_has_consequence", "role_definition", "shares_data_on_nationals", "no_undercut")
)
"""Switches that need no penalty to be a measure."""


@dataclass(frozen=True)
class Matrix:
    """Entries of every country of the stacked runs.

    Parameters
    ----------
    legal, enforcement : index into `ENTRIES`, shape (countries, fields); -1 in `legal` where the obligation
        needs no law
    """

    legal: I8
    enforcement: I8


def matrix(state: State) -> Matrix:
    """Return the matrix as an observer would fill it now.

    Legal: recorded where the law is in force; unclear where it is, without any penalty to back it.
    Enforcement: recorded where the law (if one is needed) is in force and the body's competence reaches
    `ESTABLISHED`; unclear where the body is there and one of these is missing; blank without a body.
    """
    law = state.countries.law
    backed = law[:, [LAW_INDEX[name] for name in _SANCTIONS]].any(axis=1)
    legal = np.full((len(law), len(FIELDS)), -1, dtype=np.int64)
    enforcement = np.zeros_like(legal)
    for j, field in enumerate(FIELDS):
        ground = np.ones(len(law), dtype=np.bool_)
        if field.law:
            ground = law[:, LAW_INDEX[field.law]]
            clear = backed | (field.law in _UNSANCTIONED)
            legal[:, j] = np.where(ground, np.where(clear, RECORDED, UNCLEAR), BLANK)
        there, skill = _able(state, field.body, COMPETENCES.index(field.competence))
        done = ground & (skill >= ESTABLISHED)
        enforcement[:, j] = np.where(there, np.where(done, RECORDED, UNCLEAR), BLANK)
    return Matrix(legal, enforcement)


def _able(state: State, body: Body, competence: int) -> tuple[B1, F8]:
    """Whether a body with staff is there, and its competence: for posts, their mean, shape (countries,)."""
    countries, holders, posts = state.countries, state.holders, state.posts
    size = len(countries.key)
    if body == "posts":
        declared = ~posts.stretch & (holders.staff[posts.holder] > 0)
        number = sums(posts.country, declared.astype(np.float64), size)
        total = sums(posts.country, declared * holders.competence[posts.holder, competence], size)
        return number > 0, np.asarray(total / np.maximum(number, 1.0))
    row: I8 = getattr(countries, body)
    at = np.maximum(row, 0)
    if not len(holders.key):
        return np.zeros(size, dtype=np.bool_), np.zeros(size)
    there = (row >= 0) & (holders.staff[at] > 0)
    return there, np.where(there, holders.competence[at, competence], 0.0)


def readiness(state: State, weights: ReadinessSpec) -> F8:
    """Return the index of measures in place of each country, 0 to 100, shape (countries,).

    The mean of four shares by their weights: of the legal column (legislation), and of the enforcement
    column over the fields of each other criterion; an unclear entry counts half. The international criterion
    counts both columns of its fields.
    """
    found = matrix(state)
    legal, enforcement = found.legal / RECORDED, found.enforcement / RECORDED
    of = np.array([f.criterion for f in FIELDS])
    abroad, needs_law = of == "international", found.legal[:1] >= 0
    total, weight = np.zeros(len(legal)), 0.0
    for criterion, share in (
        ("legislation", legal[:, (needs_law[0] if len(legal) else ~abroad) & ~abroad].mean(axis=1)),
        ("monitoring", enforcement[:, of == "monitoring"].mean(axis=1)),
        ("enforcement", enforcement[:, of == "enforcement"].mean(axis=1)),
        ("international", (legal + enforcement)[:, abroad].mean(axis=1) / 2),
    ):
        counts = float(getattr(weights, criterion))
        total = total + counts * share
        weight += counts
    return np.asarray(100 * total / weight)
