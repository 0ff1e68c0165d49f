"""Laws that the tables of every run have to keep: nothing is lost and nothing happens twice."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES, WAYS
from stcsim.draws import F8, I8, U64, mix
from stcsim.errors import ModelError
from stcsim.outcomes.tables import Tables
from stcsim.processes.adversary import FURTHER
from stcsim.processes.fates import DONE, IN_PROCESS
from stcsim.state.market import Networks
from stcsim.state.populations import B1


def check(tables: Tables) -> None:
    """Check that potential attempts and their fates add up.

    Every occasion that a network has had, in the warm-up too, is one consignment of interest with one fate,
    and besides there are only those that a conflict adds to one; it has none only while it is under way; what
    was let pass was forgone, and nothing else was; and the ledger counts what the tables hold.

    Raises
    ------
    ModelError
        naming the first law that is broken and the run in which it is
    """
    state, ours = tables.state, tables.by_networks
    run, fate, day = tables.case("run"), tables.case("fate"), tables.case("fate_day")

    key = tables.case("key")[ours]
    missed, held = _occasions(state.networks, key, run[ours], tables.further)
    _none("potential attempts that are no consignment", tables.by_run(missed))
    _none("potential attempts of nobody", tables.by_run(run[ours][~held]))
    _equal(
        "potential attempts marked as such",
        tables.by_run(run, tables.case("opportunities")),
        tables.cases(ours),
    )
    order = np.lexsort((key, run[ours]))
    again = (np.diff(key[order]) == 0) & (np.diff(run[ours][order]) == 0)
    _none("potential attempts that occur twice", tables.by_run(run[ours][order][1:][again]))

    _none("consignments with an unknown fate", tables.cases((fate < 0) | (fate >= len(FATES))))
    open_ = fate == IN_PROCESS
    _none(
        "consignments under way and settled, or neither",
        tables.cases(open_ == (tables.case("stage") == DONE)),
    )
    _none("settled consignments without their day", tables.cases(~open_ & ~(day >= tables.case("born"))))
    _none("consignments with the day of a fate to come", tables.cases(open_ & ~np.isnan(day)))
    waited = ours & (tables.case("way") == WAYS.index("wait"))
    _none("opportunities let pass that were not forgone", tables.cases(waited != _forgone(fate)))

    _equal(
        "potential attempts of the counted time",
        tables.total("potential_attempts"),
        tables.cases(tables.potential),
    )
    seized = tables.settled & (fate == FATES.index("interdicted_checkpoint"))
    _equal("seizures of the counted time", tables.total("seizures"), tables.cases(seized))


def _occasions(networks: Networks, key: U64, run: I8, further: int) -> tuple[I8, B1]:
    """Match consignments of networks with the occasions for them.

    Parameters
    ----------
    key, run : of the consignments, shape (n,)
    further : most occasions that shocks may add to one; whether they did is a matter of chance, so that an
        added one that is lost is not missed

    Returns
    -------
    runs of the occasions that networks have had by themselves and that are no consignment; and whether each
    consignment is of such an occasion or was added to one, shape (n,)
    """
    number = networks.attempts
    ordinal = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    own, of = mix(np.repeat(networks.key, number), ordinal), np.repeat(networks.run, number)
    # runs that are stacked may share a seed, and then their keys
    wanted = mix(key, run)
    first = mix(own, of)
    held = np.isin(wanted, first)
    for j in range(further):
        added = np.isin(wanted, mix(mix(own, FURTHER + j), of))
        held |= added
        # a third is added only to a second, and so on
        if held.all() or not added.any():
            break
    return of[~np.isin(first, wanted)], held


def _forgone(fate: np.ndarray[tuple[int], np.dtype[np.int64]]) -> B1:
    return np.asarray(fate == FATES.index("forgone"))


def _equal(what: str, one: F8, other: F8) -> None:
    wrong = np.flatnonzero(one != other)
    if len(wrong):
        r = wrong[0]
        raise ModelError(f"{what} do not add up in run {r}: {one[r]:g} against {other[r]:g}")


def _none(what: str, number: F8) -> None:
    _equal(what, number, np.zeros_like(number))
