"""From a seizure to a conviction: how cases pass between agencies, and what each stage of the chain leaves.

Stages multiply: improving one alone gains no more than the next one lets through.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES
from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome, outcomes
from stcsim.outcomes.tables import Tables, ratio
from stcsim.state.events import LADDER
from stcsim.state.populations import B1

CHAIN: dict[str, str] = {
    "detect": "that reached a border and were inspected or stopped on intelligence",
    "interdict": "that were stopped, of those inspected or stopped on intelligence",
    "investigate": "that reached law enforcement, of the cases opened on them and received or lost",
    "prosecute": "that were prosecuted, of the cases on them that were decided",
}
"""Stages of the chain by name, with what each keeps."""
_AT_BORDER = ("interdicted_checkpoint", "stopped_intelligence", "released_clock", "completed")
_SEIZED = ("interdicted_checkpoint", "stopped_intelligence")
_BROUGHT = ("prosecution", "conviction")
_DECIDED = (*_BROUGHT, "warning", "administrative", "dismissed")
_RECEIVED = (*_DECIDED, "referred")


def _of(tables: Tables, column: str, names: tuple[str, ...], codes: tuple[str, ...]) -> B1:
    """Return whether a consignment of a network, settled in the counted time, has one of some codes."""
    wanted = np.isin(tables.case(column), [codes.index(n) for n in names])
    return np.asarray(tables.settled & tables.by_networks & wanted)


@outcome(label="cases worked on twice", unit="cases", better="lower")
def cases_worked_twice(tables: Tables) -> F8:
    """Cases on which two agencies opened a file each, since nobody's role was clear."""
    return tables.total("cases_twice")


@outcome(label="days to law enforcement", unit="days", better="lower", undefined="without referrals")
def referral_days(tables: Tables) -> F8:
    """Mean days that a case waits between the agency that has it and law enforcement, lost ones aside."""
    return ratio(tables.total("referral_days"), tables.total("referrals"))


@outcome(label="convictions per seizure", unit="share", better="higher", undefined="without seizures")
def convictions_per_seizure(tables: Tables) -> F8:
    """Convictions over goods of networks that were seized at a border or stopped on intelligence."""
    return ratio(tables.total("convictions"), tables.cases(_of(tables, "fate", _SEIZED, FATES)))


@outcomes(
    "chain",
    CHAIN,
    label="attempts {}",
    unit="share",
    better="higher",
    undefined="where nothing came so far",
)
def chain(tables: Tables, stage: str) -> F8:
    """Share of goods of networks {}."""
    seized = _of(tables, "fate", _SEIZED, FATES)
    if stage in ("detect", "interdict"):
        reached = _of(tables, "fate", _AT_BORDER, FATES) & tables.tangible
        looked = reached & (tables.case("inspected") | seized)
        over = (looked, reached) if stage == "detect" else (seized & reached, looked)
    else:
        received = _of(tables, "ladder", _RECEIVED, LADDER)
        lost = _of(tables, "ladder", ("lost",), LADDER)
        brought, decided = (_of(tables, "ladder", n, LADDER) for n in (_BROUGHT, _DECIDED))
        over = (received, received | lost) if stage == "investigate" else (brought, decided)
    return ratio(tables.cases(over[0]), tables.cases(over[1]))
