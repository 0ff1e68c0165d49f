"""How information reaches the frontline, how evenly posts detect, who is tied to whom, and hours spent."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from stcsim.draws import F8, I8
from stcsim.errors import ModelError
from stcsim.ledger import HOUR_REASONS
from stcsim.outcomes.outcome import outcome, outcomes
from stcsim.outcomes.tables import Tables, ratio
from stcsim.processes.inspection import detection_at_posts
from stcsim.state.populations import B1, HOLDER_KINDS
from stcsim.state.state import YEAR_DAYS, State
from stcsim.structure.complements import importance

REASON_WORDS: dict[str, str] = {
    "meetings": "meetings",
    "duties": "duties that mechanisms set",
    "exchange": "exchanging information",
    "assessment": "answering assessments",
    "checks": "end-use checks",
    "vetting": "vetting information",
}


@outcome(
    label="items read at the frontline within 90 days",
    unit="share",
    better="higher",
    undefined="without such items",
)
def frontline_within_90(tables: Tables) -> F8:
    """Share of checkpoints that read an item within 90 days of its birth, over items so old."""
    return ratio(tables.over_items("within_90"), tables.over_items("frontline"))


@outcome(
    label="days until an item is read at the frontline",
    unit="days",
    better="lower",
    undefined="without items 90 days old",
)
def frontline_days_restricted(tables: Tables) -> F8:
    """Mean days from the birth of an item to its reading at a checkpoint, later and never being 364."""
    return ratio(tables.over_items("days_total"), tables.over_items("frontline"))


@outcome(label="information received and not read", unit="share", better="lower", undefined="without items")
def unread_share(tables: Tables) -> F8:
    """Share of items received that had not been read when they went stale or the time ended."""
    return ratio(tables.over_items("unread"), tables.over_items("received"))


@outcome(label="early warnings raised", unit="items", better="none")
def early_warnings_raised(tables: Tables) -> F8:
    """Items that civil society, universities, media and other partners brought up in the counted time."""
    return tables.over_items("early")


@outcome(label="items kept at home by law", unit="items", better="none")
def items_blocked(tables: Tables) -> F8:
    """Items about an own national that a data law forbade to cross a border when they were born."""
    return tables.total("items_blocked")


@outcome(label="early warnings read by an agency", unit="items", better="higher")
def early_warnings(tables: Tables) -> F8:
    """Items brought up by civil society and other partners that an agency had read before they went stale."""
    return tables.over_items("heard")


@outcome(label="time without answers after a breakdown", unit="weeks", better="lower")
def recovery_weeks(tables: Tables) -> F8:
    """Weeks per checkpoint in which far fewer of its doubts are answered in time than at the start.

    Counted while the share answered before the clock is below four fifths of what it was at the start: after
    a breakdown, the time until answers are back.
    """
    return tables.mean_stock("answers_lost") * (tables.end - tables.first) / 7


@outcome(
    label="evenness of detection among checkpoints",
    unit="share",
    better="higher",
    undefined="where no checkpoint detects anything",
)
def consistency(tables: Tables) -> F8:
    """How alike checkpoints detect smuggling at the end: 1 if all do alike, 0 if only one detects."""
    posts = tables.state.posts
    rows = np.flatnonzero(~posts.stretch & (posts.traffic > 0))
    chance, run = detection_at_posts(tables.state)[rows], posts.run[rows]
    order = np.lexsort((chance, run))
    chance, run = chance[order], run[order]
    number = tables.by_run(run)
    rank = np.arange(len(run)) - np.searchsorted(run, run, side="left") + 1.0
    # Gini coefficient over its largest value, (n - 1) / n: sum (2 i - n - 1) x_i / ((n - 1) sum x)
    spread = tables.by_run(run, (2 * rank - number[run] - 1) * chance)
    total = tables.by_run(run, chance)
    return np.where(total > 0, 1 - spread / np.maximum((number - 1) * total, 1e-300) * (number > 1), np.nan)


@outcome(label="recognition among bodies", unit="share", better="higher")
def recognition(tables: Tables) -> F8:
    """Share of fixed pairs of bodies in which one knows of the other's part in trade control, at the end."""
    return tables.now["recognition"]


