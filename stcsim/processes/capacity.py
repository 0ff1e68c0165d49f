"""Capacity in a step: it is acquired, put to use and lost, and competence follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.draws import F8, I8, Draws, compiled
from stcsim.parameters import CapacityParameters, Parameters
from stcsim.processes import academy, sustainment
from stcsim.processes.competence import Complements, competence, effective
from stcsim.processes.kinetics import TOOLS, advance, decay_rates, failing_rate
from stcsim.processes.rows import as_column, part_of
from stcsim.processes.trainers import COURSE, institutionalised
from stcsim.state import State, When
from stcsim.state.compiled import Compiled
from stcsim.state.populations import Holders

COMPONENT: I8 = np.arange(4)
PART = 2048
"""Pairs of holder and competence that are moved at a time."""


@dataclass(frozen=True)
class Terms:
    """What the rates of capacity are made of and keeps its value until the next quarter or structure.

    One row per pair of holder and competence in use. Parameters are numbers or one value per pair.

    Parameters
    ----------
    compiled : the structure that it was taken from
    pairs : where the pairs stand in columns of shape (holders * 9, 4), shape (u,)
    cells : where their components stand in the flat columns, shape (u * 4,)
    rows, rows_of_cells : rows of their holders, shape (u,) and (u * 4,)
    authority : of holders were will at its base, shape (holders,)
    doses : dose rates of the academy, of own trainers and of this quarter's activities, 1/yr, shape (u * 4,)
    given : those of activities alone, 1/yr, shape (u * 4,)
    shifted : the part of them of which a share is captured at once, 1/yr, shape (u * 4,)
    captured_at_least : share captured at once without follow-up, a number or shape (u * 4,)
    captured_by_plan : what plans add to that share where they are fully supported, shape (u * 4,)
    immediate : whether doses are captured at once, all of them
    decay_latent, decay_captured : 1/yr, shape (u, 4); arrays whose columns of tools are set anew at each use
    latent_use, exponent, floor : of competence
    """

    compiled: Compiled
    pairs: I8
    cells: I8
    rows: I8
    rows_of_cells: I8
    authority: F8
    doses: F8
    given: F8
    shifted: F8
    captured_at_least: Any
    captured_by_plan: Any
    immediate: bool
    decay_latent: F8
    decay_captured: F8
    latent_use: Any
    exponent: Any
    floor: Any


@dataclass(frozen=True)
class Support:
    """What holders' use of capacity rests on now.

    Parameters
    ----------
    each : the three below, shape (3, holders)
    """

    each: F8

    @property
    def share(self) -> F8:
        """Authority times funding, which supports that what is learnt is used, shape (holders,)."""
        return np.asarray(self.each[0])

    @property
    def capture(self) -> F8:
        """Rate at which latent becomes captured, 1/yr, shape (holders,)."""
        return np.asarray(self.each[1])

    @property
    def failing(self) -> F8:
        """Rate at which tools are lost, 1/yr, shape (holders,)."""
        return np.asarray(self.each[2])


def of_pairs(column: F8, pairs: I8) -> F8:
    """Return the rows of a column of shape (holders, 9, 4) that belong to pairs, shape (u, 4)."""
    return column.reshape(-1, 4).take(pairs, axis=0)


def pairs_of(holders: Holders) -> tuple[I8, I8]:
    """Return the pairs of holder and competence in use, and the rows of their holders, each of shape (u,)."""
    pairs = np.flatnonzero(holders.uses)
    return pairs, pairs // holders.uses.shape[1]


def captured_at_once(p: CapacityParameters, plan: F8, support: F8) -> F8:
    """Return the share of an activity's yield that is captured at once, q.

    ``capture_unmanaged`` without follow-up; a capture plan raises it towards ``capture_planned`` as far as
    leadership and funding support it. A plan touches nothing else, so without activities it is inert.

    Parameters
    ----------
    plan : how far a plan with follow-up is carried out
    support : authority times funding
    """
    return np.asarray(p.capture_unmanaged + (p.capture_planned - p.capture_unmanaged) * plan * support)


def terms_now(state: State, *, aided: bool = True) -> Terms:
    """Return what the rates are made of; without aid, those of the academies and national money alone."""
    holders = state.holders
    pairs, rows = pairs_of(holders)
    p = state.values.at(holders.run.take(rows)).capacity
    at_home = holders.taught_at_home.reshape(-1).take(pairs)
    kept = institutionalised(state).reshape(-1).take(pairs)
    decay_latent, decay_captured = decay_rates(p, kept, np.zeros(len(rows)))
    own = of_pairs(holders.academy, pairs) + (p.gain_per_seat * at_home)[:, None] * COURSE
    given = shifted = np.zeros_like(own)
    if aided:
        filled = holders.attends_courses.take(rows)[:, None]
        given = of_pairs(holders.dose, pairs) * filled
        shifted = given + filled * of_pairs(holders.capture_shift, pairs)
    planned = (p.capture_planned - p.capture_unmanaged) * holders.plan.reshape(-1).take(pairs)
    return Terms(
        compiled=state.compiled,
        pairs=pairs,
        cells=(pairs[:, None] * 4 + COMPONENT).reshape(-1),
        rows=rows,
        rows_of_cells=rows.repeat(4),
        authority=sustainment.authority_at_rest(state),
        doses=(own + given).reshape(-1),
        given=given.reshape(-1),
        shifted=shifted.reshape(-1),
        captured_at_least=per_cell(p.capture_unmanaged),
        captured_by_plan=planned.repeat(4),
        immediate=state.switches.capture == "immediate",
        decay_latent=decay_latent,
        decay_captured=decay_captured,
        latent_use=as_column(p.latent_use),
        exponent=p.complements_exponent,
        floor=p.complements_floor,
    )


def per_cell(value: Any) -> Any:
    """Return a value per pair as its components see it; a number that all share stays what it is."""
    return value.repeat(4) if isinstance(value, np.ndarray) else value


def support_now(state: State, terms: Terms, *, aided: bool = True) -> Support:
    """Return what holders' use of capacity rests on now, with aid or without."""
    p = state.at(state.holders).capacity
    share, kept_up = sustainment.supports(state, terms.authority, aided=aided)
    return Support(np.stack([share, p.capture_rate * share, failing_rate(p, kept_up)]))


