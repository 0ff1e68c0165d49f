"""What a study varies: keys ``levers``, ``uncertainties`` and ``structure``, or what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Protocol, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from stcsim.errors import quote
from stcsim.mechanisms import MECHANISMS, Mechanism
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.nodes import Steps
from stcsim.scenario.spec import ScenarioSpec, StructureSpec
from stcsim.study.factors import STRUCTURE, Factor, Role, is_assumed, known_quantities, ranged
from stcsim.study.study_file import Range, Scalar, StudySpec, Varied
from stcsim.study.worlds import MECHANISM, PARAMETERS, fit_together, with_values


class Say(Protocol):
    """Notes a problem."""

    def __call__(self, steps: Steps, message: str, repair: str = "", /) -> None:
        """Note what is wrong at `steps`, and what to write instead."""


def factors_of(
    spec: StudySpec, scenarios: Sequence[ScenarioSpec], arms: Sequence[ResolvedArm], say: Say
) -> tuple[Factor, ...]:
    """Return the factors of a study: levers, assumptions, structure, each in the order of the file.

    Assumptions of which only the group is named, and all of them, are sorted by path; a number that a
    scenario puts in place of such a default holds. Of mechanisms' own assumptions those that no arm uses are
    left out, except where worlds are drawn: these are worlds for all arms.

    Parameters
    ----------
    arms : of all scenarios
    say : told what is wrong
    """
    levers = [f for path, given in spec.levers.items() for f in _lever(path, given, arms, say)]
    taken = {f.path for f in levers}
    assumed = [f for f in _assumptions(spec, arms, say) if f.path not in taken or not f.yields]
    for f in assumed:
        if f.path in taken:
            say(("uncertainties", f.path), "this is a lever as well", "Leave it in one of the two.")
    assumed = [f for f in assumed if _fits(f, scenarios, say)]
    structure = [f for path, values in spec.structure.items() for f in _switch(path, values, say)]
    return (*levers, *assumed, *structure)


def _lever(path: str, given: Varied, arms: Sequence[ResolvedArm], say: Say) -> Iterator[Factor]:
    steps = ("levers", path)
    if wrong := lever_problem(path, arms):
        say(steps, *wrong)
        return
    if isinstance(given, Range):
        factor = _ranged(path, "lever", given, steps, say)
    else:
        factor = Factor(path, "lever", values=given)
    for value in () if factor is None else factor.levels(2):
        if said := lever_value_problem(path, value, arms):
            say(_value_steps(steps, given, value), said)
            return
    if factor is not None:
        yield factor


def _value_steps(steps: Steps, given: Varied, value: Scalar) -> Steps:
    """Return where a value of a factor stands."""
    if isinstance(given, Range):
        return (*steps, "low" if value == given.low else "high")
    return (*steps, given.index(value))


def lever_problem(path: str, arms: Sequence[ResolvedArm]) -> tuple[str, str] | None:
    """Return what is wrong with the path of a lever; None where nothing is.

    Parameters
    ----------
    arms : of the study; none where they are not known
    """
    parts = path.split(".")
    if len(parts) != 3 or parts[0] != MECHANISM:
        return f"{quote(path)} is no field of a mechanism", "Write mechanisms.<name>.<field>."
    _, mechanism, name = parts
    if mechanism not in MECHANISMS:
        return f"{quote(mechanism)} is no mechanism", _near(
            mechanism, MECHANISMS, "See: stcsim list mechanisms."
        )
    fields = MECHANISMS[mechanism].model_fields
    if name not in fields:
        return f"{quote(name)} is no field of {mechanism}", _near(
            name, fields, f"Known here: {', '.join(fields)}."
        )
    if arms and not any(m.name == mechanism for arm in arms for m in arm.mechanisms):
        return f"no arm has the mechanism {quote(mechanism)}", "Add one that has it, or leave this out."
    return None


def lever_value_problem(path: str, value: Scalar, arms: Iterable[ResolvedArm]) -> str:
    """Return why a value cannot be set in some arm; empty where it can in all."""
    _, mechanism, name = path.split(".")
    for m in (m for arm in arms for m in arm.mechanisms if m.name == mechanism):
        if said := _refusal(m, name, value):
            return f"{quote(value)} cannot be set: {said}"
    return ""


def _refusal(mechanism: Mechanism, name: str, value: Scalar) -> str:
    try:
        with_values(mechanism, {name: value})
    except ValidationError as error:
        said = str(error.errors(include_url=False)[0]["msg"])
        return said.removeprefix("Value error, ").rstrip(".").replace("Input should", "it should")
    return ""


def _assumptions(spec: StudySpec, arms: Sequence[ResolvedArm], say: Say) -> Iterator[Factor]:
    given = spec.uncertainties
    worlds = spec.design.kind == "worlds"
    used = set(MECHANISMS) if worlds or not arms else {m.name for arm in arms for m in arm.mechanisms}
    if given == "none":
        return
    if given == "all":
        yield from _of_groups("", used)
        return
    if isinstance(given, dict):
        entries: list[tuple[str, Varied | None, Steps]] = [
            (path, varied, ("uncertainties", path)) for path, varied in given.items()
        ]
    else:
        entries = [(path, None, ("uncertainties", i)) for i, path in enumerate(given)]
    seen: set[str] = set()
    for path, varied, steps in entries:
        for factor in _named(path, varied, steps, used, say):
            if factor.path in seen:
                say(steps, f"{quote(factor.path)} stands here twice", "Name it once.")
                break
            seen.add(factor.path)
            yield factor


def _of_groups(path: str, used: set[str]) -> list[Factor]:
    """Return what worlds draw of a group, or of all of them, by path."""
    return [
        Factor(q.path, "uncertainty", q, yields=True)
        for q in sorted(known_quantities().values(), key=lambda q: q.path)
        if is_assumed(q)
        and (not path or q.path.startswith(f"{path}."))
        and (q.path.startswith(f"{PARAMETERS}.") or q.path.split(".")[1] in used)
    ]


def _named(path: str, varied: Varied | None, steps: Steps, used: set[str], say: Say) -> Iterator[Factor]:
    known = known_quantities()
    if path not in known:
        group = _of_groups(path, used) if "." in path else []
        if not group:
            say(steps, f"{quote(path)} is no assumption and no group of them", near_path(path))
        elif varied is not None:
            say(steps, "a group has no range of its own", "Name its members one by one, or give it none.")
        yield from group if varied is None else ()
        return
    if varied is None:
        if known[path].sweep is None:
            said = f"{quote(path)} has no range in the register"
            say(steps, said, "Give it one: {low: ..., high: ...}.")
            return
        yield Factor(path, "uncertainty", known[path])
    elif isinstance(varied, Range):
        factor = _ranged(path, "uncertainty", varied, steps, say)
        if factor is not None:
            yield factor
    else:
        wrong = next((v for v in varied if isinstance(v, (bool, str))), None)
        if wrong is not None:
            say((*steps, varied.index(wrong)), f"{quote(wrong)} stands where a number belongs")
            return
        yield Factor(path, "uncertainty", values=varied)


def _ranged(path: str, role: Role, given: Range, steps: Steps, say: Say) -> Factor | None:
    quantity = known_quantities().get(path)
    if quantity is None:
        say(steps, "this takes no range: it is no number", "List its values: [ ... ].")
        return None
    if not given.low < given.high:
        say((*steps, "high"), f"{given.high:g} is not above 'low', which is {given.low:g}")
        return None
    if isinstance(quantity.default, int) and not (given.low.is_integer() and given.high.is_integer()):
        say(steps, "the ends have to be whole numbers, as the quantity is")
        return None
    if quantity.default is None:
        say(steps, "this takes no range: it may be left open", "List its values: [ ... ].")
        return None
    return ranged(path, role, given.low, given.high)


def _fits(factor: Factor, scenarios: Sequence[ScenarioSpec], say: Say) -> bool:
    """Whether each end of an assumption is valid by itself in every scenario, as far as bounds go."""
    if factor.yields:
        return True
    quantity = known_quantities()[factor.path]
    for value in factor.levels(2):
        number = float(value)
        below = quantity.low is not None and number < quantity.low
        above = quantity.high is not None and number > quantity.high
        whole = isinstance(quantity.default, int) and not number.is_integer()
        if below or above or whole or (factor.values and not _alone(factor, value, scenarios)):
            bounds = f"from {quantity.low:g} " if quantity.low is not None else ""
            bounds += f"to {quantity.high:g}" if quantity.high is not None else ""
            said = f"{number:g} is not allowed here"
            say(("uncertainties", factor.path), said, f"Stay {bounds.strip()}." if bounds else "")
            return False
    return True


def _alone(factor: Factor, value: Any, scenarios: Sequence[ScenarioSpec]) -> bool:
    return all(fit_together(s, factor.group, {factor.path: value}) for s in scenarios)


def _switch(path: str, values: tuple[Any, ...], say: Say) -> Iterator[Factor]:
    for i, value in enumerate(values):
        if wrong := switch_problem(path, value):
            known = path in _switches()
            say((STRUCTURE, path, i) if known else (STRUCTURE, path), *wrong)
            return
    yield Factor(path, "structure", values=values)


def _switches() -> dict[str, FieldInfo]:
    """Return the structural switches by their paths."""
    return {f"{STRUCTURE}.{name}": info for name, info in StructureSpec.model_fields.items()}


def switch_problem(path: str, value: Scalar) -> tuple[str, str] | None:
    """Return what is wrong with a structural switch or its value; None where nothing is."""
    fields = _switches()
    if path not in fields:
        known = f"Known here: {', '.join(fields)}."
        return f"{quote(path)} is no structural switch", _near(path, fields, known)
    choices = get_args(fields[path].annotation)
    if value not in choices:
        return f"{quote(value)} is none of the choices", f"Choose from: {', '.join(choices)}."
    return None


def _near(word: str, known: Iterable[str], otherwise: str) -> str:
    close = get_close_matches(word[:60], list(known), n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return otherwise


def near_path(path: str) -> str:
    """Return the path that was meant: spelt otherwise, or given without its beginning."""
    known = known_quantities()
    tail = [p for p in known if p.endswith(f".{path}")]
    if tail:
        return f"Did you mean '{tail[0]}'?"
    return _near(path, [*known, *{p.rpartition(".")[0] for p in known}], "See: stcsim list parameters.")
