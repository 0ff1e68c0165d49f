"""The table in the terminal: words first, every interval, any width."""

from __future__ import annotations

import io
import locale
import math
import re

import pytest
from rich.console import Console

from stcsim.analysis.comparison import Comparison
from stcsim.analysis.headlines import headline_table
from stcsim.analysis.verdict import side_of
from stcsim.pictures.effects import effects_of
from stcsim.pictures.findings import in_one_line
from stcsim.pictures.words import number, percent, signed, span
from stcsim.report.terminal import print_comparison, to_text
from tests.report import synthetic


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return synthetic.comparison_of(
        synthetic.runs_of(synthetic.with_rivals(synthetic.ARMS), replications=8, worlds=5)
    )


@pytest.mark.parametrize("width", [30, 45, 60, 79, 80, 100, 200])
def test_every_line_fits(comparison: Comparison, width: int) -> None:
    lines = to_text(comparison, width, synthetic.LABELS).splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)


def test_words_come_before_numbers(comparison: Comparison) -> None:
    text = to_text(comparison, 80, synthetic.LABELS)
    block = text[text.index("Coordinating entity") :].splitlines()[:10]
    assert [line[:15].strip() for line in block[1:]] == [
        "verdict",
        "change",
        "runs",
        "mean over",
        "assumptions",
        "95% of sets",
        "on staff",
        "",
        "level",
    ]
    assert block[1].split()[1:3] in (["clearly", "lower"], ["probably", "lower"])
    assert "better" in block[2]
    assert "\x1b" not in text
    assert "nan" not in text


def test_it_says_where_verdicts_come_from(comparison: Comparison) -> None:
    said = " ".join(to_text(comparison).split())
    assert "over 5 sampled sets of them, and its interval; the verdict comes from this one" in said
    assert said.count("Few sampled sets of assumptions: 5") == 1
    runs = synthetic.runs_of({"one": {"diversions": -0.4}}, worlds=0, replications=3)
    alone = " ".join(to_text(synthetic.comparison_of(runs)).split())
    assert "Assumptions were not varied" in alone
    assert "assumptions not varied" in alone
    assert " assumptions −" not in alone


def test_the_interval_behind_the_word_is_printed(comparison: Comparison) -> None:
    worlds = comparison.worlds.set_index(["outcome", "arm"]).loc["diversions", "coordinating_entity"]
    word = comparison.verdicts.set_index(["outcome", "arm"]).loc[
        ("diversions", "coordinating_entity"), "certainty"
    ]
    kind = "mean" if word == "clearly" else "mean_plain"
    ends = [worlds[f"relative_{kind}_{side}"] / 100 for side in ("low", "high")]
    text = to_text(comparison, 45, synthetic.LABELS)
    block = " ".join(text[text.index("Coordinating entity") :].split())
    shown = f"mean over assumptions: {percent(worlds['relative_mean'] / 100)} ({span(*ends, relative=True)})"
    assert shown in block[:400]


def test_few_columns_stack_the_headlines(comparison: Comparison) -> None:
    text = to_text(comparison, 45, synthetic.LABELS)
    assert "─" not in text
    said = " ".join(text.split())
    assert "Illicit transfers completed: " in said
    staff = re.findall(r"on staff: \S+ (clearly|probably|unclear|no change) ?(lower|higher)?", said)
    assert staff
    assert all(bool(direction) == (word in ("clearly", "probably")) for word, direction in staff)


def test_a_flipped_sign_flips_the_words() -> None:
    def said(effect: float) -> str:
        runs = synthetic.runs_of({"one": {"diversions": effect}}, worlds=0, replications=6)
        return to_text(synthetic.comparison_of(runs))

    assert "clearly lower" in said(-0.4)
    assert "clearly higher" in said(0.4)
    assert "% worse" in said(0.4)


def test_long_names_and_huge_values_stay_in_their_columns() -> None:
    arms = {"a" * 40: {"diversions": 1e7, "total_cost": 3e9}}
    runs = synthetic.runs_of(arms, worlds=2, replications=4)
    text = to_text(synthetic.comparison_of(runs), 80, {"a" * 40: "A name " * 30})
    assert max(map(len, text.splitlines())) <= 80


def test_colours_only_on_a_terminal_and_plain_letters_where_needed(comparison: Comparison) -> None:
    sink = io.StringIO()
    print_comparison(comparison, Console(file=sink, force_terminal=True, color_system="standard", width=100))
    assert "\x1b[32m" in sink.getvalue()

    raw = io.BytesIO()
    narrow = io.TextIOWrapper(raw, encoding="ascii")
    print_comparison(comparison, Console(file=narrow, width=100))
    narrow.flush()
    assert b"-" * 60 in raw.getvalue()
    assert b"?" not in raw.getvalue()


