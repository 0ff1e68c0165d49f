"""Tables that grow: consignments of interest, licences, activities delivered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stcsim.draws import F8, I8, U64
from stcsim.state.populations import B1
from stcsim.state.table import EventTable, column

STAGES: tuple[str, ...] = ("done", "licensing", "prelicence", "border", "detained", "delivered")
"""Where a consignment of interest is; everything but ``done`` is in process."""
LADDER: tuple[str, ...] = (
    "none",
    "referred",
    "lost",
    "warning",
    "administrative",
    "prosecution",
    "conviction",
    "dismissed",
    "waiting",
)
"""How far a seizure or discovery has come in law."""
IN_COURT = np.array([name in ("referred", "prosecution", "waiting") for name in LADDER])
"""Steps from which a case goes on."""

CHECKED_FOR = 364.0
"""Days after delivery during which a check can still find a transfer out."""
GRACE = 14.0
"""Days for which a consignment with a fate stays in view of everybody who takes note of fates."""


@dataclass
class Cases(EventTable):
    """One row per consignment of interest, from potential attempt to its fate: conservation is a bincount."""

    run: I8 = column(refers="runs")
    key: U64 = column()
    origin: I8 = column("index into ORIGINS")
    network: I8 = column(refers="networks")
    firm: I8 = column(refers="firms")
    front: I8 = column(refers="fronts")
    generation: I8 = column("count")
    """Generation of the front when it was used."""
    country: I8 = column(refers="countries")
    """Country of export (of the post where it leaves)."""
    supplier: I8 = column(refers="countries")
    """Country where the goods come from."""
    post: I8 = column(refers="posts")
    way: I8 = column("index into WAYS")
    option: I8 = column("index into State.options")
    """What the network chose, -1 for firms."""
    family: I8 = column("index into FAMILIES")
    new_goods: B1 = column()
    """Whether the goods are newly on the regime's list, so that an old version does not name them."""
    technology: I8 = column(refers="technologies")
    """The breakout technology that the goods are of, -1 none."""
    unlisted: B1 = column()
    """Whether the list in force in the country of export did not name the goods on the day of the attempt."""
    licensed: B1 = column()
    """Whether it travels with a licence (obtained by deceit)."""
    born: F8 = column("days")
    stage: I8 = column("index into STAGES")
    due: F8 = column("days")
    """Day on which the stage ends: decision, arrival at the border, release, delivery."""
    release: F8 = column("days")
    """Day on which the law's clock lets detained goods go."""
    fate: I8 = column("index into FATES")
    fate_day: F8 = column("days")
    misclassified: B1 = column()
    """Whether an exporter who knew the rules classified the goods wrongly, in good faith."""
    opportunities: F8 = column("count")
    """1 for a potential attempt of an adversary, 0 else."""
    list_selected: B1 = column()
    inspected: B1 = column()
    recognised: B1 = column()
    discovered: F8 = column("days")
    """Day on which authorities learnt of a completed transfer, inf before."""
    returns: I8 = column("count", 0)
    """How often the application was returned for being made again."""
    felt: I8 = column("0 or 1")
    """Whether the network has taken the fate into its perceived risk."""
    borne: I8 = column("0 or 1")
    """Whether the fate has given rise to information."""
    ladder: I8 = column("index into LADDER")
    ladder_due: F8 = column("days")
    effort: F8 = column("multiple", 0)
    """Investigators' hours that the case takes, relative to one that one agency works on; 0 before it is
    opened."""
    kept: I8 | None = None
    """Rows to which something may still happen; None while nothing has been let go."""
    moving: I8 | None = None
    """Rows that had no fate when rows were let go last, and those since; None while nothing has been."""
    filed: I8 | None = None
    """Rows let go, in order, that a check after delivery may still find out."""
    check_day: F8 = field(default_factory=lambda: np.zeros(0))
    """Day on which a check after delivery of each row would come; nan until it was asked for, and shorter
    than the table while nobody asked for its last rows."""

    def append(self, **values: Any) -> I8:
        """Add rows as every table does; something may happen to them."""
        rows = super().append(**values)
        if self.kept is not None and self.moving is not None:
            self.kept = np.concatenate([self.kept, rows])
            self.moving = np.concatenate([self.moving, rows])
        return rows

    def current(self) -> I8:
        """Return the rows to which something may still happen, in order; all of them at least."""
        return np.arange(self.count, dtype=np.int64) if self.kept is None else self.kept

    def in_process(self) -> I8:
        """Return the rows without a fate, in order, and with them some that lately had none."""
        return np.arange(self.count, dtype=np.int64) if self.moving is None else self.moving

    def discover(self, rows: I8, day: F8) -> None:
        """Let authorities learn of transfers, each on its day: something may happen to them again."""
        self.discovered[rows] = day
        if self.kept is not None and len(rows):
            rows = np.sort(rows)
            place = np.searchsorted(self.kept, rows)
            out = np.append(self.kept, -1)[place] != rows
            self.kept = np.insert(self.kept, place[out], rows[out])

    def let_go(self, day: float) -> None:
        """Pass over, from now on, the rows to which nothing can happen any more.

        That is what has its fate for two weeks, was not found out in this time, and is in no court. What
        travelled with a licence is filed while a check can find it out.
        """
        rows = self.current()
        if self.filed is not None:
            rows = np.unique(np.concatenate([rows, self.filed]))
        stage, fate_day, ladder, found = (
            column[rows] for column in (self.stage, self.fate_day, self.ladder, self.discovered)
        )
        busy = (stage != 0) | (fate_day >= day - GRACE) | IN_COURT[ladder]
        busy |= np.isfinite(found) & (found >= day - GRACE)
        filed = ~busy & self.licensed[rows] & (self.origin[rows] == 0) & np.isinf(found)
        self.filed = rows[filed & (fate_day >= day - CHECKED_FOR - GRACE)]
        self.kept, self.moving = rows[busy], rows[stage != 0]


