"""Who stands first over sampled sets of assumptions, in words whose numbers add up to all sets.

A set counts for the one arm that is ahead in it, or for none where arms cannot be told apart
(`stcsim.analysis.ahead`). What the few runs of each set leave open is said once, as a range.
"""

from __future__ import annotations

from collections.abc import Mapping

from stcsim.analysis.ahead import Ahead
from stcsim.analysis.robustness import ONE_PAIR, Robustness
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import listed

MOST_NAMED = 3
"""Arms that are named where several are ahead somewhere, or cannot be told apart."""


def standing(sets: Ahead, first: str, labels: Mapping[str, str]) -> str:
    """Say how often the first arm is ahead, how often it cannot be told from which, and who else is ahead.

    Parameters
    ----------
    sets : by the arm that is ahead in them
    first : the arm that is best on average
    labels : names of arms for people
    """
    name = _names(sets, labels)
    own, ahead = sets.sets.get(first, 0), _ahead(sets, first)
    if own == sets.of:
        beaten = _one_other(sets, first, name) or "all others"
        return f"{name[first]} is ahead of {beaten} in all {sets.of} sampled sets"
    if sets.none and 2 * sets.none >= sets.of:
        return _mostly_open(sets, first, name, ahead)
    if not ahead:  # no set was counted
        return ""
    others = [arm for arm in ahead[1:] if arm != first or arm in ahead[:MOST_NAMED]]
    told = [f"{name[ahead[0]]} is ahead in {sets.sets[ahead[0]]} of {sets.of} sampled sets"]
    told += _each(others, sets, name)
    if first not in ahead[:MOST_NAMED]:
        told.append(f"{name[first]}, the best on average, in {own or 'none'}")
    return f"{', '.join(told)}{f'; in {sets.none} none stands out' if sets.none else ''}"


def left_open(found: Robustness, labels: Mapping[str, str]) -> str:
    """Say between which numbers of sets the best arm may be best, as far as few runs can tell; or nothing.

    Parameters
    ----------
    labels : names of arms for people
    """
    if not found.count_low < found.count_high:
        return ""
    own = in_sentence(found.best, labels)
    between = f"{found.count_low} to {found.count_high} of them"
    return f"With more runs in each set {own} may turn out best in {between}"


def other_counts(found: Robustness, labels: Mapping[str, str]) -> str:
    """Say in how many sets the best arm is best where sets are counted otherwise, in a sentence or two.

    Parameters
    ----------
    labels : names of arms for people
    """
    own, expected = in_sentence(found.best, labels), found.held[0].share * found.of
    said = (
        f"Counted otherwise: {own} has the highest mean of its runs in {found.seen} of {found.of} sets; if "
        "sets in which arms cannot be told apart are shared out by their chances, it is best in "
        f"{expected:.1f}."
    )
    return said if found.noise_known else f"{said} {ONE_PAIR}"


def _mostly_open(sets: Ahead, first: str, name: Mapping[str, str], ahead: list[str]) -> str:
    """Say that arms cannot be told apart in most sets, then who is ahead in the others."""
    how_many = f"all {sets.of}" if sets.none == sets.of else f"{sets.none} of {sets.of}"
    level = [arm for arm in sets.level if arm != first and sets.level[arm] == sets.none]
    it = name[first]
    if sets.level.get(first, 0) < sets.none or not level:
        lead = f"in {how_many} sampled sets none stands out"
    else:
        like = listed([name[arm] for arm in level], MOST_NAMED)
        if len(level) == len(sets.level) - 1:
            any_other = "any arm" if first == BASELINE else "any other arm or the baseline"
            like = _one_other(sets, first, name) or any_other
        lead, it = f"{name[first]} cannot be told from {like} in {how_many} sampled sets", "it"
    others = [arm for arm in ahead if arm != first]
    told = [f"{it} is ahead in {sets.sets[first]}"] if first in ahead else []
    told += _each(others, sets, name, "" if told else "is ahead ")
    return f"{lead}; {', '.join(told)}" if told else lead


def _each(arms: list[str], sets: Ahead, name: Mapping[str, str], verb: str = "") -> list[str]:
    """Return in how many sets each of the first few arms is ahead, and the others together."""
    named = arms if len(arms) <= MOST_NAMED else arms[: MOST_NAMED - 1]
    told = [f"{name[arm]} {verb if not i else ''}in {sets.sets[arm]}" for i, arm in enumerate(named)]
    rest = arms[len(named) :]
    return [*told, f"{len(rest)} others in {sum(sets.sets[arm] for arm in rest)}"] if rest else told


def _ahead(sets: Ahead, first: str) -> list[str]:
    """Return the arms that are ahead somewhere, the most frequent first; the first one before its equals."""
    some = [arm for arm, n in sets.sets.items() if n]
    return sorted(some, key=lambda arm: (-sets.sets[arm], arm != first))


def _one_other(sets: Ahead, first: str, name: Mapping[str, str]) -> str:
    """Return the name of the only other arm, empty where there are several."""
    others = [arm for arm in sets.sets if arm != first]
    return name[others[0]] if len(others) == 1 else ""


def _names(sets: Ahead, labels: Mapping[str, str]) -> dict[str, str]:
    return {arm: in_sentence(arm, labels) for arm in sets.sets}


def in_sentence(arm: str, labels: Mapping[str, str]) -> str:
    """Return what an arm is called within a sentence; what is not chosen is ``the baseline``."""
    return "the baseline" if arm == BASELINE else labels.get(arm, arm)