@pytest.mark.parametrize(("encoding", "plain"), [("ANSI_X3.4-1968", True), ("UTF-8", False)])
def test_the_locale_c_gets_plain_letters(
    comparison: Comparison,
    encoding: str,
    plain: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(locale, "getencoding", lambda: encoding)
    print_comparison(comparison, Console(width=100))
    assert capsys.readouterr().out.isascii() is plain


@pytest.mark.parametrize("replications", [3, 4, 8])
def test_words_and_printed_intervals_never_contradict(replications: int) -> None:
    words = set()
    for seed in range(4):
        arms = {"one": {"diversions": -0.3, "total_cost": 2.0}, "two": {"diversions": -0.1}}
        runs = synthetic.runs_of(arms, worlds=0, replications=replications, noise=0.06, seed=seed)
        effects = effects_of(synthetic.comparison_of(runs))
        for e in effects.rows.values():
            words.add(e.verdict)
            side = {"lower": -1, "higher": 1, "": 0}[e.direction]
            assert side_of(*e.runs(False)) == side
            if all(map(math.isfinite, e.runs(True))):
                assert side_of(*e.runs(True)) == side
    assert {"probably", "unclear"} <= words


def test_an_interval_without_bounds_in_percent_is_told_in_units() -> None:
    """The baseline varies so much that its mean may be 0, while every pair differs by nearly the same."""
    runs = synthetic.runs_of({"one": {}}, worlds=0, replications=4, noise=0.0)
    base = {0: 1.0, 1: 90.0, 2: 2.0, 3: 160.0}
    runs["diversions"] = runs["replication"].map(base) + (runs["arm"] == "one") * (50 + runs["replication"])
    comparison = synthetic.comparison_of(runs)
    (e,) = [x for x in effects_of(comparison).rows.values() if x.outcome == "diversions"]
    assert (e.verdict, e.direction) == ("clearly", "higher")
    assert math.isnan(e.runs(True)[0])
    low, high = e.runs(False)
    for width in (45, 80):
        said = " ".join(to_text(comparison, width).split())
        assert "not defined" not in said
        assert f"{signed(low)} to" in said
        assert "* in the outcome's unit" in said
    assert f"runs {span(low, high, relative=False)} transfers" in in_one_line(effects_of(comparison), e)
    row = headline_table(comparison).set_index("outcome").loc["diversions"]
    assert (row["unit"], row["runs_low"], row["runs_high"]) == ("transfers", low, high)


def test_levels_of_arm_and_baseline_and_their_units_are_always_there() -> None:
    runs = synthetic.runs_of({"one": {"tiny_rate": 0.02}}, worlds=0, replications=4)
    headline = ("diversions", "tiny_rate", "captured_capacity", "total_cost")
    text = to_text(synthetic.comparison_of(runs, headline=headline), 80)
    (base,) = [line for line in text.splitlines() if line.startswith("Baseline level")]
    (level,) = [line for line in text.splitlines() if line.startswith("  level")]
    for cells, arm in ((base, "baseline"), (level, "one")):
        for outcome in headline:
            assert number(float(runs.loc[runs["arm"] == arm, outcome].mean())) in cells
    said = " ".join(text.split())
    assert "total cost: thousand US dollars over all counted years" in said
    assert "…" not in text


def test_what_the_sampled_sets_leave_undefined_is_said_everywhere() -> None:
    runs = synthetic.runs_of({"one": {"diversions": -0.4, "tiny_rate": -0.4}}, replications=6)
    runs.loc[runs["world"] > 0, "tiny_rate"] = math.nan
    comparison = synthetic.comparison_of(runs, headline=("diversions", "tiny_rate"))
    effects = effects_of(comparison)
    e = effects.get("one", "tiny_rate")
    wide = comparison.differences.set_index("outcome").loc["tiny_rate"]
    assert (e.verdict, e.worlds) == ("unclear", 0)
    assert e.runs(False) == (wide["low"], wide["high"]) != (wide["plain_low"], wide["plain_high"])
    assert in_one_line(effects, e).endswith("assumptions defined in too few sampled sets)")
    table, stack = (" ".join(to_text(comparison, width).split()) for width in (80, 45))
    for said in (table, stack):
        assert "Defined in too few sampled sets of assumptions for a verdict: tiny_rate of one" in said
        assert "*" not in said
        assert "not varied" not in said
    assert "assumptions: defined in too few sampled sets" in stack


def test_a_stroke_is_explained_only_where_there_is_one(comparison: Comparison) -> None:
    assert "stroke" not in to_text(comparison, 80)
    assert "(after a stroke, of the baseline)" in " ".join(to_text(comparison, 45).split())
