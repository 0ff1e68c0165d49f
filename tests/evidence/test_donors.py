"""What donors know and tell each other: assessments apart and shared, reports, needs met, statistics."""

from __future__ import annotations

import pytest

from tests.evidence.pairs import CLEARLY, Seed, effect, outcomes, seeds, standard_errors_away
from tests.regions import at_once

APART, SHARED = ((at_once("pre_training_assessment", shared=s),) for s in (False, True))


def test_aid_follows_need_after_an_assessment(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    for arm in (APART, SHARED, (at_once("ecosystem_mapping"),)):
        assert standard_errors_away(effect(arm, "aid_need_correlation", chosen)) > CLEARLY


def test_a_shared_assessment_costs_less_and_does_no_worse_than_separate_ones(seed_of: Seed) -> None:
    """So it is the better one at equal cost."""
    chosen = seeds(seed_of)
    hours = [outcomes(arm, chosen)["coordination_hours_assessment"].mean() for arm in (APART, SHARED)]
    assert hours[0] == pytest.approx(2 * hours[1])
    assert (effect(SHARED, "total_cost", chosen, APART) < 0).all()
    per_dollar = [
        effect(arm, "captured_capacity", chosen) / effect(arm, "total_cost", chosen)
        for arm in (APART, SHARED)
    ]
    assert standard_errors_away(per_dollar[1] - per_dollar[0]) > CLEARLY


def test_donors_that_coordinate_answer_more_requests_and_deliver_less_twice(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    group = (at_once("donor_coordination"),)
    for name in ("duplication_share", "requests_unmet"):
        assert standard_errors_away(effect(group, name, chosen)) < -CLEARLY, name
    assert standard_errors_away(effect(group, "pillars_covered", chosen)) > CLEARLY


def test_reports_leave_more_competence_for_the_same_budgets(seed_of: Seed) -> None:
    chosen = seeds(seed_of)
    reports = (at_once("after_action_reporting"),)
    assert standard_errors_away(effect(reports, "competence", chosen)) > CLEARLY
