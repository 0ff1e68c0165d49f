"""The report: complete, self-contained, honest about what was varied, safe against what users write."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from stcsim.report import Assumption, Provenance, ScenarioInfo, SeriesInfo, write_report
from stcsim.report.html import tag, text
from stcsim.report.page import render
from tests.report import synthetic

PROVENANCE = Provenance(
    version="0.1.0",
    seed=7,
    scenario_hash="9f2c4e1ab77d",
    command="stcsim compare reference_region --replications 8 --worlds 5 --seed 7",
    resolved="name: reference_region\nformat: 1\n",
    more={"Python": "3.11", "Mesa": "3.3.1"},
)
INFO = ScenarioInfo(
    name="reference_region",
    title="A region of four countries",
    question="Which mechanism lowers illicit transfers most?",
    arm_labels=synthetic.LABELS,
    arm_texts={"frontline_channel": "A duty officer at each headquarters"},
    facts=("4 countries", "5 years"),
    series=(SeriesInfo("diversions", "illicit transfers completed", "transfers a month"),),
)
REGISTER = (
    Assumption("firms.margin", "Profit over value", "0.5", "profit/value", sweep=(0.05, 1.0)),
    Assumption(
        "licensing.median",
        "Median handling",
        "12",
        "days",
        basis="uk",
        source="UK, annual report",
        url="https://example.org/a",
    ),
    Assumption("adversary.lambda", "Rationality", "6", "-", sweep=(2, 15), outcomes=("diversions",)),
)
CHOSEN = ("frontline_channel", "capacity_capture", "legal_clearance", "leadership_engagement")
ARMS = {name: synthetic.ARMS[name] for name in CHOSEN}


def page_of(
    arms: dict[str, dict[str, float]] | None = None,
    *,
    worlds: int = 5,
    replications: int = 8,
    info: ScenarioInfo = INFO,
    provenance: Provenance = PROVENANCE,
    register: tuple[Assumption, ...] = REGISTER,
    headline: tuple[str, ...] = synthetic.HEADLINE,
) -> str:
    chosen = synthetic.with_rivals(ARMS) if arms is None else arms
    runs = synthetic.runs_of(chosen, worlds=worlds, replications=replications)
    comparison = synthetic.comparison_of(runs, headline=headline)
    series = synthetic.series_of(chosen, replications=max(1, replications // 2), months=36)
    bodies = synthetic.bodies_of(chosen, replications=2)
    return render(comparison, runs, series, bodies, provenance, info, register)


@pytest.fixture(scope="module")
def page() -> str:
    return page_of()


@pytest.fixture(scope="module")
def tree(page: str) -> ElementTree.Element:
    return parsed(page)


def parsed(page: str) -> ElementTree.Element:
    """The page is HTML and well-formed XML at once, so a strict parser finds every slip."""
    return ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))


def words(element: ElementTree.Element) -> str:
    """All text that a reader sees."""
    shown = (e for e in element.iter() if e.tag != "style")
    return " ".join(" ".join(part.split()) for e in shown for part in (e.text or "", e.tail or ""))


def test_the_parts_come_in_order(tree: ElementTree.Element) -> None:
    assert [e.text for e in tree.iter("h2")] == [
        "In brief",
        "What each arm changes",
        "Over time",
        "All arms side by side",
        "Cost and effect",
        "Who bears the hours",
        "What your own statistics would show",
        "The assumptions behind each headline",
        "Other outcomes",
        "What the model cannot say",
        "Where this comes from",
    ]
    assert [e.text for e in tree.iter("h1")] == ["A region of four countries"]
    links = [e.get("href") for e in tree.iter("a")]
    assert links == [f"#{e.get('id')}" for e in tree.iter("h2")]


def test_headings_skip_no_level(tree: ElementTree.Element) -> None:
    levels = [int(e.tag[1]) for e in tree.iter() if re.fullmatch(r"h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    assert "<script" not in page
    assert not re.findall(r"(?:src|href|action|data)\s*=\s*[\"'](?!#)", page)
    assert not re.findall(r"url\((?!#)", page)
    assert "@import" not in page
    # Addresses of sources are texts to copy.
    assert "https://example.org/a" in page


def test_ids_are_unique_and_references_lead_somewhere(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for found in re.findall(r"(?:href=\"#|url\(#)([^\")]+)", page):
        assert found in ids
    for names in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(names.split()) <= set(ids)


def test_every_picture_speaks(tree: ElementTree.Element) -> None:
    svg = "{http://www.w3.org/2000/svg}"
    for drawing in tree.iter(f"{svg}svg"):
        title, desc = drawing.find(f"{svg}title"), drawing.find(f"{svg}desc")
        assert title is not None
        assert desc is not None
        assert title.text
        assert desc.text
    assert tree.get("lang") == "en"


def test_no_text_says_nan(tree: ElementTree.Element) -> None:
    assert not re.findall(
        r"\b(?:nan|inf|None|True|False)\b|±", words(tree), re.IGNORECASE
    ) or "none" in words(tree)
    assert not re.findall(r"\b(?:nan|inf)\b", words(tree), re.IGNORECASE)


def test_relative_change_and_both_intervals_stand_before_levels(tree: ElementTree.Element) -> None:
    card = next(e for e in tree.iter("article") if "Channel between" in words(e))
    said = words(card)
    found = re.search(
        r"clearly lower, −\d+% \(runs −\d+ to −[\d.]+%, assumptions −\d+ to [−+][\d.]+%\)", said
    )
    assert found is not None
    assert found.end() < said.index(" against ")
    assert "The same money on staff:" in said
    assert re.search(r"Mean over assumptions\s+−\d+% \(−\d+ to −[\d.]+%\)", said)
    assert re.search(r"Staff instead\s+−[\d.]+%, (?:clearly lower|probably lower|unclear)", said)


def test_what_is_unclear_has_no_colour_and_no_arrow(page: str) -> None:
    chips = re.findall(r'<span class="chip([^"]*)">([^<]*)</span>', page)
    verdicts = {(kind.strip(), said.split(" ")[-1] if said[0] in "▼▲" else said) for kind, said in chips}
    assert ("", "unclear") in verdicts
    assert ("better", "better") in verdicts
    assert ("worse", "worse") in verdicts
    assert verdicts <= {
        ("", "unclear"),
        ("", "no change"),
        ("", "assumed"),
        ("better", "better"),
        ("worse", "worse"),
    }


def test_a_flipped_sign_flips_words_and_colours() -> None:
    said = words(parsed(page_of({"one": {"diversions": 0.4}, "two": {}})))
    assert "clearly higher with" not in said
    assert re.search(
        r"Illicit transfers completed: (clearly|probably) higher only with One \(\+\d\d% at the defaults\)",
        said,
    )
    assert re.search(r"▲ (clearly|probably) higher: worse", said)
    assert "clearly lower: better" not in said


def test_without_worlds_the_report_says_so() -> None:
    page = page_of({"one": {"diversions": -0.4}}, worlds=0)
    said = words(parsed(page))
    assert "Assumptions were not varied" in said
    assert "assumptions not varied" in said
    assert "runs −" in said


def test_one_run_is_enough_for_a_report() -> None:
    said = words(parsed(page_of({"one": {"diversions": -0.4}}, worlds=0, replications=1)))
    assert "not defined" in said
    assert not re.findall(r"\bnan\b", said)
    assert "unclear" in said


def test_a_headline_without_baseline_is_told_in_its_unit() -> None:
    said = words(parsed(page_of(headline=("always_zero", "diversions"))))
    assert "no change, 0 events (runs 0 to 0" in said


def test_how_much_is_assumed(tree: ElementTree.Element) -> None:
    said = words(tree)
    assert "2 of 3 assumed" in said  # behind illicit transfers
    assert "1 of 2 assumed" in said  # behind the others
    assert "2 of 3 parameters rest on no public figure" in said
    assert "0.05 to 1" in said
    assert "UK, annual report" in said


def test_other_outcomes_are_marked_and_closed(tree: ElementTree.Element) -> None:
    part = next(e for e in tree.iter("details") if "exploratory" in (e.get("class") or ""))
    assert part.get("open") is None
    assert "conclusions" in words(part)
    assert "Seizures" in words(part)


def test_how_to_repeat(tree: ElementTree.Element) -> None:
    commands = ["".join(e.itertext()) for e in tree.iter("pre")]
    assert PROVENANCE.command in commands
    assert PROVENANCE.resolved in commands
    assert "9f2c4e1ab77d" in words(tree)


HOSTILE = '"><script>alert(1)</script><img src=http://evil/x onerror=alert(1)>&amp;\x00\u202e]]>'


def test_what_users_write_is_text() -> None:
    arms = {"one": {"diversions": -0.4}, "two": {}}
    info = replace(
        INFO,
        name=HOSTILE,
        title=HOSTILE,
        question=HOSTILE,
        arm_labels={"one": HOSTILE, "two": "$x^2$ {y}"},
        arm_texts={"one": HOSTILE},
        facts=(HOSTILE,),
        series=(SeriesInfo("diversions", HOSTILE, HOSTILE),),
    )
    provenance = replace(
        PROVENANCE,
        command=HOSTILE,
        resolved=f"</pre>{HOSTILE}",
        scenario_hash=HOSTILE,
        more={HOSTILE: HOSTILE},
    )
    register = (
        Assumption(HOSTILE, HOSTILE, HOSTILE, HOSTILE, basis="x", source=HOSTILE, url="javascript:alert(1)"),
    )
    page = page_of(arms, info=info, provenance=provenance, register=register)
    tree = parsed(page)
    assert not list(tree.iter("script"))
    assert not list(tree.iter("img"))
    assert not [k for e in tree.iter() for k in e.attrib if k.startswith("on")]
    assert 'href="javascript' not in page
    assert "alert(1)" in words(tree)
    assert "\x00" not in page


def test_a_template_is_not_filled_twice() -> None:
    assert tag("p", "{0} %s <&>", title='a"b') == '<p title="a&quot;b">{0} %s &lt;&amp;&gt;</p>'
    assert text("a\x07b") == "a�b"


def test_the_same_inputs_give_the_same_file(tmp_path: Path, page: str) -> None:
    chosen = synthetic.with_rivals(ARMS)
    runs = synthetic.runs_of(chosen, worlds=5, replications=8)
    comparison = synthetic.comparison_of(runs)
    series = synthetic.series_of(chosen, replications=4, months=36)
    bodies = synthetic.bodies_of(chosen, replications=2)
    file = write_report(tmp_path, comparison, runs, series, bodies, PROVENANCE, INFO, REGISTER)
    assert file == tmp_path / "report.html"
    assert file.read_bytes() == page.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_empty_tables_leave_their_parts_out() -> None:
    runs = synthetic.runs_of({"one": {"diversions": -0.4}}, worlds=0, replications=4)
    series = pd.DataFrame(columns=["arm", "world", "replication", "month", "name", "value"])
    bodies = pd.DataFrame(columns=["arm", "world", "replication", "body", "hours"])
    page = render(
        synthetic.comparison_of(runs), runs, series, bodies, PROVENANCE, replace(INFO, question=""), ()
    )
    headings = [e.text for e in parsed(page).iter("h2")]
    assert "Over time" not in headings
    assert "Who bears the hours" not in headings
    assert "What the model cannot say" in headings