def moved(holders: Holders, terms: Terms, support: Support, dt: float, part: slice) -> tuple[F8, F8]:
    """Return latent and captured capacity of a part of the pairs after `dt` years, each of shape (k, 4)."""
    kernels = compiled.form("stcsim.processes.capacity_kernels", _A_CELL * 4 * len(terms.rows[part]))
    found = None
    if kernels is not None and not terms.immediate:
        found = _moved_in_loops(kernels, holders, terms, support, dt, part)
    return _moved(holders, terms, support, dt, part) if found is None else found


_A_CELL = 8
"""What NumPy takes longer for a cell than compiled loops, in words hashed."""


def _moved_in_loops(
    kernels: Any, holders: Holders, terms: Terms, support: Support, dt: float, part: slice
) -> tuple[F8, F8] | None:
    """Do what `_moved` does in compiled loops; None where a cell turns, which they leave to it."""
    of_part = slice(4 * part.start, 4 * part.stop)
    cells, doses = terms.cells[of_part], terms.doses[of_part]
    of_cells, at_once = np.empty((4, len(cells))), np.empty(len(cells))
    modes, stocks = np.empty((3, len(cells))), np.empty((2, len(cells)))
    kernels.gathered(
        terms.rows[part],
        support.each,
        terms.decay_latent[part].reshape(-1),
        terms.decay_captured[part].reshape(-1),
        of_cells,
    )
    least = np.atleast_1d(part_of(terms.captured_at_least, of_part))
    given, shifted, planned = (a[of_part] for a in (terms.given, terms.shifted, terms.captured_by_plan))
    if kernels.exponents(doses, given, shifted, least, planned, of_cells, dt, at_once, modes):
        return None
    np.exp(modes[0], out=modes[0])
    np.expm1(modes[1], out=modes[1])
    holders.latent.reshape(-1).take(cells, out=stocks[0], mode="clip")
    holders.captured.reshape(-1).take(cells, out=stocks[1], mode="clip")
    kernels.advance(doses, at_once, of_cells, modes, stocks)
    return stocks[0].reshape(-1, 4), stocks[1].reshape(-1, 4)


