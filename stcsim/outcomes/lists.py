"""Control lists: how new they are at checkpoints, and what passes that no list in force names."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES, WAYS
from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome
from stcsim.outcomes.tables import Tables, ratio
from stcsim.state.populations import B1
from stcsim.state.state import YEAR_DAYS

REPORT, REFUSED = FATES.index("stopped_report"), FATES.index("refused")


@outcome(
    label="checkpoints with the newest control list",
    unit="share",
    better="higher",
    undefined="without checkpoints",
)
def newest_list_share(tables: Tables) -> F8:
    """Share of staffed checkpoints that have read the control list the regime agreed last, mean over time."""
    return tables.mean_stock("newest_list")


@outcome(
    label="days from a new entry to the national list in force",
    unit="days",
    better="lower",
    undefined="without checkpoints",
)
def list_lag_days(tables: Tables) -> F8:
    """Mean days until the list in force at a checkpoint has a new entry: a version, or a new technology.

    From the regime's agreement on a version, at most the year until the next; from the emergence of a
    technology, at most until the end.
    """
    # by Little's law a version is behind for a year times the share of time in which the newest is not there
    behind = tables.years * YEAR_DAYS * (1 - tables.mean_stock("list_in_force"))
    tech, posts = tables.state.technologies, tables.state.posts
    at = np.zeros(len(tables.state.countries.key))
    np.add.at(at, posts.country[_manned(tables)], 1.0)
    days, pairs = _days_without(tables, tech.adopted, at)
    number = tables.by_run(posts.run[_manned(tables)])
    return ratio(behind * number + days, tables.years * number + pairs)


@outcome(
    label="days from a new technology to the list at checkpoints",
    unit="days",
    better="lower",
    undefined="where no new technology emerges",
)
def technology_lag_days(tables: Tables) -> F8:
    """Mean days from a technology's emergence until a checkpoint has read a list with it, or the end came."""
    state = tables.state
    at = np.zeros(len(state.holders.key))
    at[state.posts.holder[_manned(tables)]] = 1.0
    return ratio(*_days_without(tables, state.technologies.known, at))


def _manned(tables: Tables) -> B1:
    """Whether each post is a staffed checkpoint."""
    posts, holders = tables.state.posts, tables.state.holders
    return np.asarray(~posts.stretch & (holders.staff_base[posts.holder] > 0))


def _days_without(tables: Tables, since: F8, weight: F8) -> tuple[F8, F8]:
    """Return weighted days from emergence to `since`, or to the end, and the weights' sum, shape (R,) each.

    Parameters
    ----------
    since : day of each technology and place, shape (technologies, places of a run)
    weight : of each place, shape (places of all runs,)
    """
    tech = tables.state.technologies
    if not tech.n:
        return np.zeros(tables.runs), np.zeros(tables.runs)
    emerged = tech.emerges < tables.end
    counts = weight.reshape(tables.runs, -1)[tech.run] * emerged[:, None]
    days = np.minimum(since, tables.end) - np.minimum(tech.emerges, tables.end)[:, None]
    # added up place by place, so that a place without weight changes no bit
    total = np.add.accumulate(counts * days, axis=1)[:, -1]
    return tables.by_run(tech.run, total), tables.by_run(tech.run, np.add.accumulate(counts, axis=1)[:, -1])


@outcome(label="illicit transfers of new technology", unit="transfers", better="lower")
def technology_leaks(tables: Tables) -> F8:
    """Transfers of goods of a new technology that networks completed, on a list or not."""
    return tables.cases(tables.diverted & (tables.case("technology") >= 0))


@outcome(label="illicit transfers of unlisted goods", unit="transfers", better="lower")
def diversions_unlisted(tables: Tables) -> F8:
    """Transfers that networks completed of goods that no list in force named where they left."""
    return tables.cases(tables.diverted & tables.case("unlisted"))


@outcome(label="illicit transfers between lists", unit="transfers", better="lower")
def loophole_transfers(tables: Tables) -> F8:
    """Transfers that networks completed where the regime had listed the goods and the country had not yet."""
    return tables.cases(tables.diverted & tables.case("unlisted") & _agreed(tables))


@outcome(label="illicit transfers between lists in transit", unit="transfers", better="lower")
def loophole_transit(tables: Tables) -> F8:
    """Transfers completed through a third country that had not yet listed goods which the regime had."""
    third = tables.case("way") == WAYS.index("third_country")
    return tables.cases(tables.diverted & tables.case("unlisted") & _agreed(tables) & third)


@outcome(label="attempts with unlisted goods stopped", unit="attempts", better="higher")
def interdictions_unlisted(tables: Tables) -> F8:
    """Attempts with goods that no list in force named, stopped by authorities under a catch-all."""
    return tables.cases(tables.stopped & tables.case("unlisted") & (tables.case("fate") != REPORT))


@outcome(label="attempts with unlisted goods refused", unit="attempts", better="higher")
def refusals_unlisted(tables: Tables) -> F8:
    """Applications of networks for goods that no list in force named, refused under a catch-all."""
    return tables.cases(tables.stopped & tables.case("unlisted") & (tables.case("fate") == REFUSED))


def _agreed(tables: Tables) -> B1:
    """Whether the regime had listed the goods of each consignment on the day of the attempt."""
    tech, about = tables.state.technologies, tables.case("technology")
    agreed = np.array(tables.case("new_goods"))
    at = np.flatnonzero(about >= 0)
    if tech.n and len(at):
        agreed[at] = tech.agreed[about[at]] <= tables.case("born")[at]
    return np.asarray(agreed)
