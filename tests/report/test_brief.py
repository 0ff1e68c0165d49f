"""The brief: every line that it has to hold, one printed side whatever is put into it, black and white."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.again import Again
from stcsim.analysis.comparison import compare_arms
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.pictures.effects import effects_of
from stcsim.pictures.leading import best_of, ranked
from stcsim.pictures.words import number
from stcsim.report import Provenance, ScenarioInfo
from stcsim.report.brief import BriefInputs, Gaps, Need, Robust, render_brief, write_brief
from stcsim.report.brief.answer import summary
from stcsim.report.brief.headlines import elsewhere, in_order, more_headlines
from stcsim.report.brief.missing import lacking_pairs, without_rival
from stcsim.report.brief.numbers import numbers_part
from stcsim.report.brief.options import _whole_percent, level_now, words_of
from stcsim.report.brief.statistics import moves_in_words
from stcsim.report.brief.timing import timing_line
from stcsim.report.study import ScenarioFindings, StudyFindings
from stcsim.report.study.parts import numbers
from tests.report import synthetic
from tests.report.printed import pages_when_printed
from tests.report.test_study_report import FACTS

SOME = ("frontline_channel", "training_programme", "industry_outreach")
LINES = (
    "Hours, by body",
    "What it needs",
    "From when it bites",
    "When the order turns",
    "What your statistics will show meanwhile",
    "What we do not know",
    "Next step",
)
HEADS = ("Option", "Honest trade waits", "Cost more, thousand US dollars", "Who pays")
NEED = Need("Frontline channel", "a customs headquarters with a duty officer", 0, 13)


def inputs_of(
    arms: Mapping[str, Mapping[str, float]], *, worlds: int = 12, rivals: bool = True, pairs: int = 8
) -> BriefInputs:
    """Return a brief on invented runs, with who pays, years and hours."""
    named = synthetic.with_rivals(arms) if rivals else dict(arms)
    runs = synthetic.runs_of(named, worlds=worlds, replications=pairs)
    for name, part in (
        ("cost_national", 0.5),
        ("cost_donor", 0.3),
        ("hours_value", 0.2),
        ("cost_industry", 0.0),
    ):
        runs[name] = part * runs["total_cost"]
    series = synthetic.series_of(named, replications=pairs)
    names = list(dict.fromkeys(str(a) for a in runs["arm"]))
    return BriefInputs(
        info=ScenarioInfo("region", "Four countries", "Which option lets fewer illicit transfers through?"),
        effects=effects_of(synthetic.comparison_of(runs), synthetic.LABELS),
        runs=runs,
        series=pd.concat([series, _money(series)]),
        bodies=synthetic.bodies_of(named, replications=pairs),
        needs=dict.fromkeys(arms, (NEED,)),
        provenance=Provenance("0.1.0", 7, "9f2c4e1ab77d", "stcsim compare region --worlds 12 --seed 7"),
        assumed=226,
        parameters=252,
        robust=Robust({names[1]: 9, "baseline": 3}, 12, ("awareness of small firms is above 0.6",)),
        counted_weeks=260,
    )


def _money(series: pd.DataFrame) -> pd.DataFrame:
    """Months of cost and hours: 10 each in the baseline, 15 in any arm."""
    own = series[series["name"] == "diversions"]
    value = np.where(own["arm"] == "baseline", 10.0, 15.0)
    names = ("cost_national", "cost_donor", "coordination_hours")
    return pd.concat([own.assign(name=name, value=value) for name in names])


@pytest.fixture(scope="module")
def usual() -> BriefInputs:
    return inputs_of({name: synthetic.ARMS[name] for name in SOME})


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


def test_every_line_is_there(usual: BriefInputs) -> None:
    page = render_brief(usual)
    root = ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))
    assert [e.text for e in root.iter("dt")] == list(LINES)
    assert all(e.text for e in root.iter("dd"))
    heads = [e.text for e in root.iter("th")]
    assert all(head in heads for head in HEADS)
    rows = [e.text for e in root.iter("th") if e.get("scope") == "row"]
    assert rows[:2] == ["Go on as now", "Channel between the frontline and the centre"]
    assert rows.count("Same money on staff") >= 1
    said = text_of(page)
    assert "Question. Which option lets fewer illicit transfers through?" in said
    assert "fewer illicit transfers completed (clearly;" in said
    assert "in year 1, then" in said
    assert "National budgets 50%, donors 30%, time of present staff 20%" in said
    assert "in force after 3 months" in said
    assert re.search(r"shows from month \d+ on under default assumptions", said)
    assert (
        "By illicit transfers completed, Channel between the frontline and the centre is first in 9 of 12"
        in said
    )
    assert "The order turns when awareness of small firms is above 0.6." in said
    assert "226 of 252 numbers are assumed" in said
    assert "Decide for Channel between the frontline and the centre" in said
    assert "stcsim compare region --worlds 12 --seed 7" in said


def test_black_and_white_and_nothing_from_outside(usual: BriefInputs) -> None:
    page = render_brief(usual)
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", page)) == {"#000", "#fff"}
    assert not re.search(r"<script|<img|<link|@import|url\(|https?:|rgb|gradient|opacity", page)


def test_the_same_inputs_give_the_same_bytes(usual: BriefInputs, tmp_path: Path) -> None:
    first = write_brief(tmp_path, usual)
    assert first == tmp_path / "brief.html"
    again = replace(usual, runs=usual.runs.sample(frac=1.0, random_state=2))
    assert first.read_text(encoding="utf-8") == render_brief(again)
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]


def test_gains_come_first_and_what_harms_last(usual: BriefInputs) -> None:
    assert best_of(usual.effects) == "frontline_channel"
    assert ranked(usual.effects)[0] == "frontline_channel"
    nothing = inputs_of({"legal_clearance": {}, "leadership_engagement": {"diversions": 0.4}})
    assert best_of(nothing.effects) is None
    said = text_of(render_brief(nothing))
    assert "No gain in illicit transfers completed can be told from chance or from assumptions" in said
    alone = inputs_of({"legal_clearance": {}}, worlds=0)
    said = text_of(render_brief(replace(alone, robust=None)))
    assert "completed can be told from chance for the option." in said
    assert not re.search(r"shows from month|does not show for sure", said)
    assert "Decide nothing on this" in said


def test_what_is_first_in_few_sets_is_a_trial(usual: BriefInputs) -> None:
    few = replace(usual, robust=Robust({"frontline_channel": 2, "baseline": 10}, 12, looked=True))
    said = text_of(render_brief(few))
    assert "So the order is not settled. Which assumption turns it, 12 sets can hardly show." in said
    assert "Start Channel between the frontline and the centre as a trial" in said


def test_sets_in_which_nothing_differs_are_no_firsts(usual: BriefInputs) -> None:
    some = Robust({"frontline_channel": 17, "baseline": 2}, 240, looked=True, same=218, close=3)
    said = text_of(render_brief(replace(usual, robust=some)))
    counts = (
        "go on as now in 2; nothing differs in 218, in 3 no more than chance explains. So the order is not"
    )
    assert "the centre is first in 17 of 240 sampled sets" in said
    assert counts in said
    none = inputs_of({"legal_clearance": {}})
    same = Robust({"legal_clearance": 0, "baseline": 0}, 5, looked=True, same=5)
    said = text_of(render_brief(replace(none, robust=same)))
    assert "No option gains for sure, so none is first. By illicit transfers completed, in 5 sampled" in said
    assert "nothing differs in 5." in said
    assert "is first in" not in said


def test_too_few_sets_are_not_none(usual: BriefInputs) -> None:
    said = text_of(render_brief(replace(usual, robust=None, sampled=3)))
    assert "Not known: 3 sets of assumptions in which every option has a result are too few" in said
    assert "were not varied, so" not in said


def test_what_is_lacking_is_said_and_is_the_next_step(usual: BriefInputs) -> None:
    bare = replace(
        inputs_of({"frontline_channel": synthetic.ARMS["frontline_channel"]}, worlds=0, rivals=False),
        robust=None,
        bodies=usual.bodies.iloc[:0],
        series=usual.series.iloc[:0],
        needs={},
        lacking="repeat it with assumptions varied",
        command="stcsim compare region --worlds 10",
    )
    said = text_of(render_brief(bare))
    assert "Not known: assumptions were not varied" in said
    assert "The same money on staff was not run." in said
    assert "Not kept in this folder; stcsim compare --out keeps them." in said
    assert "Before deciding, have the analysts repeat it with assumptions varied (stcsim compare" in said


def test_options_without_a_result_and_failed_runs_are_told(usual: BriefInputs) -> None:
    gaps = Gaps(
        136, 34, silent=(("Catch-all controls", "failed"),), look="stcsim study failures out", finish="-"
    )
    page = render_brief(replace(usual, gaps=gaps))
    said = text_of(page)
    rows = [e.text for e in ElementTree.fromstring(page.partition("\n")[2]).iter("th")]
    assert "Catch-all controls" in rows
    assert "no result: its runs failed" in said
    assert "34 of 136 runs failed. Channel between the frontline" in said
    assert "have the analysts find why runs failed (stcsim study failures out)." in said
    assert "Decide for" not in said


@pytest.mark.parametrize("missing", [40, 0])
def test_what_was_stopped_is_finished_first(usual: BriefInputs, missing: int) -> None:
    gaps = Gaps(136, 0, missing, stopped=True, silent=(("Outreach", "missing"),), finish="stcsim again")
    said = text_of(render_brief(replace(usual, gaps=gaps)))
    what = "40 of 136 runs are missing" if missing else "It was stopped before its end"
    assert f"Not finished: {what}. What there is so far: Channel between" in said
    assert f"Next step {what}. Decide nothing on this yet; finish it: stcsim again " in said
    assert "no result: its runs are missing" in said
    assert "Same numbers" not in said
    assert not re.search("Decide for|as a trial", said)


def test_the_next_step_names_what_can_be_seen(usual: BriefInputs) -> None:
    plain = replace(usual, robust=replace(usual.robust or Robust({}, 1), turns=()))
    said = text_of(render_brief(plain)).partition("Next step")[2]
    assert "opened and audited: illicit transfers completed cannot be seen directly." in said
    assert "first outcome above" not in said


@pytest.mark.parametrize("low", [12.0, -3.0])
def test_what_fresh_seeds_gave_is_quoted(usual: BriefInputs, low: float) -> None:
    found = Again("frontline_channel", 50.0, 40.0, 60.0, 31.0, low, 44.0, 0.95, 12, "worlds")
    said = text_of(render_brief(replace(usual, again=(found,))))
    ends = "12 to 44" if low > 0 else "−3 to 44"
    assert f"the centre: 31 ({ends}) transfers fewer than now, against 50 in the runs" in said
    assert ("it may gain nothing" in said) == (low < 0)
    assert ("as a trial" in said) == (low < 0)


def test_what_users_write_is_no_markup(usual: BriefInputs) -> None:
    info = replace(usual.info, title="<script>alert(1)</script>", question="a & b </p><img src=x>")
    page = render_brief(replace(usual, info=info))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def about(inputs: BriefInputs, headline: tuple[str, ...], name: str = "region") -> BriefInputs:
    """Return the same runs, asked about other headlines."""
    found = synthetic.comparison_of(inputs.runs, headline=headline)
    info = replace(inputs.info, name=name)
    return replace(inputs, info=info, effects=effects_of(found, synthetic.LABELS))


def heads_of(page: str) -> list[str | None]:
    return [
        e.text for e in ElementTree.fromstring(page.partition("\n")[2]).iter("th") if e.get("scope") == "col"
    ]


@pytest.fixture(scope="module")
def split() -> BriefInputs:
    """Return options of which one moves the first headline, another one capacity; a third one nothing."""
    capacity = {"training_programme": {"captured_capacity": 0.4}, "legal_clearance": {}}
    return inputs_of({"frontline_channel": {"diversions": -0.3}, **capacity})


def test_every_headline_has_a_column() -> None:
    inputs = inputs_of({"frontline_channel": {"diversions": -0.3}, "legal_clearance": {}})
    names = ("diversions", "detection_share", "captured_capacity", "total_cost")
    page = render_brief(about(inputs, names))
    assert heads_of(page)[1:5] == [
        "Illicit transfers completed",
        "Share of attempts interdicted",
        "Captured capacity",
        "Honest trade waits",
    ]
    assert more_headlines(about(inputs, names)) == names[1:3]
    # What the challenge of the scenario is seen in stands before other headlines.
    asked = CHALLENGES["identifying_goods"]
    assert asked.outcomes[0] == "detection_share"
    turned = ("diversions", "captured_capacity", "detection_share", "total_cost")
    assert more_headlines(about(inputs, turned)) == turned[1:3]
    assert more_headlines(about(inputs, turned, asked.scenario)) == (turned[2], turned[1])


def test_what_the_leading_option_does_not_move_is_told_in_the_box(split: BriefInputs) -> None:
    page = render_brief(split)
    box = page.partition('class="answer">')[2].partition("</p>")[0]
    assert best_of(split.effects) == "frontline_channel"
    told = r"Captured capacity: clearly \d+% higher with Training programme; (unclear|no change) with Channel"
    assert re.search(told, box), box
    rows = [e.text for e in ElementTree.fromstring(page.partition("\n")[2]).iter("th")]
    assert rows.index("Training programme") < (
        rows.index("Legal clearance") if "Legal clearance" in rows else 99
    )
    assert "weigh beside it, for captured capacity, Training programme" in text_of(page)
    alone = inputs_of(
        {"frontline_channel": {"diversions": -0.3, "captured_capacity": 0.4}, "legal_clearance": {}}
    )
    assert elsewhere(alone) == ()
    assert "weigh beside" not in text_of(render_brief(alone))


def test_an_option_that_gains_elsewhere_is_told_where_none_leads() -> None:
    inputs = inputs_of({"legal_clearance": {}, "training_programme": {"captured_capacity": 0.4}})
    assert best_of(inputs.effects) is None
    (found,) = elsewhere(inputs)
    assert re.fullmatch(r"Captured capacity: clearly \d+% higher with Training programme\.", found.words)
    assert in_order(inputs)[0] == "training_programme"


def _crowd() -> BriefInputs:
    """Twelve options under long names, long questions, long needs, and a command without end."""
    usual = inputs_of(synthetic.ARMS, pairs=4)
    labels = {
        name: f"{label}, {'with more words than anybody needs ' * 4}"
        for name, label in synthetic.LABELS.items()
    }
    needs = {arm: (replace(NEED, prerequisite="a body " * 60),) * 2 for arm in synthetic.ARMS}
    info = replace(usual.info, title="A title " * 40, question="Which of all of these " * 80)
    robust = Robust(dict.fromkeys(synthetic.ARMS, 1), 12, ("one thing is above 0.6 " * 30,) * 3)
    origin = replace(usual.provenance, command=f"stcsim compare {'x' * 900}")
    comparison = synthetic.comparison_of(usual.runs)
    effects = effects_of(comparison, labels)
    return replace(usual, info=info, effects=effects, needs=needs, robust=robust, provenance=origin)


@pytest.mark.parametrize(
    "kind", ["usual", "crowd", "headlines", pytest.param("wide", marks=pytest.mark.slow)]
)
def test_it_prints_on_one_side(kind: str, usual: BriefInputs, tmp_path: Path) -> None:
    inputs = _crowd() if kind == "crowd" else usual
    if kind == "headlines":
        inputs = about(usual, ("diversions", "detection_share", "captured_capacity", "stat_people_trained"))
    page = render_brief(inputs)
    # without the guard that cuts what is too long, a second page would show
    free = page.replace("height: 296.5mm;", "").replace("overflow: hidden;", "")
    assert free != page
    if kind == "wide":
        free = free.replace("Arial, Helvetica,", '"DejaVu Sans", Verdana,').replace('"Liberation Sans", ', "")
    assert pages_when_printed(free, tmp_path) == 1
    assert text_of(page).count("…") == 0 or kind == "crowd"


def test_words_numbers_and_levels_come_from_the_same_evidence(usual: BriefInputs) -> None:
    effects, runs = usual.effects, usual.runs
    own = runs[(runs["arm"] == "baseline") & (runs["world"] > 0)]
    mean = own.groupby("world")["diversions"].mean().mean()
    assert level_now(effects, runs, "diversions") == pytest.approx(mean)
    e = effects.get("frontline_channel", "diversions")
    assert e.world_mean / mean == pytest.approx(e.world_mean_share, rel=0.02)
    said = text_of(render_brief(usual))
    now = f"{number(mean)} transfers in 5 years in the assumed region (mean over the sampled sets)"
    assert now in said
    assert "Cost, hours, who pays and months: default assumptions." in said


def test_the_report_holds_the_numbers_of_the_brief(usual: BriefInputs) -> None:
    part = text_of(f"<body>{numbers_part(usual.effects, usual.runs)}")
    said = text_of(render_brief(usual))
    lead, between = words_of(usual.effects, usual.effects.get("frontline_channel", "diversions"))
    for words in (lead, between):
        assert words in said
        assert words in part
    mean = number(level_now(usual.effects, usual.runs, "diversions"))
    assert f"{mean} transfers" in part
    assert f"{mean} transfers" in said
    study = ScenarioFindings("region", usual.effects, usual.runs)
    assert str(numbers_part(usual.effects, usual.runs)) in str(
        numbers(StudyFindings(FACTS, {}, {}, (study,)))
    )


def test_options_are_not_left_out_where_there_is_room() -> None:
    many = inputs_of(dict(list(synthetic.ARMS.items())[:6]))
    said = text_of(render_brief(many))
    for arm in many.effects.own:
        assert many.effects.label(arm) in said
    shown = said.count("Same money on staff")
    assert shown == len(many.effects.rivals) or "The same money on staff was run for" in said


def test_wide_ranges_are_told_where_nothing_is_clear() -> None:
    said = text_of(render_brief(inputs_of({"legal_clearance": {}}, worlds=0, rivals=False)))
    assert re.search(r"no clear change: [\d.]+% shorter to [\d.]+% longer", said)


def test_hours_of_courses_are_told_beside_those_of_coordination(usual: BriefInputs) -> None:
    runs = usual.runs.assign(training_hours=np.where(usual.runs["arm"] == "frontline_channel", 7492.0, 0.0))
    said = text_of(render_brief(replace(usual, runs=runs, counted_weeks=208)))
    assert "of all countries together (" in said
    assert "; and +1,870 h a year of participants in courses." in said
    assert "participants in courses" not in text_of(render_brief(usual))


def test_what_takes_no_effect_in_time_is_told_in_the_box_and_lengthened(usual: BriefInputs) -> None:
    late = Need("Legal clearance", "a parliament", 0, 156, late=True)
    inputs = replace(usual, needs={**usual.needs, "training_programme": (late,)}, counted_weeks=52)
    page = render_brief(inputs)
    said = text_of(page)
    box = page.partition('class="answer">')[2].partition("</p>")[0]
    assert "Not in force in the 1 year counted: Training programme; lengthen that." in box
    assert "Training programme: not in force within 1 year" in said
    assert "a longer time, in which Training programme can act (--set time.counted_weeks=208)." in said
    agreed = usual.runs.assign(
        consensus_weeks=np.where(usual.runs["arm"] == "industry_outreach", np.nan, 4.0)
    )
    said = text_of(render_brief(replace(usual, runs=agreed)))
    assert "Not in force in the 5 years counted: Industry outreach; lengthen that." in said


def test_a_rival_that_cannot_be_is_no_missing_run(usual: BriefInputs) -> None:
    runs, arm = usual.runs, "frontline_channel"
    rows = runs["world"].isin([3, 4])
    cheap = runs.copy()
    base = cheap.loc[rows & (cheap["arm"] == "baseline"), "total_cost"].to_numpy()
    cheap.loc[rows & (cheap["arm"] == arm), "total_cost"] = base
    gone = cheap[~(rows & (cheap["arm"] == f"{arm}~staff"))]
    effects = effects_of(synthetic.comparison_of(gone), synthetic.LABELS)
    told = replace(usual, runs=gone, effects=effects)
    assert without_rival(told) == (
        "No staff is set against Channel between the frontline and the centre in 2 sampled sets: "
        "it costs nothing more there.",
    )
    assert lacking_pairs(told) == ()
    said = text_of(render_brief(told))
    assert "~staff" not in said
    assert "Not finished" not in said


def test_what_costs_nothing_has_no_rival(usual: BriefInputs) -> None:
    lone = inputs_of({"frontline_channel": {"diversions": -0.15}}, rivals=False)
    same = lone.runs.groupby(["world", "replication"])["total_cost"].transform("min")
    free = replace(lone, runs=lone.runs.assign(total_cost=same))
    assert "It costs nothing more, so that there is no money for staff" in summary(free)
    assert "not set against the same money" in summary(
        replace(free, runs=free.runs.drop(columns="total_cost"))
    )


def test_pairs_that_are_missing_come_first(usual: BriefInputs) -> None:
    runs = usual.runs
    gone = runs[~((runs["arm"] == "frontline_channel~staff") & (runs["world"] == 3))]
    effects = effects_of(synthetic.comparison_of(gone), synthetic.LABELS)
    told = replace(usual, runs=gone, effects=effects, gaps=Gaps(finish="stcsim again"))
    said = text_of(render_brief(told))
    words = (
        "2 pairs of runs of the same money on staff as Channel between the frontline and the centre missing"
    )
    assert f"Not finished: {words}. What there is so far" in said
    assert "Decide nothing on this yet; finish it: stcsim again" in said


@pytest.mark.slow
def test_no_command_is_cut_and_every_option_is_named() -> None:
    crowd = _crowd()
    short = effects_of(synthetic.comparison_of(crowd.runs), synthetic.LABELS)
    many = replace(crowd, effects=short)
    for inputs in (crowd, many):
        said = text_of(render_brief(inputs))
        assert crowd.provenance.command in said
    for arm in many.effects.own:
        assert many.effects.label(arm)[:23] in said


def test_when_it_is_in_force_holds_the_time_to_agree(usual: BriefInputs) -> None:
    agreed = usual.runs.assign(consensus_weeks=8.7)
    known = [*synthetic.INFOS, replace(synthetic.INFOS[2], name="consensus_weeks", unit="weeks")]
    found = compare_arms(agreed, known, synthetic.HEADLINE, arms=list(usual.effects.drawn), bootstrap=100)
    inputs = replace(usual, runs=agreed, effects=effects_of(found, synthetic.LABELS))
    assert "in force after 5 months (2 months of that to agree)" in " ".join(
        timing_line(inputs, usual.effects.own)
    )


def test_where_no_percentage_has_bounds_the_unit_is_told(usual: BriefInputs) -> None:
    e = usual.effects.get("training_programme", "stat_people_trained")
    nowhere = (math.nan, math.nan)
    loose = replace(
        e,
        worlds=0,
        share=12.0,
        runs_share_interval=nowhere,
        mean=0.63,
        verdict="probably",
        direction="higher",
    )
    rows = {**usual.effects.rows, ("training_programme", "stat_people_trained"): loose}
    effects = replace(usual.effects, rows=rows)
    assert moves_in_words(effects, "training_programme", "stat_people_trained") == "probably +0.63 people"


def test_parts_of_who_pays_add_up_to_all() -> None:
    assert _whole_percent({"a": 0.486, "b": 0.486, "c": 0.028}) == {"a": 49, "b": 48, "c": 3}
    assert _whole_percent({"a": 0.5, "b": 0.5}) == {"a": 50, "b": 50}
    assert _whole_percent({"a": 0.99, "b": 0.006}) == {"a": 99}