def _moved(holders: Holders, terms: Terms, support: Support, dt: float, part: slice) -> tuple[F8, F8]:
    """Do what `moved` does in NumPy."""
    of_part = slice(4 * part.start, 4 * part.stop)
    cells, rows = terms.cells[of_part], terms.rows_of_cells[of_part]
    doses = terms.doses[of_part]
    if terms.immediate:
        to_latent, to_captured = np.zeros_like(doses), doses
    else:
        least, planned = part_of(terms.captured_at_least, of_part), terms.captured_by_plan[of_part]
        to_captured = least + planned * support.share.take(rows)
        to_captured *= terms.shifted[of_part]
        np.minimum(to_captured, terms.given[of_part], out=to_captured)
        to_latent = doses - to_captured
    decay_latent, decay_captured = terms.decay_latent[part], terms.decay_captured[part]
    decay_latent[:, TOOLS] = decay_captured[:, TOOLS] = support.failing.take(terms.rows[part])
    latent, captured = advance(
        holders.latent.reshape(-1).take(cells),
        holders.captured.reshape(-1).take(cells),
        to_latent,
        to_captured,
        support.capture.take(rows),
        decay_latent.reshape(-1),
        decay_captured.reshape(-1),
        dt,
    )
    return latent.reshape(-1, 4), captured.reshape(-1, 4)


def parts_of(terms: Terms) -> Iterator[slice]:
    """Cut the pairs into parts whose numbers fit a processor's cache: the same bits in half the time."""
    return (slice(k, k + PART) for k in range(0, max(1, len(terms.pairs)), PART))


def step_capacity(state: State, draws: Draws, when: When) -> None:
    """Move latent and captured capacity over the step and set competence; losses are expected values.

    Hours that this quarter's courses and assessments take are charged evenly over its weeks.
    """
    holders = state.holders
    terms = state.capacity_terms
    if terms is None or when.quarter_starts or terms.compiled is not state.compiled:
        terms = state.capacity_terms = terms_now(state)
    support = support_now(state, terms)
    form = state.switches.complements
    # Columns are contiguous, so these reshaped views write through.
    for part in parts_of(terms):
        pairs = terms.pairs[part]
        latent, captured = moved(holders, terms, support, when.dt, part)
        cells = terms.cells[4 * part.start : 4 * part.stop]
        holders.latent.reshape(-1)[cells] = latent.reshape(-1)
        holders.captured.reshape(-1)[cells] = captured.reshape(-1)
        e = effective(latent, captured, part_of(terms.latent_use, part))
        holders.competence.reshape(-1)[pairs] = competence(
            e, part_of(terms.exponent, part), part_of(terms.floor, part), form
        )
    holders.hours_before += holders.course_hours * when.dt


def level_now(state: State) -> F8:
    """Return the competence that capacity amounts to now, 0 where it is not in use, shape (holders * 9,)."""
    holders = state.holders
    pairs, rows = pairs_of(holders)
    p = state.values.at(holders.run.take(rows)).capacity
    now: F8 = np.zeros(holders.uses.size)
    latent, captured = of_pairs(holders.latent, pairs), of_pairs(holders.captured, pairs)
    now[pairs] = _competence(latent, captured, p, state.switches.complements)
    return now


def begin(
    holders: Holders,
    target: F8,
    funding: F8,
    upkeep: F8,
    parameters: Parameters,
    *,
    complements: Complements = "ces",
    immediate: bool = False,
) -> None:
    """Set the capacity of holders to a level that their own academies hold steady.

    Parameters
    ----------
    holders : of one run or of runs with equal parameters; latent, captured, academy, competence and
        competence_start are written
    target : effective value wanted of each component, shape (holders, 9, 4)
    funding, upkeep : funded shares of using capacity and of the upkeep of tools, shape (holders,)
    complements, immediate : structural switches
    """
    p = parameters.capacity
    rows, competences = np.nonzero(holders.uses)
    decay_latent, decay_captured = decay_rates(p, holders.institutionalised[rows], upkeep[rows])
    capture = (p.capture_rate * holders.authority * funding)[rows][:, None]
    latent, captured, own = academy.start(
        target[rows, competences],
        capture,
        decay_latent,
        decay_captured,
        p.latent_use,
        p.academy_cap,
        immediate,
    )
    for column, values in ((holders.latent, latent), (holders.captured, captured), (holders.academy, own)):
        column[rows, competences] = values
    level = _competence(latent, captured, p, complements)
    holders.competence[rows, competences] = level
    holders.competence_start[rows, competences] = level


def _competence(latent: F8, captured: F8, p: CapacityParameters, form: Complements) -> F8:
    e = effective(latent, captured, as_column(p.latent_use))
    return competence(e, p.complements_exponent, p.complements_floor, form)
