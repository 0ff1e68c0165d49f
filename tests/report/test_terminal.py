"""The table in the terminal: words first, both intervals, any width from 80 columns on."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from stcsim.analysis.comparison import Comparison
from stcsim.report.terminal import print_comparison, to_text
from tests.report import synthetic


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return synthetic.comparison_of(
        synthetic.runs_of(synthetic.with_rivals(synthetic.ARMS), replications=8, worlds=5)
    )


@pytest.mark.parametrize("width", [80, 100, 200])
def test_every_line_fits(comparison: Comparison, width: int) -> None:
    lines = to_text(comparison, width, synthetic.LABELS).splitlines()
    assert max(map(len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)


def test_words_come_before_numbers(comparison: Comparison) -> None:
    text = to_text(comparison, 80, synthetic.LABELS)
    block = text[text.index("Coordinating entity") :].splitlines()[:7]
    assert [line[:15].strip() for line in block[1:]] == [
        "verdict",
        "change",
        "runs",
        "assumptions",
        "on staff",
        "level",
    ]
    assert block[1].split()[1:3] in (["clearly", "lower"], ["probably", "lower"])
    assert "better" in block[2]
    assert "\x1b" not in text
    assert "nan" not in text


def test_it_says_where_verdicts_come_from(comparison: Comparison) -> None:
    assert "sampled sets of them" in " ".join(to_text(comparison).split())
    runs = synthetic.runs_of({"one": {"diversions": -0.4}}, worlds=0, replications=3)
    alone = " ".join(to_text(synthetic.comparison_of(runs)).split())
    assert "Assumptions were not varied" in alone
    assert "assumptions not varied" in alone
    assert " assumptions −" not in alone


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
    assert b"-" in raw.getvalue()
