"""The story of one attempt: what was tried, who looked at it, what became of it in trade and in law."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stcsim.actors.vocabulary import FAMILIES, FATES, WAYS, family_words
from stcsim.state.events import LADDER, STAGES
from stcsim.study.observing_knowledge import knowledge, news
from stcsim.study.observing_logs import Entry, Kept, Logs

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
_PRELICENCE, _BORDER, _DETAINED, _DELIVERED = (
    STAGES.index(s) for s in ("prelicence", "border", "detained", "delivered")
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


def _who(e: Kept, p: int, role: str) -> str:
    """Return the identity of a body of the country of export, or of the post; empty where there is none."""
    holders = e["holders"]
    if role == "post":
        at = int(e["post"][p])
        return str(e["posts"][at % e["n"][1]]) if at >= 0 else ""
    if not role:
        return ""
    row = int(e[role][e["country"][p]])
    return str(holders[row % e["n"][0]]) if row >= 0 else ""


def story(e: Kept, p: int, logs: Logs) -> Iterator[Entry]:
    """Yield what happened to one attempt, in no order of days."""
    way, fate = WAYS[e["way"][p]], FATES[e["fate"][p]]
    network = str(e["networks"][int(e["network"][p]) % e["n"][2]])
    born, ended = float(e["born"][p]), float(e["fate_day"][p])
    supplier = e["countries"][int(e["supplier"][p]) % e["n"][3]]
    goods = family_words(FAMILIES[e["family"][p]])
    if way == "wait":
        yield born, "forgone", network, f"it lets an occasion for {goods} from {supplier} pass"
        return
    yield born, "attempt", network, f"{goods} from {supplier}, {way.replace('_', ' ')}"
    yield from _licensing(e, p)
    yield from _border(e, p, logs)
    yield from knowledge(e, p, logs)
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
    yield from news(e, p, logs)
    row, value, day, _ = logs.ladder
    for k in np.flatnonzero(row == e["rows"][p]):
        name = LADDER[value[k]]
        if name in _STEPS:
            role, words = _STEPS[name]
            who = _who(e, p, role) or _who(e, p, "law_enforcement")
            yield float(day[k]), "case", who, words


def _licensing(e: Kept, p: int) -> Iterator[Entry]:
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


def _border(e: Kept, p: int, logs: Logs) -> Iterator[Entry]:
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
