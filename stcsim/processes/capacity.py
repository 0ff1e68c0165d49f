"""Capacity in a step: it is acquired, put to use and lost, and competence follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.draws import F8, I8, Draws
from stcsim.parameters import CapacityParameters, Parameters
from stcsim.processes import academy, sustainment
from stcsim.processes.competence import Complements, competence, effective
from stcsim.processes.kinetics import advance, decay_rates
from stcsim.processes.rows import as_column
from stcsim.processes.trainers import COURSE, institutionalised
from stcsim.state import State, When
from stcsim.state.populations import Holders


@dataclass(frozen=True)
class Rates:
    """Rates of the competences in use, one row per pair of holder and competence.

    Parameters
    ----------
    pairs : where the pairs stand in columns of shape (holders * 9, 4), shape (u,)
    rows : rows of their holders, shape (u,)
    p : parameters as the pairs see them
    to_latent, to_captured : dose rates of the academy and of this quarter's activities, 1/yr, shape (u, 4)
    capture : rate at which latent becomes captured, 1/yr, shape (u, 4)
    decay_latent, decay_captured : 1/yr, shape (u, 4)
    """

    pairs: I8
    rows: I8
    p: CapacityParameters
    to_latent: F8
    to_captured: F8
    capture: F8
    decay_latent: F8
    decay_captured: F8

    def after(self, holders: Holders, dt: float) -> tuple[F8, F8]:
        """Return latent and captured capacity of the pairs after `dt` years, each of shape (u, 4)."""
        return advance(
            of_pairs(holders.latent, self.pairs),
            of_pairs(holders.captured, self.pairs),
            self.to_latent,
            self.to_captured,
            self.capture,
            self.decay_latent,
            self.decay_captured,
            dt,
        )


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


def rates_now(state: State, *, aided: bool = True) -> Rates:
    """Return the rates in force; without aid, those of the academies and national money alone."""
    holders = state.holders
    pairs, rows = pairs_of(holders)
    p = state.values.at(holders.run.take(rows)).capacity
    support = (sustainment.leadership(state) * sustainment.funding(state, aided=aided)).take(rows)
    at_home = holders.taught_at_home.reshape(-1).take(pairs)
    kept = institutionalised(state).reshape(-1).take(pairs)
    decay_latent, decay_captured = decay_rates(p, kept, sustainment.upkeep(state, aided=aided).take(rows))
    own = of_pairs(holders.academy, pairs) + (p.gain_per_seat * at_home)[:, None] * COURSE
    given = of_pairs(holders.dose, pairs) if aided else np.zeros_like(own)
    filled = holders.attends_courses.take(rows)[:, None]
    given = given * filled
    if state.switches.capture == "immediate":
        to_latent, to_captured = np.zeros_like(own), own + given
    else:
        q = captured_at_once(p, holders.plan.reshape(-1).take(pairs), support)
        shifted = given + filled * of_pairs(holders.capture_shift, pairs) if aided else given
        to_captured = np.minimum(q[:, None] * shifted, given)
        to_latent = own + given - to_captured
    capture = np.repeat(p.capture_rate * support, 4).reshape(-1, 4)
    return Rates(pairs, rows, p, to_latent, to_captured, capture, decay_latent, decay_captured)


def step_capacity(state: State, draws: Draws, when: When) -> None:
    """Move latent and captured capacity over the step and set competence; losses are expected values.

    Hours that this quarter's courses and assessments take are charged evenly over its weeks.
    """
    holders = state.holders
    rates = rates_now(state)
    latent, captured = rates.after(holders, when.dt)
    # Columns are contiguous, so these reshaped views write through.
    holders.latent.reshape(-1, 4)[rates.pairs] = latent
    holders.captured.reshape(-1, 4)[rates.pairs] = captured
    holders.competence.reshape(-1)[rates.pairs] = _competence(
        latent, captured, rates.p, state.switches.complements
    )
    holders.hours_before += holders.course_hours * when.dt


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
