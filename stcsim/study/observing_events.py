"""The story of some attempts in order: what was tried, who looked at it, who knew what, what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from stcsim.actors.vocabulary import CATEGORIES, FAMILIES, FATES, WAYS
from stcsim.draws import F8, I8, mix
from stcsim.state.events import LADDER, STAGES, Licences
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State
from stcsim.study.observing_cases import ADVERSARY, case_names
from stcsim.study.observing_logs import Moves, Notices
from stcsim.study.observing_stack import Stack

MOST_STORIES = 16
"""Attempts of each replication whose story is kept."""
NEWS_DAYS = 90.0
"""For so long it is followed whom news reaches."""
MOST_READINGS = 16
"""First readings, by body and what they are about, that a story tells."""

WHAT: dict[str, str] = {
    "attempt": "a network tries to get goods by some way; `who` is the network",
    "forgone": "in this arm the network lets the same occasion pass",
    "application": "it applies for a licence; `who` is the licensing authority",
    "returned": "the authority returns the application, which is made again",
    "licence": "the authority grants the licence that the network obtains by deceit",
    "refusal": "the authority refuses the licence",
    "check": "a check before the licence begins",
    "knowledge": "a body reads an item of information on the front company, or on those behind it",
    "unread": "an item on it lies unread with a body of those concerned when its fate falls",
    "arrival": "the goods come to a checkpoint or a stretch of border",
    "screening": "the checkpoint looks, or does not; `detail` says which",
    "held": "the checkpoint detains the goods on doubt and asks",
    "stopped": "the attempt ends: somebody stops it, as `detail` says",
    "released": "the time to hold the goods runs out before an answer: they go on",
    "delivered": "the goods reach a true end user, from whom they will be sold on",
    "completed": "the goods have reached the network",
    "discovery": "an authority learns of the transfer afterwards",
    "news": "what became of it is told as information; `who` brings it up, `detail` says whom it reached",
    "case": "what law makes of it: a step of the ladder from referral to conviction",
    "open": "the end of the time that is watched comes before that of the attempt",
}
"""What can happen in a story, and who `who` is."""
_LICENSING, _PRELICENCE, _BORDER, _DETAINED, _DELIVERED = (
    STAGES.index(s) for s in ("licensing", "prelicence", "border", "detained", "delivered")
)
_STOPPED_BY = {
    "stopped_prelicence": ("authority", "a check before the licence finds out the end user"),
    "interdicted_checkpoint": ("post", "the goods are recognised and seized"),
    "stopped_report": ("", "a firm reports the enquiry as suspicious"),
    "stopped_intelligence": ("law_enforcement", "law enforcement acts on what it has read"),
}
_STEPS = {
    "waiting": ("law_enforcement", "a case is opened; the referral is on its way"),
    "referred": ("law_enforcement", "law enforcement takes up the case"),
    "lost": ("law_enforcement", "the referral is lost between agencies"),
    "warning": ("law_enforcement", "it ends with a warning"),
    "administrative": ("law_enforcement", "it ends with an administrative penalty"),
    "prosecution": ("prosecutor", "it is brought to court"),
    "conviction": ("prosecutor", "it ends with a conviction"),
    "dismissed": ("law_enforcement", "it is dismissed"),
}
FRONTLINE = HOLDER_KINDS.index("post")
NETWORKS = CATEGORIES.index("networks")
_WAITED = "wait/forgone"
_COLUMNS = (
    *("run", "key", "network", "front", "generation", "country", "supplier", "post", "way", "family"),
    *("licensed", "born", "stage", "release", "fate", "fate_day", "list_selected", "inspected", "discovered"),
)


def choose(cases: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame:
    """Return the attempts whose story is told: `replication`, `case`.

    For each replication those of different ends in different arms first, and one of each sort (ways and fates
    in all arms) in turn, the earliest first.
    """
    tried = cases[cases["origin"] == "adversary"]
    end = tried["way"] + "/" + tried["fate"]
    sorts = tried.assign(end=end).pivot(index=["replication", "case"], columns="arm", values="end")
    sorts = sorts.reindex(columns=list(arms)).fillna("")
    day = tried.groupby(["replication", "case"])["day"].min()
    words, alike = sorts[arms[0]], pd.Series(True, index=sorts.index)
    waits = sorts.isin([_WAITED, ""]).all(axis=1)
    for arm in arms[1:]:
        alike &= sorts[arm] == sorts[arms[0]]
        words = words + " | " + sorts[arm]
    found = pd.DataFrame({"sort": words, "day": day, "alike": alike})[~waits].reset_index()
    found = found.sort_values(["replication", "day", "case"], kind="stable")
    turn = found.groupby(["replication", "sort"]).cumcount()
    found = found.assign(turn=turn).sort_values(["replication", "turn", "alike", "day"], kind="stable")
    first = found.groupby("replication").head(MOST_STORIES)
    return first[["replication", "case"]].sort_values(["replication", "case"]).reset_index(drop=True)


@dataclass
class Teller:
    """What is noted in one stack so that stories can be told when it is known which.

    Parameters
    ----------
    stages, ladder, notices : what is noted while the stack runs
    """

    stages: Moves
    ladder: Moves
    notices: Notices
    _ended: dict[str, Any] = field(default_factory=dict)

    def start(self, state: State, day: float) -> None:
        """Begin where arms branch: what moved before is old."""
        for moves in (self.stages, self.ladder):
            moves.look(state, day, keep=False)
        self.notices.look(state, day)

    def look(self, state: State, day: float) -> None:
        """Note what has moved, and what was received and read."""
        self.stages.look(state, day)
        self.ladder.look(state, day)
        self.notices.look(state, day)

    def end(self, state: State, stack: Stack, horizon: float) -> None:
        """Keep what stories need of a state at the horizon."""
        cases, licences, countries = state.cases, state.licences, state.countries
        rows = np.flatnonzero((cases.col("origin") == ADVERSARY) & (cases.col("born") > stack.first))
        asked = np.flatnonzero(~licences.col("honest"))
        self._ended = {
            "stack": stack,
            "horizon": horizon,
            "rows": rows,
            "case": case_names(state, rows),
            **{name: cases.col(name)[rows] for name in _COLUMNS},
            "licences": _taken(licences, asked),
            "holders": state.holders.ids,
            "posts": state.posts.ids,
            "frontline": state.holders.kind[: state.holders.n] >= FRONTLINE,
            "networks": state.networks.ids,
            "countries": countries.ids,
            "n": (state.holders.n, state.posts.n, state.networks.n, countries.n, state.fronts.n),
            "front_network": state.fronts.network.copy(),
            "post_holder": state.posts.holder.copy(),
            "stretch": state.posts.stretch.copy(),
            **{
                name: getattr(countries, name).copy()
                for name in ("authority", "law_enforcement", "prosecutor", "customs", "intelligence")
            },
        }

    def events(self, chosen: pd.DataFrame) -> pd.DataFrame:
        """Return the stories of the chosen attempts that are in this stack."""
        e = self._ended
        stack: Stack = e["stack"]
        wanted = set(zip(chosen["replication"].tolist(), chosen["case"].tolist(), strict=True))
        replication = stack.replication[e["run"]].tolist()
        places = [p for p, pair in enumerate(zip(replication, e["case"], strict=True)) if pair in wanted]
        logs = _Logs(self)
        rows = [
            (int(e["run"][p]), e["case"][p], *entry)
            for p in places
            for entry in sorted(_story(e, p, logs), key=lambda one: one[0])
        ]
        run = np.array([row[0] for row in rows], dtype=np.int64)
        return pd.DataFrame(
            {
                **stack.columns(run),
                "case": pd.Series([row[1] for row in rows], dtype="str"),
                "day": np.array([row[2] for row in rows], dtype=np.float64) - stack.first,
                **{
                    name: pd.Series([row[k] for row in rows], dtype="str")
                    for k, name in ((3, "what"), (4, "who"), (5, "detail"))
                },
            }
        )


Entry = tuple[float, str, str, str]
"""Day, what, who, detail."""


def _taken(licences: Licences, rows: I8) -> dict[str, Any]:
    return {name: licences.col(name)[rows] for name in ("run", "key", "day", "days", "outcome")}


class _Logs:
    """What was noted in a stack, joined so that it can be looked up."""

    def __init__(self, teller: Teller) -> None:
        self.stages, self.ladder = _moves(teller.stages), _moves(teller.ladder)
        self.items = _columns(teller.notices.items, 8)
        ended = _columns(teller.notices.gone, 2)
        self.gone = dict(zip(ended[0].tolist(), ended[1].tolist(), strict=True))
        self.received, self.read = _columns(teller.notices.received, 3), _columns(teller.notices.read, 3)


def _columns(parts: Sequence[Sequence[Any]], width: int) -> list[Any]:
    if not parts:
        return [np.zeros(0, dtype=np.int64)] * width
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _moves(moves: Moves) -> tuple[I8, I8, F8, F8]:
    row, value, day, until = _columns(
        list(zip(moves.row, moves.value, moves.day, moves.until, strict=True)), 4
    )
    return row, value, day, until


def _who(e: dict[str, Any], p: int, role: str) -> str:
    """Return the identity of a body of the country of export, or of the post; empty where there is none."""
    holders = e["holders"]
    if role == "post":
        at = int(e["post"][p])
        return str(e["posts"][at % e["n"][1]]) if at >= 0 else ""
    if not role:
        return ""
    row = int(e[role][e["country"][p]])
    return str(holders[row % e["n"][0]]) if row >= 0 else ""


def _story(e: dict[str, Any], p: int, logs: _Logs) -> Iterator[Entry]:
    """Yield what happened to one attempt, in no order of days."""
    way, fate = WAYS[e["way"][p]], FATES[e["fate"][p]]
    network = str(e["networks"][int(e["network"][p]) % e["n"][2]])
    born, ended = float(e["born"][p]), float(e["fate_day"][p])
    supplier = e["countries"][int(e["supplier"][p]) % e["n"][3]]
    goods = FAMILIES[e["family"][p]].replace("_", " ")
    if way == "wait":
        yield born, "forgone", network, f"it lets an occasion for {goods} from {supplier} pass"
        return
    yield born, "attempt", network, f"{goods} from {supplier}, {way.replace('_', ' ')}"
    yield from _licensing(e, p)
    yield from _border(e, p, logs)
    yield from _knowledge(e, p, logs)
    if fate in _STOPPED_BY:
        role, words = _STOPPED_BY[fate]
        yield ended, "stopped", _who(e, p, role), words
    elif fate == "released_clock":
        yield ended, "released", _who(e, p, "post"), "no answer came in the time that the law gives"
    elif fate == "completed":
        yield ended, "completed", network, "the goods have reached the network"
    elif fate == "in_process":
        yield e["horizon"], "open", "", f"it is still at the stage {STAGES[e['stage'][p]]}"
    found = float(e["discovered"][p])
    if np.isfinite(found):
        yield found, "discovery", _who(e, p, "authority"), "a check after delivery finds out the end user"
    yield from _news(e, p, logs)
    row, value, day, _ = logs.ladder
    for k in np.flatnonzero(row == e["rows"][p]):
        name = LADDER[value[k]]
        if name in _STEPS:
            role, words = _STEPS[name]
            who = _who(e, p, role) or _who(e, p, "law_enforcement")
            yield float(day[k]), "case", who, words


def _licensing(e: dict[str, Any], p: int) -> Iterator[Entry]:
    """Yield application and decisions."""
    way = WAYS[e["way"][p]]
    if way not in ("deceive_licensing", "after_delivery"):
        return
    authority, born = _who(e, p, "authority"), float(e["born"][p])
    made = e["licences"]
    mine = np.flatnonzero((made["key"] == e["key"][p]) & (made["run"] == e["run"][p]))
    if not len(mine) and e["licensed"][p]:
        yield born, "licence", authority, "a general licence covers it, without review"
        return
    yield (
        born,
        "application",
        authority,
        "with a false end user"
        if way == "deceive_licensing"
        else ("with a true end user, from whom the goods will be sold on"),
    )
    for k in mine:
        day = float(made["day"][k] + made["days"][k])
        what = ("licence", "refusal", "returned")[int(made["outcome"][k])]
        yield day, what, authority, f"{made['days'][k]:.0f} days after the application"


def _border(e: dict[str, Any], p: int, logs: _Logs) -> Iterator[Entry]:
    """Yield arrival, screening, detention, delivery."""
    if e["post"][p] < 0:
        return
    post, stretch = _who(e, p, "post"), bool(e["stretch"][e["post"][p]])
    row, value, day, until = logs.stages
    moves = np.flatnonzero(row == e["rows"][p])
    fate = FATES[e["fate"][p]]
    held = moves[value[moves] == _DETAINED]
    sold_on = moves[value[moves] == _DELIVERED]
    ended = float(e["fate_day"][p])
    left = float(day[held[0]]) if len(held) else float(day[sold_on[0]]) if len(sold_on) else ended
    for k in moves[value[moves] == _PRELICENCE]:
        yield float(day[k]), "check", _who(e, p, "authority"), "before the licence is given"
    came = [float(until[k]) for k in moves[value[moves] == _BORDER]]
    reached = fate in ("interdicted_checkpoint", "released_clock", "completed") or len(held) or len(sold_on)
    if not reached:
        return
    arrived = min([*came, left])
    yield arrived, "arrival", post, "" if e["licensed"][p] else "without a licence"
    if e["inspected"][p]:
        how = "selected by a list or register" if e["list_selected"][p] else "selected"
        what = f"{how} and inspected"
    else:
        what = "no patrol meets them" if stretch else "not selected for inspection"
    yield left, "screening", post, what
    for k in held:
        days = float(e["release"][p]) - float(day[k])
        yield float(day[k]), "held", post, f"on doubt, for at most {days:.0f} days"
    for k in sold_on:
        yield float(day[k]), "delivered", post, "let through under its licence"


def _knowledge(e: dict[str, Any], p: int, logs: _Logs) -> Iterator[Entry]:
    """Yield which bodies concerned had read of the front or its network, and where that lay unread."""
    front, run = int(e["front"][p]), int(e["run"][p])
    item_run, subject, generation, category, origin, born, stale, _ = logs.items
    fronts = e["n"][4]
    if not fronts or not len(item_run):
        return
    network = e["front_network"][item_run * fronts + subject]
    about = (subject == front % fronts) & (generation == e["generation"][p]) & (front >= 0)
    about &= category != NETWORKS
    behind = (network == e["network"][p]) & (category == NETWORKS)
    ended = float(e["fate_day"][p])
    until = ended if np.isfinite(ended) else np.inf
    # what is stale by then says nothing any more, and what the attempt itself has brought up comes after it
    mine = (item_run == run) & (about | behind) & (stale > e["born"][p]) & (born < until)
    concerned = _concerned(e, p)
    item, holder, day = logs.read
    which = np.flatnonzero(mine[item] & (day <= until) & np.isin(holder, concerned))
    which = which[np.argsort(day[which], kind="stable")]
    told: set[tuple[int, bool]] = set()
    for k in which:
        body, named = int(holder[k]), bool(about[item[k]])
        if (body, named) in told or len(told) >= MOST_READINGS:
            continue
        told.add((body, named))
        what = "the front company" if named else "the network"
        source = int(origin[item[k]])
        by = "itself" if source == body else f"by {e['holders'][source]}"
        words = f"reads on {what} ({CATEGORIES[category[item[k]]]}), brought up {by}"
        yield float(day[k]), "knowledge", str(e["holders"][body]), words
    if not np.isfinite(ended):
        return
    item, holder, day = logs.received
    lies = np.flatnonzero(mine[item] & (day <= ended) & np.isin(holder, concerned))
    for body in sorted({int(b) for b in holder[lies]} - {body for body, _ in told}):
        since = float(day[lies[holder[lies] == body]].min())
        yield (
            ended,
            "unread",
            str(e["holders"][body]),
            f"an item on it has lain there for {ended - since:.0f} days",
        )


def _news(e: dict[str, Any], p: int, logs: _Logs) -> Iterator[Entry]:
    """Yield the items that the fate of an attempt gives rise to, and how far they get in three months."""
    run, _, _, category, origin, born, stale, key = logs.items
    same = key == mix(np.broadcast_to(e["key"][p], key.shape), category)
    item, holder, day = logs.read
    frontline = e["frontline"]
    for k in np.flatnonzero(same & (run == e["run"][p])).tolist():
        source = int(origin[k])
        until = min(float(born[k]) + NEWS_DAYS, e["horizon"])
        others = holder[(item == k) & (day <= until) & (holder != source)]
        posts = int(frontline[others].sum())
        agencies = _counted(len(others) - posts, "other agency", "other agencies")
        words = f"{agencies} and {_counted(posts, 'post or stretch', 'posts or stretches')}"
        words = f"{words} read it within {until - born[k]:.0f} days ({CATEGORIES[category[k]]})"
        over = logs.gone.get(k, np.inf)
        if over <= until and over < stale[k]:
            words = f"{words}; the front is given up within {over - born[k]:.0f} days"
        yield float(born[k]), "news", str(e["holders"][source]), words


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number < 2 else many}"


def _concerned(e: dict[str, Any], p: int) -> list[int]:
    """Return the holders of a run that could act: agencies of the country of export, and the post."""
    n, country = e["n"][0], e["country"][p]
    rows = [int(e[role][country]) for role in ("authority", "law_enforcement", "customs", "intelligence")]
    found = [row % n for row in rows if row >= 0]
    if e["post"][p] >= 0:
        found.append(int(e["post_holder"][e["post"][p]]) % n)
    return found
