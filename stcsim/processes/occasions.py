"""What is known of networks' occasions before they come: every number that is drawn by their keys.

Occasions come at keyed times at the network's highest rate, the same in every arm; what is made of them is
`adversary`, which way is taken `choice`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stcsim.actors.vocabulary import FAMILIES
from stcsim.draws import F8, I8, U64, Draws, exponential, keys_of, mix
from stcsim.parameters import Parameters
from stcsim.processes.choice import Openings, openings
from stcsim.processes.exports import DAYS_TO_BORDER
from stcsim.processes.licensing import handling_days
from stcsim.state.populations import B1
from stcsim.state.state import State

_FAMILY_KEYS = keys_of(FAMILIES)


@dataclass
class Occasions:
    """Occasions of networks, shape (n,) each where nothing else is said.

    Parameters
    ----------
    draws, p : for what is worked out when it is first asked for; parameters of each occasion's run
    network, run, key, day : of each
    supplier : country where the wanted goods are found
    family : of the goods
    taken_over : whether somebody else takes it where its network is disrupted
    strained : uniform number against a strain below 1
    travel : day on which a shipment would come to the border
    new : whether goods that are of no technology are newly on the list
    fronts, luck : rows of the network's front companies, -1 beyond, and Gumbel noise, shape (n, most)
    open : options that are open on each
    """

    draws: Draws
    p: Parameters
    network: I8
    run: I8
    key: U64
    day: F8
    supplier: I8
    family: I8
    taken_over: B1
    strained: F8
    travel: F8
    new: B1
    fronts: I8
    luck: F8
    open: Openings

    @cached_property
    def handling(self) -> F8:
        """Days that an application takes beside waiting."""
        return handling_days(self.draws, self.p.licensing, self.key)

    @cached_property
    def forgone(self) -> F8:
        """Uniform number against the restraint of the state behind a network."""
        return self.draws.uniform("restraint", 0, self.key)


def occasions_of(state: State, draws: Draws, network: I8, key: U64, day: F8) -> Occasions:
    """Return what is known of occasions by network, key and day, shape (n,) each."""
    networks = state.networks
    run = networks.run.take(network)
    p = state.values.at(run)
    takeover, strained, to_border, newness = draws.uniform(
        ("takeover", "strained", "to_border", "new_goods"), 0, key
    )
    supplier = _supplier(state, draws, run, key)
    fronts, luck = _fronts(state, draws, network, key)
    return Occasions(
        draws=draws,
        p=p,
        network=network,
        run=run,
        key=key,
        day=day,
        supplier=supplier,
        family=draws.choose("family", 0, np.where(networks.wants[network], 0.0, -np.inf), key, _FAMILY_KEYS),
        # behind a state-linked network stands a demand that outlives it: another may take it over
        taken_over=(takeover < p.cases.replacement_probability) & networks.state_linked.take(network),
        strained=strained,
        travel=day + DAYS_TO_BORDER * exponential(to_border),
        new=np.asarray(newness < p.screening.list_newness_share),
        fronts=fronts,
        luck=luck,
        open=openings(state, draws, network, supplier, key),
    )


def _supplier(state: State, draws: Draws, run: I8, key: U64) -> I8:
    """The country where the wanted goods are found, by the countries' weight as suppliers."""
    n = state.countries.n
    supply = state.countries.supply.reshape(-1, n)
    weight = np.where(supply > 0, np.log(np.maximum(supply, 1e-300)), -np.inf)
    index = draws.choose("supplier", 0, weight[run], key, keys_of(state.countries.ids))
    return run * n + np.maximum(index, 0)


def _fronts(state: State, draws: Draws, network: I8, key: U64) -> tuple[I8, F8]:
    """Return the rows of each network's fronts in order, -1 beyond, and the noise of choosing among them."""
    fronts, networks = state.fronts, len(state.networks.key)
    number = np.bincount(fronts.network, minlength=networks)
    most = int(number.max(initial=0))
    order = np.argsort(fronts.network, kind="stable")
    owner = fronts.network[order]
    slots = np.full((networks, most), -1, dtype=np.int64)
    slots[owner, np.arange(len(order)) - (np.cumsum(number) - number)[owner]] = order
    mine = slots[network]
    if not fronts.n:
        return mine, np.zeros(mine.shape)
    unseeded = keys_of(fronts.ids)[np.maximum(mine, 0) % fronts.n]
    return mine, draws.gumbel("front", 0, mix(key[:, None], unseeded))