def needed_ties(state: State) -> B1:
    """Return which pairs of staffed bodies should know each other by role, shape (holders of a run,) squared.

    Each pair is marked once, above the diagonal.
    """
    holders, n = state.holders, state.holders.n
    roles = [state.roles[r] for r in holders.role[:n]]
    homes = [str(c) if c >= 0 else "" for c in holders.country[:n]]
    bodies = (holders.kind[:n] < HOLDER_KINDS.index("post")) & (holders.staff_base[:n] > 0)
    found = np.zeros((n, n), dtype=np.bool_)
    for i in np.flatnonzero(bodies):
        for j in np.flatnonzero(bodies[i + 1 :]) + i + 1:
            found[i, j] = importance(roles[i], homes[i], roles[j], homes[j]) > 0
    return found


def _mutual(known: B1, state: State) -> B1:
    """Return whether both bodies of each pair know of each other, shape (runs, n, n)."""
    table = known.reshape(state.runs, state.holders.n, state.holders.n)
    return np.asarray(table & table.transpose(0, 2, 1))


@outcome(label="gaps closed among bodies", unit="pairs", better="higher")
def gaps_closed(tables: Tables) -> F8:
    """Pairs of bodies that should know each other by role, did not at the start, and do at the end."""
    state = tables.state
    before, now = (_mutual(k, state) for k in (state.holders.recognised_start, state.holders.recognises))
    return np.asarray((needed_ties(state) & now & ~before).sum(axis=(1, 2)), dtype=np.float64)


@outcome(label="gaps left among bodies", unit="pairs", better="lower")
def gaps_left(tables: Tables) -> F8:
    """Pairs of bodies that should know each other by role and do not at the end."""
    state = tables.state
    now = _mutual(state.holders.recognises, state)
    return np.asarray((needed_ties(state) & ~now).sum(axis=(1, 2)), dtype=np.float64)


@outcome(label="trust among bodies", unit="share", better="higher")
def trust(tables: Tables) -> F8:
    """Mean trust over fixed pairs of bodies with staff, at the end."""
    return tables.now["trust"]


