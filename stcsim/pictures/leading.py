"""The finding that stands first: which arm does most to what a comparison is about, for what, how surely.

Every number is of the evidence that its word comes from: the mean over sampled sets of assumptions where
these were varied, which the sentence then says, else the mean over runs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from stcsim.analysis.verdict import FEWEST_WORLDS
from stcsim.pictures.amounts import changed, is_counted, money, sides
from stcsim.pictures.duels import Duel
from stcsim.pictures.effects import Effect, Effects, central
from stcsim.pictures.findings import TOO_FEW
from stcsim.pictures.plane import COST
from stcsim.pictures.style import rival_of
from stcsim.pictures.words import capital, counted

_NAMED = 2
"""Headlines in which the leading arm does worse that are named; more are counted."""


def first_outcome(effects: Effects) -> str:
    """Return the outcome that options are judged by: the first headline that is not the cost."""
    return next((o for o in effects.headline if o != COST), effects.headline[0])


def ranked(effects: Effects) -> tuple[str, ...]:
    """Return the options without their rivals: those that gain, the largest first, unclear ones, the rest."""
    outcome = first_outcome(effects)
    sign = -1.0 if effects.info(outcome).better == "higher" else 1.0

    def key(arm: str) -> tuple[int, float]:
        e = effects.get(arm, outcome)
        centre, _ = central(e, False)
        group = {"better": 0, "": 1, "worse": 2}[e.judged]
        return group, sign * centre if math.isfinite(centre) else math.inf

    return tuple(sorted(effects.own, key=key))


def best_of(effects: Effects) -> str | None:
    """Return the first option of which a gain may be named, None where there is none."""
    outcome = first_outcome(effects)
    return next((a for a in ranked(effects) if effects.get(a, outcome).judged == "better"), None)


def leading_finding(effects: Effects, duels: Mapping[str, Duel] | None = None) -> str:
    """Say which arm changes the first headline most, by how much, at what price, and what the others do.

    The price is money and every other headline in which that arm does worse. Where the same money spent on
    staff was run too, it is told what that does; where no arm changes the first headline, what is clear
    elsewhere; where only the default assumptions show a change, that it does not hold over others.

    Parameters
    ----------
    duels : of arms with the same money on staff in the first headline; where they are not given, an arm and
        its rival are told apart where their intervals do not touch
    """
    if not effects.own:
        return "Nothing to compare"
    outcome = first_outcome(effects)
    best = best_of(effects)
    if best is None and effects.info(outcome).better == "none":
        best = _strongest([effects.get(a, outcome) for a in effects.own])
    if best is None:
        parts = _without_gain(effects, outcome)
    else:
        parts = [_what(effects, best, outcome), _on_staff(effects, best, outcome, (duels or {}).get(best))]
        parts.append(_others(effects, best, outcome))
    return capital("; ".join(part for part in parts if part))


def _what(effects: Effects, arm: str, outcome: str) -> str:
    """Return what one arm does to an outcome, and its price."""
    e = effects.get(arm, outcome)
    return (
        f"{effects.label(arm)}: {_sure(e)}{changed(effects, e)}{_over(e)}{_price(effects, arm, outcome)}"
        f"{_worse(effects, arm, outcome)}"
    )


def _over(e: Effect) -> str:
    return f" on average over {counted(e.worlds, 'sampled set')} of assumptions" if e.worlds else ""


def _sure(e: Effect) -> str:
    return "probably " if e.verdict == "probably" else ""


def _price(effects: Effects, arm: str, outcome: str) -> str:
    """Return what an arm costs beyond the baseline; nothing where that is not known or was said."""
    if COST not in effects.infos or outcome == COST:
        return ""
    e = effects.get(arm, COST)
    cost, _ = central(e, False)
    if not math.isfinite(cost):
        return ""
    if e.verdict == "no change" or cost == 0:
        return ", at no extra cost"
    if not e.clear:
        return ", at no clear extra cost"
    return f", for {money(cost)}" if cost > 0 else f", saving {money(-cost)}"


def _worse(effects: Effects, arm: str, outcome: str) -> str:
    """Return in which other headlines an arm does worse."""
    rest = [effects.get(arm, o) for o in effects.headline if o not in (outcome, COST)]
    worse = [e for e in rest if e.judged == "worse"]
    said = [f"{_sure(e)}{changed(effects, e)}" for e in worse[:_NAMED]]
    if len(worse) > _NAMED:
        said.append(f"worse in {counted(len(worse) - _NAMED, 'more headline')}")
    return f", but {' and '.join(said)}" if said else ""


def _on_staff(effects: Effects, arm: str, outcome: str, duel: Duel | None) -> str:
    """Return what the same money does when it is spent on staff; nothing where that was not run."""
    rival = effects.rival(arm)
    if rival is None:
        return ""
    e, other = effects.get(arm, outcome), effects.get(rival, outcome)
    # Both from the same evidence, or they could not be compared.
    both = bool(e.worlds) == bool(other.worlds)
    (one, ends), (two, far) = ((central(x, False) if both else (x.mean, x.runs_interval)) for x in (e, other))
    if not (math.isfinite(one) and math.isfinite(two)):
        return "what the same money does on staff is not known"
    amount = changed(effects, other, named=False, runs=not both)
    if two and not other.clear:
        amount += ", unclear"
    less = math.copysign(1.0, one) * (one - two) > 0
    known = all(map(math.isfinite, (*ends, *far)))
    apart = known and (ends[1] < far[0] or far[1] < ends[0])
    if duel is not None:
        apart = duel.side == (1 if less else -1)
    if apart:
        return f"the same money on staff does {'less' if less else 'better'} ({amount})"
    if less:
        return f"whether it does more than the same money on staff ({amount}) is open"
    return f"the same money on staff {'does' if other.clear else 'may do'} as well ({amount})"


def _others(effects: Effects, best: str, outcome: str) -> str:
    """Return what the other arms do to the outcome; nothing where there is no other."""
    first = effects.get(best, outcome)
    rest = [effects.get(a, outcome) for a in effects.own if a != best]
    if not rest:
        return ""
    sure = [e for e in rest if e.verdict == "clearly"]
    if not sure:
        them = "them" if is_counted(effects.info(outcome)) else "it"
        no = "no other arm changes" if first.verdict == "clearly" else "no arm changes"
        return f"{no} {them} clearly{_probable(effects, rest)}"
    alike = [e for e in sure if e.direction == first.direction]
    against = [e for e in sure if e.direction != first.direction]
    said = []
    if alike:
        most = effects.get(_strongest(alike) or alike[0].arm, outcome)
        name, amount = effects.label(most.arm), changed(effects, most, named=False)
        if first.verdict != "clearly":
            said.append(f"surest is {name}, clearly {amount}")
        elif len(alike) == 1:
            said.append(f"{name} too, {amount}")
        else:
            said.append(f"{len(alike)} of {len(rest)} other arms too, most {name} ({amount})")
    if against:
        said.append(_other_way(effects, against))
    return "; ".join(said)


def _probable(effects: Effects, rest: Sequence[Effect]) -> str:
    """Return which of the other arms change it probably."""
    found = [e for e in rest if e.clear]
    if not found:
        return ""
    return f" ({effects.label(found[0].arm) if len(found) == 1 else f'{len(found)} others'} probably)"


def _other_way(effects: Effects, against: Sequence[Effect]) -> str:
    most = next(e for e in against if e.arm == _strongest(against))
    said = f"{effects.label(most.arm)} ({_sure(most)}{changed(effects, most, named=False)})"
    if len(against) == 1:
        return f"the other way with {said}"
    return f"the other way in {counted(len(against), 'arm')}, most {said}"


def _without_gain(effects: Effects, outcome: str) -> list[str]:
    """Return what is to be said where no arm does better in the outcome."""
    rows = [effects.get(a, outcome) for a in effects.own]
    info, alone = effects.info(outcome), len(rows) == 1
    worse = [e for e in rows if e.judged == "worse"]
    if worse and alone:
        told = _what(effects, rows[0].arm, outcome)
        return [told, _staff_instead(effects, outcome), _elsewhere(effects, outcome)]
    if worse:
        most = next(e for e in worse if e.arm == _strongest(worse))
        told = f"{_sure(most)}{changed(effects, most, named=False)}{_over(most)}"
        price = _price(effects, most.arm, outcome)
        many = f" in {len(worse)} of {len(rows)} arms, most" if len(worse) > 1 else ""
        said = f"{effects.label(most.arm)}: {told}{price}"
        better = sides(info)[info.better == "higher"]
        no = f"no arm leaves {better} {info.label}" if is_counted(info) else f"{info.label}: no arm is better"
        no += " with any certainty"
        harm = f"{sides(info)[info.better == 'lower']}{many} with {said}" if many else said
        return [no, harm, _staff_instead(effects, outcome), _elsewhere(effects, outcome)]
    still = all(e.verdict == "no change" for e in rows)
    who = effects.label(rows[0].arm) if alone else "no arm"
    if still:
        said = f"{who}: no change in {info.label}" if alone else f"no arm changes {info.label}"
    else:
        said = f"{who}: no clear change in {info.label}" if alone else f"no arm changes {info.label} clearly"
    return [
        f"{said}{_which_sets(effects, rows)}",
        _only_defaults(effects, rows),
        _staff_instead(effects, outcome),
        _elsewhere(effects, outcome),
    ]


def _which_sets(effects: Effects, rows: Sequence[Effect]) -> str:
    """Return over what nothing is clear."""
    if not effects.worlds:
        return ""
    if all(e.undefined for e in rows):
        return f", which is {TOO_FEW} of assumptions"
    few = ", too few for a verdict" if effects.worlds < FEWEST_WORLDS else ""
    return f" over {counted(effects.worlds, 'sampled set')} of assumptions{few}"


def _only_defaults(effects: Effects, rows: Sequence[Effect]) -> str:
    """Return what runs under the default assumptions alone would have made clear; nothing where nothing."""
    found = [
        e for e in rows if (e.worlds or e.undefined) and (e.runs_interval[0] > 0 or e.runs_interval[1] < 0)
    ]
    if not found:
        return ""
    most = max(found, key=lambda e: abs(e.mean))
    said = f"{effects.label(most.arm)}: {changed(effects, most, named=False, runs=True)}"
    more = f" and {counted(len(found) - 1, 'more arm')}" if len(found) > 1 else ""
    few = 0 < effects.worlds < FEWEST_WORLDS
    fate = "is not settled by them" if few else "does not hold over them"
    return f"what the default assumptions alone show ({said}{more}) {fate}"


def _staff_instead(effects: Effects, outcome: str) -> str:
    """Return that the money of an arm gains on staff what no arm does; nothing where it gains nothing."""
    better = [e for a in effects.rivals if (e := effects.get(a, outcome)).judged == "better"]
    most = next((e for e in better if e.arm == _strongest(better)), None)
    if most is None:
        return ""
    return (
        f"the money of {effects.label(rival_of(most.arm))} spent on staff does: {_sure(most)}"
        f"{changed(effects, most, named=False)}"
    )


def _elsewhere(effects: Effects, outcome: str) -> str:
    """Return the strongest clear gain in another headline than the first and the cost."""
    rows = [effects.get(a, o) for o in effects.headline if o not in (outcome, COST) for a in effects.own]
    better = [e for e in rows if e.judged == "better"]
    found = [e for e in better if e.verdict == "clearly"] or better
    if not found:
        return ""
    first = found[0].outcome
    group = [e for e in found if e.outcome == first]
    most = next(e for e in group if e.arm == _strongest(group))
    alone = "" if len(effects.own) == 1 else f" with {effects.label(most.arm)}"
    price = "" if len(effects.own) == 1 else _price(effects, most.arm, first)
    return f"better is {_sure(most)}{changed(effects, most)}{alone}{price}"


def _strongest(rows: Sequence[Effect]) -> str | None:
    """Return the arm of the largest change that may be named."""
    clear = [e for e in rows if e.clear]
    return max(clear, key=lambda e: abs(central(e, False)[0])).arm if clear else None
