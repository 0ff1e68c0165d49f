"""Arms by name: those of the file, mechanisms with their defaults, and sums of both, such as ``a+b``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from stcsim.errors import InputError, Problem, quote
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.scenario.spec import ScenarioSpec

_LISTED = "Arms and mechanisms: "
BASELINE = "baseline"
"""The arm without mechanisms, which every comparison has."""


@dataclass(frozen=True)
class ResolvedArm:
    """What is chosen in one arm.

    Parameters
    ----------
    name : as on the command line and in tables
    label : for people
    mechanisms : what is chosen, in the order of their names within each part of a sum
    """

    name: str
    label: str
    mechanisms: tuple[Mechanism, ...] = ()


def arm_names(spec: ScenarioSpec) -> tuple[str, ...]:
    """Return the names of all arms of a scenario, the baseline first."""
    return (BASELINE, *(arm.name for arm in spec.arms))


def resolve_arms(names: Sequence[str], spec: ScenarioSpec) -> tuple[ResolvedArm, ...]:
    """Return the arms that `names` mean in a scenario, in the order given.

    A name is ``baseline``, an arm of the file, a mechanism (with its defaults), or several of the latter two
    joined by ``+``. Where an arm of the file is called like a mechanism, the arm is meant.

    Raises
    ------
    InputError
        With one problem for every name that means nothing, or is given twice; the first of those that mean
        nothing lists what is known.
    """
    known = sorted({*arm_names(spec), *MECHANISMS})
    problems: list[Problem] = []
    found: dict[frozenset[str], ResolvedArm] = {}
    for name in names:
        parts = [part.strip() for part in name.split("+")]
        wrong = _problems(parts, known)
        if wrong:
            problems += [p for p in wrong if p not in problems]
            continue
        whole = "+".join(parts)
        # a sum in another order is the same arm
        same = found.get(frozenset(parts))
        if same is not None:
            what = "is named twice" if whole == same.name else f"is the same as {quote(same.name)}"
            twice = Problem("", 0, 0, "arms", f"{quote(whole)} {what}", "Name it once.")
            problems += [twice] if twice not in problems else []
            continue
        resolved = [_resolve(part, spec) for part in parts]
        found[frozenset(parts)] = ResolvedArm(
            whole,
            " + ".join(arm.label for arm in resolved),
            tuple(m for arm in resolved for m in arm.mechanisms),
        )
    if problems:
        raise InputError(_listing_once(problems), "stcsim list mechanisms")
    return tuple(found.values())


def _listing_once(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems, of which only the first that lists what is known still does."""
    listing = [p for p in problems if p.repair.startswith(_LISTED)]
    return [replace(p, repair="") if p in listing[1:] else p for p in problems]


def _resolve(part: str, spec: ScenarioSpec) -> ResolvedArm:
    if part == BASELINE:
        return ResolvedArm(BASELINE, "Baseline")
    for arm in spec.arms:
        if arm.name == part:
            return ResolvedArm(part, arm.label or part, arm.chosen())
    return ResolvedArm(part, MECHANISMS[part].title, (MECHANISMS[part](),))


def _problems(parts: Sequence[str], known: Sequence[str]) -> list[Problem]:
    problems: list[Problem] = []
    for part in parts:
        if part not in known:
            close = get_close_matches(part, known, n=1)
            repair = f"Did you mean '{close[0]}'?" if close else f"{_LISTED}{', '.join(known)}."
            what = (
                f"{quote(part)} is no arm of this scenario and no mechanism" if part else "a name is missing"
            )
            problems.append(Problem("", 0, 0, "arms", what, repair))
    if not problems and len(set(parts)) < len(parts):
        problems.append(
            Problem("", 0, 0, "arms", f"{quote('+'.join(parts))} names a part twice", "Name it once.")
        )
    if not problems and BASELINE in parts and len(parts) > 1:
        message = f"{quote('+'.join(parts))} adds something to the arm in which nothing is chosen"
        problems.append(Problem("", 0, 0, "arms", message, f"Leave '{BASELINE}' out of the sum."))
    return problems