@outcome(
    label="centralisation of channels", unit="share", better="none", undefined="with fewer than three bodies"
)
def centralisation(tables: Tables) -> F8:
    """How far channels run through one body at the end: 1 if all lead to it, 0 if bodies are alike."""
    state = tables.state
    holders, c, n = state.holders, state.compiled, state.holders.n
    if len(c.meeting_hours) != len(holders.key):
        raise ModelError("the compiled structure belongs to other runs than the tables")
    u, v = c.edge_from, c.edge_to
    pairs = np.unique(np.minimum(u, v) * n + np.maximum(u, v) % n)
    ends = np.concatenate([pairs // n, pairs // n // n * n + pairs % n])
    degree = np.bincount(ends, minlength=len(holders.key)).reshape(tables.runs, n)
    staffed = (holders.staff_base > 0).reshape(tables.runs, n)
    size = staffed.sum(axis=1).astype(np.float64)
    most = np.where(staffed, degree, 0).max(axis=1, initial=0)
    # degree centralisation of Freeman 1979: sum of (largest - own) over its value in a star
    gaps = ((most[:, None] - degree) * staffed).sum(axis=1)
    return np.where(size > 2, gaps / np.maximum((size - 1) * (size - 2), 1.0), np.nan)


@outcome(
    label="days from body to body", unit="days", better="lower", undefined="with one body a country or fewer"
)
def path_length(tables: Tables) -> F8:
    """Expected days by the fastest way over channels between bodies of a country, at most 364, at the end."""
    state = tables.state
    holders, c, n = state.holders, state.compiled, state.holders.n
    if len(c.meeting_hours) != len(holders.key):
        raise ModelError("the compiled structure belongs to other runs than the tables")
    days = np.full((len(holders.key), n), np.inf)
    open_ = c.edge_rate > 0
    np.minimum.at(days, (c.edge_from[open_], c.edge_to[open_] % n), 1 / c.edge_rate[open_])
    home = holders.country[:n]
    alike = (home[:, None] == home[None, :]) & (home[:, None] >= 0) & ~np.eye(n, dtype=np.bool_)
    found = np.full(tables.runs, np.nan)
    for r, block in enumerate(days.reshape(tables.runs, n, n)):
        staffed = holders.staff_base[r * n : (r + 1) * n] > 0
        pairs = alike & staffed[:, None] & staffed[None, :]
        if pairs.any():
            u, v = np.nonzero(np.isfinite(block))
            ways = sparse.csr_matrix((block[u, v], (u, v)), shape=(n, n))
            fastest = dijkstra(ways)[pairs]
            found[r] = np.minimum(fastest, YEAR_DAYS).mean()
    return found


@outcomes(
    "trust",
    {"tied": "who had a channel at the start", "untied": "who had none at the start"},
    label="trust among agencies and partners {}",
    unit="share",
    better="higher",
    undefined="where there are no such pairs",
)
def trust_by_tie(tables: Tables, kind: str) -> F8:
    """Mean trust over pairs of agencies and partners of a country {}, at the end."""
    holders, n = tables.state.holders, tables.state.holders.n
    voice = np.zeros(len(holders.key), dtype=np.bool_)
    voice[_voices(tables.state)] = True
    home = holders.country
    other = np.repeat(np.arange(tables.runs) * n, n)[:, None] + np.arange(n)[None, :]
    pairs = voice[:, None] & voice[other] & (home[:, None] == home[other]) & (home[:, None] >= 0)
    pairs &= (holders.tied == (kind == "tied")) & (np.arange(len(voice))[:, None] != other)
    row, column = np.nonzero(pairs)
    run = holders.run[row]
    return ratio(tables.by_run(run, holders.trust[row, column]), tables.by_run(run))


@outcome(label="shared identity", unit="share", better="higher", undefined="without agencies and partners")
def identity(tables: Tables) -> F8:
    """How far agencies and partners see themselves as part of one ecosystem at the end, mean."""
    rows = _voices(tables.state)
    run = tables.state.holders.run[rows]
    return ratio(tables.by_run(run, tables.state.holders.identity[rows]), tables.by_run(run))


@outcome(label="champions lost", unit="people", better="none")
def champions_lost(tables: Tables) -> F8:
    """Key practitioners of agencies who left in the counted time."""
    return tables.total("champions_lost")


@outcome(label="attendance", unit="share", better="higher", undefined="without agencies and partners")
def attendance(tables: Tables) -> F8:
    """Share of the convenings and courses meant for them that agencies and partners attend, at the end."""
    rows = _voices(tables.state)
    run = tables.state.holders.run[rows]
    return ratio(tables.by_run(run, tables.state.holders.attends[rows]), tables.by_run(run))


@outcome(
    label="attendance of the poorest quarter",
    unit="share",
    better="higher",
    undefined="without agencies and partners in a country",
)
def attendance_poorest(tables: Tables) -> F8:
    """Attendance of that quarter of agencies and partners whose countries, and then they, have least."""
    holders = tables.state.holders
    rows = _voices(tables.state)
    rows = rows[holders.country[rows] >= 0]
    run = holders.run[rows]
    funding = tables.state.countries.funding[holders.country[rows]]
    order = np.lexsort((holders.staff_base[rows], funding, run))
    rows, run = rows[order], run[order]
    rank = np.arange(len(run)) - np.searchsorted(run, run, side="left")
    poor = rank < np.ceil(tables.by_run(run)[run] / 4)
    return ratio(tables.by_run(run[poor], holders.attends[rows[poor]]), tables.by_run(run[poor]))


def _voices(state: State) -> I8:
    """Rows of the agencies and partners with staff."""
    kinds = [HOLDER_KINDS.index("agency"), HOLDER_KINDS.index("partner")]
    return np.flatnonzero(np.isin(state.holders.kind, kinds) & (state.holders.staff_base > 0))


@outcome(
    label="weeks until consensus", unit="weeks", better="lower", undefined="where no mechanism took effect"
)
def consensus_weeks(tables: Tables) -> F8:
    """Weeks that mechanisms waited, after their lead time, until the bodies concerned agreed; mean."""
    return ratio(tables.total("consensus_weeks"), tables.total("adopted"))


def hours_by_holder(tables: Tables) -> F8:
    """Return the hours that each holder spent on coordinating in the counted time, shape (holders,)."""
    return np.asarray(tables.state.ledger.hours.sum(axis=1))


@outcome(label="hours of coordination", unit="hours", better="lower")
def coordination_hours(tables: Tables) -> F8:
    """Hours that all bodies together spent on coordinating, for whatever reason."""
    return tables.by_run(tables.state.holders.run, hours_by_holder(tables))


@outcome(label="donors' hours of coordination", unit="hours", better="lower")
def coordination_hours_donors(tables: Tables) -> F8:
    """Hours that donors spent on what mechanisms ask of them, such as chairing; paid in donors' cost."""
    return tables.total("donor_hours")


@outcomes("coordination_hours", REASON_WORDS, label="hours of coordination: {}", unit="hours", better="none")
def coordination_hours_by_reason(tables: Tables, reason: str) -> F8:
    """Hours that all bodies together spent on {}."""
    column = tables.state.ledger.hours[:, HOUR_REASONS.index(reason)]
    return tables.by_run(tables.state.holders.run, column)
