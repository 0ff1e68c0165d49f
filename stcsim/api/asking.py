"""What may be asked for in a call: whole numbers, and arms as a list, one by one, or in one text."""

from __future__ import annotations

from collections.abc import Iterable
from operator import index

from stcsim.errors import InputError, quote
from stcsim.scenario.arms import ResolvedArm, arm_names, resolve_arms
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.design import with_baseline

ONE_WORLD = "one sampled set of assumptions says nothing of their spread: 0 or at least 2; for a verdict 10"
"""Why a single sampled world is refused."""


def check_numbers(**numbers: object) -> None:
    """Refuse what is no whole number; those of NumPy are.

    Raises
    ------
    InputError
        with the first that is none, by the name of its parameter
    """
    for name, number in numbers.items():
        try:
            # what cannot be an index is what is looked for here
            whole = not isinstance(number, bool) and index(number) is not None  # type: ignore[arg-type]
        except TypeError:
            whole = False
        if not whole:
            raise InputError(f"{name} has to be a whole number, not {quote(repr(number))}")


def arm_list(arms: object) -> list[str | ResolvedArm] | None:
    """Return arms as a list, None where none are given; one text may hold names with commas between them.

    Raises
    ------
    InputError
        they are neither names nor arms
    """
    if arms is None:
        return None
    if isinstance(arms, str):
        return [name.strip() for name in arms.split(",")]
    given: list[str | ResolvedArm] = []
    for arm in arms if isinstance(arms, Iterable) else [arms]:
        if not isinstance(arm, (str, ResolvedArm)):
            said = f"arms have to be names or arms, not {quote(repr(arm))}"
            raise InputError(said, "stcsim list mechanisms")
        given.append(arm)
    return given


def chosen_arms(arms: object, spec: ScenarioSpec) -> tuple[tuple[ResolvedArm, ...], tuple[str, ...] | None]:
    """Return what is chosen in a scenario, the baseline first, and names beside it as they were asked for.

    Parameters
    ----------
    arms : as `arm_list` takes them; None for all of the file, of which no names are asked for
    spec : scenario

    Raises
    ------
    InputError
        they are neither names nor arms, a name means nothing, or two arms have one
    """
    wanted = arm_list(arms)
    names = [a for a in wanted if isinstance(a, str)] if wanted is not None else list(arm_names(spec))
    given = [a for a in wanted or () if isinstance(a, ResolvedArm)]
    chosen = with_baseline([*resolve_arms(names, spec), *given])
    if len({a.name for a in chosen}) < len(chosen):
        raise InputError("two arms have one name")
    return chosen, None if wanted is None else tuple(a.name for a in chosen[1:])