@dataclass
class Licences(EventTable):
    """One row per licence decision."""

    run: I8 = column(refers="runs")
    country: I8 = column(refers="countries")
    day: F8 = column("days")
    """Day of application."""
    days: F8 = column("days")
    """Calendar days from application to decision."""
    outcome: I8 = column("0 issued, 1 refused, 2 returned")
    honest: B1 = column()
    key: U64 = column()
    looked: int = 0
    """Rows that have been looked through for honest applications refused."""
    pending: I8 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Of these, refusals that were not decided when they were looked for last, in order."""

    def refused_honest(self, start: float, end: float) -> tuple[I8, F8]:
        """Return honest applications that are refused between two days, in order, and the days of decision.

        Must be asked for one span of time after the other.
        """
        new = slice(self.looked, self.count)
        refused = ((self.outcome[new] == 1) & self.honest[new]).nonzero()[0] + self.looked
        rows = np.concatenate([self.pending, refused])
        decided = self.day[rows] + self.days[rows]
        self.looked, self.pending = self.count, rows[decided >= end]
        now = ((decided >= start) & (decided < end)).nonzero()[0]
        return rows[now], decided[now]


@dataclass
class Activities(EventTable):
    """One row per activity delivered to one holder."""

    run: I8 = column(refers="runs")
    day: F8 = column("days")
    donor: I8 = column(refers="donors")
    """-1 where a country pays itself or a mechanism's payer is no donor."""
    holder: I8 = column(refers="holders")
    activity: I8 = column("index into CATALOGUE")
    cost: F8 = column("thousand USD")
    people: F8 = column("people")
    captured: F8 = column("dose", 0)
    """Dose captured at once by those who took part, over all components."""
    collided: B1 = column()
    """Whether another donor delivered the same activity there in that quarter."""


@dataclass
class Discoveries(EventTable):
    """One row per item of information that died or reached the end: how far and how fast it spread."""

    run: I8 = column(refers="runs")
    category: I8 = column("index into CATEGORIES")
    born: F8 = column("days")
    frontline: F8 = column("posts")
    """Posts that it concerns."""
    within_90: F8 = column("posts")
    """Of these, posts that read it within 90 days of birth."""
    days_total: F8 = column("days")
    """Sum over posts of the days to reading, each at most 364 (restricted mean)."""
    unread: F8 = column("holders")
    received: F8 = column("holders")
    abroad: F8 = column("holders")
    """Of those who received it, bodies of another country than the one it was born in."""
    early: F8 = column("0 or 1")
    """Whether it is an early warning: a partner brought it up."""
    heard: F8 = column("0 or 1")
    """Whether it is one that an agency has read."""


@dataclass
class ClosedFronts(EventTable):
    """One row per front company that was used and then dropped."""

    run: I8 = column(refers="runs")
    used: F8 = column("days")
    """Day of first use."""
    known: F8 = column("days")
    """Day on which law enforcement first knew, inf if it never did."""
    closed: F8 = column("days")
