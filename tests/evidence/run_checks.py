"""Checks that run the region: what roles, mechanisms, firms and donors do there, seen over all outcomes."""

from __future__ import annotations

import numpy as np

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.agency import COMPETENCES_OF, ROLES
from stcsim.actors.vocabulary import COMPETENCES, PILLARS
from stcsim.engine.engine import Engine
from stcsim.mechanisms import MECHANISMS
from stcsim.outcomes.registry import OUTCOMES
from tests.evidence.checking import FEW, Checked, check, outcomes_of
from tests.evidence.rows import REGION, mechanism, specification
from tests.evidence.running import units


@check
def activity_catalogue(offset: int) -> Checked:
    """At least 60 kinds, no two alike, all five pillars, competences that exist; donors plan with several."""
    names = {a.name for a in CATALOGUE}
    trains = [a for a in CATALOGUE if a.competences]
    valid = all(set(a.competences) <= set(COMPETENCES) for a in CATALOGUE) and len(names) == len(CATALOGUE)
    covers = {a.pillar for a in trains} == set(PILLARS)
    spec = specification(REGION, ())
    engine = Engine.begin(spec, [units([0], 1, offset)[0].seed]).warm().finish()
    used = len(np.unique(engine.state.activities.col("activity")))
    passed = len(trains) >= 60 and valid and covers and used >= 5
    return (
        float(len(trains)),
        passed,
        f"{len(trains)} kinds that train, {used} of them planned by donors in one run",
    )


@check
def roles_differ(offset: int) -> Checked:
    """Take the staff of one role at a time: each role moves outcomes, and no two the same by the same."""
    spec = specification(REGION, ())
    base = outcomes_of(spec, [()], 1, offset)[0]
    traces: dict[str, bytes] = {}
    for role in ROLES:
        producer = spec.countries[0]
        present = [a for a in producer.agencies if a.role != role]
        agencies = tuple(present) if len(present) < len(producer.agencies) else producer.agencies
        if agencies is producer.agencies:
            continue
        without = spec.model_copy(
            update={"countries": (producer.model_copy(update={"agencies": agencies}), *spec.countries[1:])}
        )
        found = outcomes_of(without, [()], 1, offset)[0]
        traces[role] = b"".join(np.nan_to_num(found[n] - base[n]).tobytes() for n in OUTCOMES)
    moving = {role for role, trace in traces.items() if any(trace)}
    distinct = len(set(traces.values()))
    uses = len({COMPETENCES_OF[r] for r in traces})
    passed = len(moving) == len(traces) == distinct
    return (
        float(distinct),
        passed,
        f"{distinct} of {len(traces)} roles leave a trace of their own; {uses} sets of competences",
    )


@check
def unaware_firms_detect_nothing(offset: int) -> Checked:
    """Without awareness, contagion and outreach no attempt ends by a firm's report."""
    settings = [
        f"countries[{c.id}].firms[{f.id or f.firm_class + '_' + f.sector}].awareness=0"
        for c in specification(REGION, ()).countries
        for f in c.firms
    ]
    spec = specification(REGION, tuple(settings))
    found = outcomes_of(spec, [()], FEW, offset)[0]["interdictions_report"]
    usual = outcomes_of(specification(REGION, ()), [()], FEW, offset)[0]["interdictions_report"]
    told = f"{found.sum():g} reports, {usual.sum():g} with awareness"
    return float(found.sum()), not found.any() and bool(usual.any()), told


@check
def severity_order(offset: int) -> Checked:
    """Rank mechanisms by transfers averted and by severity averted; the figure is how many pairs swap."""
    names = [n for n in MECHANISMS if n != "placebo_meetings"]
    arms = [(), *[(mechanism(n, {}),) for n in names]]
    found = outcomes_of(specification(REGION, ()), arms, FEW, offset)
    averted = {
        o: [float((found[0][o] - f[o]).mean()) for f in found[1:]]
        for o in ("diversions", "diversions_weighted")
    }
    by_count, by_weight = (np.argsort(np.argsort([-v for v in averted[o]])) for o in averted)
    swapped = sum(
        (by_count[i] < by_count[j]) != (by_weight[i] < by_weight[j])
        for i in range(len(names))
        for j in range(i)
    )
    top = [[names[i] for i in np.argsort(order)[:3]] for order in (by_count, by_weight)]
    pairs = len(names) * (len(names) - 1) // 2
    told = f"{swapped} of {pairs} pairs change places; "
    told += f"first by number {', '.join(top[0])}, by severity {', '.join(top[1])}"
    return float(swapped), len(names) > 10, told


@check
def staff_comparator(offset: int) -> Checked:
    """Each mechanism beside an arm of additional staff for the same money, to a twentieth of its cost."""
    spec = specification(REGION, ())
    names = [n for n in MECHANISMS if n not in ("additional_staff", "placebo_meetings")]
    found = outcomes_of(spec, [(), *[(mechanism(n, {}),) for n in names]], FEW, offset)
    costs = [float((f["total_cost"] - found[0]["total_cost"]).mean()) for f in found[1:]]
    unit = outcomes_of(spec, [(), (mechanism("additional_staff", {}),)], FEW, offset)
    a_thousand = float((unit[1]["total_cost"] - unit[0]["total_cost"]).mean()) / 500.0
    paid = [i for i, c in enumerate(costs) if c > 0]
    rivals = [
        (mechanism("additional_staff", {"thousand_usd_per_year": costs[i] / a_thousand}),) for i in paid
    ]
    staff = outcomes_of(spec, [(), *rivals], FEW, offset)
    spent = [float((s["total_cost"] - staff[0]["total_cost"]).mean()) for s in staff[1:]]
    close = [abs(s / costs[i] - 1) < 0.05 for i, s in zip(paid, spent, strict=True)]
    better = sum(
        bool(found[1 + i]["diversions"].mean() < s["diversions"].mean())
        for i, s in zip(paid, staff[1:], strict=True)
    )
    told = f"{sum(close)} of {len(names)} mechanisms beside staff of the same cost; "
    told += f"{better} of them let fewer transfers complete than it"
    free = [n for n, c in zip(names, costs, strict=True) if c <= 0]
    if free:
        told += f"; saving money, so that there is nothing to set beside them: {', '.join(free)}"
    return float(sum(close)), all(close), told
