"""Nothing is always right: a placebo, unvetted information, checks without consequence, more seizures.

Tests of "no better" are equivalence tests: two one-sided tests at 95% with the margin stated. Where nothing
differs, one whose margin is 3.3 standard errors of the paired difference is passed with 90%.
"""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from tests.equivalence import ONE_SIDED, equivalent
from tests.evidence.pairs import CLEARLY, PAIRS, Seed, effect, outcomes, seeds, standard_errors_away
from tests.regions import at_once, compared, raw_region, small_region, spec_of, warmed

PLACEBO = (at_once("placebo_meetings"),)
VETTED, UNVETTED = ((at_once("information_sharing_agreement", vetting=v),) for v in (True, False))


MARGINS = {
    "diversions": 0.03,
    "diversions_weighted": 0.04,
    "detection_share": 0.05,
    "unintentional_violations": 0.01,
    "captured_capacity": 0.002,
    "competence": 0.002,
    "political_will": 0.01,
    "frontline_days_restricted": 0.01,
    "licit_detained": 0.02,
    "stat_seizures": 0.03,
}
"""Shares of the baseline: 4 standard errors of the paired difference or more."""


def test_a_placebo_does_not_look_better(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    for name, margin in MARGINS.items():
        level = np.nanmean(outcomes((), chosen)[name])
        assert equivalent(effect(PLACEBO, name, chosen), margin=margin * level), name


def test_a_placebo_leaves_ties_alone_and_takes_time(seed_of: Seed) -> None:
    """Trust changes where a donor that assesses the strained bodies plans another course, which is rare."""
    chosen = seeds(seed_of)
    for name in ("recognition", "centralisation"):
        assert not effect(PLACEBO, name, chosen).any(), name
    trust = effect(PLACEBO, "trust", chosen)
    assert np.count_nonzero(trust) <= PAIRS // 4
    assert equivalent(trust, margin=0.001 * outcomes((), chosen)["trust"].mean())
    assert (effect(PLACEBO, "coordination_hours", chosen) > 0).all()
    assert standard_errors_away(effect(PLACEBO, "licence_days_mean", chosen)) > CLEARLY


def test_a_placebo_moves_no_trust_where_no_donor_plans(seed_of: Seed) -> None:
    """With what donors deliver fixed, at nothing, the same meetings cost the same hours and tie nobody."""
    chosen, spec = seeds(seed_of), small_region(counted=52, donors=[])
    found = compute(Tables.of(spec, compared(spec, chosen, [(), PLACEBO]).state))
    hours, *ties = (
        np.diff(found[name].reshape(2, -1), axis=0)
        for name in ("coordination_hours", "trust", "recognition", "centralisation")
    )
    assert (hours > 0).all()
    assert not any(tie.any() for tie in ties)


def test_a_working_group_does_what_the_placebo_beside_it_does_not(seed_of: Seed) -> None:
    """The same people, meetings and hours: what is exchanged makes the difference."""
    group = (at_once("interagency_working_group", form="lead"),)
    chosen = seeds(seed_of)
    meetings = [outcomes(a, chosen)["coordination_hours_meetings"].mean() for a in (group, PLACEBO)]
    assert meetings[0] == pytest.approx(meetings[1], rel=0.1)
    for name, sign in (("trust", 1), ("stat_items_shared", 1), ("frontline_days_restricted", -1)):
        assert sign * standard_errors_away(effect(group, name, chosen, PLACEBO)) > CLEARLY, name


def test_unvetted_sharing_does_worse_than_vetted(seed_of: Seed) -> None:
    """It costs honest trade more and leaves more unread, and does no better against illicit transfers.

    Margin 4% of the transfers of the baseline; the standard error of the difference is .6%.
    """
    chosen = seeds(seed_of)
    for name in ("licit_false_hits", "unread_share"):
        assert standard_errors_away(effect(UNVETTED, name, chosen, VETTED)) > CLEARLY, name
    harm = [effect(a, "licit_false_hits", chosen).mean() for a in (UNVETTED, VETTED)]
    assert harm[0] > 1.5 * harm[1]
    level = outcomes((), chosen)["diversions"].mean()
    assert equivalent(effect(UNVETTED, "diversions", chosen, VETTED), margin=0.04 * level)


def test_checks_work_by_the_consequence_of_refusal(seed_of: Seed) -> None:
    """The same checks after delivery, with and without a consequence."""
    chosen = seeds(seed_of)
    with_, without = (
        (at_once("post_shipment_checks", consequence=c, per_year=100.0, pre_licence_per_year=0.0),)
        for c in (True, False)
    )
    assert standard_errors_away(effect(with_, "diversions", chosen)) < -CLEARLY
    assert standard_errors_away(effect(with_, "diversions", chosen, without)) < -CLEARLY
    # a check after delivery interdicts nothing
    assert not effect(without, "interdictions_prelicence", chosen).any()


@pytest.mark.slow
def test_a_plan_without_activities_captures_what_is_there_and_no_more(seed_of: Seed) -> None:
    """A capture plan beside a training programme beats the sum of both alone."""
    chosen = seeds(seed_of)
    plan, courses = at_once("capacity_capture"), at_once("training_programme")
    both = effect((plan, courses), "captured_frontline", chosen)
    apart = effect((plan,), "captured_frontline", chosen) + effect((courses,), "captured_frontline", chosen)
    assert standard_errors_away(both - apart) > CLEARLY


def test_legal_clearance_needs_somebody_who_exchanges(seed_of: Seed) -> None:
    """Beside an agreement it lets more items cross than alone: neither does the other's part."""
    chosen = seeds(seed_of)
    clears, agrees = at_once("legal_clearance"), at_once("information_sharing_agreement")
    both = effect((clears, agrees), "stat_items_shared", chosen)
    apart = effect((clears,), "stat_items_shared", chosen) + effect((agrees,), "stat_items_shared", chosen)
    assert standard_errors_away(both - apart) > CLEARLY


def test_more_seizures_are_not_more_detection(seed_of: Seed) -> None:
    """Where networks try twice as often, statistics show more seizures; the share caught has not risen.

    The margin of three hundredths above is 4 standard errors between independent runs.
    """
    chosen = seeds(seed_of)
    raw = raw_region()
    for network in raw["networks"]:
        network["attempts"] *= 2
    engine = warmed(spec_of(raw), chosen)
    state = engine.branch(range(len(chosen)), [()] * len(chosen)).finish().state
    busy = compute(Tables.of(engine.spec, state))
    usual = outcomes((), chosen)
    assert standard_errors_away(busy["stat_seizures"] - usual["stat_seizures"]) > CLEARLY
    risen = busy["detection_share"] - usual["detection_share"]
    assert risen.mean() + ONE_SIDED * risen.std(ddof=1) / np.sqrt(len(risen)) < 0.03
