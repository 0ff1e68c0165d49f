"""Who knew what of an attempt when, with whom it lay unread, and whom news of its fate reached."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES
from stcsim.draws import mix
from stcsim.study.observing_logs import Entry, Kept, Logs

NETWORKS = CATEGORIES.index("networks")
ON = {
    "networks": "on networks",
    "parties": "on suspect parties",
    "lists": "on what is controlled",
    "licensing": "on licences",
    "procedures": "on procedures",
}
"""What an item is about, in words."""
NEWS_DAYS = 90.0
"""For so long it is followed whom news reaches."""
MOST_READINGS = 16
"""First readings, by body and what they are about, that a story tells."""


def knowledge(e: Kept, p: int, logs: Logs) -> Iterator[Entry]:
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
        by = "itself" if source == body else e["holders"][source]
        words = f"reads of {what} in an item {ON[CATEGORIES[category[item[k]]]]}, brought up by {by}"
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


def news(e: Kept, p: int, logs: Logs) -> Iterator[Entry]:
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
        words = f"{words} read it within {until - born[k]:.0f} days, as an item {ON[CATEGORIES[category[k]]]}"
        over = logs.gone.get(k, np.inf)
        if over <= until and over < stale[k]:
            words = f"{words}; the front is given up within {over - born[k]:.0f} days"
        yield float(born[k]), "news", str(e["holders"][source]), words


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number < 2 else many}"


def _concerned(e: Kept, p: int) -> list[int]:
    """Return the holders of a run that could act: agencies of the country of export, and the post."""
    n, country = e["n"][0], e["country"][p]
    rows = [int(e[role][country]) for role in ("authority", "law_enforcement", "customs", "intelligence")]
    found = [row % n for row in rows if row >= 0]
    if e["post"][p] >= 0:
        found.append(int(e["post_holder"][e["post"][p]]) % n)
    return found
