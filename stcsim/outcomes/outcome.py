"""What an outcome is, and how a function becomes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stcsim.draws import F8
from stcsim.outcomes.info import Better, OutcomeInfo, View
from stcsim.outcomes.tables import Tables

FAMILIES: dict[str, str] = {
    "diversion": "Illicit transfers",
    "enforcement": "Enforcement",
    "prosecution": "From seizure to conviction",
    "trade": "Honest trade",
    "capacity": "Capacity",
    "training": "Training",
    "coordination": "Coordination",
    "cost": "Cost",
    "lists": "Control lists",
    "recovery": "Recovery from shocks",
    "statistics": "Own statistics",
}
"""Names of the groups that outcomes are listed under, by the file that holds them, in their order."""

Computation = Callable[[Tables], F8]
REGISTERED: dict[str, Outcome] = {}


@dataclass(frozen=True)
class Outcome:
    """One outcome: what is said about it, and how it is computed.

    Parameters
    ----------
    info : description
    compute : function of the tables of R runs; returns shape (R,), NaN where the outcome is not defined
    """

    info: OutcomeInfo
    compute: Computation


def outcome(
    *, label: str, unit: str, better: Better, view: View = "truth", undefined: str = ""
) -> Callable[[Computation], Computation]:
    """Register the decorated function as the outcome of its name; its docstring is the definition.

    Parameters
    ----------
    undefined : when there is no value, in words; empty for outcomes that always have one
    """

    def register(function: Computation) -> Computation:
        text = _definition(function, undefined)
        _add(function, function.__name__, label, unit, better, view, text)
        return function

    return register


def outcomes(
    name: str,
    each: Mapping[str, str],
    *,
    label: str,
    unit: str,
    better: Better,
    view: View = "truth",
    undefined: str = "",
) -> Callable[[Callable[[Tables, str], F8]], Callable[[Tables, str], F8]]:
    """Register the decorated function once for each of several kinds.

    Parameters
    ----------
    name : first part of the outcomes' names; the kind follows
    each : words for each kind; they stand for ``{}`` in `label` and in the docstring
    """

    def register(function: Callable[[Tables, str], F8]) -> Callable[[Tables, str], F8]:
        for kind, words in each.items():

            def compute(tables: Tables, kind: str = kind) -> F8:
                return function(tables, kind)

            text = _definition(function, undefined).format(words)
            compute.__module__ = function.__module__
            _add(compute, f"{name}_{kind}", label.format(words), unit, better, view, text)
        return function

    return register


def _definition(function: Callable[..., F8], undefined: str) -> str:
    text = " ".join((function.__doc__ or "").split())
    return f"{text} Undefined {undefined}." if undefined else text


def _add(
    function: Computation, name: str, label: str, unit: str, better: Better, view: View, text: str
) -> None:
    if name in REGISTERED:
        raise ValueError(f"two outcomes are called {name}")
    family = FAMILIES[function.__module__.rpartition(".")[2]]
    REGISTERED[name] = Outcome(OutcomeInfo(name, label, unit, better, family, view, text), function)
