"""The report of a study: every figure once, each with the line that repeats it; self-contained."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from stcsim.analysis.again import Again
from stcsim.pictures.effects import effects_of
from stcsim.report.study import ScenarioFindings, StudyFacts, StudyFindings, render_study
from stcsim.report.study.inputs import WEIGHTS, Moved, Named, Where
from tests.pictures import found
from tests.report import synthetic

FACTS = StudyFacts(
    name="ranks",
    title="Does the order hold?",
    question="Which arm is best <in> the region?",
    folder="out dir",
    command="stcsim study run ranks.yaml --out 'out dir'",
    asked={
        "Scenarios": (Named("A <small> region", "region"),),
        "Varied": tuple(Named(f"number {i} (firms)", f"parameters.firms.number_{i}") for i in range(20)),
        "Design": "worlds, seed 1",
    },
    ran={"Runs": "1,000 runs of 5 arms", "Failed or missing": "1 failed"},
    failures=pd.DataFrame(
        [
            {
                "arm": "a",
                "scenario": "region",
                "world": 3,
                "replication": 0,
                "stage": "steps",
                "error": "<boom>",
            }
        ]
    ),
    text="format: 1\nname: ranks\n",
    version="0.1.0",
)


def findings() -> StudyFindings:
    arms = {name: synthetic.ARMS[name] for name in found.ARMS}
    runs = synthetic.runs_of(arms, replications=4, worlds=5)
    effects = effects_of(synthetic.comparison_of(runs), found.LABELS)
    part = ScenarioFindings(
        "region",
        effects,
        runs,
        synthetic.bodies_of(arms, replications=2),
        {"diversions": found.ranking()},
        found.ranking(),
        None,
        found.edge(),
        found.held(),
        (Again("frontline_channel", 9.0, 7.0, 11.0, 6.0, -1.0, 13.0, 0.95, 20, "worlds"),),
        (
            Moved("illicit transfers", "transfers", found.screened()),
            Moved("illicit transfers", "transfers", found.indices()),
        ),
        Where("the order turns", found.boxes(), {found.AWARENESS: (0.0, 1.0)}),
        (("diversions", found.by_donors()),),
        ("Portfolio: not asked for.",),
        sets={"diversions": found.sets(), WEIGHTS: found.sets()},
        title="A region of the test",
    )
    other = ScenarioFindings("empty", lacking=("Differences: no runs.",))
    return StudyFindings(FACTS, found.LABELS, {"diversions": 1.0}, (part, other))


@pytest.fixture(scope="module")
def page() -> str:
    return render_study(findings())


def test_every_figure_has_the_line_that_repeats_it(page: str) -> None:
    names = re.findall(r"--figure ([a-z0-9-]+)</code></p></figure>", page)
    assert len(names) == len(set(names))
    stems = (
        "differences",
        "ranking-diversions",
        "pareto",
        "robustness",
        "sensitivity",
        "discovery",
        "values",
    )
    assert all(any(name.startswith(stem) for name in names) for stem in stems)
    assert page.count("<figure") == len(names)
    for name in names:
        # once below the figure, once in the list at the end
        assert page.count(f"stcsim study report &#x27;out dir&#x27; --figure {name}<") >= 1
    assert "stcsim study run ranks.yaml --out &#x27;out dir&#x27;" in page


def test_it_is_one_file_that_needs_nothing(page: str) -> None:
    ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))
    assert not re.search(r"<script|<img|<link|@import|(?:href|src)=[\"'](?!#)", page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{target}"' in page


def test_what_failed_and_what_is_lacking_is_said(page: str) -> None:
    assert "&lt;boom&gt;" in page
    assert "1 run came to no end and is left out everywhere" in page
    assert "Differences: no runs." in page
    assert "Portfolio: not asked for." in page
    assert "Which arm is best &lt;in&gt; the region?" in page
    assert "on fresh seeds: 6 (−1 to 13) less of illicit transfers completed than the baseline" in page
    assert "against 9 in the runs that chose it; it may gain nothing." in page


def test_what_is_named_goes_by_its_label_with_its_name_beside_it(page: str) -> None:
    assert "<li>A &lt;small&gt; region <code>region</code></li>" in page
    varied = page[page.index("<dt>Varied</dt>") :]
    assert varied.index("number 5 (firms)") < varied.index("and 14 more") < varied.index("number 6 (firms)")
    assert page.count("<code>parameters.firms.number_") == 20


def test_the_order_leads_with_what_holds_set_by_set_and_says_each_count_once(page: str) -> None:
    brief = page[page.index('id="brief"') : page.index('id="asked"')]
    assert f"of {found.WORLDS} sampled sets" in brief
    assert "On average over the sets" in brief
    for other_way in ("stands for", "as few runs can tell", "Counted one by one", "by the few it differs in"):
        assert other_way not in page
    assert "Counted otherwise: " in page
