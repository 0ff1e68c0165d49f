"""Mechanisms that do nothing where they are chosen, said before anything is run.

Their arm would differ from the baseline by nothing or by its costs alone, which reads like a finding.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from stcsim.engine.build import build
from stcsim.engine.schedule import Directory
from stcsim.mechanisms import Mechanism
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.roster import roster
from stcsim.scenario.spec import ScenarioSpec
from stcsim.scenario.timing import too_late, warning
from stcsim.structure.arrangements import Charge
from stcsim.structure.view import View


class _Everybody(Container[tuple[str, str]]):
    """Every pair: everybody knows of everybody's part."""

    def __contains__(self, pair: object) -> bool:
        return True


def idle_mechanisms(scenario: ScenarioSpec, arms: Sequence[ResolvedArm], seed: int = 1) -> tuple[str, ...]:
    """Return a warning, in one line, for each mechanism that does nothing in its arm.

    Law and rosters stay as they are at the start, so what is not met there never is, unless recognition is
    what is missing: that is drawn, and grows. It is looked at in one drawn start.

    Parameters
    ----------
    scenario : with the assumptions under which arms are looked at
    arms : what is chosen; arms without mechanisms are passed over
    seed : of the start that is looked at
    """
    found = idle_reasons(scenario, arms, seed)
    return tuple(warning(arm, mechanism, reason) for arm, mechanism, reason in found)


def idle_reasons(
    scenario: ScenarioSpec, arms: Sequence[ResolvedArm], seed: int = 1
) -> tuple[tuple[ResolvedArm, Mechanism, str], ...]:
    """Return each mechanism that does nothing in its arm, with the reason; see `idle_mechanisms`."""
    if not any(arm.mechanisms for arm in arms):
        return ()
    start = Directory.of(roster(scenario)).view(build(scenario, seed), 0, 0)
    known = replace(start, recognised=_Everybody())
    weeks = scenario.time.counted_weeks
    found = ((arm, m, too_late(m, weeks) or _reason(m, start, known)) for arm in arms for m in arm.mechanisms)
    return tuple(one for one in found if one[2])


def _reason(mechanism: Mechanism, start: View, known: View) -> str:
    """Return why a mechanism does nothing; empty where it does something, or fails: its runs say how.

    Parameters
    ----------
    start : what planners know at the start
    known : the same with everybody recognised
    """
    try:
        return _said(mechanism, start, known)
    except Exception:
        return ""


def _said(mechanism: Mechanism, start: View, known: View) -> str:
    if _works(mechanism, known):
        unmet = () if _works(mechanism, start) else mechanism.unmet(start)
        return f"is not in force at the start: it needs {_listed(unmet)}" if unmet else ""
    everywhere = mechanism.model_copy(update={"coverage": 1.0})
    if _works(everywhere, known):
        return (
            f"reaches nobody at coverage {mechanism.coverage:g}: whom it reaches goes by a hash of each "
            "identity; raise its coverage"
        )
    unmet = everywhere.unmet(known)
    return f"is never in force: it needs {_listed(unmet)}" if unmet else "arranges nothing with these values"


def _works(mechanism: Mechanism, view: View) -> bool:
    """Whether something is arranged, charges aside."""
    if mechanism.coverage <= 0 or mechanism.unmet(view):
        return False
    return any(not isinstance(item, Charge) for item in mechanism.arrange(view))


def _listed(reasons: Iterable[str]) -> str:
    return "; ".join(reasons)
