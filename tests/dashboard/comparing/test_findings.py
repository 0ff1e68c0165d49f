"""What pages say of a comparison, on a small real one and on invented numbers."""

from __future__ import annotations

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
    payers_table,
    points,
)
from stcsim.dashboard.comparing.tiles import small, tile
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.findings import across_arms, verdict_words
from stcsim.pictures.words import percent, span
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
    found = points(real_effects, real.runs)
    for outcome, sentence in zip(real_effects.headline, found, strict=False):
        assert sentence == across_arms(real_effects, outcome) or "cost" in sentence.lower()
    assert "thousand US dollars" in found[-1]


def test_unvaried_assumptions_are_said_first(real_effects: Effects, invented: Effects):
    assert "not varied" in caution(real_effects)
    assert "12 [[sampled set|sampled sets]]" in caution(invented)
    assert not any("not varied" in gap for gap in gaps(real_effects))


def test_a_card_says_the_change_with_both_intervals_and_the_level_last(invented: Effects):
    e = invented.get("coordinating_entity", "diversions")
    found = tile(invented, "coordinating_entity", "diversions")
    assert found.change == percent(e.share)
    assert found.verdict == verdict_words(e)
    assert found.judged == "better"
    assert [line.term for line in found.lines] == ["runs", "mean over assumptions", "assumptions"]
    assert found.lines[0].text == span(*e.runs(True), relative=True)
    assert found.lines[2].text == f"95% of sets {span(*e.assumptions(True), relative=True)}"
    assert found.rival
    assert "Baseline" in found.level
    over = tile(invented, "coordinating_entity", "diversions", "assumptions")
    assert over.change == percent(e.over_worlds(True)[0])
    assert over.lines[0].term == "assumptions"
    for part in (over.change, over.verdict, over.level):
        assert part in over.spoken


def test_what_is_unclear_is_neither_better_nor_worse_and_has_no_arrow(invented: Effects):
    unclear = [(a, o) for a in invented.own for o in invented.headline if not invented.get(a, o).clear]
    assert unclear
    for arm, outcome in unclear:
        found = tile(invented, arm, outcome)
        assert (found.judged, found.arrow) == ("", "")


def test_without_sampled_sets_a_card_says_so(real_effects: Effects):
    found = tile(real_effects, real_effects.own[0], "diversions", "assumptions")
    assert ("assumptions", "not varied") in [(line.term, line.text) for line in found.lines]
    assert "(" in small(real_effects, real_effects.own[0], "diversions")


def test_every_outcome_is_in_the_table_and_exploratory_ones_are_marked(real_effects: Effects):
    table = outcomes_table(real_effects, real_effects.own[0])
    assert len(table) == len(real_effects.infos)
    kinds = table["Kind"].tolist()
    assert kinds[: len(real_effects.headline)] == ["headline"] * len(real_effects.headline)
    assert set(kinds[len(real_effects.headline) :]) == {"exploratory"}
    assert set(table["Seen"]) == {"as it is", "as statistics show it"}
    assert "Mean over assumptions" not in table.columns


def test_who_pays_adds_up(real: ComparisonResult, real_effects: Effects):
    table = payers_table(real_effects, real.runs)
    assert table is not None
    parts = table.drop(columns=["Arm", "Total", "Of the baseline's own"]).sum(axis=1)
    assert parts.tolist() == pytest.approx(table["Total"].tolist(), abs=1e-6)


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
