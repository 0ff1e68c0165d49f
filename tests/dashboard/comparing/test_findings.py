"""What pages say of a comparison, on a small real one and on invented numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

pytest.importorskip("solara")

import stcsim
from stcsim.api.results import ComparisonResult
from stcsim.dashboard.comparing.choosing import (
    NOBODY,
    best_in,
    choices_finding,
    choices_table,
    chosen_by,
)
from stcsim.dashboard.comparing.findings import (
    caution,
    gaps,
    outcomes_table,
    payers_formats,
    payers_table,
    points,
)
from stcsim.dashboard.comparing.glance import change, glance_table, interval
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.findings import across_arms, verdict_words
from stcsim.pictures.words import MISSING, capital, number, percent, span
from tests.report import synthetic

FEW = ("frontline_channel", "coordinating_entity", "training_programme")


@pytest.fixture(scope="module")
def real() -> ComparisonResult:
    short = ("time.warm_up_weeks=14", "time.counted_weeks=52")
    return stcsim.compare("small_region", replications=4, overrides=short, jobs=1)


@pytest.fixture(scope="module")
def real_effects(real: ComparisonResult) -> Effects:
    return effects_of(real.comparison, real.labels)


@pytest.fixture(scope="module")
def invented() -> Effects:
    arms = synthetic.with_rivals({a: synthetic.ARMS[a] for a in FEW})
    runs = synthetic.runs_of(arms, replications=12, worlds=12)
    return effects_of(synthetic.comparison_of(runs), synthetic.LABELS)


def test_findings_are_the_sentences_of_the_report(real: ComparisonResult, real_effects: Effects):
    found = points(real_effects)
    for outcome, sentence in zip(real_effects.headline, found, strict=False):
        assert sentence == across_arms(real_effects, outcome) or "cost" in sentence.lower()
    assert "thousand US dollars" in found[-1]


def test_unvaried_assumptions_are_said_first(real_effects: Effects, invented: Effects):
    assert "not varied" in caution(real_effects)
    assert "12 [[sampled set|sampled sets]]" in caution(invented)
    assert not any("not varied" in gap for gap in gaps(real_effects))


def test_a_change_and_its_interval_are_those_that_were_asked_for(invented: Effects):
    e = invented.get("coordinating_entity", "diversions")
    assert change(invented, e.arm, e.outcome) == percent(e.share)
    assert interval(invented, e.arm, e.outcome) == span(*e.runs(True), relative=True)
    mean, ends = e.over_worlds(True)
    assert change(invented, e.arm, e.outcome, "assumptions") == percent(mean)
    assert interval(invented, e.arm, e.outcome, "assumptions") == span(*ends, relative=True)


def test_at_a_glance_every_arm_has_a_word_in_every_headline(invented: Effects):
    table = glance_table(invented)
    assert len(table) == len(invented.arms)
    assert list(table.columns[1:]) == [capital(invented.info(o).label) for o in invented.headline]
    first = invented.arms[0]
    said = table.iloc[0, 1]
    assert said.endswith(verdict_words(invented.get(first, "diversions")))
    assert "same money on staff" in table.iloc[1, 0]


def test_every_outcome_is_in_the_table_and_exploratory_ones_are_marked(real_effects: Effects):
    table = outcomes_table(real_effects, real_effects.own[0])
    assert len(table) == len(real_effects.infos)
    kinds = table["Kind"].tolist()
    assert kinds[: len(real_effects.headline)] == ["headline"] * len(real_effects.headline)
    assert set(kinds[len(real_effects.headline) :]) == {"exploratory"}
    assert set(table["Seen"]) == {"as it is", "as statistics show it"}
    assert "Mean over assumptions" not in table.columns


def test_who_pays_adds_up(real: ComparisonResult, real_effects: Effects):
    table = payers_table(real_effects, real.comparison, real.runs)
    assert table is not None
    formats = payers_formats(table)
    assert set(formats) == set(table.select_dtypes("number").columns)
    parts = table.drop(columns=["Arm", "Total", "Of the baseline's own", "For each one fewer"]).sum(axis=1)
    assert parts.tolist() == pytest.approx(table["Total"].tolist(), abs=1e-6)


def test_one_fewer_costs_the_money_over_the_change_where_there_is_one():
    arms = {
        "coordinating_entity": {"diversions": -0.3, "total_cost": 0.1},
        "industry_outreach": {"total_cost": 0.1},
    }
    runs = synthetic.runs_of(arms, replications=12, worlds=0)
    runs = runs.assign(cost_national=runs["total_cost"], cost_donor=0.0, cost_industry=0.0, hours_value=0.0)
    comparison = synthetic.comparison_of(runs)
    effects = effects_of(comparison, synthetic.LABELS)
    table = payers_table(effects, comparison, runs)
    assert table is not None
    found = table.set_index("Arm")["For each one fewer"]
    cost, change = (effects.get("coordinating_entity", o).mean for o in ("total_cost", "diversions"))
    assert found["Coordinating entity"].startswith(f"{number(cost / -change)} (")
    assert found["Industry outreach"] == MISSING
    assert "National budgets" in table.columns


def test_notes_call_arms_and_outcomes_as_people_do(invented: Effects):
    noted = replace(
        invented,
        notes=(
            "coordinating_entity~staff: 2 of 40 pairs are missing",
            "few: licit_delay_mean of frontline_channel (3 of 10), diversions of x (1 of 10)",
            "diversions: no diversions are told",
            "assumptions were not varied: it shows chance alone",
        ),
    )
    assert gaps(noted) == (
        f"{invented.label('coordinating_entity~staff')}: 2 of 40 pairs are missing",
        f"Few: mean delay of honest consignments of {invented.label('frontline_channel')} (3 of 10), "
        "illicit transfers completed of x (1 of 10)",
        "Illicit transfers completed: no diversions are told",
    )


def test_what_a_challenge_is_seen_in_is_told_where_it_is_no_headline(
    real_effects: Effects, invented: Effects
):
    plain = points(real_effects)
    told = points(real_effects, challenge="identifying_goods")
    more = [sentence for sentence in told if sentence not in plain]
    assert len(more) == 2
    assert all(sentence.endswith(", an exploratory outcome") for sentence in more)
    assert points(invented, challenge="inconsistent_checkpoints")[:3] == points(invented)[:3]


def test_who_bears_a_cost_is_named_beside_it(real_effects: Effects):
    line = next(sentence for sentence in points(real_effects) if sentence.startswith("Total cost"))
    assert "with Frontline channel (hours at wage)" in line


def test_statistics_choose_the_arm_in_which_they_rise_most(invented: Effects):
    assert chosen_by(invented, "stat_people_trained") == "training_programme"
    assert best_in(invented, "diversions") == "coordinating_entity"
    table = choices_table(invented).set_index("By this statistic")
    assert table.loc["People trained", "You would choose"] == invented.label("training_programme")
    assert "0 of 2 statistics would choose" in choices_finding(invented)


def test_a_statistic_that_does_not_move_chooses_nobody():
    arms = {"coordinating_entity": synthetic.ARMS["coordinating_entity"]}
    runs = synthetic.runs_of(arms, replications=8, worlds=0)
    effects = effects_of(synthetic.comparison_of(runs), synthetic.LABELS)
    assert set(choices_table(effects)["You would choose"]) == {NOBODY}
    assert "no statistic tells" in choices_finding(effects)
