"""The whole state of the stacked runs, and how runs are gathered into new stacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from typing import Any, Literal

import numpy as np

from stcsim.draws import F8, I8, U64
from stcsim.ledger import Ledger
from stcsim.parameters import Parameters
from stcsim.state.compiled import Compiled
from stcsim.state.events import Activities, Cases, ClosedFronts, Discoveries, Licences
from stcsim.state.items import Items
from stcsim.state.market import Firms, Fronts, Networks, Technologies
from stcsim.state.populations import Countries, Donors, Holders, Posts
from stcsim.state.table import Population, join
from stcsim.state.values import RunValues

YEAR_DAYS = 364
"""52 weeks of 7 days."""
MONTH_DAYS = 28
"""Series are kept by periods of four weeks, thirteen a year."""


@dataclass(frozen=True)
class When:
    """The step that is being taken.

    Parameters
    ----------
    day : first day of the step, counted from the start of the warm-up
    days : length of the step
    warm_up : day from which outcomes count
    """

    day: int
    days: int
    warm_up: int

    @cached_property
    def end(self) -> int:
        """Day after the last of this step."""
        return self.day + self.days

    @cached_property
    def dt(self) -> float:
        """Length of the step in years."""
        return self.days / YEAR_DAYS

    @cached_property
    def week(self) -> int:
        """Calendar week that the step lies in, from the start of the warm-up."""
        return self.day // 7

    @cached_property
    def week_ends(self) -> bool:
        """Whether this step closes a calendar week."""
        return self.end % 7 == 0

    @cached_property
    def quarter_starts(self) -> bool:
        """Whether this step opens a quarter of thirteen weeks."""
        return self.day % 91 == 0

    @cached_property
    def quarter_ends(self) -> bool:
        """Whether this step closes a quarter of thirteen weeks."""
        return self.end % 91 == 0

    @cached_property
    def quarter(self) -> int:
        """Quarter that the step lies in."""
        return self.day // 91

    @cached_property
    def counted(self) -> bool:
        """Whether outcomes count this step."""
        return self.day >= self.warm_up

    @cached_property
    def month(self) -> int:
        """Period of four weeks since counting began; negative in the warm-up."""
        return (self.day - self.warm_up) // MONTH_DAYS


@dataclass(frozen=True)
class Options:
    """What a network can choose from: a way and, where it has one, a post; the same list in every run.

    Parameters
    ----------
    way : index into WAYS, shape (O,)
    post : index of the post within a run, -1 where none, shape (O,)
    country : index of the country whose goods leave by it within a run, -1 any, shape (O,)
    key : stable keys of the options, shape (O,)
    """

    way: I8
    post: I8
    country: I8
    key: U64


@dataclass(frozen=True)
class Switches:
    """Structural alternatives of the scenario."""

    adversary: Literal["none", "logit", "best_response"] = "logit"
    complements: Literal["ces", "linear", "minimum"] = "ces"
    contagion: Literal["simple", "threshold"] = "simple"
    deterrence: Literal["own", "heard"] = "heard"
    capture: Literal["rate", "immediate"] = "rate"
    brute_force: bool = False
    """Score every ordinary consignment instead of counting: slow, for verification."""
    feedback: bool = True
    """Whether networks adapt; off, every potential attempt is tried alike in all arms."""


@dataclass
class State:
    """Everything that changes.

    Parameters
    ----------
    seeds : seed of each run, shape (R,)
    newest_list : version of the control list that the regime has agreed last, shape (R,)
    roles : names that `Holders.role` indexes
    firm_groups : identities that `Firms.group` indexes
    """

    seeds: I8
    newest_list: F8
    values: RunValues
    switches: Switches
    roles: tuple[str, ...]
    firm_groups: tuple[str, ...]
    options: Options
    countries: Countries
    holders: Holders
    posts: Posts
    firms: Firms
    networks: Networks
    fronts: Fronts
    donors: Donors
    technologies: Technologies
    cases: Cases
    licences: Licences
    activities: Activities
    discoveries: Discoveries
    closed_fronts: ClosedFronts
    items: Items
    compiled: Compiled
    ledger: Ledger
    peers: Any = None
    """Means over firms' peers (`processes.peers`), made when first needed; peers never change."""
    ties: Any = None
    """Ties that there can be, made when first needed; who has which role and who is drawn never change."""
    suited: Any = None
    """Activities that suit each holder, made when first needed; what holders are and use never changes."""
    capacity_terms: Any = None
    """What the rates of capacity are made of in this quarter and structure, made when first needed."""
    exports: Any = None
    """Exports of the coming steps, whose times and draws nothing changes."""
    attempts: Any = None
    """Occasions of networks in the coming steps, whose times and draws nothing changes."""
    noise: Any = None
    """Noise of licensing in the coming weeks, which nothing changes."""
    front_clocks: Any = None
    """Generation of each front and the clock that it runs against, made when first needed."""
    kept: Any = None
    """What is made of columns that seldom change, and what they were, by name; made when first needed."""
    outlets: Any = None
    """Posts that goods leave a country by, made when first needed; traffic never changes."""

    POPULATIONS = ("countries", "holders", "posts", "firms", "networks", "fronts", "donors", "technologies")
    EVENTS = ("cases", "licences", "activities", "discoveries", "closed_fronts")

    def __getstate__(self) -> dict[str, Any]:
        """What is made when needed does not travel with a state."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.default is MISSING}

    @property
    def runs(self) -> int:
        """How many runs are stacked."""
        return len(self.seeds)

    def at(self, table: object) -> Parameters:
        """Return the parameters as rows of a population or event table see them."""
        if isinstance(table, Population):
            return self.values.kept(table.run)
        # event tables and views of them both name the run of each row
        run = table.col("run") if hasattr(table, "col") else table.run  # type: ignore[attr-defined]
        return self.values.at(run)

    def take(self, blocks: Sequence[int]) -> State:
        """Return a copy that holds the given runs, in that order: the way arms branch."""
        sizes = {name: getattr(self, name).n for name in self.POPULATIONS} | {"runs": 1}
        picked = np.asarray(blocks, dtype=np.int64)
        made = {name: getattr(self, name).take(blocks, sizes) for name in self.POPULATIONS + self.EVENTS}
        return State(
            seeds=self.seeds[picked],
            newest_list=self.newest_list[picked].copy(),
            values=self.values.take(blocks),
            switches=self.switches,
            roles=self.roles,
            firm_groups=self.firm_groups,
            options=self.options,
            items=self.items.take(blocks),
            compiled=self.compiled,
            ledger=self.ledger.take(blocks, sizes),
            **made,
        )


def stack(states: Sequence[State]) -> State:
    """Return one state that holds the runs of all `states`, in that order; they must share one scenario."""
    first = states[0]
    sizes = {name: getattr(first, name).n for name in State.POPULATIONS} | {"runs": 1}
    shifts = [int(k) for k in np.cumsum([0] + [s.runs for s in states[:-1]])]
    made: dict[str, Any] = {
        name: join([getattr(s, name) for s in states], shifts, sizes)
        for name in State.POPULATIONS + State.EVENTS
    }
    return State(
        seeds=np.concatenate([s.seeds for s in states]),
        newest_list=np.concatenate([s.newest_list for s in states]),
        values=RunValues([p for s in states for p in s.values.runs]),
        switches=first.switches,
        roles=first.roles,
        firm_groups=first.firm_groups,
        options=first.options,
        items=Items.join([s.items for s in states]),
        compiled=first.compiled,
        ledger=Ledger.join([s.ledger for s in states]),
        **made,
    )
