"""What agencies and donors could have counted themselves, to be set beside what happened.

More seizures may mean more detection or more attempts; nobody's statistics hold what was not found. So no
direction is called better here.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.outcomes.matrix import RECORDED, UNCLEAR, matrix, readiness
from stcsim.outcomes.outcome import outcome
from stcsim.outcomes.tables import Tables
from stcsim.outcomes.trade import ISSUED, REFUSED


def _decided(tables: Tables, decision: int) -> F8:
    """Licence decisions of the counted time, on honest and networks' applications, not told apart."""
    licences = tables.state.licences
    decided = tables.within(licences.col("day") + licences.col("days"))
    return tables.by_run(licences.col("run")[decided & (licences.col("outcome") == decision)])


@outcome(label="licences issued", unit="licences", better="none", view="statistics")
def stat_licences(tables: Tables) -> F8:
    """Licences issued on applications of the counted time."""
    return _decided(tables, ISSUED)


@outcome(label="licences refused", unit="applications", better="none", view="statistics")
def stat_refusals(tables: Tables) -> F8:
    """Licence applications refused, rightly or by mistake."""
    return _decided(tables, REFUSED)


@outcome(label="seizures", unit="seizures", better="none", view="statistics")
def stat_seizures(tables: Tables) -> F8:
    """Consignments seized by checkpoints and patrols, whoever had sent them."""
    return tables.total("seizures")


@outcome(label="goods detained on doubt", unit="consignments", better="none", view="statistics")
def stat_detentions(tables: Tables) -> F8:
    """Consignments detained until they were determined, whatever they turned out to be."""
    return tables.total("doubts")


@outcome(label="cases opened in own statistics", unit="cases", better="none", view="statistics")
def stat_cases(tables: Tables) -> F8:
    """Cases that law enforcement counts as opened."""
    return tables.total("cases_opened")


@outcome(label="disclosures", unit="disclosures", better="none", view="statistics")
def stat_disclosures(tables: Tables) -> F8:
    """Violations of their own that firms disclosed."""
    return tables.total("disclosures")


@outcome(label="end-use checks done", unit="checks", better="none", view="statistics")
def stat_checks(tables: Tables) -> F8:
    """End-use checks before a licence and after delivery, as many as working time allows on average."""
    return tables.total("checks_done")


@outcome(label="people trained", unit="people", better="none", view="statistics")
def stat_people_trained(tables: Tables) -> F8:
    """Participants of activities, counted at each activity anew."""
    activities, rows = tables.state.activities, tables.delivered
    return tables.by_run(activities.run[rows], activities.people[rows])


@outcome(label="activities held", unit="activities", better="none", view="statistics")
def stat_events(tables: Tables) -> F8:
    """Activities of assistance delivered, one for each body that took part."""
    return tables.by_run(tables.state.activities.run[tables.delivered])


@outcome(label="items of information shared", unit="items", better="none", view="statistics")
def stat_items_shared(tables: Tables) -> F8:
    """Times that a body received an item of information from another one."""
    # the body where an item was born has received it too
    return tables.over_items("received") - tables.by_run(tables.items.run)


@outcome(label="items of information from abroad", unit="items", better="none", view="statistics")
def stat_items_from_abroad(tables: Tables) -> F8:
    """Times that a body received an item of information that was born in another country."""
    return tables.over_items("abroad")


def _fields(tables: Tables, column: str, entry: int) -> F8:
    """Entries of one kind in a column of the matrix at the end, over all countries."""
    held = getattr(matrix(tables.state), column) == entry
    return tables.by_run(tables.state.countries.run, held.sum(axis=1).astype(np.float64))


@outcome(label="matrix fields on law", unit="fields", better="none", view="statistics")
def stat_matrix_legal(tables: Tables) -> F8:
    """Fields of the legal column in which a measure is recorded at the end; no measure of what is stopped."""
    return _fields(tables, "legal", RECORDED)


@outcome(label="matrix fields on enforcement", unit="fields", better="none", view="statistics")
def stat_matrix_enforcement(tables: Tables) -> F8:
    """Fields of the enforcement column in which a measure is recorded at the end."""
    return _fields(tables, "enforcement", RECORDED)


@outcome(label="matrix fields unclear", unit="fields", better="none", view="statistics")
def stat_matrix_unclear(tables: Tables) -> F8:
    """Fields of both columns in which something is recorded and whether it is the measure is unclear."""
    return _fields(tables, "legal", UNCLEAR) + _fields(tables, "enforcement", UNCLEAR)


@outcome(label="index of measures in place", unit="of 100", better="none", view="statistics")
def stat_readiness_index(tables: Tables) -> F8:
    """Readiness index, 0 to 100, mean over countries at the end: which measures are there, by the weights."""
    countries = tables.state.countries
    total = tables.by_run(countries.run, readiness(tables.state, tables.weights))
    return np.asarray(total / max(1, countries.n))
