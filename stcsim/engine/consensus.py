"""Consensus: what concerns several bodies waits until they agree, the longer the less alike their interests.

``delay = consensus_weeks * conflict * (1 - trust) / (1 + principals)``: conflict is twice the standard
deviation of the interests of the bodies concerned (0: all want the same, 1: half want the opposite of the
other half), trust the mean among them, principals the meetings a year of their heads. It is computed when a
mechanism is decided and again each quarter until it takes effect, from what holds then, and lasts up to the
next of the four-weekly meetings in which agreement is found to be there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from stcsim.draws import F8
from stcsim.engine.plan import Names
from stcsim.mechanisms import Mechanism
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State
from stcsim.structure.arrangements import Arrangement, Channel, Convening, Mandate

BODIES = ("source", "target", "members", "chair")
"""Fields of arrangements that name those who have to go along with it."""
MEETS_EVERY = 4
"""Weeks between the meetings in which agreement is found to be there. Assumed; structure is made anew no
more often."""
AGENCY, PARTNER = HOLDER_KINDS.index("agency"), HOLDER_KINDS.index("partner")


def concerned(arrangements: Iterable[Arrangement], state: State, run: int, names: Names) -> tuple[int, ...]:
    """Return the agencies and partners, as indices within a run, that arrangements concern, sorted.

    What binds bodies to each other needs their consent: channels, convenings and switches of the law, which
    concern all agencies of a country. What a body does at home, is given or pays for, it decides alone.
    """
    holders, n = state.holders, state.holders.n
    here = slice(run * n, (run + 1) * n)
    kind, staffed = holders.kind[here], holders.staff_base[here] > 0
    agency = staffed & (kind == AGENCY)
    votes = (agency | (staffed & (kind == PARTNER))).tolist()
    agencies: list[int] = agency.nonzero()[0].tolist()
    found: set[int] = set()
    for item in arrangements:
        if isinstance(item, Mandate):
            home = names.countries.get(item.country, -1)
            found |= {i for i in agencies if names.holder_country[i] == home}
        for name in BODIES if isinstance(item, Channel | Convening) else ():
            value = getattr(item, name, "")
            for identity in value if isinstance(value, tuple) else (value,):
                i = names.holders.get(identity, -1)
                if i >= 0 and votes[i]:
                    found.add(i)
    return tuple(sorted(found))


def conflict(interests: F8) -> float:
    """Return how far interests conflict, 0 to 1: twice their standard deviation."""
    return float(2.0 * np.std(interests)) if len(interests) > 1 else 0.0


def weeks_to_agree(state: State, run: int, bodies: Sequence[int], principals: F8) -> float:
    """Return how many weeks the bodies of one run take to agree.

    Parameters
    ----------
    bodies : indices within the run
    principals : meetings of principals a year per country of the run, shape (m,)
    """
    if len(bodies) < 2:
        return 0.0
    holders = state.holders
    rows = run * holders.n + np.array(bodies)
    among = holders.trust[np.ix_(rows, np.array(bodies))]
    k = len(bodies)
    trust = float((among.sum() - np.trace(among)) / (k * (k - 1)))
    at_home = np.unique(holders.country[rows])
    homes = at_home[at_home >= 0] % state.countries.n
    heads = float(principals[homes].mean()) if len(homes) else 0.0
    most = state.values.runs[run].coordination.consensus_weeks
    return most * conflict(holders.interest[rows]) * (1.0 - trust) / (1.0 + heads)


@dataclass
class Agreement:
    """When each mechanism of one run takes effect, and which have been counted as having done so.

    Parameters
    ----------
    since : week from which this engine takes steps; what took effect before was counted then
    due : week in which a mechanism takes effect, by its place in the arm
    counted : places of mechanisms that have been counted as in effect
    """

    since: int = 0
    due: dict[int, int] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)

    def settle(
        self, arm: Sequence[Mechanism], week: int, again: bool, delay: Callable[[Mechanism], float]
    ) -> None:
        """Set when mechanisms take effect: those just decided, and `again` those that still wait.

        A mechanism that waits less than was expected takes effect now at the earliest; what is in effect is
        not put off again.
        """
        for place, mechanism in enumerate(arm):
            if mechanism.coverage <= 0 or mechanism.start > week:
                continue
            before = self.due.get(place)
            if before is None or (again and before > week):
                planned = mechanism.start + mechanism.lead_time
                agreed = planned + MEETS_EVERY * math.ceil(delay(mechanism) / MEETS_EVERY - 1e-9)
                self.due[place] = agreed if before is None else max(agreed, week)

    def newly(self, arm: Sequence[Mechanism], week: int, works: Callable[[Mechanism], bool]) -> list[int]:
        """Return weeks waited by mechanisms that are in effect, do something and were not counted before."""
        waited: list[int] = []
        for place, due in sorted(self.due.items()):
            mechanism = arm[place]
            ended = mechanism.end is not None and mechanism.end <= week
            early = due < self.since or due > week
            if place in self.counted or early or ended or not works(mechanism):
                continue
            self.counted.add(place)
            waited.append(due - mechanism.start - mechanism.lead_time)
        return waited
