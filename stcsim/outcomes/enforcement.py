"""What was stopped and where, how long fronts stay unknown, and how far cases come."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES
from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome, outcomes
from stcsim.outcomes.tables import STOPPED, Tables, ratio
from stcsim.state.state import YEAR_DAYS

STAGES: dict[str, tuple[str, str]] = {
    "refused": ("refused", "refused by the licensing authority"),
    "prelicence": ("stopped_prelicence", "stopped by a check before the licence"),
    "checkpoint": ("interdicted_checkpoint", "interdicted at a checkpoint or by a patrol"),
    "report": ("stopped_report", "stopped by a firm's report"),
    "intelligence": ("stopped_intelligence", "stopped by law enforcement on intelligence"),
}
"""Where an attempt can be stopped: the fate it then has, and words for it."""


@outcome(label="attempts stopped", unit="attempts", better="higher")
def interdictions(tables: Tables) -> F8:
    """Attempts of networks that were stopped, at whatever stage."""
    return tables.cases(tables.stopped)


@outcomes(
    "interdictions",
    {stage: words for stage, (_, words) in STAGES.items()},
    label="attempts {}",
    unit="attempts",
    better="none",
)
def interdictions_by_stage(tables: Tables, stage: str) -> F8:
    """Attempts of networks that were {}."""
    return tables.cases(tables.stopped & (tables.case("fate") == FATES.index(STAGES[stage][0])))


@outcome(label="share of attempts stopped", unit="share", better="higher", undefined="without such attempts")
def detection_share(tables: Tables) -> F8:
    """Attempts of networks that were stopped, over those that were stopped or got through."""
    stopped = interdictions(tables)
    return ratio(stopped, stopped + tables.cases(tables.let_through & tables.by_networks))


@outcome(
    label="inspected violations that are recognised",
    unit="share",
    better="higher",
    undefined="where none was inspected",
)
def recognised_share(tables: Tables) -> F8:
    """Controlled goods without a true licence that were seized, over those that checkpoints inspected."""
    inspected = tables.settled & tables.case("inspected")
    return ratio(tables.cases(inspected & tables.case("recognised")), tables.cases(inspected))


@outcome(label="consignments selected by a list", unit="consignments", better="higher")
def list_hits(tables: Tables) -> F8:
    """Consignments that a checkpoint selected because it had read that their party is a front.

    Where posts see the licence register, also those whose licence it does not bear out.
    """
    return tables.total("list_hits")


def front_horizon(tables: Tables) -> float:
    """Return the days over which a front is followed: a year, or half of a counted time of less than two."""
    return min(float(YEAR_DAYS), (tables.end - tables.first) / 2)


@outcome(
    label="days a front company stays unknown", unit="days", better="lower", undefined="without such fronts"
)
def front_life_days(tables: Tables) -> F8:
    """Mean days from the first use of a front company until law enforcement knew of it.

    Over fronts that could be followed for 364 days (half of a shorter counted time than two years) from first
    use; longer and never count as so many.
    """
    closed, fronts = tables.state.closed_fronts, tables.state.fronts
    horizon = front_horizon(tables)
    run = np.concatenate([closed.col("run"), fronts.run])
    used = np.concatenate([closed.col("used"), fronts.first_used])
    known = np.concatenate([closed.col("known"), fronts.first_known])
    followed = tables.within(used) & (used <= tables.end - horizon)
    days = np.clip(known[followed] - used[followed], 0.0, horizon)
    return ratio(tables.by_run(run[followed], days), tables.by_run(run[followed]))


@outcome(
    label="front companies first detected by a firm's report",
    unit="share",
    better="none",
    undefined="without such fronts",
)
def first_detected_by_firms(tables: Tables) -> F8:
    """Share of front companies first detected by a firm's report of a suspicious enquiry.

    Over fronts a consignment of which was, for the first time, stopped or found out in the counted time.
    """
    stopped = tables.by_networks & tables.has_fate(STOPPED)
    noticed = np.where(stopped, tables.case("fate_day"), tables.case("discovered"))
    rows = np.flatnonzero(tables.by_networks & (tables.case("front") >= 0) & (noticed <= tables.end))
    front, generation, day = tables.case("front")[rows], tables.case("generation")[rows], noticed[rows]
    order = np.lexsort((rows, day, generation, front))
    front, generation = front[order], generation[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (front[1:] != front[:-1]) | (generation[1:] != generation[:-1])
    rows = rows[order][first]
    rows = rows[tables.within(noticed[rows])]
    run, told = tables.case("run")[rows], tables.case("fate")[rows] == FATES.index("stopped_report")
    return ratio(tables.by_run(run[told]), tables.by_run(run))


@outcome(label="cases opened", unit="cases", better="none")
def cases_opened(tables: Tables) -> F8:
    """Cases opened on what was stopped or found out, against networks and firms."""
    return tables.total("cases_opened")


@outcome(label="cases lost between agencies", unit="cases", better="lower")
def cases_lost(tables: Tables) -> F8:
    """Cases whose referral got lost between two agencies."""
    return tables.total("cases_lost")


@outcome(label="warnings", unit="cases", better="none")
def warnings(tables: Tables) -> F8:
    """Cases that ended with a warning."""
    return tables.total("warnings")


@outcome(label="administrative penalties", unit="cases", better="none")
def administrative_penalties(tables: Tables) -> F8:
    """Cases that ended with an administrative penalty."""
    return tables.total("administrative_penalties")


@outcome(label="prosecutions", unit="cases", better="none")
def prosecutions(tables: Tables) -> F8:
    """Cases against networks that were brought to court."""
    return tables.total("prosecutions")


@outcome(label="convictions", unit="cases", better="higher")
def convictions(tables: Tables) -> F8:
    """Cases against networks that ended with a conviction."""
    return tables.total("convictions")


@outcome(label="days for which networks were disrupted", unit="days", better="higher")
def network_days_disrupted(tables: Tables) -> F8:
    """Days for which convictions kept networks from trying, summed over networks."""
    return tables.total("days_disrupted")


@outcome(label="goods classified wrongly by their exporter", unit="consignments", better="lower")
def misclassifications(tables: Tables) -> F8:
    """Controlled goods that left without a licence since their exporter classified them wrongly."""
    return tables.cases(tables.settled & tables.case("misclassified"))


@outcomes(
    "misclassifications",
    {"found": "stopped", "released": "asked about and released at the clock"},
    label="wrong classifications {}",
    unit="consignments",
    better="none",
)
def misclassifications_checked(tables: Tables, what: str) -> F8:
    """Goods classified wrongly by their exporter that a checkpoint {}."""
    fate = FATES.index("interdicted_checkpoint" if what == "found" else "released_clock")
    return tables.cases(tables.settled & tables.case("misclassified") & (tables.case("fate") == fate))


@outcome(label="transfers found out by end-use checks", unit="checks", better="none")
def checks_unfavourable(tables: Tables) -> F8:
    """End-use checks, before a licence or after delivery, that found out a bad end user."""
    return tables.total("checks_unfavourable")
