"""What a scenario says in vain: shocks that change nothing, arms that choose nothing or not their namesake.

None of it is wrong, so nothing is refused. It is said before anything is run: silence reads like a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.scenario.roster import holder_entries
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks import SHOCKS, Shock
from stcsim.shocks.base import Answer, Impairment, Insider, Strain, Tips

_OF_NETWORKS = ("attempts", "wariness", "passage", "transit")
"""Drives that nobody but networks feels."""
_RECEIVE_TIPS = ("customs_headquarters", "intelligence")
_AT_BORDER = ("post", "stretch")


def notes(spec: ScenarioSpec, arms: Iterable[ResolvedArm]) -> tuple[str, ...]:
    """Return a line for each shock of a scenario, and each of some arms, that is not what it seems to be."""
    return (*_of_shocks(spec), *_of_arms(arms))


def _of_arms(arms: Iterable[ResolvedArm]) -> Iterator[str]:
    for arm in arms:
        if arm.name != BASELINE and not arm.mechanisms:
            yield f"arm '{arm.name}': chooses no mechanism, so it equals the baseline"
        elif arm.name in MECHANISMS and all(m.name != arm.name for m in arm.mechanisms):
            yield f"arm '{arm.name}': has the name of a mechanism that it does not choose; this arm is meant"


def _of_shocks(spec: ScenarioSpec) -> Iterator[str]:
    for name in SHOCKS:
        several = getattr(spec.shocks, name)
        for k, shock in enumerate(several):
            path = f"shocks.{name}[{k}]" if len(several) > 1 else f"shocks.{name}"
            if reason := _never(shock, spec.time.counted_weeks) or _nothing(shock) or _nobody(shock, spec):
                yield f"{path}: {reason}"


def _never(shock: Shock, weeks: int) -> str:
    """Return why a shock strikes in no week of a run; empty where it does, or is known of before."""
    first = min((shock.at_week - w.notice_weeks for w in shock.withdrawals()), default=shock.at_week)
    if first < weeks:
        return ""
    return f"never strikes: week {shock.at_week} is after the end ({weeks} weeks counted, from week 0)"


def _nothing(shock: Shock) -> str:
    """Return that a shock has no strength; empty where something of it has some."""
    felt = [
        *(_has_strength(answer) for answer in shock.strains()),
        *(any((d.knowledge, d.practices, d.skills, d.tools)) for d in shock.damages()),
        *(e.share > 0 for e in shock.emergences()),
        *(True for _ in shock.withdrawals()),
    ]
    return "" if any(felt) else "does nothing: its strength is set to none"


def _has_strength(answer: Answer) -> bool:
    if isinstance(answer, Strain):
        return answer.factor != 1
    if isinstance(answer, Impairment):
        return (answer.staff, answer.exchange) != (1, 1)
    return answer.share > 0 if isinstance(answer, Insider) else answer.per_year > 0


def _nobody(shock: Shock, spec: ScenarioSpec) -> str:
    """Return whom a shock would have to befall and does not find; empty where it finds everybody."""
    answers = tuple(shock.strains())
    for one in shock.withdrawals():
        there = (d for d in spec.donors if one.donor in ("", d.id))
        if not any(not one.country or not d.countries or one.country in d.countries for d in there):
            return "does nothing: no such donor works there"
    if not spec.networks:
        strains = (a for a in answers if isinstance(a, Strain) and a.factor != 1)
        felt = [a.drive for a in strains if a.drive in _OF_NETWORKS]
        if felt:
            return f"{' and '.join(felt)} concern networks, and this scenario has none"
        if any(shock.emergences()):
            return "does nothing: only networks want the technology, and this scenario has none"
    for answer in answers:
        if isinstance(answer, Tips) and not any(_anybody(spec, answer.country, r) for r in _RECEIVE_TIPS):
            return "does nothing: no customs headquarters or intelligence is there to receive a tip"
        if isinstance(answer, Insider) and not _anybody(spec, answer.country, "post"):
            return "does nothing: there is no checkpoint or stretch"
        if isinstance(answer, Impairment) and not _anybody(spec, answer.country, answer.body):
            return f"does nothing: there is no {answer.body or 'body'} in {answer.country or 'this scenario'}"
    return ""


def _anybody(spec: ScenarioSpec, country: str, body: str) -> bool:
    """Whether a country (any when empty) has a body of a role, at its border (``post``), or at all."""
    own = (h for h in holder_entries(spec) if not country or h.country == country)
    if body == "post":
        return any(h.kind in _AT_BORDER for h in own)
    return any(h.role == body and h.kind not in _AT_BORDER for h in own) if body else any(True for _ in own)
